"""How a service or an agency stands now: open or why not, until when, how many wait. By the hub's word, else by the opening rules. Pure."""

from datetime import datetime

from msgspec import Struct

from contract.calls import Board
from contract.halls import Hall, QueueOfService, ServiceOfAgency
from contract.names import AgencyId, CounterId, ServiceId
from contract.opening import Given, HallHours, availability
from kiosk.offline import availability_of
from kiosk.state import State, hub_is_here


class Standing(Struct, frozen=True):
    """A service now, by the hub's word or, before it spoke, by its own opening rules. `waiting` None: not known."""

    open: bool
    why_closed: str | None
    until: datetime | None
    left_today: int | None = None
    waiting: int | None = None
    wait_min: tuple[int, int] | None = None
    away: str | None = None
    """Why nobody serves it just now ("" for no reason given), where officers are away; None where somebody does."""


def hall_hours(hall: Hall) -> HallHours:
    """The hall's day, as contract.opening wants it."""
    return HallHours(hall.day_begins, hall.day_closes)


def standing_of(state: State, agency: AgencyId, service: ServiceOfAgency, now: datetime | None) -> Standing:
    """Whether a number can be had, by the hub's word; by the opening rules where the hub is away or has not spoken of it."""
    if state.pulse is not None and now is not None and not hub_is_here(state):
        reckoned = availability_of(state, agency, service, now)
        return Standing(reckoned.open, reckoned.why_closed, reckoned.until, reckoned.left_today)
    queues = state.queues.get(agency)
    for queue in queues.services if queues else ():
        if queue.id == service.id:
            return _standing(queue, away_of(state, service.id))
    if now is None or state.hall is None:
        return Standing(open=True, why_closed=None, until=None)
    reckoned = availability(service.opening, now, Given(), hall_hours(state.hall))
    return Standing(reckoned.open, reckoned.why_closed, reckoned.until, reckoned.left_today)


def standings_in(state: State, agency: AgencyId, now: datetime | None) -> list[Standing]:
    """All services of an agency, in its order. What a hub said that is away since then stands only as far as no clock undoes it."""
    services = state.agencies[agency].services if agency in state.agencies else ()
    queues = state.queues.get(agency) if hub_is_here(state) else None
    told = {queue.id: queue for queue in queues.services} if queues else {}
    return [
        _standing(told[service.id], away_of(state, service.id))
        if service.id in told
        else standing_of(state, agency, service, now)
        for service in services
    ]


def agency_standing(state: State, agency: AgencyId, now: datetime | None) -> Standing:
    """An agency as its services are: open if one of them is, else closed as the one that opens first."""
    standings = standings_in(state, agency, now)
    if not standings:
        return Standing(open=False, why_closed=None, until=None)
    known = [standing.waiting for standing in standings if standing.waiting is not None]
    waiting = sum(known) if known else None
    reasons = {standing.away for standing in standings}
    away = reasons.pop() if len(reasons) == 1 else None
    for standing in standings:
        if standing.open:
            return Standing(open=True, why_closed=None, until=standing.until, waiting=waiting, away=away)
    soonest = min(
        standings, key=lambda standing: (standing.until is None, standing.until.timestamp() if standing.until else 0.0)
    )
    return Standing(open=False, why_closed=soonest.why_closed, until=soonest.until, waiting=waiting, away=away)


def busiest_first(state: State, now: datetime | None) -> tuple[AgencyId, ...]:
    """The hall's agencies that can be had by how many numbers they gave lately, then the others.

    Among equals those for which more people wait, then the hall's own order.
    """
    agencies = [agency.id for agency in state.hall.agencies if agency.id in state.agencies] if state.hall else []
    standings = {agency: agency_standing(state, agency, now) for agency in agencies}
    lately = {agency: queues.given_30_days or 0 for agency, queues in state.queues.items()}

    def place(agency: AgencyId) -> tuple[bool, int, int]:
        standing = standings[agency]
        return not standing.open, -lately.get(agency, 0), -(standing.waiting or 0)

    return tuple(sorted(agencies, key=place))


def away_by(board: Board) -> dict[CounterId, str | None]:
    """The board's counters at which nobody serves, as State.away has them."""
    idle = (counter for counter in board.counters if counter.state in {"closed", "paused"})
    return {counter.id: (counter.reason or "") if counter.state == "paused" else None for counter in idle}


def away_of(state: State, service: ServiceId) -> str | None:
    """Why nobody serves a service whose officers are all away: "system" where the agency's line is down; None otherwise."""
    if state.hall is None or all(reason is None for reason in state.away.values()):
        return None
    counters = [counter.id for counter in state.hall.counters if service in counter.services]
    if any(counter not in state.away for counter in counters):
        return None
    reasons = [reason for counter in counters if (reason := state.away[counter]) is not None]
    return "system" if "system" in reasons else next(iter(reasons), None)


def _standing(queue: QueueOfService, away: str | None) -> Standing:
    wait = None if queue.wait_min is None else (queue.wait_min.low, queue.wait_min.high)
    return Standing(queue.open, queue.why_closed, queue.until, queue.left_today, queue.waiting, wait, away)
