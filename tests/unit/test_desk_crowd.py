"""Whoever opens connections to the desk without end takes no file from the hub."""

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from hub.desk import crowd
from hub.desk.crowd import MOST_AT_ONCE, MOST_BOARDS, MOST_HELD, MOST_OF_ONE
from tests.desk_hub import desk_hub
from tests.waiting import wait_for

OPENED = 1200
ROOM = 4096


@pytest.fixture
def room() -> Iterator[None]:
    """Files enough for both ends, which are in this one process here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(ROOM, hard), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.usefixtures("room")
def test_connections_without_end_leave_the_hub_its_files():
    with desk_hub() as hub, ExitStack() as held:
        before = open_files()
        for opened in range(1, OPENED + 1):
            held.enter_context(socket.create_connection(("127.0.0.1", hub.port), 5))
            assert open_files() - before - opened <= MOST_HELD + MOST_AT_ONCE
        wait_for(lambda: open_files() - before - OPENED <= MOST_HELD, "the desk to hang up on the rest")
        held.close()
        wait_for(lambda: open_files() - before < 10, "the desk to let go of all")
        assert httpx.get(hub.address).status_code == 200


def test_what_the_desk_holds_leaves_room_below_the_last_file_that_paho_can_wait_on():
    assert MOST_HELD + MOST_AT_ONCE + 200 < 1024


def hung_up(connection: socket.socket) -> bool:
    """Whether the other end is gone. A connection that still stands is waited on for a moment only."""
    connection.settimeout(0.05)
    try:
        return connection.recv(65_536) == b""
    except TimeoutError:
        return False
    except ConnectionResetError:
        return True


def test_one_machine_that_opens_connections_without_end_leaves_the_other_televisions_theirs():
    with desk_hub(board=("127.0.0.1", 0)) as hub, ExitStack() as held:
        port = int(hub.desk.board_address.rsplit(":", 1)[1].strip("/"))
        opened = [held.enter_context(socket.create_connection(("127.0.0.1", port), 5)) for _ in range(150)]
        wait_for(
            lambda: sum(not hung_up(each) for each in opened) <= MOST_OF_ONE, "the boards' door to hang up on the rest"
        )
        other = httpx.HTTPTransport(local_address="127.0.0.2")
        with httpx.Client(transport=other, timeout=5) as television:
            assert television.get(f"{hub.desk.board_address}board/a").status_code == 200


def test_many_machines_have_a_television_each():
    with desk_hub(board=("127.0.0.1", 0)) as hub, ExitStack() as held:
        port = int(hub.desk.board_address.rsplit(":", 1)[1].strip("/"))
        opened = []
        for each in range(2, MOST_BOARDS):
            source = (f"127.0.0.{each}", 0)
            opened.append(held.enter_context(socket.create_connection(("127.0.0.1", port), 5, source)))
        assert httpx.get(f"{hub.desk.board_address}board/a").status_code == 200
        assert not any(hung_up(each) for each in opened)


@pytest.mark.parametrize("first", [b"", b"GET /board/a HTTP/1.1\r\nHost: a\r\n\r\n"])
@pytest.mark.parametrize("then", [b"", b"GET /boa"])
def test_a_television_that_comes_to_no_end_of_asking_is_let_go(first, then, monkeypatch):
    monkeypatch.setattr(crowd, "ASKS_WITHIN_S", 0.3)
    with desk_hub(board=("127.0.0.1", 0)) as hub:
        port = int(hub.desk.board_address.rsplit(":", 1)[1].strip("/"))
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            connection.sendall(first)
            assert not first or connection.recv(65_536).startswith(b"HTTP/1.1 200")
            connection.sendall(then)
            wait_for(lambda: hung_up(connection), "the boards' door to hang up")


def test_a_television_that_follows_is_not_let_go(monkeypatch):
    monkeypatch.setattr(crowd, "ASKS_WITHIN_S", 0.3)
    with desk_hub(board=("127.0.0.1", 0)) as hub:
        beats = 0
        with httpx.stream("GET", f"{hub.desk.board_address}board/a/live", timeout=5) as told:
            for line in told.iter_lines():
                beats += line == "event: beat"
                if beats == 4:  # half a second apart here
                    break
        assert beats == 4


@pytest.mark.parametrize("path", ["board/a/live", "live", "counter/loket-3/live"])
def test_who_asks_for_the_head_of_a_stream_is_not_kept(path):
    with desk_hub() as hub, httpx.Client(timeout=5) as browser:
        assert browser.head(f"{hub.address}/{path}").status_code == 200
        assert browser.get(f"{hub.address}/board/a").status_code == 200
        assert hub.desk._watcher is not None
        assert not any(hub.desk._watcher._pages.values())
