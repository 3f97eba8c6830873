"""Quiet hours: when a display rings without speaking, or is not to be heard at all. Pure.

Calls are shown all the same, and what became of their sound is reported as it was: `silent`.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from contract.names import ClockTime
from contract.opening import Weekday
from display.spans import holds
from display.turns import Manner


class QuietHours(Struct, frozen=True, forbid_unknown_fields=True):
    """From `begins` until before `ends` of the hall's own clock, on these `days` (none named: on all of them).

    `ends` before `begins` is on the next day. `sound` is what may still be heard.
    """

    begins: ClockTime
    ends: ClockTime
    sound: Literal["chime", "none"]
    days: tuple[Weekday, ...] = ()


def manner_at(manner: Manner, hours: tuple[QuietHours, ...], now: datetime | None) -> Manner:
    """How calls are spoken at `now`, a moment in the hall's own time zone (None: not known, and nothing is quiet).

    Where several hours hold, the quietest does.
    """
    if now is None or not hours:
        return manner
    holding = [each.sound for each in hours if holds(now, each.begins, each.ends, each.days)]
    if not holding:
        return manner
    return replace(manner, speech=False, chime=manner.chime and "none" not in holding)
