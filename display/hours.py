"""Whether the hall's day is over for whoever stands before this display: not begun, a break, closed today, done. Pure.

A hall is shut to the eye only when nothing can be had, nobody waits and no counter has a number in its hands.
"""

from contract.halls import Hall, QueueOfService
from contract.names import AgencyId, ZoneId
from contract.shut import Shut
from contract.shut import shut as shut_of
from display.board import Knowledge, time_of_hub

BUSY = ("called", "serving")


def shut(known: Knowledge, zones: tuple[ZoneId, ...], now_s: float) -> Shut | None:
    """None while something can be had or may be at any minute, while anybody is waited for, or while nothing is known."""
    hall, now = known.hall, time_of_hub(known, now_s)
    if hall is None or now is None or in_use(known, zones):
        return None
    return shut_of(hall, services_of(known, hall, zones), now)


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
