"""The hall as it is now, and `evolve`: the one place that changes it, by facts alone.

`evolve` asks nothing and refuses nothing: what it is told has happened. A fact that cannot follow on the state is our
own fault and stops the program (KeyError or AssertionError). The state belongs to the hub's one thread.
"""

from bisect import bisect_left
from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from contract.calls import RecentCall
from contract.names import CounterId
from hub.domain.facts import (
    Arrived,
    BlockLent,
    BlockRetired,
    Called,
    CallOutcomeReported,
    CallWentUnspoken,
    Carried,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterTakenOver,
    DayBegan,
    DayClosed,
    Fact,
    Finished,
    HubStarted,
    Issued,
    JournalCut,
    NoShow,
    NoticeChanged,
    OfflineNumberRefused,
    Printed,
    RequestAbandoned,
    StaffSummoned,
    Unserved,
    Voided,
)
from hub.domain.giving import count_given, take_block, take_issued
from hub.domain.hall_state import Asked, HallState
from hub.domain.lending import kept
from hub.domain.things import CallNow, CounterNow, RecentRequest, Ticket
from hub.domain.ticket_life import IN_HAND, LIFE, Step

__all__ = ["RECENT_CALLS", "REMEMBERED", "HallState", "carried", "evolve"]

RECENT_CALLS = 20
REMEMBERED = 2000
"""How many abandoned requests, and how many officers' requests, are remembered: at the limit the oldest is forgotten."""


def evolve(state: HallState, fact: Fact) -> None:  # noqa: C901, PLR0912 - one case per kind
    """Takes a fact in."""
    state.last_at = fact.at
    match fact:
        case HubStarted() | DayBegan() | DayClosed():
            _take_day(state, fact)
        case CounterOpened() | CounterTakenOver() | CounterPaused() | CounterClosed():
            _take_counter(state, fact)
        case Issued():
            take_issued(state, fact)
        case BlockLent() | BlockRetired():
            take_block(state, fact)
        case Called():
            _take_called(state, fact)
        case Arrived() | Finished() | NoShow() | Voided() | Unserved():
            _take_step(state, fact)
        case CallOutcomeReported() | CallWentUnspoken():
            _take_voice(state, fact)
        case Printed(ticket=ticket, outcome=outcome, copy=copy):
            known = state.tickets[ticket]
            state.tickets[ticket] = replace(
                known, paper=outcome, paper_copy=copy, paper_reports=known.paper_reports + 1
            )
        case RequestAbandoned(device=device, request=request):
            _remember(state.abandoned, (device, request))
        case StaffSummoned(device=device, request=request):
            state.summoned[device] = request
        case NoticeChanged(notice=notice):
            state.notice = notice
        case JournalCut() | OfflineNumberRefused():
            pass
        case _:
            assert_never(fact)


def carried(state: HallState, at: datetime) -> Carried:
    """What of the state goes on into a day that begins at `at`."""
    blocks, used = kept(state)
    tickets = tuple(
        ticket
        for ticket in state.tickets.values()
        if ticket.state in IN_HAND or (ticket.expires_at > at and _is_of_day(state, ticket))
    )
    held = {counter.call for counter in state.counters.values() if counter.ticket is not None}
    return Carried(
        boot=state.boot,
        counters=tuple(state.counters.values()),
        tickets=tickets,
        calls=tuple(call for call in state.calls.values() if call.id in held),
        abandoned=tuple(RecentRequest(who, request) for who, request in state.abandoned),
        acted=tuple(RecentRequest(who, request) for who, request in state.acted),
        agencies=tuple(state.agencies),
        blocks=blocks,
        used=used,
        notice=state.notice,
    )


def _is_of_day(state: HallState, ticket: Ticket) -> bool:
    return state.numbers.get(ticket.number) == ticket.id


def _take_day(state: HallState, fact: HubStarted | DayBegan | DayClosed) -> None:
    match fact:
        case HubStarted(boot=boot, agencies=agencies):
            state.boot = boot
            state.agencies.update(dict.fromkeys(agencies))
        case DayClosed():
            state.day_open = False
            for counter in state.counters.values():
                if counter.ticket is not None:
                    state.counters[counter.id] = replace(counter, close_when_free=True)
        case DayBegan(at=at, day=day, carried=goes_on):
            fresh = HallState(
                boot=goes_on.boot,
                last_at=at,
                day=day,
                day_open=True,
                tickets={ticket.id: ticket for ticket in goes_on.tickets},
                requests={(ticket.device, ticket.request): ticket.id for ticket in goes_on.tickets},
                abandoned={(asked.who, asked.request): None for asked in goes_on.abandoned},
                acted={(asked.who, asked.request): None for asked in goes_on.acted},
                counters={counter.id: replace(counter, served=0) for counter in goes_on.counters},
                calls={call.id: call for call in goes_on.calls},
                agencies=dict.fromkeys(goes_on.agencies),
                past=goes_on.past,
                blocks={block.name: block for block in goes_on.blocks},
                used={(used.block, used.number): used for used in goes_on.used},
                notice=goes_on.notice,
            )
            for name in HallState.__struct_fields__:
                setattr(state, name, getattr(fresh, name))
        case _:
            assert_never(fact)


def _take_counter(state: HallState, fact: CounterOpened | CounterTakenOver | CounterPaused | CounterClosed) -> None:
    counter = state.counter(fact.counter)
    match fact:
        case CounterOpened(by=by):
            changed = replace(counter, state="open", holder=by, reason=None, revision=counter.revision + 1)
        case CounterTakenOver(by=by):
            changed = replace(counter, holder=by)
        case CounterPaused(reason=reason):
            changed = replace(counter, state="paused", reason=reason, revision=counter.revision + 1)
        case CounterClosed():
            changed = CounterNow(counter.id, revision=counter.revision + 1, served=counter.served)
        case _:
            assert_never(fact)
    state.counters[counter.id] = changed
    if fact.by is not None and fact.request is not None:
        _remember(state.acted, (fact.by, fact.request))


def _take_called(state: HallState, fact: Called) -> None:
    ticket = _take_a_step(state, fact, fact.counter)
    counter = state.counter(fact.counter)
    assert counter.ticket in {None, ticket.id}, counter  # noqa: S101 - promise 1: one ticket in one officer's hands
    state.counters[counter.id] = replace(
        counter,
        state="called",
        ticket=ticket.id,
        call=fact.call,
        called_at=fact.at,
        calls=fact.repeat,
        revision=counter.revision + 1,
    )
    state.calls[fact.call] = CallNow(
        id=fact.call,
        ticket=ticket.id,
        number=ticket.number,
        service=ticket.service,
        counter=fact.counter,
        zone=fact.zone,
        at=fact.at,
        repeat=fact.repeat,
        language=ticket.language,
    )
    call = RecentCall(
        call=fact.call,
        number=ticket.number,
        service=ticket.service,
        counter=fact.counter,
        zone=fact.zone,
        at=fact.at,
        repeat=fact.repeat,
    )
    state.recent = (call, *state.recent)[:RECENT_CALLS]
    _remember(state.acted, (fact.by, fact.request))


def _take_step(state: HallState, fact: Arrived | Finished | NoShow | Voided | Unserved) -> None:
    counter_id = fact.counter
    ticket = _take_a_step(state, fact, counter_id)
    if isinstance(fact, Voided) and _is_of_day(state, ticket):
        count_given(state, ticket.service, ticket.session, -1)
    if counter_id is not None:
        counter = state.counter(counter_id)
        assert counter.ticket == ticket.id, counter  # noqa: S101 - a ticket ends where it is in hand
        if isinstance(fact, Arrived):
            changed = replace(counter, state="serving", revision=counter.revision + 1)
        else:
            changed = replace(
                counter,
                state="open",
                ticket=None,
                call=None,
                called_at=None,
                calls=0,
                revision=counter.revision + 1,
                served=counter.served + isinstance(fact, Finished),
            )
        state.counters[counter_id] = changed
    if isinstance(fact, Arrived | Finished | NoShow):
        _remember(state.acted, (fact.by, fact.request))


def _take_a_step(state: HallState, fact: Step, counter: CounterId | None) -> Ticket:
    """The ticket moved on along its life, out of the waiting if that is where it was."""
    before = state.tickets[fact.ticket]
    if before.state == "waiting":
        places = state.waiting[before.service]
        index = bisect_left(places, (before.issued_at, before.order, before.id))
        assert places[index][2] == before.id, before  # noqa: S101 - what waits stands in the list
        del places[index]
    after = replace(before, state=LIFE[before.state, type(fact)], counter=counter or before.counter)
    state.tickets[fact.ticket] = after
    return after


def _take_voice(state: HallState, fact: CallOutcomeReported | CallWentUnspoken) -> None:
    call = state.calls.get(fact.call)
    if call is None:
        return  # of an earlier day, and no longer in anybody's hand
    match fact:
        case CallOutcomeReported(outcome=outcome, device=device):
            state.calls[call.id] = replace(call, outcome=outcome, outcome_by=device)
        case CallWentUnspoken(why=why):
            state.calls[call.id] = replace(call, outcome="dropped" if why == "too-old" else "failed", outcome_by=None)
        case _:
            assert_never(fact)


def _remember(memory: dict[Asked, None], asked: Asked) -> None:
    """Newest last; at the limit the oldest goes."""
    memory.pop(asked, None)
    memory[asked] = None
    if len(memory) > REMEMBERED:
        del memory[next(iter(memory))]
