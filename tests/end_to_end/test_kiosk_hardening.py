"""A kiosk in full screen that people do everything to: keys, buttons, a window manager's wish, and systemd listening."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command.finger import Finger
from command.pin import write_pin
from command.programs import Program, antrean, environment, virtual_screen
from command.told import Told
from tests.closing import ask_to_close, only_window
from tests.halls import new_hall
from tests.waiting import wait_for

pytestmark = [pytest.mark.screen]

PIN = "271828"
RESTART = 75
"""ui.public_app.RESTART, which cannot be imported without a window."""
DEADLINE_S = 3
KEYS = (
    *("Escape", "F1", "F4", "F11", "F12", "Tab", "Return", "space", "Print", "Menu", "Super_L", "Delete"),
    *("alt+F4", "alt+Tab", "alt+Escape", "alt+space", "ctrl+c", "ctrl+q", "ctrl+w", "ctrl+e", "super+d"),
    *("ctrl+alt+Delete", "ctrl+alt+t", "ctrl+alt+BackSpace", "ctrl+shift+q", "shift+F12", "ctrl+Escape"),
)
MIDDLE, UPPER_LEFT, UPPER_RIGHT = ("540", "960"), ("20", "20"), ("1060", "20")


class Listening:
    """What systemd would hear."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.setblocking(False)
        self.path = path
        self.words: list[bytes] = []

    def hear(self, word: bytes) -> int:
        """How often it was said so far."""
        while True:
            try:
                self.words.append(self._socket.recv(256))
            except BlockingIOError:
                return self.words.count(word)


class Kiosk:
    """The program, a hand and a finger before it, and systemd behind it."""

    def __init__(self, display: str, program: Program, tells: Path, systemd: Listening) -> None:
        self.display, self.program, self.systemd = display, program, systemd
        self.finger = Finger(tells, display, program.check)
        self.told = Told(tells)

    def hand(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env={"DISPLAY": self.display}, check=True)

    def screens(self) -> list[str]:
        return [line["screen"] for line in self.told.look() if line["what"] == "shown"]

    def targets(self) -> dict[str, Any]:
        shown: dict[str, Any] = [line for line in self.told.look() if line["what"] == "shown"][-1]
        targets: dict[str, Any] = shown["targets"]
        return targets


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    hall = new_hall(tmp_path / "hall")
    file = hall.add("kiosk-1", "kiosk")
    with file.open("a") as text:
        text.write("\n[screen]\nwidth = 1080\nheight = 1920\nfullscreen = true\n")
    write_pin(file, PIN)
    systemd = Listening(tmp_path / "notify")
    screen, display = virtual_screen(1080, 1920, tmp_path / "xvfb.log")
    env = environment(
        DISPLAY=display,
        SDL_AUDIODRIVER="dummy",
        NOTIFY_SOCKET=str(systemd.path),
        WATCHDOG_USEC=str(DEADLINE_S * 1_000_000),
        WATCHDOG_PID="1",
    )
    tells = tmp_path / "tells.jsonl"
    with screen, Program("kiosk", antrean("kiosk", str(file), "--tell", str(tells)), tmp_path / "log", env) as program:
        program.ready(25)
        yield Kiosk(display, program, tells, systemd)


def test_no_key_no_button_and_no_window_manager_ends_it_or_leads_anywhere(kiosk: Kiosk) -> None:
    kiosk.finger.screen("starting")
    for key in KEYS:
        kiosk.hand("key", key)
    for button in ("2", "3", "4", "5", "8"):
        kiosk.hand("mousemove", *MIDDLE, "click", "--repeat", "3", button)
    kiosk.hand("mousemove", *MIDDLE, "mousedown", "1", "sleep", "1.2", "mouseup", "1")
    kiosk.hand("mousemove", "0", "960", "mousedown", "1", "mousemove", *MIDDLE, "mouseup", "1")
    ask_to_close(kiosk.display, only_window(kiosk.display))
    wait_for(lambda: "close-refused" in kiosk.program.log.read_text(), "the wish to close it")
    assert set(kiosk.screens()) == {"starting"}
    kiosk.program.check()
    # SIGTERM still ends it, and says so.
    assert kiosk.program.stop() == 0
    assert kiosk.systemd.hear(b"STOPPING=1") == 1


def test_systemd_hears_of_frames_for_as_long_as_they_are_drawn(kiosk: Kiosk) -> None:
    """Nothing moves on the screen: each of these is a frame that was drawn for the watchdog's sake."""
    assert kiosk.systemd.hear(b"READY=1") == 1
    wait_for(lambda: kiosk.systemd.hear(b"WATCHDOG=1") >= 3, "three frames", 4 * DEADLINE_S)
    os.kill(kiosk.program.process.pid, signal.SIGSTOP)
    before = kiosk.systemd.hear(b"WATCHDOG=1")
    with pytest.raises(AssertionError):
        wait_for(lambda: kiosk.systemd.hear(b"WATCHDOG=1") > before, "what cannot come", DEADLINE_S)
    os.kill(kiosk.program.process.pid, signal.SIGCONT)
    wait_for(lambda: kiosk.systemd.hear(b"WATCHDOG=1") > before, "frames again")


def test_a_technician_comes_in_by_corners_and_pin_and_may_restart_it(kiosk: Kiosk) -> None:
    kiosk.finger.screen("starting")
    for corner in (UPPER_LEFT, UPPER_LEFT, UPPER_RIGHT, UPPER_RIGHT, UPPER_LEFT, UPPER_RIGHT):
        kiosk.hand("mousemove", *corner, "click", "1")
    kiosk.finger.screen("pin")
    for digit in PIN:
        x, y, width, height = kiosk.targets()[f"setup:{digit}"]
        kiosk.hand("mousemove", str(x + width // 2), str(y + height // 2), "click", "1")
    wait_for(lambda: "setup:enter" in kiosk.targets(), "the key that enters")
    kiosk.finger.touch("setup:enter")
    kiosk.finger.screen("setup-overview")
    kiosk.finger.touch("setup:touch")
    kiosk.finger.screen("setup-touch")
    kiosk.hand(
        "mousemove", "20", "20", "mousedown", "1", "mousemove", "20", "900", "mousemove", "20", "1900", "mouseup", "1"
    )
    kiosk.finger.touch("setup:touched")
    kiosk.finger.screen("setup-overview")
    kiosk.finger.touch("setup:restart")
    kiosk.finger.screen("setup-restart")
    kiosk.finger.touch("setup:restart-sure")
    assert kiosk.program.process.wait(10) == RESTART
    log = kiosk.program.log.read_text()
    assert "setup-pin-right" in log
    assert PIN not in log
