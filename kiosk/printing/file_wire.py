"""Bytes to a device node such as /dev/usb/lp0, and to a plain file or a pipe, which cannot answer.

It must never know what the bytes mean. Nothing is ever created: a missing node is a printer that was unplugged, and a
file in its place would swallow tickets. A slice is handed over only when the one before it was taken, because closing
a node of the kernel's usblp throws away what is still on its way.
"""

import contextlib
import os
import select
import stat
import termios
import time
import tty
from pathlib import Path

from kiosk.printing.wire import OUT_OF_TIME, Sent, WireBroken, read_some, write_all

SLICE_BYTES = 2048
STALE_READS = 16
"""Reads of what was said before this conversation; whoever says more at once talks nonsense, and will be told so."""


class FileWire:
    """A path that takes a printer's bytes."""

    def __init__(self, path: str, until: float) -> None:  # noqa: ARG002 - opening a node without waiting needs no time
        """Raises WireBroken when it is not there, may not be used, is used by another, or is a pipe nobody reads."""
        try:
            kind = Path(path).stat().st_mode
            self._descriptor = os.open(path, _flags(kind) | os.O_CLOEXEC)
        except OSError as error:
            raise WireBroken(f"{path}: {error.strerror or error}") from None
        self.answers = stat.S_ISCHR(kind)
        self._terminal = os.isatty(self._descriptor)
        self._fell_short = False
        if self._terminal:
            _carry_everything(self._descriptor, path)
        if self.answers:
            _pass_over_stale(self._descriptor)

    def send(self, data: bytes, until: float) -> Sent:
        """See Wire.send. The last slice counts once the node would take another."""
        sent = write_all(self._descriptor, data, until, SLICE_BYTES)
        if not sent.trouble:
            _, taken, _ = select.select([], [self._descriptor], [], max(0.0, until - time.monotonic()))
            if not taken:
                before_last = (len(data) - 1) // SLICE_BYTES * SLICE_BYTES if data else 0
                sent = Sent(before_last, OUT_OF_TIME)
        self._fell_short = self._fell_short or bool(sent.trouble)
        return sent

    def receive(self, until: float) -> bytes:
        """See Wire.receive. Empty at once where nothing can come."""
        return read_some(self._descriptor, until) if self.answers else b""

    def close(self) -> None:
        """See Wire.close. A terminal would wait half a minute for what it cannot get rid of."""
        if self._terminal and self._fell_short:
            with contextlib.suppress(termios.error):
                termios.tcflush(self._descriptor, termios.TCOFLUSH)
        os.close(self._descriptor)


def _carry_everything(terminal: int, path: str) -> None:
    """A terminal would change line ends and take some bytes for its own orders."""
    try:
        tty.setraw(terminal)
    except termios.error as error:
        os.close(terminal)
        raise WireBroken(f"{path}: {error.args[-1]}") from None


def _flags(kind: int) -> int:
    if stat.S_ISREG(kind):
        return os.O_WRONLY | os.O_APPEND
    if stat.S_ISFIFO(kind):
        return os.O_WRONLY | os.O_NONBLOCK  # without a reader: "no such device or address"
    return os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY


def _pass_over_stale(descriptor: int) -> None:
    """Answers to somebody before us."""
    with contextlib.suppress(OSError):  # nothing there: what is wrong besides will be met by the first question
        for _ in range(STALE_READS):
            os.read(descriptor, 4096)
