"""Tells systemd that a program's screen is alive: only while frames are really drawn and the loop turns.

The commonest failure of screens in the field is a living process behind a black screen, so it is frames that are
watched. An idle screen draws none by itself: one is asked for now and then. Knows no Kivy; does nothing where systemd
does not ask (no NOTIFY_SOCKET). The process that systemd started may be a compositor around this one: the unit says
NotifyAccess=all, and WATCHDOG_PID is not looked at.
"""

import logging
import os
import socket
from collections.abc import Callable, Mapping

logger = logging.getLogger(__name__)

FRAMES_OF_A_DEADLINE = 2.5
"""So many frames are drawn at the least in the time after which systemd takes the program to be dead: of 10 s one every 4 s.

Without a graphics card a whole frame of 1080x1920 takes some 30 ms, so that more of them would cost more than rest may cost.
"""

BEATS_EVERY_S = 1.0
"""However many frames are drawn, systemd is told no more often."""


class Watchdog:
    """`turned` at each turn of the loop, `drawn` after each frame; `wants_frame` asks for one. All in Kivy's thread."""

    def __init__(self, say: Callable[[bytes], object], deadline_s: float | None, clock: Callable[[], float]) -> None:
        """`deadline_s` None: systemd waits for READY, and watches nothing after it."""
        self._say = say
        self._clock = clock
        self._frame_every_s = None if deadline_s is None else deadline_s / FRAMES_OF_A_DEADLINE
        self._beats_every_s = min(BEATS_EVERY_S, self._frame_every_s or BEATS_EVERY_S)
        self._drawn_s = clock()
        self._said_s: float | None = None
        self._has_turned = False
        self._is_ready = False

    def ready(self) -> None:
        """The first screen is really there."""
        if not self._is_ready:
            self._is_ready = True
            self._say(b"READY=1")

    def turned(self) -> None:
        """The loop has turned, and what the program does in each turn was done."""
        self._has_turned = True

    def drawn(self) -> None:
        """A frame is on the screen."""
        now_s = self._clock()
        self._drawn_s = now_s
        due = self._said_s is None or now_s - self._said_s >= self._beats_every_s
        if self._frame_every_s is not None and self._is_ready and self._has_turned and due:
            self._said_s, self._has_turned = now_s, False
            self._say(b"WATCHDOG=1")

    def wants_frame(self) -> bool:
        """Whether none was drawn for so long that one must be."""
        return self._frame_every_s is not None and self._clock() - self._drawn_s >= self._frame_every_s

    def stopping(self) -> None:
        """The program was told to end."""
        self._say(b"STOPPING=1")


def watchdog_of(environment: Mapping[str, str], clock: Callable[[], float]) -> Watchdog:
    """As systemd asks for it: where to, and within which time (WATCHDOG_USEC, microseconds)."""
    address = environment.get("NOTIFY_SOCKET", "")
    within = environment.get("WATCHDOG_USEC", "")
    deadline_s = int(within) / 1e6 if address and within.isdecimal() and int(within) > 0 else None
    return Watchdog(_Notifier(address) if address else lambda _words: None, deadline_s, clock)


class _Notifier:
    """One datagram for each word; "@" begins a name that is in no folder. What cannot be told is logged once."""

    def __init__(self, address: str) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else os.fspath(address)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK)
        self._complained = False

    def __call__(self, words: bytes) -> None:
        try:
            self._socket.sendto(words, self._address)
        except OSError as error:
            if not self._complained:
                self._complained = True
                logger.warning("watchdog-not-told words=%s why=%s", words.decode(), error)
