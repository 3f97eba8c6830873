"""Whoever opens connections to the desk without end takes no file from the hub."""

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from hub.desk.crowd import MOST_AT_ONCE, MOST_HELD
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
