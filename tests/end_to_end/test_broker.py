import fcntl
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from paho.mqtt.enums import MQTTProtocolVersion

from assets.device_file import BrokerSection
from broker_config import nats
from broker_config.listening import MAX_PACKET
from broker_config.running import answers, lets_in
from broker_config.writing import write_whole
from command.hall import make
from command.programs import Program, antrean, environment
from contract.catalogue import LARGE_BODY
from tests.halls import READY_S, ROOT, Client, Hall, SetUp, client_of, free_port, new_hall, run
from tests.waiting import wait_for

pytestmark = pytest.mark.broker

BROKERS: tuple[SetUp, ...] = ("mqtt-5", "nats")

ALL_PROTOCOLS = pytest.mark.parametrize(
    ("hall", "protocol"),
    [
        ("mqtt-5", MQTTProtocolVersion.MQTTv311),
        ("mqtt-5", MQTTProtocolVersion.MQTTv5),
        ("nats", MQTTProtocolVersion.MQTTv311),
    ],
    indirect=["hall"],
)
"""All that each broker speaks."""


@pytest.fixture(scope="module", params=BROKERS)
def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall = new_hall(tmp_path_factory.mktemp("halls") / "hall", request.param)
    hall.add("kiosk-1", "kiosk")
    hall.add("kiosk-2", "kiosk")
    hall.add("display-1", "display")
    with hall.program("broker") as broker:
        assert broker.ready(READY_S) == f"broker ready: mqtt://127.0.0.1:{hall.port}"
        yield hall


@pytest.fixture(params=BROKERS)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Hall:
    """A hall whose broker has not been started."""
    return new_hall(tmp_path / "hall", request.param)


def plain(hall: Hall) -> BrokerSection:
    return BrokerSection("127.0.0.1", hall.port)


@ALL_PROTOCOLS
def test_nobody_comes_in_without_a_name(hall: Hall, protocol: MQTTProtocolVersion):
    with Client(None, None, plain(hall), protocol=protocol) as client:
        assert not client.welcome()


@ALL_PROTOCOLS
@pytest.mark.parametrize(("name", "password"), [("kiosk-1", "wrong"), ("kiosk-1", ""), ("nobody", "x"), ("hub", "hub")])
def test_nobody_comes_in_with_a_wrong_password(hall: Hall, protocol: MQTTProtocolVersion, name: str, password: str):
    with Client(name, password, plain(hall), protocol=protocol) as client:
        assert not client.welcome()


@ALL_PROTOCOLS
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
        # mosquitto confirms any filter and delivers what is the device's own; nats refuses what is broader than that.
        kiosk.hear(f"{ROOT}/to/#", f"{ROOT}/from/#", "#", f"{ROOT}/to/kiosk-1/config")
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
        wait_for(lambda: LARGE_BODY in [len(body) for _, body in hub.heard], "the body that fits")
        # nats has no limit for bodies apart from that for packets: there the hub's own link drops it.
        passed = [LARGE_BODY + 1] if hall.kind == "nats" else []
        assert [len(body) for _, body in hub.heard] == [*passed, LARGE_BODY]
        assert kiosk.dropped == 0


def test_a_packet_that_is_far_too_large_puts_its_sender_out_and_reaches_nobody(hall: Hall):
    with client_of(hall, "hub") as hub, client_of(hall, "kiosk-1") as kiosk, client_of(hall, "kiosk-2") as other:
        hub.hear(f"{ROOT}/from/+/+")
        assert kiosk.welcome()
        kiosk._client.publish(f"{ROOT}/from/kiosk-1/health", b"x" * (MAX_PACKET + 1), qos=1)
        wait_for(lambda: kiosk.dropped, "the sender to be put out")
        other.say(f"{ROOT}/from/kiosk-2/status")
        wait_for(lambda: hub.heard, "another's message")
        assert hub.topics() == [f"{ROOT}/from/kiosk-2/status"]
        assert hub.dropped == other.dropped == 0


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


def test_the_broker_ends_within_2_s_and_is_not_looked_for_any_more(fresh: Hall):
    with fresh.program("broker") as broker:
        broker.ready(READY_S)
        assert fresh.broker_pid() == broker.process.pid
        with client_of(fresh, "hub") as hub:
            assert hub.welcome()
            started = time.monotonic()
            assert broker.stop() == 0
            assert time.monotonic() - started < 2
    assert fresh.broker_pid() == 0


def test_the_broker_is_the_process_that_was_started(fresh: Hall):
    with fresh.program("broker") as broker:
        broker.ready(READY_S)
        assert fresh.broker_pid() == broker.process.pid
        broker.kill()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", fresh.port), 1).close()
        # What a killed broker leaves behind does not keep the next one from starting.
        with fresh.program("broker") as again:
            again.ready(READY_S)


def test_a_broker_that_was_killed_comes_up_empty(fresh: Hall):
    topic = f"{ROOT}/all/board"
    fresh.add("display-1", "display")
    with fresh.program("broker") as broker:
        broker.ready(READY_S)
        with client_of(fresh, "hub") as hub:
            hub.say(topic, b"of the one that is killed", retain=True)
        broker.kill()
    with fresh.program("broker") as broker:
        broker.ready(READY_S)
        with client_of(fresh, "display-1") as display, client_of(fresh, "hub") as hub:
            display.hear(topic)
            hub.say(topic, b"new")
            wait_for(lambda: display.heard, "what is said now")
            assert display.heard == [(topic, b"new")]


def test_a_reload_while_the_broker_is_starting_does_not_end_it(fresh: Hall):
    with fresh.program("broker") as broker:
        words = Path(f"/proc/{broker.process.pid}/cmdline")
        wait_for(lambda: words.read_bytes().split(b"\0")[1:2] == [b"-c"], "the broker's own program")
        os.kill(broker.process.pid, signal.SIGHUP)
        broker.ready(READY_S)


def test_nats_refuses_files_that_it_cannot_read_and_goes_on_as_it_was(tmp_path: Path):
    hall = new_hall(tmp_path / "hall", "nats")
    hall.add("kiosk-1", "kiosk")
    with hall.program("broker") as broker:
        broker.ready(READY_S)
        with client_of(hall, "kiosk-1") as kiosk:
            assert kiosk.welcome()
            write_whole(hall.folder / "broker" / nats.ACCOUNTS, "authorization { users: [ { user: hub\n")
            os.kill(broker.process.pid, signal.SIGHUP)
            wait_for(lambda: "Failed to reload" in broker.log.read_text(), "the refusal in the log")
            hall.add("kiosk-2", "kiosk")
            kiosk.say(f"{ROOT}/from/kiosk-1/status")
            assert kiosk.dropped == 0


def test_a_port_that_is_taken_is_named(fresh: Hall):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", fresh.port))
        taken.listen()
        done = run("broker", str(fresh.folder))
    assert done.returncode == 1
    assert f"port {fresh.port} is taken by process {os.getpid()}" in done.stderr
    assert "hall.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_broker_of_one_hall_is_refused(hall: Hall):
    done = run("broker", str(hall.folder))
    assert done.returncode == 1
    assert "runs already" in done.stderr


def test_of_two_brokers_that_start_at_once_one_is_refused_before_it_touches_anything(fresh: Hall):
    hall = fresh
    with (hall.folder / "broker" / "broker.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("broker", str(hall.folder))
    assert (done.returncode, "is being started already" in done.stderr) == (1, True)
    with hall.program("broker") as broker:
        broker.ready(READY_S)
        with (hall.folder / "broker" / "broker.lock").open() as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        broker.kill()
        with (hall.folder / "broker" / "broker.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def without_mosquitto(hall: Hall, *, and_without: str = "") -> list[str]:
    """`./antrean broker DIR` where no mosquitto is to be found, nor what else is named."""
    words = antrean("broker", str(hall.folder))
    lost = "import broker_config.choosing as c, pathlib, sys; c.ADMINISTRATORS_FOLDER = pathlib.Path('/nowhere')"
    return [
        words[0],
        "-c",
        f"{lost}; {and_without or 'pass'}; from command.main import main; sys.exit(main({words[4:]!r}))",
    ]


def test_without_mosquitto_nats_is_the_broker(tmp_path: Path):
    hall = Hall(tmp_path / "hall", free_port())
    make(hall.folder, hall.port, always_open=True)
    with Program("broker", without_mosquitto(hall), tmp_path / "log", environment(PATH="/nowhere")) as broker:
        assert broker.ready(READY_S) == f"broker ready: mqtt://127.0.0.1:{hall.port}"
        assert Path(f"/proc/{broker.process.pid}/cmdline").read_bytes().startswith(b"nats-server\0-c\0nats.conf")
        with client_of(hall, "hub") as hub:
            assert hub.welcome()


def test_without_any_broker_it_is_said_what_to_install(tmp_path: Path):
    hall = Hall(tmp_path / "hall", free_port())
    make(hall.folder, hall.port, always_open=True)
    words = without_mosquitto(hall, and_without="c.sysconfig.get_path = lambda _: '/nowhere'")
    env = environment(PATH="/nowhere")
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "apt-get install mosquitto" in done.stderr
    assert "Traceback" not in done.stderr
