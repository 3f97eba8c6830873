"""What an officer may do at a counter: the table in hub/domain/calling.py is read and every cell of it tried."""

from itertools import count

import pytest

from contract.desk import Action, DeskAction
from contract.names import CallId, CounterId, Language, RequestId, TicketId
from contract.reasons import WhyClosed, WhyRefused
from contract.tickets import TicketRequested
from hub.domain import calling, day
from hub.domain.calling import Officer, act
from hub.domain.facts import (
    Arrived,
    Called,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    Fact,
    Finished,
    Issued,
    NoShow,
)
from hub.domain.hall import HallState, evolve
from hub.domain.issuing import issue
from hub.domain.refusals import Refusal
from tests.unit.hub_hall import FAMILY_CARD, FIVE, FOUR, ID_CARD, KIOSK, MORNING, PAD, PASSPORT, THREE, small_book

BOOK = small_book()
NOW = BOOK.moment(MORNING)
RINA = Officer("rina")
_ids = count(1)


def take(state: HallState, facts: tuple[Fact, ...] | Refusal) -> tuple[Fact, ...]:
    assert not isinstance(facts, Refusal), facts
    for fact in facts:
        evolve(state, fact)
    return facts


def asked(action: Action, **more) -> DeskAction:
    return DeskAction(more.pop("request", RequestId(f"d-{next(_ids)}")), action, **more)


def do(state: HallState, action: Action, counter: CounterId = THREE, officer: Officer = RINA, **more):
    return act(state, BOOK, counter, officer, asked(action, **more), now=NOW, call=CallId(f"call-{next(_ids)}"))


def give(state: HallState, service=FAMILY_CARD) -> TicketId:
    request = TicketRequested(
        request=RequestId(f"r-{next(_ids)}"),
        service=service,
        visitor="regular",
        needs=(),
        language=Language("id"),
        expires_at=NOW.replace(hour=23),
        visit=None,
        offline=None,
    )
    ticket = TicketId(f"ticket-{next(_ids)}")
    issued = issue(state, BOOK, KIOSK, request, now=NOW, ticket=ticket, code=None)
    assert isinstance(issued, Issued)
    evolve(state, issued)
    return ticket


def hall(counter_state: str = "closed", *, waiting: int = 2) -> HallState:
    state = HallState()
    take(state, day.begin(state, BOOK, NOW))
    if counter_state in {"called", "serving"}:
        give(state)
    ways: dict[str, tuple[Action, ...]] = {
        "closed": (),
        "open": ("open",),
        "called": ("open", "next"),
        "serving": ("open", "next", "arrive"),
        "paused": ("open", "pause"),
    }
    for action in ways[counter_state]:
        take(state, do(state, action))
    for _ in range(waiting):
        give(state)
    assert state.counter(THREE).state == counter_state
    return state


TABLE = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (calling.__doc__ or "").splitlines()
    if line.startswith("| ") and "-" * 3 not in line
]
CELLS = [(row[0], state, expected) for row in TABLE[1:] for state, expected in zip(TABLE[0][1:], row[1:], strict=True)]
KINDS = {
    "as it is": [],
    "opens": [CounterOpened],
    "calls": [Called],
    "calls that one": [Called],
    "calls again": [Called],
    "finishes, calls": [Finished, Called],
    "arrives": [Arrived],
    "finishes": [Finished],
    "arrives, finishes": [Arrived, Finished],
    "no-show": [NoShow],
    "pauses": [CounterPaused],
    "another reason": [CounterPaused],
    "closes": [CounterClosed],
}


def test_the_table_is_whole() -> None:
    assert TABLE[0][1:] == ["closed", "open", "called", "serving", "paused"]
    assert len(CELLS) == 9 * 5


@pytest.mark.parametrize(("action", "counter_state", "expected"), CELLS)
def test_every_action_in_every_state_does_what_the_table_says(
    action: Action, counter_state: str, expected: str
) -> None:
    state = hall(counter_state)
    named = state.waiting[FAMILY_CARD][0][2] if action == "call" else None
    reason = "sholat" if action == "pause" else None
    decided = do(state, action, ticket=named, reason=reason)
    if expected in {each.value for each in WhyRefused}:
        assert isinstance(decided, Refusal)
        assert decided.reason == expected
    else:
        assert [type(fact) for fact in take(state, decided)] == KINDS[expected]


@pytest.mark.parametrize("counter_state", TABLE[0][1:])
@pytest.mark.parametrize("action", ["park", "unpark", "return", "transfer"])
def test_what_the_hall_does_not_have_yet_is_not_allowed(action: Action, counter_state: str) -> None:
    decided = do(hall(counter_state), action)
    assert isinstance(decided, Refusal)
    assert decided.reason == WhyRefused.NOT_ALLOWED


def test_first_come_first_served_over_all_services_of_the_counter() -> None:
    state = hall("open", waiting=0)
    first, second, third = give(state, ID_CARD), give(state, FAMILY_CARD), give(state, ID_CARD)
    called = []
    for _ in range(3):
        facts = take(state, do(state, "next"))
        called += [fact.ticket for fact in facts if isinstance(fact, Called)]
        take(state, do(state, "arrive"))
    assert called == [first, second, third]


def test_a_counter_calls_only_its_own_services() -> None:
    state = hall("open", waiting=0)
    passport = give(state, PASSPORT)
    decided = do(state, "next")
    assert isinstance(decided, Refusal)
    assert decided.reason == WhyRefused.NOTHING_WAITING
    named = do(state, "call", ticket=passport)
    assert isinstance(named, Refusal)
    assert named.reason == WhyRefused.NOT_ALLOWED


def test_next_finishes_the_last_ticket_although_nobody_waits() -> None:
    state = hall("serving", waiting=0)
    facts = take(state, do(state, "next"))
    assert [type(fact) for fact in facts] == [Finished]
    assert state.counter(THREE).state == "open"


def test_two_counters_never_hold_one_ticket() -> None:
    state = hall("called", waiting=0)
    take(state, do(state, "open", FOUR, Officer("budi")))
    decided = do(state, "next", FOUR, Officer("budi"))
    assert isinstance(decided, Refusal)
    assert decided.reason == WhyRefused.NOTHING_WAITING
    named = do(state, "call", FOUR, Officer("budi"), ticket=state.counter(THREE).ticket)
    assert isinstance(named, Refusal)
    assert named.reason == WhyRefused.NOT_ALLOWED


def test_a_double_press_calls_one_ticket() -> None:
    state = hall("serving")
    seen = state.counter(THREE).revision
    take(state, do(state, "next", seen=seen))
    again = do(state, "next", seen=seen)
    assert isinstance(again, Refusal)
    assert again.reason == WhyRefused.STALE_VIEW


def test_a_double_press_of_recall_calls_once() -> None:
    state = hall("called")
    seen = state.counter(THREE).revision
    take(state, do(state, "recall", seen=seen))
    assert isinstance(do(state, "recall", seen=seen), Refusal)
    assert state.counter(THREE).calls == 2


def test_a_stale_view_is_told_before_anything_else() -> None:
    state = hall("called")
    decided = do(state, "next", officer=Officer("budi"), seen=0)
    assert isinstance(decided, Refusal)
    assert decided.reason == WhyRefused.STALE_VIEW


def test_the_revision_does_not_change_with_what_waits() -> None:
    state = hall("open")
    seen = state.counter(THREE).revision
    give(state)
    take(state, do(state, "next", seen=seen))
    assert state.counter(THREE).revision == seen + 1


def test_a_repeated_request_changes_nothing() -> None:
    state = hall("open")
    request = RequestId("once")
    seen = state.counter(THREE).revision
    take(state, do(state, "next", request=request, seen=seen))
    assert do(state, "next", request=request, seen=seen) == ()
    assert do(state, "next", request=request) == ()


def test_another_officer_needs_to_take_the_counter_over() -> None:
    state = hall("called")
    budi = Officer("budi")
    actions: tuple[Action, ...] = ("open", "recall", "no-show", "close")
    for action in actions:
        decided = do(state, action, officer=budi)
        assert isinstance(decided, Refusal)
        assert decided.reason == WhyRefused.COUNTER_TAKEN
    before = state.counter(THREE)
    take(state, do(state, "open", officer=budi, to="take-over"))
    after = state.counter(THREE)
    assert (after.holder, after.ticket, after.state) == ("budi", before.ticket, "called")
    refused = do(state, "recall")
    assert isinstance(refused, Refusal)
    assert refused.reason == WhyRefused.COUNTER_TAKEN


def test_a_pad_acts_for_whoever_opened_the_counter_but_does_not_open_it_for_another() -> None:
    state = hall("open")
    pad = Officer(PAD, is_pad=True)
    refused = do(state, "open", officer=pad)
    assert isinstance(refused, Refusal)
    assert refused.reason == WhyRefused.COUNTER_TAKEN
    take(state, do(state, "next", officer=pad))
    take(state, do(state, "arrive"))


def test_an_action_on_a_ticket_that_is_not_in_hand_changes_nothing() -> None:
    state = hall("called")
    waiting = state.waiting[FAMILY_CARD][0][2]
    stale = do(state, "no-show", ticket=waiting)
    unknown = do(state, "no-show", ticket=TicketId("never"))
    assert isinstance(stale, Refusal)
    assert isinstance(unknown, Refusal)
    assert (stale.reason, unknown.reason) == (WhyRefused.STALE_VIEW, WhyRefused.UNKNOWN_TICKET)


def test_nobody_opens_a_counter_before_the_day_begins() -> None:
    decided = do(HallState(), "open", FIVE)
    assert isinstance(decided, Refusal)
    assert decided.reason == WhyClosed.HALL_CLOSED


def test_an_action_while_the_clock_is_behind_is_refused() -> None:
    state = hall("open")
    decided = act(state, BOOK, THREE, RINA, asked("next"), now=NOW.replace(hour=1), call=CallId("c"))
    assert isinstance(decided, Refusal)
    assert decided.reason == WhyRefused.CLOCK_BEHIND


def test_a_counter_that_the_hall_does_not_have_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        do(hall(), "open", CounterId("loket-99"))
