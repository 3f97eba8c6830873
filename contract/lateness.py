"""Whether a number taken now would be called too late: after papers must be handed in, or after the service closes.

Reckoned alike by the hub, which may refuse, and by the kiosk, which warns. Pure: the local time and the wait are
passed in. Where no wait can be told only what is certain counts: a time that has passed already.
"""

from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract.names import ClockTime
from contract.numbering import hall_day, moment_of
from contract.opening import HallHours, Opening, sessions_on
from contract.tickets import Estimate

Limit = Literal["hand-in", "closing"]


class Late(Struct, frozen=True):
    """What would be missed, and when that is. `surely`: even the earlier end of the wait is past it."""

    limit: Limit
    at: datetime
    surely: bool


def lateness(
    opening: Opening,
    hand_in_by: ClockTime | None,
    now: datetime,
    wait: Estimate | None,
    hours: HallHours,
) -> Late | None:
    """What a number taken at `now` (aware, in the hall's own ZoneInfo) would miss after such a `wait`; None for nothing.

    Of two limits the one is told that comes first.
    """
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo), "lateness is reckoned in the hall's own zone"  # noqa: S101 - our mistake
    moment = now.astimezone(UTC)
    earliest = moment + timedelta(minutes=wait.low if wait else 0)
    latest = moment + timedelta(minutes=wait.high if wait else 0)
    day = hall_day(now, zone)
    limits: list[tuple[datetime, Limit]] = []
    if hand_in_by is not None:
        limits.append((moment_of(day, hand_in_by, zone), "hand-in"))
    closes = closing_of(opening, now, hours)
    if closes is not None:
        limits.append((closes, "closing"))
    missed = [(at, limit) for at, limit in sorted(limits) if latest > at]
    if not missed:
        return None
    at, limit = missed[0]
    return Late(limit, at.astimezone(zone), surely=earliest > at)


def closing_of(opening: Opening, now: datetime, hours: HallHours) -> datetime | None:
    """When the officers of a service that is on at `now` go home: the end of its session and of those that follow on it.

    In UTC. Breaks do not matter; None while no session is on.
    """
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo), "closing is reckoned in the hall's own zone"  # noqa: S101 - our mistake
    day = hall_day(now, zone)
    closes: datetime | None = None
    for begins, ends in sessions_on(opening, day, zone):
        if begins <= now.astimezone(UTC) < ends or begins == closes:
            closes = ends
    return None if closes is None else min(closes, moment_of(day, hours.closes, zone))
