import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomlkit
from paho.mqtt.enums import MQTTProtocolVersion

from assets.device_file import BrokerSection
from broker_config.certificates import new_authority
from broker_config.running import answers, lets_in
from command.programs import Program, antrean, environment
from contract.catalogue import LARGE_BODY
from tests.halls import READY_S, ROOT, Client, Hall, client_of, free_port, new_hall
from tests.waiting import wait_for

pytestmark = pytest.mark.broker

BOTH = pytest.mark.parametrize("protocol", [MQTTProtocolVersion.MQTTv311, MQTTProtocolVersion.MQTTv5])


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall = new_hall(tmp_path_factory.mktemp("halls") / "hall")
    hall.add("kiosk-1", "kiosk")
    hall.add("kiosk-2", "kiosk")
    hall.add("display-1", "display")
    with hall.program("broker") as broker:
        assert broker.ready(READY_S) == f"broker ready: mqtt://127.0.0.1:{hall.port}"
        yield hall


def plain(hall: Hall) -> BrokerSection:
    return BrokerSection("127.0.0.1", hall.port)


@BOTH
def test_nobody_comes_in_without_a_name(hall: Hall, protocol: MQTTProtocolVersion):
    with Client(None, None, plain(hall), protocol=protocol) as client:
        assert not client.welcome()


@BOTH
@pytest.mark.parametrize(("name", "password"), [("kiosk-1", "wrong"), ("kiosk-1", ""), ("nobody", "x"), ("hub", "hub")])
def test_nobody_comes_in_with_a_wrong_password(hall: Hall, protocol: MQTTProtocolVersion, name: str, password: str):
    with Client(name, password, plain(hall), protocol=protocol) as client:
        assert not client.welcome()


@BOTH
def test_a_device_speaks_as_itself_and_as_nobody_else(hall: Hall, protocol: MQTTProtocolVersion):
    with client_of(hall, "hub") as hub, client_of(hall, "display-1") as display:
        hub.hear(f"{ROOT}/from/+/+")
        display.hear(f"{ROOT}/all/board", f"{ROOT}/all/call")
        with client_of(hall, "kiosk-1", protocol=protocol) as kiosk:
            assert kiosk.welcome()
            kiosk.say(f"{ROOT}/from/kiosk-2/status")
            kiosk.say(f"{ROOT}/from/hub/status")
            kiosk.say(f"{ROOT}/to/kiosk-2/ticket-issued")
            kiosk.say(f"{ROOT}/to/kiosk-1/ticket-issued")
            kiosk.say(f"{ROOT}/all/board")
            kiosk.say(f"{ROOT}/all/call")
            kiosk.say("antrean/v1/other-hall/from/kiosk-1/status")
            kiosk.say(f"{ROOT}/from/kiosk-1/staff-called", b"last")
            wait_for(lambda: hub.heard, "the kiosk's own message")
        assert hub.heard == [(f"{ROOT}/from/kiosk-1/staff-called", b"last")]
        hub.say(f"{ROOT}/all/call", b"from the hub")
        wait_for(lambda: display.heard, "the hub's call")
        assert display.heard == [(f"{ROOT}/all/call", b"from the hub")]


def test_a_device_hears_what_is_said_to_it_and_to_nobody_else(hall: Hall):
    with client_of(hall, "hub") as hub, client_of(hall, "kiosk-1") as kiosk, client_of(hall, "kiosk-2") as other:
        kiosk.hear(f"{ROOT}/to/#", f"{ROOT}/from/#", "#")
        other.hear(f"{ROOT}/to/kiosk-2/config")
        other.say(f"{ROOT}/from/kiosk-2/status")
        hub.say(f"{ROOT}/to/kiosk-2/config", b"for the other")
        wait_for(lambda: other.heard, "the other's message")
        hub.say(f"{ROOT}/to/kiosk-1/config", b"for me")
        wait_for(lambda: kiosk.heard, "its own message")
        # Overlapping filters may bring it more than once; nothing else comes.
        assert set(kiosk.heard) == {(f"{ROOT}/to/kiosk-1/config", b"for me")}


def test_what_was_kept_for_another_is_not_handed_out_to_a_late_listener(hall: Hall):
    with client_of(hall, "hub") as hub:
        hub.say(f"{ROOT}/to/kiosk-2/offline-numbers", b"secret", retain=True)
        hub.say(f"{ROOT}/to/kiosk-1/offline-numbers", b"mine", retain=True)
        with client_of(hall, "kiosk-1") as kiosk:
            kiosk.hear(f"{ROOT}/to/kiosk-2/offline-numbers", f"{ROOT}/to/kiosk-1/offline-numbers")
            wait_for(lambda: kiosk.heard, "its own retained message")
            assert kiosk.heard == [(f"{ROOT}/to/kiosk-1/offline-numbers", b"mine")]
        for name in ("kiosk-1", "kiosk-2"):
            hub.say(f"{ROOT}/to/{name}/offline-numbers", b"", retain=True)


def test_nobody_throws_another_out_by_using_its_client_id(hall: Hall):
    kiosk_2 = hall.account("kiosk-2").device
    with client_of(hall, "kiosk-1") as kiosk, client_of(hall, "hub") as hub:
        assert kiosk.welcome()
        assert hub.welcome()
        for stolen in ("kiosk-1", "hub"):
            with Client("kiosk-2", kiosk_2.password, plain(hall), client_id=stolen) as thief:
                assert thief.welcome()
        kiosk.say(f"{ROOT}/from/kiosk-1/status")
        hub.say(f"{ROOT}/all/notice")
        assert kiosk.dropped == hub.dropped == 0


def test_a_body_that_is_too_large_is_dropped_and_its_sender_stays(hall: Hall):
    with client_of(hall, "hub") as hub, client_of(hall, "kiosk-1") as kiosk:
        hub.hear(f"{ROOT}/from/+/+")
        kiosk.say(f"{ROOT}/from/kiosk-1/health", b"x" * (LARGE_BODY + 1))
        kiosk.say(f"{ROOT}/from/kiosk-1/health", b"x" * LARGE_BODY)
        wait_for(lambda: hub.heard, "the body that fits")
        assert [len(body) for _, body in hub.heard] == [LARGE_BODY]
        assert kiosk.dropped == 0


def test_a_new_device_comes_in_within_5_s_and_nobody_is_dropped(hall: Hall):
    with client_of(hall, "kiosk-1") as kiosk, client_of(hall, "hub") as hub:
        hub.hear(f"{ROOT}/from/+/+")
        assert kiosk.welcome()
        started = time.monotonic()
        hall.add("kiosk-3", "kiosk")
        with client_of(hall, "kiosk-3") as newcomer:
            assert newcomer.welcome()
            newcomer.say(f"{ROOT}/from/kiosk-3/status")
            wait_for(lambda: hub.heard, "the newcomer's status")
        assert time.monotonic() - started < 5
        kiosk.say(f"{ROOT}/from/kiosk-1/status")
        wait_for(lambda: f"{ROOT}/from/kiosk-1/status" in hub.topics(), "the old device's status")
        assert kiosk.dropped == hub.dropped == 0


def test_an_account_with_a_long_password_of_somebodys_own_can_be_asked_for(hall: Hall):
    path = hall.add("kiosk-5", "kiosk")
    password = "x" * 300
    hall.edit("devices/kiosk-5.toml", lambda document: document["device"].update({"password": password}))
    hall.add("kiosk-6", "kiosk")
    assert path.exists()
    assert lets_in("127.0.0.1", hall.port, "kiosk-5", password)
    assert lets_in("127.0.0.1", hall.port, "kiosk-5", password + "x") is False
    assert answers("127.0.0.1", hall.port)
    assert lets_in("127.0.0.1", free_port(), "kiosk-5", password) is None


def test_a_removed_device_is_put_out_at_once_and_stays_out(hall: Hall):
    hall.add("kiosk-4", "kiosk")
    file = hall.account("kiosk-4")
    with client_of(hall, "kiosk-1") as kiosk, client_of(hall, "kiosk-4") as leaver:
        assert kiosk.welcome()
        assert leaver.welcome()
        hall.remove("kiosk-4")
        wait_for(lambda: leaver.dropped, "the removed device to be put out", 5)
        with Client("kiosk-4", file.device.password, file.broker) as again:
            assert not again.welcome()
        kiosk.say(f"{ROOT}/from/kiosk-1/status")
        assert kiosk.dropped == 0


def test_the_broker_ends_within_2_s_and_takes_its_pid_file_along(tmp_path: Path):
    hall = new_hall(tmp_path / "hall")
    with hall.program("broker") as broker:
        broker.ready(READY_S)
        with client_of(hall, "hub") as hub:
            assert hub.welcome()
            started = time.monotonic()
            assert broker.stop() == 0
            assert time.monotonic() - started < 2
    assert not (hall.folder / "broker/mosquitto.pid").exists()


def test_the_broker_is_the_process_that_was_started(tmp_path: Path):
    hall = new_hall(tmp_path / "hall")
    with hall.program("broker") as broker:
        broker.ready(READY_S)
        assert hall.broker_pid() == broker.process.pid
        broker.kill()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", hall.port), 1).close()
        # What a killed broker leaves behind does not keep the next one from starting.
        with hall.program("broker") as again:
            again.ready(READY_S)


def test_a_reload_while_the_broker_is_starting_does_not_end_it(tmp_path: Path):
    hall = new_hall(tmp_path / "hall")
    with hall.program("broker") as broker:
        wait_for(lambda: b"mosquitto.conf" in Path(f"/proc/{broker.process.pid}/cmdline").read_bytes(), "mosquitto")
        os.kill(broker.process.pid, signal.SIGHUP)
        broker.ready(READY_S)


def test_a_port_that_is_taken_is_named(tmp_path: Path):
    hall = new_hall(tmp_path / "hall")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", hall.port))
        taken.listen()
        done = started("broker", str(hall.folder))
    assert done.returncode == 1
    assert f"port {hall.port} is taken by process {os.getpid()}" in done.stderr
    assert "hall.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_broker_of_one_hall_is_refused(hall: Hall):
    done = started("broker", str(hall.folder))
    assert done.returncode == 1
    assert "runs already" in done.stderr


def test_without_mosquitto_it_is_said_what_to_install(tmp_path: Path):
    hall = new_hall(tmp_path / "hall")
    words = antrean("broker", str(hall.folder))
    lost = "import broker_config.starting as s, pathlib, runpy; s.ADMINISTRATORS_FOLDER = pathlib.Path('/nowhere');"
    run = f"import sys; sys.argv = {words[3:]!r}; from command.main import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [words[0], "-c", f"{lost} {run}"],
        env={**environment(), "PATH": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "apt-get install mosquitto" in done.stderr


def started(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        antrean(*words), env={**os.environ, **environment()}, capture_output=True, text=True, timeout=20, check=False
    )


# --- devices on other machines ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall whose devices come in by TLS."""
    hall = new_hall(tmp_path_factory.mktemp("halls") / "wide")

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
    done = started("broker", str(hall.folder))
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
