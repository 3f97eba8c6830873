"""What an officer may do at a counter, and what follows from it. Decides; changes nothing.

What is looked at first, in this order: was this very request answered before (then nothing changes and the answer is
the counter as it is); is the clock behind; did the officer see the counter as it is (so that a double press calls
one ticket); does the officer hold the counter. Then the table:

| | closed | open | called | serving | paused |
|---|---|---|---|---|---|
| open | opens | as it is | as it is | as it is | opens |
| next | not-allowed | calls | ticket-in-hand | finishes, calls | not-allowed |
| call | not-allowed | calls that one | ticket-in-hand | ticket-in-hand | not-allowed |
| recall | not-allowed | not-allowed | calls again | not-allowed | not-allowed |
| arrive | not-allowed | not-allowed | arrives | as it is | not-allowed |
| finish | not-allowed | not-allowed | arrives, finishes | finishes | not-allowed |
| no-show | not-allowed | not-allowed | no-show | not-allowed | not-allowed |
| pause | not-allowed | pauses | ticket-in-hand | ticket-in-hand | another reason |
| close | as it is | closes | ticket-in-hand | ticket-in-hand | closes |

A ticket whose last call was dropped (it grew too old before it was spoken) is no no-show until it was called again
(`not-heard`); after ENOUGH_CALLS it may be one whatever became of their sound, so that no counter is ever locked.
`next` with nobody waiting is refused with nothing-waiting, unless it finished a ticket. The hall does not have park,
unpark, return and transfer yet: not-allowed.
"""

from datetime import datetime

from msgspec import Struct

from contract.calls import CallOutcome
from contract.desk import DeskAction
from contract.names import CallId, CounterId, ServiceId, TicketId
from contract.reasons import WhyClosed, WhyRefused
from hub.domain.book import HallBook
from hub.domain.day import clock_is_behind
from hub.domain.facts import (
    Arrived,
    Called,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterTakenOver,
    Fact,
    Finished,
    NoShow,
)
from hub.domain.hall import HallState
from hub.domain.refusals import Refusal
from hub.domain.things import CounterNow, Ticket
from hub.domain.waiting import first_of

TAKE_OVER = "take-over"
"""`open` with this in `to` takes a counter over from whoever holds it."""

ENOUGH_CALLS = 3
"""So often a number has stood on every display by then: its officer is not held up by a loudspeaker any longer."""

Decided = tuple[Fact, ...] | Refusal
AS_IT_IS: tuple[Fact, ...] = ()


class Officer(Struct, frozen=True):
    """Who acts: the browser session, or the counter pad. A pad stands on the counter itself: once the counter is
    open, it acts for whoever holds it.
    """

    name: str
    is_pad: bool = False


class _Case(Struct, frozen=True):
    """One action, with all that deciding it needs."""

    state: HallState
    book: HallBook
    counter: CounterNow
    services: tuple[ServiceId, ...]
    ticket: Ticket | None
    officer: Officer
    asked: DeskAction
    now: datetime
    call: CallId


def act(  # noqa: PLR0911 - one return per rule, in the order in which they are told above
    state: HallState,
    book: HallBook,
    counter_id: CounterId,
    officer: Officer,
    asked: DeskAction,
    *,
    now: datetime,
    call: CallId,
) -> Decided:
    """The facts that follow from an officer's action; `call` is the id of the call, should there be one.

    KeyError for a counter that the hall does not have.
    """
    counter = state.counter(counter_id)
    described = book.counters[counter_id]
    if (officer.name, asked.request) in state.acted:
        return AS_IT_IS
    if clock_is_behind(state, now):
        return Refusal(WhyRefused.CLOCK_BEHIND, f"the last fact is of {state.last_at}")
    if asked.seen is not None and asked.seen != counter.revision:
        return Refusal(WhyRefused.STALE_VIEW, f"seen {asked.seen}, it is {counter.revision}")
    in_hand = state.in_hand(counter_id)
    case = _Case(state, book, counter, described.services, in_hand, officer, asked, now, call)
    if asked.action == "open":
        return _open(case)
    if counter.holder is not None and counter.holder != officer.name and not officer.is_pad:
        return Refusal(WhyRefused.COUNTER_TAKEN)
    if counter.state == "closed":
        return AS_IT_IS if asked.action == "close" else Refusal(WhyRefused.NOT_ALLOWED, "the counter is closed")
    return _act_at_counter(case)


def is_unheard(outcome: CallOutcome | None, calls: int) -> bool:
    """Whether a ticket must be called again before its visitor can be said not to have come.

    `outcome`: of its last call; `calls`: how often it was called.
    """
    return outcome == "dropped" and calls < ENOUGH_CALLS


def freed(state: HallState, counter: CounterId, at: datetime) -> tuple[Fact, ...]:
    """What follows when a counter's ticket has ended: it closes if the day closed meanwhile."""
    return (CounterClosed(at=at, counter=counter),) if state.counter(counter).close_when_free else ()


def _open(case: _Case) -> Decided:
    counter, by, now, request = case.counter, case.officer.name, case.now, case.asked.request
    if counter.state == "closed":
        if not case.state.day_open:
            return Refusal(WhyClosed.HALL_CLOSED)
        return (CounterOpened(at=now, counter=counter.id, by=by, request=request),)
    taken: tuple[Fact, ...] = ()
    if counter.holder is not None and counter.holder != by:
        if case.asked.to != TAKE_OVER:
            return Refusal(WhyRefused.COUNTER_TAKEN)
        taken = (CounterTakenOver(at=now, counter=counter.id, by=by, request=request, before=counter.holder),)
    if counter.state == "paused":
        return (*taken, CounterOpened(at=now, counter=counter.id, by=by, request=request))
    return taken


def _act_at_counter(case: _Case) -> Decided:  # noqa: PLR0911 - one return per row of the table
    """An action at a counter that is not closed, by somebody who may."""
    match case.asked.action:
        case "next" | "call" as action if case.counter.state != "paused":
            return _next(case) if action == "next" else _call(case)
        case "recall" | "arrive" | "finish" | "no-show":
            return _with_ticket(case)
        case "pause" | "close" if case.ticket is not None:
            return Refusal(WhyRefused.TICKET_IN_HAND)
        case "pause":
            reason = case.asked.reason
            if case.counter.state == "paused" and case.counter.reason == reason:
                return AS_IT_IS
            by, request = case.officer.name, case.asked.request
            return (CounterPaused(at=case.now, counter=case.counter.id, by=by, request=request, reason=reason),)
        case "close":
            by, request = case.officer.name, case.asked.request
            return (CounterClosed(at=case.now, counter=case.counter.id, by=by, request=request),)
        case _:
            return Refusal(WhyRefused.NOT_ALLOWED, f"{case.asked.action} while {case.counter.state}")


def _next(case: _Case) -> Decided:
    before: tuple[Fact, ...] = ()
    if case.ticket is not None:
        if case.ticket.state == "called":
            return Refusal(WhyRefused.TICKET_IN_HAND)
        before = _finished(case, case.ticket)
        if case.counter.close_when_free:
            return before
    first = first_of(case.state, case.services)
    if first is None:
        return before or Refusal(WhyRefused.NOTHING_WAITING)
    return (*before, _called(case, first, 1))


def _call(case: _Case) -> Decided:
    if case.ticket is not None:
        return Refusal(WhyRefused.TICKET_IN_HAND)
    wanted = None if case.asked.ticket is None else case.state.tickets.get(case.asked.ticket)
    if wanted is None:
        return Refusal(WhyRefused.UNKNOWN_TICKET)
    if wanted.state != "waiting" or wanted.service not in case.services:
        return Refusal(WhyRefused.NOT_ALLOWED, f"it is {wanted.state}, of {wanted.service}")
    return (_called(case, wanted.id, 1),)


def _with_ticket(case: _Case) -> Decided:  # noqa: PLR0911 - one return per row of the table
    """recall, arrive, finish, no-show: with the ticket in hand, which must be the one the officer means."""
    ticket, named = case.ticket, case.asked.ticket
    if named is not None and named not in case.state.tickets:
        return Refusal(WhyRefused.UNKNOWN_TICKET)
    if named is not None and (ticket is None or ticket.id != named):
        return Refusal(WhyRefused.STALE_VIEW, f"{named} is not in hand")
    if ticket is None:
        return Refusal(WhyRefused.NOT_ALLOWED, "no ticket in hand")
    counter, by, request = case.counter.id, case.officer.name, case.asked.request
    match (case.asked.action, ticket.state):
        case ("recall", "called"):
            return (_called(case, ticket.id, case.counter.calls + 1),)
        case ("arrive", "called"):
            return (Arrived(at=case.now, ticket=ticket.id, counter=counter, by=by, request=request),)
        case ("arrive", "serving"):
            return AS_IT_IS
        case ("finish", "called" | "serving"):
            return _finished(case, ticket)
        case ("no-show", "called") if _is_unheard(case):
            return Refusal(WhyRefused.NOT_HEARD, f"the last call of {ticket.number} was dropped")
        case ("no-show", "called"):
            gone = NoShow(at=case.now, ticket=ticket.id, counter=counter, by=by, request=request)
            return (gone, *freed(case.state, counter, case.now))
        case _:
            return Refusal(WhyRefused.NOT_ALLOWED, f"{case.asked.action} while {ticket.state}")


def _is_unheard(case: _Case) -> bool:
    call = None if case.counter.call is None else case.state.calls.get(case.counter.call)
    return call is not None and is_unheard(call.outcome, case.counter.calls)


def _finished(case: _Case, ticket: Ticket) -> tuple[Fact, ...]:
    """The ticket ends served. Who finishes it while it is only called says with it that the visitor came."""
    counter, by, request, now = case.counter.id, case.officer.name, case.asked.request, case.now
    came: tuple[Fact, ...] = ()
    if ticket.state == "called":
        came = (Arrived(at=now, ticket=ticket.id, counter=counter, by=by, request=request),)
    served = Finished(at=now, ticket=ticket.id, counter=counter, by=by, request=request)
    return (*came, served, *freed(case.state, counter, now))


def _called(case: _Case, ticket: TicketId, repeat: int) -> Called:
    return Called(
        at=case.now,
        call=case.call,
        ticket=ticket,
        counter=case.counter.id,
        zone=case.book.counters[case.counter.id].zone,
        repeat=repeat,
        by=case.officer.name,
        request=case.asked.request,
    )
