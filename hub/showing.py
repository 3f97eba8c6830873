"""What the state looks like to others: boards, queues, views of a counter, a ticket as its visitor is told it.

Pure: state and book in, messages out; `boot`, `seq` and the moment are passed in.
"""

from datetime import datetime

from msgspec.structs import replace

from contract.calls import Board, Call, CounterOnBoard, LedText
from contract.catalogue import SMALL_BODY, Message
from contract.codec import encode
from contract.desk import DeskTicket, DeskView
from contract.halls import AgencyServices, QueueOfService, Queues
from contract.names import AgencyId, CounterId, RequestId
from contract.numbering import hall_day
from contract.tickets import IssuedTicket, NumberAsked, NumberTold
from hub.desk.door import CounterDesk, HallBoard, HallDesk, TicketInHand, WaitingTicket
from hub.domain.book import HallBook
from hub.domain.busyness import given_lately
from hub.domain.hall import RECENT_CALLS, HallState
from hub.domain.issuing import availability_of
from hub.domain.notices import standing
from hub.domain.things import CounterNow, Ticket
from hub.domain.waiting import ahead_of, count_of, in_order
from hub.speaking import SayCall

LEAST_RECENT = 8
"""So many calls stay on a board that is too large while counters still say why they are away: more than a display shows large."""


def issued_ticket(ticket: Ticket, book: HallBook) -> IssuedTicket:
    """A ticket as it was told when it was issued: the same whenever it is asked for again."""
    followed = book.public_url is not None and ticket.code is not None
    return IssuedTicket(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        visitor=ticket.visitor,
        language=ticket.language,
        issued_at=ticket.issued_at,
        ahead=ticket.ahead,
        zone=ticket.zone,
        visit=ticket.visit,
        follow_url=f"{book.public_url}/{ticket.code}".upper() if followed else None,
    )


def number_told(state: HallState, book: HallBook, asked: NumberAsked) -> NumberTold:
    """How far a number of today is."""
    ticket = _ticket_asked_about(state, asked)
    if ticket is None:
        return NumberTold(request=asked.request, number=asked.number)
    waits = ticket.state == "waiting"
    return NumberTold(
        request=asked.request,
        number=ticket.number,
        state=ticket.state,
        ahead=ahead_of(state, book, ticket.service, ticket) if waits else None,
        counter=ticket.counter,
        service=ticket.service,
    )


def _ticket_asked_about(state: HallState, asked: NumberAsked) -> Ticket | None:
    """By its number, else by its code. Codes are asked for seldom and a day has some hundred tickets: no index is kept."""
    if asked.number is not None:
        known = state.numbers.get(asked.number)
        return None if known is None else state.tickets[known]
    return next((ticket for ticket in state.tickets.values() if ticket.code and ticket.code == asked.code), None)


def queues(state: HallState, book: HallBook, agency: AgencyId, *, boot: int, seq: int, now: datetime) -> Queues:
    """All services of an agency now. KeyError for an agency that the hall does not have."""
    services = next(each.services for each in book.agencies if each.agency == agency)
    found = []
    for service in services:
        available = availability_of(state, book, service.id, now)
        found.append(
            QueueOfService(
                id=service.id,
                open=available.open,
                waiting=count_of(state, (service.id,)),
                why_closed=available.why_closed,
                until=available.until,
                left_today=available.left_today,
            )
        )
    lately = given_lately(state.past, agency)
    return Queues(boot=boot, seq=seq, at=now, services=tuple(found), agency=agency, given_30_days=lately)


def board(state: HallState, book: HallBook, *, boot: int, seq: int, now: datetime) -> Board:
    """What every display shows. Where it would not fit into a message it says fewer old calls, then no reasons.

    The counters themselves always fit: a hall with too many is refused when its files are read.
    """
    day = hall_day(now, book.zone) if state.day is None else state.day
    counters = tuple(_on_board(state, state.counter(counter.id)) for counter in book.hall.counters)
    whole = Board(boot=boot, seq=seq, at=now, day=day.isoformat(), counters=counters, recent=state.recent)
    if len(encode(whole)) <= SMALL_BODY:
        return whole
    unexplained = replace(whole, counters=tuple(replace(counter, reason=None) for counter in counters))
    shorter = [
        replace(form, recent=whole.recent[:kept])
        for form, least in ((whole, LEAST_RECENT), (unexplained, 0))
        for kept in range(RECENT_CALLS, least - 1, -1)
    ]
    return next((form for form in shorter if len(encode(form)) <= SMALL_BODY), shorter[-1])


def _on_board(state: HallState, counter: CounterNow) -> CounterOnBoard:
    ticket = None if counter.ticket is None else state.tickets[counter.ticket]
    return CounterOnBoard(
        id=counter.id,
        state=counter.state,
        reason=counter.reason,
        number=None if ticket is None else ticket.number,
        service=None if ticket is None else ticket.service,
        called_at=counter.called_at,
        calls=counter.calls,
    )


def farewells(state: HallState, book: HallBook, *, boot: int, now: datetime) -> tuple[Message, ...]:
    """What is to be said of agencies and counters that the hall had once: that there is nothing."""
    agencies = [agency for agency in state.agencies if agency not in book.agency_of.values()]
    counters = [counter for counter in state.counters if counter not in book.counters]
    return (
        *(AgencyServices(book.hall.revision, agency, ()) for agency in agencies),
        *(Queues(boot=boot, seq=1, at=now, services=(), agency=agency) for agency in agencies),
        *(LedText(counter, "") for counter in counters),
    )


def led_text(state: HallState, counter: CounterId) -> LedText:
    """The number at a counter, or nothing."""
    ticket = state.in_hand(counter)
    return LedText(counter=counter, text="" if ticket is None else ticket.number)


def call_message(say: SayCall, book: HallBook, *, boot: int, seq: int) -> Call:
    """A call, in the hall's first language and, where that is another, in the visitor's."""
    call = say.call
    return Call(
        boot=boot,
        seq=seq,
        call=call.id,
        at=call.at,
        expires_at=say.expires_at,
        ticket=call.ticket,
        number=call.number,
        service=call.service,
        counter=call.counter,
        zone=call.zone,
        repeat=call.repeat,
        languages=tuple(dict.fromkeys((book.hall.languages[0], call.language))),
        announcers=say.announcers,
    )


def desk_view(state: HallState, book: HallBook, counter_id: CounterId, request: RequestId | None) -> DeskView:
    """A counter as its pad shows it."""
    counter = state.counter(counter_id)
    ticket = state.in_hand(counter_id)
    in_hand = None
    if ticket is not None:
        in_hand = DeskTicket(id=ticket.id, number=ticket.number, service=ticket.service, state=ticket.state)
    return DeskView(
        request=request,
        counter=counter_id,
        revision=counter.revision,
        state=counter.state,
        ticket=in_hand,
        waiting=count_of(state, book.counters[counter_id].services),
        parked=(),
    )


def counter_desk(
    state: HallState, book: HallBook, counter_id: CounterId, *, boot: int, now: datetime, broker_connected: bool
) -> CounterDesk:
    """A counter as its officer's page shows it."""
    counter = state.counter(counter_id)
    waiting = tuple(
        WaitingTicket(
            id=ticket.id,
            number=ticket.number,
            service=ticket.service,
            visitor=ticket.visitor,
            needs=ticket.needs,
            issued_at=ticket.issued_at,
        )
        for ticket in in_order(state, book.counters[counter_id].services)
    )
    return CounterDesk(
        counter=counter_id,
        revision=counter.revision,
        state=counter.state,
        holder=counter.holder,
        ticket=_in_hand(state, counter),
        waiting=waiting,
        served_today=counter.served,
        at=now,
        boot=boot,
        broker_connected=broker_connected,
    )


def _in_hand(state: HallState, counter: CounterNow) -> TicketInHand | None:
    if counter.ticket is None or counter.called_at is None:
        return None
    ticket = state.tickets[counter.ticket]
    call = None if counter.call is None else state.calls.get(counter.call)
    return TicketInHand(
        id=ticket.id,
        number=ticket.number,
        service=ticket.service,
        visitor=ticket.visitor,
        needs=ticket.needs,
        state=ticket.state,
        issued_at=ticket.issued_at,
        called_at=counter.called_at,
        calls=counter.calls,
        call_outcome=None if call is None else call.outcome,
    )


def hall_desk(state: HallState, book: HallBook, *, boot: int, now: datetime, broker_connected: bool) -> HallDesk:
    """All counters at one look."""
    return HallDesk(
        hall=book.hall,
        agencies=book.agencies,
        counters=tuple(
            counter_desk(state, book, counter.id, boot=boot, now=now, broker_connected=broker_connected)
            for counter in book.hall.counters
        ),
        at=now,
        broker_connected=broker_connected,
    )


def hall_board(state: HallState, book: HallBook, *, now: datetime) -> HallBoard:
    """What the crowd sees, for pages that the hub serves itself.

    How services stand is reckoned only where nobody waits and nobody is served: only there is it shown, and it takes
    a millisecond for a hundred services.
    """
    counters = tuple(_on_board(state, state.counter(counter.id)) for counter in book.hall.counters)
    waiting = {one.agency: count_of(state, tuple(each.id for each in one.services)) for one in book.agencies}
    zone_of = {counter.id: counter.zone for counter in book.hall.counters}
    in_use = {zone_of[each.id] for each in counters if each.state in {"called", "serving"}}
    in_use |= {agency.zone for agency in book.hall.agencies if waiting.get(agency.id)}
    idle = [agency.id for agency in book.hall.agencies if agency.zone not in in_use]
    return HallBoard(
        hall=book.hall,
        agencies=book.agencies,
        counters=counters,
        recent=state.recent,
        waiting=waiting,
        notice=standing(state, now),
        idle={agency: queues(state, book, agency, boot=0, seq=0, now=now).services for agency in idle},
        call_fresh_s=book.call_fresh.total_seconds(),
        at=now,
    )
