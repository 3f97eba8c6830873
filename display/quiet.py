"""Quiet hours: when a display rings without speaking, or is not to be heard at all. Pure.

Calls are shown all the same, and what became of their sound is reported as it was: `silent`.
"""

from datetime import datetime
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from contract.names import ClockTime
from contract.opening import Weekday
from display.turns import Manner

_WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


class QuietHours(Struct, frozen=True, forbid_unknown_fields=True):
    """From `begins` until before `ends` of the hall's own clock, on these `days` (none named: on all of them).

    `ends` at or before `begins` is on the next day. `sound` is what may still be heard.
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
    holding = [each.sound for each in hours if _holds(each, now)]
    if not holding:
        return manner
    return replace(manner, speech=False, chime=manner.chime and "none" not in holding)


def _holds(hours: QuietHours, now: datetime) -> bool:
    clock = f"{now:%H:%M}"
    today, yesterday = _WEEKDAYS[now.weekday()], _WEEKDAYS[now.weekday() - 1]
    if hours.begins < hours.ends:
        return hours.begins <= clock < hours.ends and _is_on(hours, today)
    return (clock >= hours.begins and _is_on(hours, today)) or (clock < hours.ends and _is_on(hours, yesterday))


def _is_on(hours: QuietHours, day: Weekday) -> bool:
    return not hours.days or day in hours.days
