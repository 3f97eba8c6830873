"""Whether a visitor gets a number, and which. Decides; changes nothing.

A repeated request (same device, same id) gets the very same ticket, whatever has become of opening hours since. A
refusal is not remembered: the same request may succeed a moment later.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from contract.lateness import lateness
from contract.names import ClockTime, DeviceId, ServiceId, TicketId
from contract.numbering import number_of
from contract.opening import Availability, Given, availability, session_at
from contract.reasons import WhyClosed, WhyRefused
from contract.tickets import TicketRequested
from hub.domain.book import HallBook
from hub.domain.day import clock_is_behind
from hub.domain.facts import Issued
from hub.domain.hall_state import HallState
from hub.domain.lending import next_count
from hub.domain.refusals import Refusal
from hub.domain.things import Ticket
from hub.domain.waiting import ahead_of, first_of_visit


class Repeated(Struct, frozen=True):
    """The request was answered before, with this ticket."""

    ticket: Ticket


def issue(
    state: HallState,
    book: HallBook,
    device: DeviceId,
    asked: TicketRequested,
    *,
    now: datetime,
    ticket: TicketId,
    code: str | None,
) -> Issued | Repeated | Refusal:
    """A number for the visitor of `asked`, under the id `ticket`; `code` is what a phone would follow it by."""
    known = state.requests.get((device, asked.request))
    if known is not None:
        before = state.tickets[known]
        if before.state == "voided":
            return Refusal(WhyRefused.EXPIRED, "its number was given back")
        return Repeated(before)
    refusal = _refusal(state, book, device, asked, now)
    if refusal is not None:
        return refusal
    found, session = _availability(state, book, asked.service, now)
    if found.why_closed is not None:
        return Refusal(found.why_closed)
    service = book.services[asked.service]
    count = next_count(state, service.prefix)
    return Issued(
        at=now,
        ticket=ticket,
        prefix=service.prefix,
        count=count,
        number=number_of(service.prefix, count),
        service=service.id,
        visitor=asked.visitor,
        needs=tuple(dict.fromkeys(asked.needs)),
        language=book.language(asked.language),
        zone=book.zone_of[service.id],
        ahead=ahead_of(state, book, service.id),
        device=device,
        request=asked.request,
        expires_at=asked.expires_at,
        session=session,
        visit=first_of_visit(state, asked.visit),
        code=code,
    )


def _refusal(
    state: HallState, book: HallBook, device: DeviceId, asked: TicketRequested, now: datetime
) -> Refusal | None:
    if (device, asked.request) in state.abandoned:
        return Refusal(WhyRefused.EXPIRED, "it was given up before it came")
    if clock_is_behind(state, now):
        return Refusal(WhyRefused.CLOCK_BEHIND, f"the last fact is of {state.last_at}")
    if asked.expires_at <= now:
        return Refusal(WhyRefused.EXPIRED, f"it expired at {asked.expires_at}")
    if asked.service not in book.services:
        return Refusal(WhyRefused.UNKNOWN_SERVICE, asked.service)
    return None


def availability_of(state: HallState, book: HallBook, service_id: ServiceId, now: datetime) -> Availability:
    """Whether a number of a service can be had now, by its hours, its quotas, and who sits at its counters.

    KeyError for a service that the hall does not have.
    """
    return _availability(state, book, service_id, now)[0]


def _availability(
    state: HallState, book: HallBook, service_id: ServiceId, now: datetime
) -> tuple[Availability, ClockTime | None]:
    """The same, and when the session began that is on."""
    opening = book.services[service_id].opening
    local = now.astimezone(book.zone)
    index = session_at(opening, local)
    session = None if index is None else opening.sessions[index].begins
    in_session = 0 if session is None else state.given_in_session.get((service_id, session), 0)
    found = availability(opening, local, Given(state.given.get(service_id, 0), in_session), book.hours)
    if not found.open:
        return found, session
    late = _too_late(book, service_id, local, found) if book.refuse_late else None
    if late is not None:
        return late, session
    why = None if state.day_open else WhyClosed.HALL_CLOSED
    if why is None and not book.issue_without_officer:
        why = _nobody_there(state, book, service_id)
    return (found if why is None else Availability(False, why, None, found.left_today)), session


def _too_late(book: HallBook, service_id: ServiceId, local: datetime, found: Availability) -> Availability | None:
    """Closed, where a number taken now would surely be called too late; None where it may be in time."""
    service = book.services[service_id]
    late = lateness(service.opening, service.hand_in_by, local, None, book.hours)
    if late is None or not late.surely:
        return None
    tomorrow = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    again = availability(service.opening, tomorrow, Given(), book.hours)
    return Availability(False, WhyClosed.TOO_LATE, tomorrow if again.open else again.until, found.left_today)


def _nobody_there(state: HallState, book: HallBook, service_id: ServiceId) -> WhyClosed | None:
    """Why no officer takes this service now; None if one does."""
    states = {state.counter(counter).state for counter in book.counters_of[service_id]}
    if states & {"open", "called", "serving"}:
        return None
    return WhyClosed.PAUSED if "paused" in states else WhyClosed.NO_OFFICER
