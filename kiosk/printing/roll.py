"""How much paper is left on the roll: counted by what was printed, in millimetres, and put right by the sensor. Pure.

Nobody can measure a roll in a printer; but all that comes out was sent by us, the feed to the knife included. The count
is the device's to keep (kiosk/spool.py). It must never know a printer or a disk.
"""

from msgspec import Struct
from msgspec.structs import replace

from kiosk.printing.printer import PaperLeft, PrinterStatus

KNIFE_MM = 12.0
"""From the print head to the knife: so much blank stands over every ticket. 10 to 14 on the printers that we know of."""
WARN_M = 8.0
"""A warning comes when so much is left by count: some 50 tickets, or half an hour of a busy kiosk."""
WARN_SHARE = 0.1
"""Of a short roll, warn at its last tenth."""


class Roll(Struct, frozen=True):
    """A roll in the printer. `length_m` 0: nobody said how long it is. `paper`: what the sensor said last.

    `opened`: the cover was open since then.
    """

    length_m: float = 0.0
    used_mm: float = 0.0
    paper: PaperLeft = "unknown"
    slips: int = 0
    opened: bool = False

    @property
    def left_m(self) -> float | None:
        """By count, never below nothing; None where the roll's length is not known."""
        return max(0.0, round(self.length_m - self.used_mm / 1000, 1)) if self.length_m > 0 else None

    @property
    def near_end(self) -> bool:
        """Whether somebody should bring a new roll: the printer's own sensor says so, or the count does."""
        if self.paper in {"near-end", "out"}:
            return True
        left = self.left_m
        return left is not None and left <= min(WARN_M, self.length_m * WARN_SHARE)


def slip_mm(rows: int, dots_per_mm: float) -> float:
    """The paper that a picture of so many rows takes, with the blank above it."""
    return rows / dots_per_mm + KNIFE_MM


def spent(roll: Roll, slip: float) -> Roll:
    """A ticket came out, or may have come out; `slip` is its length in mm."""
    return replace(roll, used_mm=roll.used_mm + slip, slips=roll.slips + 1)


def seen(roll: Roll, status: PrinterStatus) -> Roll:
    """What the printer says of itself.

    From "out" to "ok" somebody has put a new roll in; from "near-end" too, if the cover was open meanwhile: by itself
    that sensor wavers. With the cover open nothing is believed of the paper.
    """
    if status.state == "cover-open":
        return replace(roll, opened=True)
    if status.paper == "unknown":
        return roll
    if status.paper == "ok" and (roll.paper == "out" or (roll.paper == "near-end" and roll.opened)):
        return new_roll(roll.length_m)
    return replace(roll, paper=status.paper, opened=False)


def new_roll(length_m: float) -> Roll:
    """A full roll was put in: the count begins anew."""
    return Roll(length_m=length_m, paper="ok")
