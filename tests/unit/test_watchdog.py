"""What systemd hears of a screen: that it is there, that frames are drawn while the loop turns, and nothing else."""

import socket
from pathlib import Path

from ui.watchdog import Watchdog, watchdog_of


class Rig:
    """A watchdog with a clock that is turned by hand."""

    def __init__(self, deadline_s: float | None = 9.0) -> None:
        self.now_s = 100.0
        self.said: list[bytes] = []
        self.dog = Watchdog(self.said.append, deadline_s, lambda: self.now_s)

    def wait(self, seconds: float, *, turns: bool = True, draws: bool = True) -> None:
        """As the loop of a program does: thirty turns a second, and a frame when one is wanted."""
        for _ in range(round(seconds * 30)):
            self.now_s += 1 / 30
            if turns:
                self.dog.turned()
            if draws and self.dog.wants_frame():
                self.dog.drawn()


def test_a_screen_is_ready_once() -> None:
    rig = Rig()
    rig.dog.ready()
    rig.dog.ready()
    assert rig.said == [b"READY=1"]


def test_an_idle_screen_draws_five_frames_in_two_deadlines_and_no_more() -> None:
    rig = Rig()
    rig.dog.ready()
    rig.wait(90)
    assert 24 <= rig.said.count(b"WATCHDOG=1") <= 25


def test_where_nothing_is_drawn_nothing_is_said() -> None:
    rig = Rig()
    rig.dog.ready()
    rig.wait(30, draws=False)
    assert rig.said == [b"READY=1"]


def test_frames_without_turns_of_the_loop_are_not_life() -> None:
    rig = Rig()
    rig.dog.ready()
    rig.wait(5)
    before = rig.said.count(b"WATCHDOG=1")
    rig.wait(30, turns=False)
    assert rig.said.count(b"WATCHDOG=1") <= before + 1


def test_however_many_frames_there_are_systemd_is_told_once_a_second() -> None:
    rig = Rig()
    rig.dog.ready()
    for _ in range(300):
        rig.now_s += 1 / 30
        rig.dog.turned()
        rig.dog.drawn()
    assert 9 <= rig.said.count(b"WATCHDOG=1") <= 11


def test_before_the_first_screen_is_there_nothing_is_life() -> None:
    rig = Rig()
    rig.wait(30)
    assert rig.said == []


def test_where_systemd_watches_nothing_no_frame_is_asked_for() -> None:
    rig = Rig(None)
    rig.dog.ready()
    rig.wait(60)
    assert not rig.dog.wants_frame()
    assert rig.said == [b"READY=1"]


def test_it_is_told_on_the_socket_that_systemd_names(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        dog = watchdog_of({"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "3000000"}, lambda: 0.0)
        dog.ready()
        assert systemd.recv(64) == b"READY=1"


def test_a_name_in_no_folder_is_a_socket_too() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind("\0antrean-test-notify")
        watchdog_of({"NOTIFY_SOCKET": "@antrean-test-notify"}, lambda: 0.0).ready()
        assert systemd.recv(64) == b"READY=1"


def test_a_systemd_that_does_not_listen_stops_nobody(tmp_path: Path) -> None:
    dog = watchdog_of({"NOTIFY_SOCKET": str(tmp_path / "nobody"), "WATCHDOG_USEC": "3000000"}, lambda: 0.0)
    dog.ready()
    dog.stopping()


def test_without_systemd_nothing_is_said_or_drawn() -> None:
    dog = watchdog_of({}, lambda: 0.0)
    dog.ready()
    assert not dog.wants_frame()
