"""The broker as a process: it is the one that was started, ends when told, reads its accounts again, and comes up empty."""

import fcntl
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from broker_config import nats
from broker_config.writing import write_whole
from command.hall import make
from command.programs import Program, antrean, environment
from tests.halls import ONE_OF_EACH, READY_S, ROOT, Hall, client_of, free_port, new_hall, run
from tests.waiting import wait_for

pytestmark = pytest.mark.broker


@pytest.fixture(params=ONE_OF_EACH)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Hall:
    """A hall whose broker has not been started."""
    return new_hall(tmp_path / "hall", request.param)


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


def test_a_second_broker_of_one_hall_is_refused(fresh: Hall):
    with fresh.program("broker") as broker:
        broker.ready(READY_S)
        done = run("broker", str(fresh.folder))
        assert done.returncode == 1
        assert "runs already" in done.stderr
        broker.check()


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
