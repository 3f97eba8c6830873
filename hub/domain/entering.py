"""Numbers that kiosks gave by themselves while the hub was away: how they enter the queue. Decides; changes nothing.

The visitor has the paper already, so opening hours, quotas and a clock that stands behind refuse nothing here. Refused is
only what cannot be true, or would give a number twice: a block that this kiosk was never lent, one that was retired
before, a number that is not in it or that came in for another request already. Each refusal is a fact.

A number takes its place by its time of issue: never before its block was lent and never later than now. A kiosk that only
estimated that time (its last word of the hub, and its own counting of seconds since) is believed less: its number is
placed as late as it may have been if it counts one second in a hundred too few, two minutes at the most.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from contract.names import DeviceId, TicketId
from contract.numbering import moment_of, parts_of
from contract.opening import session_at
from contract.reasons import WhyRefused
from contract.tickets import Offline, TicketAbandoned, TicketRequested
from hub.domain import reports
from hub.domain.book import HallBook
from hub.domain.facts import Fact, Issued, OfflineNumberRefused, Unserved, WhyNotEntered
from hub.domain.hall_state import HallState
from hub.domain.issuing import Repeated
from hub.domain.refusals import Refusal
from hub.domain.things import Block, Ticket, UsedNumber
from hub.domain.waiting import ahead_at, first_of_visit

COUNTS_TOO_FEW = 100
"""A kiosk's seconds are believed to within one in so many. Quartz is a hundred times better, a machine that slept is not."""
MOST_DOUBT = timedelta(minutes=2)


class Entered(Struct, frozen=True):
    """It is in the queue; or, of a day that is over, it is on record as unserved. `facts` say all of it."""

    facts: tuple[Fact, ...]


class NotEntered(Struct, frozen=True):
    """It is not in the queue: what goes on record, and what the kiosk is answered."""

    fact: OfflineNumberRefused
    refusal: Refusal


def enter(
    state: HallState,
    book: HallBook,
    device: DeviceId,
    asked: TicketRequested,
    offline: Offline,
    *,
    now: datetime,
    ticket: TicketId,
) -> Entered | NotEntered | Repeated | Refusal:
    """A kiosk says that it gave the number `offline` for `asked`; `ticket` is the id that it gets here."""
    known = state.requests.get((device, asked.request))
    if known is not None:
        before = state.tickets[known]
        voided = before.state == "voided"
        return Refusal(WhyRefused.EXPIRED, "its number was given back") if voided else Repeated(before)
    block = state.blocks.get(offline.block)
    used = state.used.get((offline.block, offline.number))
    if used is not None and used.request == asked.request and block is not None and block.device == device:
        if asked.service in book.services:
            return Repeated(_ticket_of_a_former_day(book, block, asked, used))
        return Refusal(WhyRefused.UNKNOWN_SERVICE, asked.service)
    if (device, asked.request) in state.abandoned:
        return Refusal(WhyRefused.EXPIRED, "it was given up before it came")
    at = reports.moment_of_report(state, now)
    why = _why_not(state, book, device, asked, offline)
    if why is not None or block is None:
        why = why or "unknown-block"
        fact = OfflineNumberRefused(at, device, asked.request, offline.number, offline.block, why)
        reason = WhyRefused.UNKNOWN_SERVICE if why == "unknown-service" else WhyRefused.NOT_ALLOWED
        return NotEntered(fact, Refusal(reason, f"{offline.number} of {offline.block}: {why}"))
    instead: tuple[Fact, ...] = ()
    if offline.instead_of is not None and offline.instead_of != asked.request:
        instead = reports.abandon(state, device, TicketAbandoned(offline.instead_of), now)
    issued = _issued(state, book, device, asked, offline, block=block, at=at, ticket=ticket)
    over = block.day != state.day or not state.day_open
    return Entered((*instead, issued, *((Unserved(at=at, ticket=ticket),) if over else ())))


def is_to_come(state: HallState, book: HallBook, offline: Offline, now: datetime) -> bool:
    """Whether the day of this number has not begun by the hub's clock: it gets no answer yet, and the kiosk says it again."""
    block = state.blocks.get(offline.block)
    if block is None or state.day is None or block.day <= state.day:
        return False
    return now < moment_of(block.day, book.hall.day_begins, book.zone)


def place_in_time(offline: Offline, block: Block, at: datetime) -> datetime:
    """The time by which a number is placed: as the kiosk says it, in the bounds that it can be believed in."""
    said = offline.issued_at
    if offline.clock == "estimated":
        said += min(MOST_DOUBT, max(timedelta(0), said - block.lent_at) / COUNTS_TOO_FEW)
    return min(max(said, block.lent_at), at)


def _why_not(  # noqa: PLR0911 - one return for each thing that may speak against it
    state: HallState, book: HallBook, device: DeviceId, asked: TicketRequested, offline: Offline
) -> WhyNotEntered | None:
    """What speaks against this number, if anything does."""
    block = state.blocks.get(offline.block)
    if block is None or block.device != device:
        return "unknown-block"
    if not _holds(block, offline):
        return "not-of-the-block"
    service = book.services.get(asked.service)
    if service is None:
        return "unknown-service"
    if parts_of(offline.number, block.prefixes)[0] != service.prefix:
        return "not-of-the-block"
    if (offline.block, offline.number) in state.used:
        return "used-already"
    doubt = MOST_DOUBT if offline.clock == "estimated" else timedelta(0)
    if block.retired_at is not None and offline.issued_at - doubt > block.retired_at:
        return "retired-block"
    return None


def _holds(block: Block, offline: Offline) -> bool:
    try:
        _, count = parts_of(offline.number, block.prefixes)
    except ValueError:
        return False
    return block.first <= count <= block.last


def _issued(
    state: HallState,
    book: HallBook,
    device: DeviceId,
    asked: TicketRequested,
    offline: Offline,
    *,
    block: Block,
    at: datetime,
    ticket: TicketId,
) -> Issued:
    service = book.services[asked.service]
    prefix, count = parts_of(offline.number, block.prefixes)
    issued_at = book.moment(place_in_time(offline, block, at))
    of_today = block.day == state.day
    index = session_at(service.opening, issued_at.astimezone(book.zone)) if of_today else None
    waits = of_today and state.day_open
    place = (issued_at, len(state.numbers) + 1, ticket)
    return Issued(
        at=at,
        ticket=ticket,
        prefix=prefix,
        count=count,
        number=offline.number,
        service=service.id,
        visitor=asked.visitor,
        needs=tuple(dict.fromkeys(asked.needs)),
        language=book.language(asked.language),
        zone=book.zone_of[service.id],
        ahead=ahead_at(state, book, service.id, place) if waits else 0,
        device=device,
        request=asked.request,
        expires_at=asked.expires_at,
        session=None if index is None else service.opening.sessions[index].begins,
        visit=first_of_visit(state, asked.visit),
        code=None,
        block=block.name,
        issued_at=issued_at,
        clock=offline.clock,
    )


def _ticket_of_a_former_day(book: HallBook, block: Block, asked: TicketRequested, used: UsedNumber) -> Ticket:
    """What was answered before a day turned, made anew: it was unserved then, and only the kiosk has not heard it."""
    return Ticket(
        id=used.ticket,
        number=used.number,
        service=asked.service,
        visitor=asked.visitor,
        needs=asked.needs,
        language=book.language(asked.language),
        zone=book.zone_of[asked.service],
        issued_at=used.issued_at,
        order=0,
        ahead=used.ahead,
        device=block.device,
        request=asked.request,
        expires_at=asked.expires_at,
        session=None,
        visit=used.visit,
        code=None,
        state="unserved",
        block=block.name,
    )
