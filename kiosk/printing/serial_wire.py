"""Bytes to and from a printer on a serial line. One of the two files that know a library of lines: here pyserial.

It must never know what the bytes mean. The library opens the line and sets it up; the bytes go by our own hand, because
its writing tells nothing of what went before it ran out of time.
"""

import contextlib
import select
import termios
import time

import serial

from kiosk.printing.kinds import Flow
from kiosk.printing.wire import OUT_OF_TIME, Sent, WireBroken, read_some, write_all

SLICE_BYTES = 128
"""An eighth of a second at 9600 baud."""
LOOK_S = 0.01
"""Between two looks at what the line has still to carry."""


class SerialWire:
    """A serial port, or a USB adapter that makes one. Eight bits, no parity, one stop bit, as printers have it."""

    answers = True

    def __init__(self, device: str, baudrate: int, flow: Flow, until: float) -> None:  # noqa: ARG002 - opening waits for nothing
        """Raises WireBroken when the port is not there, may not be used, or is used by another program."""
        try:
            self._line = serial.Serial(
                device,
                baudrate,
                timeout=0,
                write_timeout=0,
                xonxoff=flow == "xon-xoff",
                rtscts=flow == "rts-cts",
                exclusive=True,
            )
            self._line.reset_input_buffer()
        except (OSError, ValueError, termios.error) as error:  # the library's own exception is an OSError
            raise WireBroken(f"{device}: {_reason(error)}") from None

    def send(self, data: bytes, until: float) -> Sent:
        """See Wire.send. Accepted is what has left this machine; what waits behind a stopped line has not."""
        sent = write_all(self._line.fileno(), data, until, SLICE_BYTES)
        try:
            while (waiting := self._line.out_waiting) and not sent.trouble and time.monotonic() < until:
                select.select([], [], [], LOOK_S)
        except OSError as error:
            return Sent(sent.accepted, sent.trouble or _reason(error))
        return Sent(max(0, sent.accepted - waiting), sent.trouble or (OUT_OF_TIME if waiting else ""))

    def receive(self, until: float) -> bytes:
        """See Wire.receive."""
        return read_some(self._line.fileno(), until)

    def close(self) -> None:
        """See Wire.close. What a stopped line has not carried is thrown away, or closing would wait for half a minute."""
        with contextlib.suppress(OSError, termios.error):  # the adapter may be gone
            if self._line.out_waiting:
                self._line.reset_output_buffer()
        with contextlib.suppress(OSError, termios.error):
            self._line.close()


def _reason(error: BaseException) -> str:
    """The library wraps the system's reason into a sentence of its own."""
    cause = error.__context__ if isinstance(error.__context__, OSError) else error
    return getattr(cause, "strerror", None) or str(error)
