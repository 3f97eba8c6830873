"""What a technician wishes for at the kiosk that takes time: done in a thread of its own, so that frames go on.

It looks at machine, network and USB, judges PINs, and reports. It changes nothing. Knows no screen and no flow.
"""

import logging
import queue
import shutil
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol, assert_never

from msgspec.structs import replace

from kiosk.gate import Gate, delay_s
from kiosk.printing import nearby
from kiosk.tending import (
    Around,
    FindPrinters,
    JudgePin,
    Learned,
    LookAround,
    LookedAround,
    PrintersFound,
)
from link.inbox import Inbox
from ui.machine import memory_mb, temperature_c

logger = logging.getLogger(__name__)

CONNECTS_WITHIN_S = 2.0
WISHES = 4
"""More wishes than that wait for nobody: a technician has two hands."""

Slow = JudgePin | LookAround | FindPrinters


class Technician(Protocol):
    """Two verbs; what came of a wish is heard at one of the next looks."""

    wrong: int
    """Wrong PINs one after another, as they are known at the start."""
    wait_s: float
    """So long after the start none is taken."""

    def wish(self, wish: Slow) -> None:
        """Some time soon. A wish too many is dropped."""

    def listen(self) -> tuple[Learned, ...]:
        """What came since the last look."""


class ThreadTechnician:
    """Keeps Technician. The thread starts with the first wish and ends with the program."""

    def __init__(
        self,
        gate: Gate,
        about: Around,
        *,
        broker: tuple[str, int],
        data: Path,
        clock: Callable[[], datetime],
        came: Callable[[], None],
    ) -> None:
        """`about` holds what does not change; `came` is called from the thread when there is something to hear."""
        self.wrong, self.wait_s = gate.wrong, delay_s(gate.wrong)
        self._gate = gate
        self._about = about
        self._broker = broker
        self._data = data
        self._clock = clock
        self._inbox: Inbox[Learned] = Inbox(came=came)
        self._wishes: queue.Queue[Slow] = queue.Queue(WISHES)
        self._thread: threading.Thread | None = None

    def wish(self, wish: Slow) -> None:
        """See Technician.wish."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="technician", daemon=True)
            self._thread.start()
        try:
            self._wishes.put_nowait(wish)
        except queue.Full:
            logger.warning("setup-wish-dropped wish=%s", type(wish).__name__)

    def listen(self) -> tuple[Learned, ...]:
        """See Technician.listen."""
        return tuple(self._inbox.drain())

    def _work(self) -> None:
        while True:
            wish = self._wishes.get()
            try:
                self._inbox.put(self._grant(wish))
            except Exception:
                # The top of this thread: our own mistake. It is on record, and the next wish is taken as ever.
                logger.exception("setup-wish-broke wish=%s", type(wish).__name__)
                self._inbox.put(self._without(wish))

    def _grant(self, wish: Slow) -> Learned:
        match wish:
            case JudgePin(pin=pin):
                return self._gate.judge(pin)
            case LookAround():
                return LookedAround(self._look())
            case FindPrinters():
                return PrintersFound(nearby.printers())
            case _:
                assert_never(wish)

    def _without(self, wish: Slow) -> Learned:
        """What can be said where a wish broke: nobody waits for an answer that never comes."""
        match wish:
            case JudgePin():
                return self._gate.unchecked()
            case LookAround():
                return LookedAround(replace(self._about, at=self._clock()))
            case FindPrinters():
                return PrintersFound(())
            case _:
                assert_never(wish)

    def _look(self) -> Around:
        address = _own_address(self._broker)
        connect_ms, why = _connects(self._broker)
        return replace(
            self._about,
            at=self._clock(),
            address=address,
            connect_ms=connect_ms,
            broker_why=why,
            free_disk_gb=_free_gb(self._data),
            temperature_c=temperature_c(),
            memory_mb=memory_mb(),
        )


def _own_address(broker: tuple[str, int]) -> str | None:
    """The address of this machine towards the broker. Nothing is sent: a datagram's socket only learns its way."""
    try:
        family, kind, protocol, _, there = socket.getaddrinfo(*broker, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.connect(there)
            return str(probe.getsockname()[0])
    except OSError:
        return None


def _connects(broker: tuple[str, int]) -> tuple[float | None, str]:
    """How long it takes until a connection stands, in milliseconds; or why it does not."""
    begun = time.monotonic()
    try:
        with socket.create_connection(broker, CONNECTS_WITHIN_S):
            return (time.monotonic() - begun) * 1000, ""
    except OSError as error:
        return None, error.strerror or str(error) or type(error).__name__


def _free_gb(folder: Path) -> float | None:
    try:
        return shutil.disk_usage(folder).free / 1e9
    except OSError:
        return None
