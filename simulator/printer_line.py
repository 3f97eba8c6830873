"""A serial line to an emulated printer: a pseudo terminal whose other end is the printer's port.

`path` is what a device node would be: there while the line is plugged in, gone while it is not. What is written while
the printer is without power is lost, as on a real line. It must never know what the bytes mean.
"""

import contextlib
import os
import select
import socket
import threading
import tty
from pathlib import Path
from typing import Self

CARRIED_BYTES = 1024
"""At most so much is under way in the line itself."""


class PrinterLine:
    """Carries bytes both ways in a thread of its own, until `close`."""

    def __init__(self, port: int, path: Path) -> None:
        """`port`: of a simulator.printer_emulator on this machine. Raises OSError where `path` is taken."""
        self._port = port
        self._path = path
        self._near, self._far = os.openpty()
        tty.setraw(self._far)  # held open: a line with nobody at it is still a line
        self._node = os.ttyname(self._far)
        self._wake, self._waker = os.pipe()
        self._printer: socket.socket | None = None
        self._carried = b""
        self._bytes_left: int | None = None
        self.plug_in()
        self._thread = threading.Thread(target=self._carry, name="printer-line", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def plug_in(self) -> None:
        """The node is there."""
        self._path.symlink_to(self._node)

    def pull_out(self) -> None:
        """The node is gone."""
        self._path.unlink()

    def break_after(self, size: int) -> None:
        """The cable comes off when so many more bytes have passed: what is written then is lost, the node stays."""
        self._bytes_left = size

    def mend(self) -> None:
        """The cable is on again."""
        self._bytes_left = None

    def close(self) -> None:
        """End the thread and take the node away."""
        os.close(self._waker)
        self._thread.join()
        self._path.unlink(missing_ok=True)
        for descriptor in (self._wake, self._near, self._far):
            os.close(descriptor)

    def _carry(self) -> None:
        while True:
            printer = [self._printer] if self._printer else []
            heard: list[int | socket.socket] = [self._wake, *printer, *([] if self._carried else [self._near])]
            readable, writable, _ = select.select(heard, printer if self._carried else [], [])
            if self._wake in readable:
                self._hang_up()
                return
            if self._near in readable:
                self._carried = self._whole(os.read(self._near, CARRIED_BYTES))
                if self._carried:
                    self._reach()
            for each in printer:
                if each in readable:
                    self._bring_back(each)
                if each in writable and self._printer:
                    self._bring_on(each)

    def _whole(self, data: bytes) -> bytes:
        """What of it passes the cable."""
        if self._bytes_left is None:
            return data
        passed = data[: self._bytes_left]
        self._bytes_left -= len(passed)
        return passed

    def _reach(self) -> None:
        """A printer without power is not there; the bytes are lost."""
        if self._printer is not None:
            return
        try:
            self._printer = socket.create_connection(("127.0.0.1", self._port), timeout=5)
            self._printer.setblocking(False)
        except OSError:
            self._carried = b""

    def _bring_on(self, printer: socket.socket) -> None:
        try:
            self._carried = self._carried[printer.send(self._carried) :]
        except OSError:
            self._hang_up()

    def _bring_back(self, printer: socket.socket) -> None:
        data = b""
        with contextlib.suppress(OSError):
            data = printer.recv(CARRIED_BYTES)
        if data:
            os.write(self._near, b"" if self._bytes_left == 0 else data)
        else:
            self._hang_up()

    def _hang_up(self) -> None:
        self._carried = b""
        if self._printer is not None:
            self._printer.close()
            self._printer = None
