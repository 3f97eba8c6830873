"""Where slips fall: kept for looking at, and written to a folder. It must never know how they were made."""

import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from simulator.printer_engine import Slip

KEPT_SLIPS = 200


class Tray:
    """The last KEPT_SLIPS slips, oldest first; older ones are dropped (their files stay)."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._slips: deque[Slip] = deque(maxlen=KEPT_SLIPS)
        self._came = threading.Condition()

    def take(self, slip: Slip) -> None:
        """One more slip. Its files are whole before anybody hears of it."""
        if self._folder is not None:
            for name in (f"ticket-{slip.number}", "ticket"):
                _write_whole(self._folder / f"{name}.bin", lambda path: path.write_bytes(slip.data))
                _write_whole(self._folder / f"{name}.png", lambda path: slip.paper.save(path, "PNG"))
        with self._came:
            self._slips.append(slip)
            self._came.notify_all()

    @property
    def slips(self) -> tuple[Slip, ...]:
        """What lies in the tray."""
        with self._came:
            return tuple(self._slips)

    def wait_for(self, count: int, deadline_s: float) -> tuple[Slip, ...]:
        """The slips, once there are `count`. Raises TimeoutError."""
        with self._came:
            if not self._came.wait_for(lambda: len(self._slips) >= count, deadline_s):
                raise TimeoutError(f"{len(self._slips)} of {count} slips came out in {deadline_s} s")
            return tuple(self._slips)


def _write_whole(path: Path, write: Callable[[Path], object]) -> None:
    part = path.with_name(f".{path.name}.part")
    write(part)
    part.replace(path)
