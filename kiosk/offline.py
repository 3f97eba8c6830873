"""Numbers while the hub is away: contract.md, "How a ticket is issued", step 4. Pure.

A number of the kiosk's own block is given where the service can be had as far as the kiosk can know: by the best known
time, the opening rules, and the hub's last word of today on quotas and counters. What cannot be known is not given: without
the hub's time since the machine was switched on nobody knows which day it is. A number is the visitor's from the moment it
is shown, and the hub is told of it as soon as it is back.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from contract.halls import QueueOfService, ServiceOfAgency
from contract.names import AgencyId, RequestId, ServiceId, TicketId
from contract.numbering import hall_day
from contract.opening import Availability, Given, HallHours, availability, has_session
from contract.reasons import WhyClosed, WhyRefused
from contract.tickets import IssuedTicket, Offline, OfflineNumbers, Refused, TicketIssued, TicketRequested, Visitor
from kiosk import reserve
from kiosk.happenings import Effect, KeepReserve
from kiosk.state import State, Unheard, first_language, hub_is_here, now_of, service_of, zone_of

USED_UP, NONE_THERE = "numbers-used-up", "hub-away"
"""Why a kiosk has no number of its own to give: all of this service's are given; it has none for today, or knows no time."""

HELD = (WhyClosed.QUOTA_USED_UP, WhyClosed.PAUSED, WhyClosed.NO_OFFICER, WhyClosed.HALL_CLOSED, WhyClosed.TOO_LATE)
"""What the hub said last that no clock undoes, or not before the time that it said."""
COME_BACK = (WhyClosed.PAUSED, WhyClosed.NO_OFFICER)
OFFICERS_BACK = timedelta(minutes=30)
"""So long after the hub's last sign of life COME_BACK is held. Officers come back from a pause in an outage too, and nobody says so."""

HERE = "@here"
"""What a ticket's id ends with as long as only this kiosk knows of it; ids that the hub makes have no such letter."""

Step = tuple[State, tuple[Effect, ...]]


def lent(state: State, message: OfflineNumbers) -> Step:
    """The hub lends numbers; another installation's are none of ours."""
    known = state.reserve
    taken = reserve.taken(known, message, state.installation, earlier=_serves_today(state, message.day))
    if taken is None:
        earlier = known is not None and message.day < known.day and message.installation == state.installation
        return (replace(state, lent_earlier=message) if earlier else state), ()
    return replace(state, reserve=taken, lent_earlier=None), (KeepReserve(taken),)


def _serves_today(state: State, day: str) -> bool:
    """Whether it is this day by a live hub's clock, and it has opening hours: who then has a later day's block has it by a mistake.

    A hub lends a day's block when the day before it with opening hours has closed, and says no block of that one any more.
    """
    now = now_of(state)
    if now is None or state.hall is None or not hub_is_here(state):
        return False
    today = hall_day(now, ZoneInfo(state.hall.time_zone))
    openings = (service.opening for agency in state.agencies.values() for service in agency.services)
    return today.isoformat() == day and any(has_session(opening, today) for opening in openings)


def looked_again(state: State) -> Step:
    """With every pulse: an earlier day's block that came before its time was known may be today's."""
    return (state, ()) if state.lent_earlier is None else lent(state, state.lent_earlier)


def refused(state: State, answer: Refused) -> Step:
    """The hub does not take a number of ours. One that it may not have been lent tells that the whole block is none."""
    block = next((one.block for one in state.unheard if one.request == answer.request), None)
    state = answered(state, answer.request, None)
    own = state.reserve
    if block is None or own is None or own.block != block or answer.reason != WhyRefused.NOT_ALLOWED:
        return state, ()
    none = reserve.without_any(own)
    return replace(state, reserve=none), (KeepReserve(none),)


def can_give(state: State) -> bool:
    """Whether this kiosk has numbers of its own to give now."""
    now, own = now_of(state), state.reserve
    return now is not None and own is not None and _is_of(own.day, now, state) and not reserve.is_used_up(own)


def give(
    state: State, service_id: ServiceId, visitor: Visitor, request: RequestId, *, instead_of: RequestId | None = None
) -> tuple[State, TicketRequested, IssuedTicket] | str:
    """The next number for a service, as the hub will be told it and as the visitor is; or why there is none."""
    now, own, found = now_of(state), state.reserve, service_of(state, service_id)
    if now is None or found is None or own is None or not _is_of(own.day, now, state):
        return NONE_THERE
    agency, service = found
    standing = availability_of(state, agency, service, now)
    if standing.why_closed is not None:
        return standing.why_closed
    number = reserve.next_of(own, service.prefix)
    if number is None:
        return USED_UP if service.prefix in own.spans else NONE_THERE
    language = state.language or first_language(state)
    asked = TicketRequested(
        request=request,
        service=service_id,
        visitor=visitor,
        needs=state.needs,
        language=language,
        expires_at=now + timedelta(seconds=state.timing.expires_s),
        offline=Offline(number, own.block, now, "hub" if hub_is_here(state) else "estimated", instead_of),
    )
    ticket = IssuedTicket(
        id=TicketId(f"{request}{HERE}"),
        number=number,
        service=service_id,
        visitor=visitor,
        language=language,
        issued_at=now,
        ahead=0,
        zone=zone_of(state, agency),
    )
    unheard = (*state.unheard, Unheard(request, service_id, own.block))
    return replace(state, reserve=reserve.without_next(own, service.prefix), unheard=unheard), asked, ticket


def is_own(ticket: IssuedTicket) -> bool:
    """Whether the hub has not heard of it: nobody knows how many are ahead."""
    return ticket.id.endswith(HERE)


def answered(state: State, request: str, answer: TicketIssued | None) -> State:
    """The hub has this number now (or refused it): it counts in what the hub says from now on.

    Who still stands before it sees what the hub says of it.
    """
    if all(request != one.request for one in state.unheard):
        return state
    told = state.told
    if told is not None and answer is not None and request in told.given:
        given = tuple(one for one in told.given if one != request)
        more = tuple(answer if each.request == request else each for each in told.more)
        ticket = answer.ticket if told.request == request else told.ticket
        told = replace(told, ticket=ticket, more=more, given=given)
    return replace(state, told=told, unheard=tuple(one for one in state.unheard if one.request != request))


def availability_of(state: State, agency: AgencyId, service: ServiceOfAgency, now: datetime) -> Availability:
    """Whether a service can be had as far as a kiosk can know that has lost its hub. `now` is in the hall's zone."""
    hall = state.hall
    hours = HallHours(hall.day_begins, hall.day_closes) if hall else None
    found = availability(service.opening, now, Given(), hours)
    if not found.open:
        return found
    queue = _last_word(state, agency, service.id, now)
    left = found.left_today if queue is None else queue.left_today
    if left is not None:
        left = max(0, left - sum(one.service == service.id for one in state.unheard))
    if left == 0:
        return Availability(False, WhyClosed.QUOTA_USED_UP, None, 0)
    if queue is not None and _still_closed(state, queue, now):
        return Availability(False, WhyClosed(queue.why_closed or ""), queue.until, left)
    return replace(found, left_today=left)


def _still_closed(state: State, queue: QueueOfService, now: datetime) -> bool:
    """Whether what the hub closed by other means than the clock stays closed without it."""
    if queue.why_closed not in HELD:
        return False
    if queue.until is None and queue.why_closed in COME_BACK and state.pulse is not None:
        return now < state.pulse.hub_at + OFFICERS_BACK
    return queue.until is None or queue.until > now


def _last_word(state: State, agency: AgencyId, service: ServiceId, now: datetime) -> QueueOfService | None:
    """What the hub said of it last, if that was today."""
    queues = state.queues.get(agency)
    if queues is None or state.hall is None:
        return None
    zone = ZoneInfo(state.hall.time_zone)
    if hall_day(queues.at, zone) != hall_day(now, zone):
        return None
    return next((queue for queue in queues.services if queue.id == service), None)


def _is_of(day: str, now: datetime, state: State) -> bool:
    return state.hall is not None and hall_day(now, ZoneInfo(state.hall.time_zone)).isoformat() == day
