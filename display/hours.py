"""Whether the hall's day is over for whoever stands before this display: not begun, a break, closed today, done. Pure.

A service that closes still calls those who hold its numbers. So a hall is shut to the eye only when nothing can be had,
nobody waits and no counter has a number in its hands.
"""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract.halls import Hall, QueueOfService
from contract.names import AgencyId, ZoneId
from contract.opening import HallHours, hall_open
from contract.reasons import WhyClosed
from display.board import Knowledge, time_of_hub

BUSY = ("called", "serving")
MAY_COME_BACK = frozenset({WhyClosed.PAUSED, WhyClosed.NO_OFFICER, None})
"""With one of these anywhere the hall is not shut: an officer may open at any minute."""

NOT_YET = frozenset({WhyClosed.BEFORE_HOURS, WhyClosed.NOT_TODAY, WhyClosed.HALL_CLOSED})
NOT_AT_ALL = frozenset({WhyClosed.NOT_TODAY, WhyClosed.HALL_CLOSED})


class Shut(Struct, frozen=True):
    """Why, and when the first service gives numbers again, in the hall's own time; None: not known."""

    why: Literal["not-begun", "break", "closed", "done"]
    opens: datetime | None = None


def shut(known: Knowledge, zones: tuple[ZoneId, ...], now_s: float) -> Shut | None:
    """None while something can be had or may be at any minute, while anybody is waited for, or while nothing is known."""
    hall, now = known.hall, time_of_hub(known, now_s)
    if hall is None or now is None or in_use(known, zones):
        return None
    here = now.astimezone(ZoneInfo(hall.time_zone))
    services = services_of(known, hall, zones)
    if any(service.open for service in services):
        return None
    opens = min((each.until for each in services if each.until is not None and each.until > now), default=None)
    again = opens.astimezone(here.tzinfo) if opens else None
    day = hall_open(HallHours(hall.day_begins, hall.day_closes), here)
    if not day.open:
        # By the hall's own day, whatever was last said of its services.
        same_day = day.until is not None and day.until.date() == here.date()
        first = again or (day.until if not services else None)
        whys = {service.why_closed for service in services}
        holiday = bool(services) and whys <= {WhyClosed.NOT_TODAY}
        return Shut("closed" if holiday else "not-begun" if same_day else "done", first)
    if not services or any(service.why_closed in MAY_COME_BACK for service in services):
        return None
    return Shut(_why(services), again)


def in_use(known: Knowledge, zones: tuple[ZoneId, ...]) -> bool:
    """Whether somebody waits, is called or is served in these zones (none given: in the hall)."""
    if known.hall is None:
        return False
    zone_of = {counter.id: counter.zone for counter in known.hall.counters}
    counters = known.board.counters if known.board else ()
    busy = any(counter.state in BUSY and (not zones or zone_of.get(counter.id) in zones) for counter in counters)
    return busy or any(service.waiting for service in services_of(known, known.hall, zones))


def services_of(known: Knowledge, hall: Hall, zones: tuple[ZoneId, ...]) -> list[QueueOfService]:
    """How each service of these zones (none given: of the hall) stands, as far as it is known."""
    here: list[AgencyId] = [agency.id for agency in hall.agencies if not zones or agency.zone in zones]
    return [service for agency in here if agency in known.queues for service in known.queues[agency].services]


def _why(services: list[QueueOfService]) -> Literal["not-begun", "break", "closed", "done"]:
    """What holds for all of them: a break is over soon, so it says most; then what still begins today."""
    whys = {service.why_closed for service in services}
    if WhyClosed.BREAK in whys:
        return "break"
    if whys <= NOT_AT_ALL:
        return "closed"
    return "not-begun" if WhyClosed.BEFORE_HOURS in whys else "done"
