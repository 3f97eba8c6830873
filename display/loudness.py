"""How loud a display is at an hour, and whether it rings for a call that nobody speaks. Pure.

A hall that is full at ten is louder than at four, and mornings are quiet: one volume is wrong at most hours.
"""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from contract.calls import Call
from contract.names import CallId, ClockTime
from display.spans import holds

REMEMBERED = 100
"""So many calls that were rung for are known, so that one that is said again does not ring again."""

RING_GAP_S = 1.5
"""Two calls at once ring once: the chime says "look up", not how often."""


class VolumeHours(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[sound.hours]]`: from `begins` until before `ends` of the hall's own clock the volume is this, 0 to 1.

    `ends` before `begins` is on the next day.
    """

    begins: ClockTime
    ends: ClockTime
    volume: Annotated[float, Meta(ge=0, le=1)]


def volume_at(usual: float, hours: tuple[VolumeHours, ...], now: datetime | None) -> float:
    """The volume at `now`, in the hall's own time zone (None: not known). Of hours that overlap, the first named hold."""
    if now is None:
        return usual
    return next((each.volume for each in hours if holds(now, each.begins, each.ends)), usual)


class Rung(Struct, frozen=True):
    """For which calls it was rung, oldest first, and when last."""

    calls: tuple[CallId, ...] = ()
    last_s: float = float("-inf")


def ring_alone(rung: Rung, call: Call, now_s: float) -> tuple[Rung, bool]:
    """Whether this display rings for a call that has no announcer: once for each call, and never twice at once."""
    if call.announcers or call.call in rung.calls:
        return rung, False
    rung = replace(rung, calls=(*rung.calls, call.call)[-REMEMBERED:])
    if now_s - rung.last_s < RING_GAP_S:
        return rung, False
    return replace(rung, last_s=now_s), True
