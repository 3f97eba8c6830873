"""Bytes to and from a printer, each with a deadline: what every wire promises, and the one over TCP.

It must never know what the bytes mean. A network printer serves one connection at a time and forgets to say when it is
gone; hence one short connection for each conversation, and no send or receive without an end. Moments are those of
time.monotonic(), in seconds. Beside this file: file_wire.py, serial_wire.py, usb_wire.py.
"""

import os
import select
import socket
import time
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

SLICE_BYTES = 2048
"""Handed over at a time, so that a deadline is noticed in the middle of a job."""


OUT_OF_TIME = "out of time"


class WireBroken(Exception):
    """The other side is gone, or was never there."""


class Sent(Struct, frozen=True):
    """How much was taken from our hands. `trouble` is empty when all of it was."""

    accepted: int
    trouble: str = ""


class Wire(Protocol):
    """One conversation with a printer."""

    @property
    def answers(self) -> bool:
        """Whether a printer could say anything on this wire. Where it cannot, nobody asks or waits."""

    def send(self, data: bytes, until: float) -> Sent:
        """Hand over as much as goes before `until`. Never raises: what went is part of the answer."""

    def receive(self, until: float) -> bytes:
        """What came, at least one byte; empty when nothing came by `until`. Raises WireBroken."""

    def close(self) -> None:
        """End the conversation, without waiting; what was accepted is still delivered."""


Reach = Callable[[float], Wire]
"""Begins a conversation by a moment, or raises WireBroken: the printer's address is in it."""


class NetworkWire:
    """A printer's raw port, usually 9100."""

    answers = True

    def __init__(self, host: str, port: int, until: float) -> None:
        """Raises WireBroken when nobody answers there by `until`."""
        left = until - time.monotonic()
        if left <= 0:
            raise WireBroken(f"no time left to reach {host}:{port}")
        try:
            self._socket = socket.create_connection((host, port), timeout=left)
        except OSError as error:
            raise WireBroken(f"{host}:{port}: {error.strerror or error}") from None
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)

    def send(self, data: bytes, until: float) -> Sent:
        """See Wire.send. Accepted means: by this machine. Only an answer of the printer tells what arrived."""
        accepted = 0
        while accepted < len(data):
            left = until - time.monotonic()
            if left <= 0:
                return Sent(accepted, OUT_OF_TIME)
            _, writable, _ = select.select([], [self._socket], [], left)
            if not writable:
                continue
            try:
                accepted += self._socket.send(data[accepted : accepted + SLICE_BYTES])
            except BlockingIOError:
                continue
            except OSError as error:
                return Sent(accepted, error.strerror or str(error))
        return Sent(accepted)

    def receive(self, until: float) -> bytes:
        """See Wire.receive."""
        while (left := until - time.monotonic()) > 0:
            readable, _, _ = select.select([self._socket], [], [], left)
            if not readable:
                continue
            try:
                data = self._socket.recv(4096)
            except BlockingIOError:
                continue
            except OSError as error:
                raise WireBroken(error.strerror or str(error)) from None
            if not data:
                raise WireBroken("the printer closed the connection")
            return data
        return b""

    def close(self) -> None:
        """See Wire.close. Answers that nobody read would turn the closing into a reset, which may cost what was sent."""
        try:
            self._socket.shutdown(socket.SHUT_WR)
            while self._socket.recv(4096):
                pass
        except OSError:
            pass  # nothing more to read, or gone already: closed either way
        self._socket.close()


def write_all(descriptor: int, data: bytes, until: float, slice_bytes: int) -> Sent:
    """Hand data to an open, non-blocking file descriptor, slice by slice. See Wire.send."""
    accepted = 0
    while accepted < len(data):
        left = until - time.monotonic()
        if left <= 0:
            return Sent(accepted, OUT_OF_TIME)
        _, writable, _ = select.select([], [descriptor], [], left)
        if not writable:
            continue
        try:
            accepted += os.write(descriptor, data[accepted : accepted + slice_bytes])
        except BlockingIOError:
            continue
        except OSError as error:
            return Sent(accepted, error.strerror or str(error))
    return Sent(accepted)


def read_some(descriptor: int, until: float) -> bytes:
    """What an open, non-blocking file descriptor has to say. See Wire.receive."""
    while (left := until - time.monotonic()) > 0:
        readable, _, _ = select.select([descriptor], [], [], left)
        if not readable:
            continue
        try:
            data = os.read(descriptor, 4096)
        except BlockingIOError:
            continue
        except OSError as error:
            raise WireBroken(error.strerror or str(error)) from None
        if not data:
            raise WireBroken("the printer is gone")
        return data
    return b""
