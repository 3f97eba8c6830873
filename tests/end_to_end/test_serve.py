import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from command.programs import Program, antrean, environment
from tests.halls import ON_ALL_WHEN_SOAKED, READY_S, ROOT, Hall, client_of, new_hall, run
from tests.waiting import wait_for

pytestmark = pytest.mark.broker


@pytest.fixture(params=ON_ALL_WHEN_SOAKED)
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Hall:
    return new_hall(tmp_path / "hall", request.param)


@pytest.fixture
def serve(hall: Hall) -> Iterator[Program]:
    with hall.program("serve") as serve:
        serve.ready(READY_S)
        yield serve


def group_of(leader: int) -> dict[int, str]:
    """The living processes of a process group, and their command lines."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state, _, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                words = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ").strip()
            except OSError:
                continue
            if int(group) == leader and state != "Z":
                found[int(entry.name)] = words
    return found


def hub_pid(leader: int) -> int | None:
    return next((pid for pid, words in group_of(leader).items() if " hub " in words), None)


def hears_the_hub(hall: Hall, name: str = "kiosk-1") -> None:
    """A device connects and hears the hub's retained state: broker and hub are both at work."""

    def heard() -> bool:
        with client_of(hall, name) as client:
            if client.failed or not client.welcome():
                return False
            client.hear(f"{ROOT}/all/hub")
            try:
                return bool(wait_for(lambda: [body for _, body in client.heard if b"online" in body], "the hub", 2))
            except AssertionError:
                return False

    wait_for(heard, "the hub through the broker", 15)


def test_serve_says_one_line_when_both_are_ready(hall: Hall):
    with hall.program("serve") as serve:
        line = serve.ready(READY_S)
        assert f"mqtt://127.0.0.1:{hall.port}" in line
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address is not None
        assert httpx.get(address.group(), timeout=5).status_code == 200


def test_the_broker_killed_comes_back_by_itself(hall: Hall, serve: Program):
    hall.add("kiosk-1", "kiosk")
    first = hall.broker_pid()
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: hall.broker_pid() not in (0, first), "a new broker")
    hears_the_hub(hall)


def test_the_hub_killed_comes_back_by_itself(hall: Hall, serve: Program):
    hall.add("kiosk-1", "kiosk")
    first = hub_pid(serve.process.pid)
    assert first is not None
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: hub_pid(serve.process.pid) not in (None, first), "a new hub")
    hears_the_hub(hall)


def test_sigterm_ends_everything_within_2_s(serve: Program):
    assert len(group_of(serve.process.pid)) >= 3
    started = time.monotonic()
    serve.process.send_signal(signal.SIGTERM)
    assert serve.process.wait(5) == 0
    assert time.monotonic() - started < 2
    assert group_of(serve.process.pid) == {}
    assert "Traceback" not in serve.log.read_text()


def test_sigterm_while_things_are_starting_leaves_nothing(hall: Hall):
    with hall.program("serve") as serve:
        wait_for(lambda: len(group_of(serve.process.pid)) > 1, "the first child")
        serve.process.send_signal(signal.SIGTERM)
        assert serve.process.wait(5) == 0
        assert group_of(serve.process.pid) == {}


def test_serve_killed_leaves_no_child(serve: Program):
    serve.process.kill()
    serve.process.wait()
    wait_for(lambda: group_of(serve.process.pid) == {}, "the children to end", 5)


def test_serve_killed_can_be_started_again_at_once(hall: Hall, serve: Program):
    hall.add("kiosk-1", "kiosk")
    serve.process.kill()
    serve.process.wait()
    with hall.program("serve") as again:
        again.ready(READY_S)
        hears_the_hub(hall)


def test_a_hall_is_served_once(hall: Hall, serve: Program):
    done = run("serve", str(hall.folder))
    assert done.returncode == 1
    assert "is being served already" in done.stderr


def test_a_second_hub_on_one_journal_is_refused(hall: Hall, serve: Program):
    done = run("hub", str(hall.folder))
    assert done.returncode != 0
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_serve_ends_with_the_reason_when_a_part_cannot_start(hall: Hall):
    (hall.folder / "hub.toml").write_text("[desk]\nprot = 0\n")
    with hall.program("serve") as serve:
        assert serve.process.wait(READY_S) == 1
        assert "hub.toml:2" in serve.last_words()
        assert "the hub could not be started" in serve.last_words()
        assert group_of(serve.process.pid) == {}


def test_serve_makes_a_group_of_its_own_and_ends_nobody_else_with_it(hall: Hall):
    # As from a script: serve starts in the group of whoever calls it.
    words = antrean("serve", str(hall.folder))
    child = subprocess.Popen(
        words, env={**os.environ, **environment()}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert child.stdout is not None
        assert "ready" in child.stdout.readline()
        assert os.getpgid(child.pid) == child.pid
        assert len(group_of(child.pid)) >= 3
    finally:
        child.kill()
        child.communicate()
    wait_for(lambda: group_of(child.pid) == {}, "the children to end", 5)


def test_a_hall_may_have_an_odd_name(tmp_path: Path):
    hall = new_hall(tmp_path / "mal 'pelayanan' $HOME é %i")
    hall.add("kiosk-1", "kiosk")
    with hall.program("serve") as serve:
        serve.ready(READY_S)
        hears_the_hub(hall)


def test_two_halls_stand_side_by_side(tmp_path: Path):
    one, two = new_hall(tmp_path / "one"), new_hall(tmp_path / "two")
    for hall in (one, two):
        hall.add("kiosk-1", "kiosk")
    with one.program("serve") as first, two.program("serve") as second:
        first.ready(READY_S)
        second.ready(READY_S)
        hears_the_hub(one)
        hears_the_hub(two)
        assert first.stop() == 0
        hears_the_hub(two)
