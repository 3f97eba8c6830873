"""Whether a hall is shut to whoever stands before a board: not begun, a break, closed today, done. Pure.

Reckoned alike by the displays and by the hub's page for televisions. A service that closes still calls those who hold its
numbers: whoever asks has made sure that nobody waits and no counter has a number in its hands.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract.halls import Hall, QueueOfService
from contract.opening import HallHours, hall_open
from contract.reasons import WhyClosed

WhyShut = Literal["not-begun", "break", "closed", "done"]

MAY_COME_BACK = frozenset({WhyClosed.PAUSED, WhyClosed.NO_OFFICER, None})
"""With one of these anywhere the hall is not shut: an officer may open at any minute."""

NOT_AT_ALL = frozenset({WhyClosed.NOT_TODAY, WhyClosed.HALL_CLOSED})


class Shut(Struct, frozen=True):
    """Why, and when the first service gives numbers again, in the hall's own time; None: not known."""

    why: WhyShut
    opens: datetime | None = None


def shut(hall: Hall, services: Sequence[QueueOfService], now: datetime) -> Shut | None:
    """How it is shut, by how these services stand; None while something can be had, or may be at any minute."""
    if any(service.open for service in services):
        return None
    here = now.astimezone(ZoneInfo(hall.time_zone))
    opens = min((each.until for each in services if each.until is not None and each.until > now), default=None)
    again = opens.astimezone(here.tzinfo) if opens else None
    whys = {service.why_closed for service in services}
    day = hall_open(HallHours(hall.day_begins, hall.day_closes), here)
    if not day.open:
        # By the hall's own day, whatever was last said of its services.
        if services and whys <= {WhyClosed.NOT_TODAY}:
            return Shut("closed", again)
        same_day = day.until is not None and day.until.date() == here.date()
        return Shut("not-begun" if same_day else "done", again or (None if services else day.until))
    if not services or whys & MAY_COME_BACK:
        return None
    return Shut(_why(whys), again)


def _why(whys: set[WhyClosed | None]) -> WhyShut:
    """What holds for all of them: a break is over soon, so it says most; then what still begins today."""
    if WhyClosed.BREAK in whys:
        return "break"
    if whys <= NOT_AT_ALL:
        return "closed"
    return "not-begun" if WhyClosed.BEFORE_HOURS in whys else "done"
