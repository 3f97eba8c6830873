"""Whether the hall is shut to whoever stands before a board: not begun, a break, closed today, done. Pure.

A service that closes still calls those who hold its numbers. So a board says that the hall is shut only when nothing can be
had in its zones, nobody waits there and no counter has a number in its hands.
"""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract.names import ZoneId
from contract.opening import HallHours, hall_open
from contract.reasons import WhyClosed
from hub.desk.door import HallBoard

Why = Literal["not-begun", "break", "closed", "done"]

MAY_COME_BACK = frozenset({WhyClosed.PAUSED, WhyClosed.NO_OFFICER, None})
"""With one of these anywhere the hall is not shut: an officer may open at any minute."""

NOT_AT_ALL = frozenset({WhyClosed.NOT_TODAY, WhyClosed.HALL_CLOSED})


class Shut(Struct, frozen=True):
    """Why, and when the first service gives numbers again, in the hall's own time; None: not known."""

    why: Why
    opens: datetime | None


def shut(answer: HallBoard, zones: tuple[ZoneId, ...]) -> Shut | None:
    """None while something can be had or may be at any minute, or while anybody is waited for."""
    agencies = [agency.id for agency in answer.hall.agencies if not zones or agency.zone in zones]
    if not agencies or any(agency not in answer.idle for agency in agencies):
        return None
    here = answer.at.astimezone(ZoneInfo(answer.hall.time_zone))
    services = [service for agency in agencies for service in answer.idle[agency]]
    if any(service.open for service in services):
        return None
    opens = min((each.until for each in services if each.until is not None and each.until > here), default=None)
    again = opens.astimezone(here.tzinfo) if opens else None
    whys = {service.why_closed for service in services}
    day = hall_open(HallHours(answer.hall.day_begins, answer.hall.day_closes), here)
    if not day.open:
        if services and whys <= {WhyClosed.NOT_TODAY}:
            return Shut("closed", again)
        same_day = day.until is not None and day.until.date() == here.date()
        return Shut("not-begun" if same_day else "done", again or (None if services else day.until))
    if not services or whys & MAY_COME_BACK:
        return None
    return Shut(_why(whys), again)


def _why(whys: set[WhyClosed | None]) -> Why:
    """What holds for all of them: a break is over soon, so it says most; then what still begins today."""
    if WhyClosed.BREAK in whys:
        return "break"
    if whys <= NOT_AT_ALL:
        return "closed"
    return "not-begun" if WhyClosed.BEFORE_HOURS in whys else "done"
