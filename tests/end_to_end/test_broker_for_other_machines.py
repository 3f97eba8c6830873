from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomlkit

from assets.device_file import BrokerSection
from broker_config.certificates import new_authority
from broker_config.ports import port_taken
from broker_config.settings import read_broker_of_hall
from command.programs import Program, antrean, environment
from tests.halls import ONE_OF_EACH, READY_S, ROOT, Client, Hall, client_of, free_port, new_hall, run
from tests.waiting import wait_for

pytestmark = pytest.mark.broker


@pytest.fixture(scope="module", params=ONE_OF_EACH)
def wide(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall whose devices come in by TLS."""
    hall = new_hall(tmp_path_factory.mktemp("halls") / "wide", request.param)

    def listen(document: tomlkit.TOMLDocument) -> None:
        document["broker"].update({"listen": "127.0.0.1", "tls_port": free_port(), "names": ["localhost"]})

    hall.edit("hall.toml", listen)
    hall.add("kiosk-1", "kiosk")
    with hall.program("broker") as broker:
        broker.ready(READY_S)
        yield hall


def test_a_device_comes_in_by_tls_with_the_halls_own_authority(wide: Hall):
    file = wide.account("kiosk-1")
    assert (file.broker.host, file.broker.tls) == ("localhost", True)
    with client_of(wide, "hub") as hub, client_of(wide, "kiosk-1") as kiosk:
        hub.hear(f"{ROOT}/from/+/+")
        assert kiosk.welcome()
        kiosk.say(f"{ROOT}/from/kiosk-1/status")
        wait_for(lambda: hub.heard, "the kiosk's status")


def test_a_broker_that_a_strangers_authority_vouches_for_is_not_trusted(wide: Hall, tmp_path: Path):
    stranger = tmp_path / "stranger.pem"
    stranger.write_text(new_authority("mpp-kukar", datetime.now(UTC)).certificate)
    file = wide.account("kiosk-1")
    with Client("kiosk-1", file.device.password, file.broker, authority=stranger) as client:
        assert not client.welcome()
        assert client.failed is not None
        assert "CERTIFICATE_VERIFY_FAILED" in client.failed


def test_the_listener_for_other_machines_speaks_nothing_but_tls(wide: Hall):
    file = wide.account("kiosk-1")
    with Client("kiosk-1", file.device.password, BrokerSection("127.0.0.1", file.broker.port)) as client:
        wait_for(lambda: client.dropped or client.failed, "the plain client to be put out")
        assert client.codes == []


def test_the_certificate_is_made_anew_when_the_halls_names_change(tmp_path: Path):
    hall = new_hall(tmp_path / "hall")

    def listen(document: tomlkit.TOMLDocument) -> None:
        document["broker"].update({"listen": "127.0.0.1", "tls_port": free_port(), "names": ["localhost"]})

    hall.edit("hall.toml", listen)
    server = hall.folder / "broker/server.pem"
    first = certificate_after_start(hall, server)
    assert certificate_after_start(hall, server) == first
    hall.edit("hall.toml", lambda document: document["broker"].update({"names": ["antre.example"]}))
    assert certificate_after_start(hall, server) != first
    assert (hall.folder / "broker/server.key").stat().st_mode & 0o777 == 0o600


def test_without_the_authoritys_key_the_authority_stays_and_a_new_certificate_is_refused(tmp_path: Path):
    hall = new_hall(tmp_path / "hall")

    def listen(document: tomlkit.TOMLDocument) -> None:
        document["broker"].update({"listen": "127.0.0.1", "tls_port": free_port(), "names": ["localhost"]})

    hall.edit("hall.toml", listen)
    server, authority = hall.folder / "broker/server.pem", hall.folder / "broker/ca.pem"
    first = certificate_after_start(hall, server), authority.read_text()
    (hall.folder / "broker/ca.key").unlink()
    assert (certificate_after_start(hall, server), authority.read_text()) == first
    hall.edit("hall.toml", lambda document: document["broker"].update({"names": ["antre.example"]}))
    done = run("broker", str(hall.folder))
    assert done.returncode == 1
    assert "ca.key" in done.stderr
    assert authority.read_text() == first[1]


def certificate_after_start(hall: Hall, server: Path) -> str:
    with hall.program("broker") as broker:
        broker.ready(READY_S)
    return server.read_text()


def test_somebody_elses_broker_is_not_started(tmp_path: Path):
    hall = new_hall(tmp_path / "hall")
    hall.edit("hall.toml", lambda document: document.__setitem__("broker", {"address": "mqtts://broker.example:8883"}))
    with Program("broker", antrean("broker", str(hall.folder)), tmp_path / "log", environment()) as broker:
        assert "mqtts://broker.example:8883" in broker.ready(READY_S)
        assert broker.process.wait(5) == 0


def test_with_nats_the_hub_too_comes_in_by_tls_whatever_the_address_and_devices_are_let_in_and_out(tmp_path: Path):
    hall = new_hall(tmp_path / "hall", "nats")
    address = "127.0.0.2"

    def listen(document: tomlkit.TOMLDocument) -> None:
        document["broker"].update({"listen": address, "tls_port": free_port(), "names": ["localhost"]})

    hall.edit("hall.toml", listen)
    with hall.program("serve") as serve:
        tls_port = read_broker_of_hall(hall.folder).broker.tls_port
        assert f"mqtts://{address}:{tls_port}" in serve.ready(READY_S)
        hall.add("kiosk-1", "kiosk")
        hall.edit("devices/kiosk-1.toml", lambda document: document["broker"].update({"host": address}))
        with client_of(hall, "kiosk-1") as kiosk:
            kiosk.hear(f"{ROOT}/all/hub")
            wait_for(lambda: [body for _, body in kiosk.heard if b"online" in body], "the hub")
            hall.remove("kiosk-1")
            wait_for(lambda: kiosk.dropped, "the removed device to be put out", 5)
        assert port_taken(hall.port) is None
