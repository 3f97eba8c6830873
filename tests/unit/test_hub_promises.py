"""The promises of the queue, under whatever kiosks, officers, displays, the clock and sudden deaths may do to it."""

from collections import Counter
from datetime import timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from contract.calls import CallOutcome, CallReported
from contract.desk import DeskAction
from contract.names import RequestId
from contract.tickets import IssuedTicket, TicketAbandoned, TicketIssued, TicketPrinted
from hub.domain.facts import Called, DayBegan, Issued
from tests.unit.hub_hall import (
    DISPLAY,
    DISPLAY_2,
    FAMILY_CARD,
    FIVE,
    FOUR,
    ID_CARD,
    PAD,
    PASSPORT,
    THREE,
    TestDevice,
    World,
)

ACTIONS = ["open", "next", "call", "recall", "arrive", "finish", "no-show", "park", "pause", "close"]
REQUESTS = st.integers(min_value=1, max_value=30)


class Hall(RuleBasedStateMachine):
    """The real service on the memory link; what it answered is kept outside of it, and compared."""

    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.told: dict[RequestId, IssuedTicket] = {}
        self.displays: list[TestDevice] = []
        self.presses = 0
        self.wrongs = 0

    @rule(request=REQUESTS, service=st.sampled_from([FAMILY_CARD, ID_CARD, PASSPORT]))
    def a_kiosk_asks(self, request: int, service) -> None:
        answer = self.world.ask(service, request=f"r-{self.world.hub.state.day}-{request}")
        if isinstance(answer, TicketIssued):
            before = self.told.setdefault(answer.request, answer.ticket)
            assert answer.ticket == before, "a repeated request got another answer"

    @rule(request=REQUESTS)
    def a_kiosk_gives_up(self, request: int) -> None:
        self.world.kiosk.say(TicketAbandoned(RequestId(f"r-{self.world.hub.state.day}-{request}")))
        self.world.run()

    @rule(
        action=st.sampled_from(ACTIONS),
        counter=st.sampled_from([THREE, FOUR, FIVE]),
        holder=st.sampled_from(["rina", "budi"]),
        age=st.sampled_from([None, 0, 1]),
        over=st.booleans(),
        nth=st.integers(min_value=0, max_value=5),
        twice=st.booleans(),
    )
    def an_officer_presses(self, action, counter, holder, age, over, nth, twice) -> None:  # noqa: PLR0917 - hypothesis fills them
        state = self.world.hub.state
        tickets = list(state.tickets)
        named = tickets[nth % len(tickets)] if action == "call" and tickets else None
        seen = None if age is None else max(0, state.counter(counter).revision - age)
        self.presses += 1
        more = {"ticket": named, "seen": seen, "to": "take-over" if over else None, "request": f"p-{self.presses}"}
        before = len(self._facts(Called))
        for _ in range(1 + twice):
            self.world.act(action, counter, holder, **more)
        assert len(self._facts(Called)) - before <= 1, "a repeated press called twice"

    @rule()
    def a_display_comes(self) -> None:
        if len(self.displays) < 2:
            self.displays.append(self.world.display(DISPLAY if not self.displays else DISPLAY_2))

    @rule(outcome=st.sampled_from(["queued", "started", "spoken", "dropped", "failed"]), which=st.integers(0, 1))
    def a_display_reports(self, outcome: CallOutcome, which: int) -> None:
        calls = list(self.world.hub.state.calls)
        if self.displays and calls:
            display = self.displays[which % len(self.displays)]
            display.link.say(CallReported(call=calls[-1], outcome=outcome, at=self.world.now))
            self.world.run()

    @rule()
    def paper_comes_out(self) -> None:
        for ticket in list(self.world.hub.state.tickets)[:2]:
            self.world.kiosk.say(TicketPrinted(ticket=ticket, outcome="printed"))
        self.world.run()

    @rule(seconds=st.sampled_from([0.1, 1, 3, 29, 31, 600, 3600, 5 * 3600, 20 * 3600]))
    def time_passes(self, seconds: float) -> None:
        self.world.run(seconds=seconds)

    @rule(seconds=st.sampled_from([2, 3600]))
    def the_clock_is_wrong_for_a_while(self, seconds: int) -> None:
        facts, now = len(self.world.journal.facts), self.world.now
        self.world.now = self.world.journal.facts[-1].at - timedelta(seconds=seconds)
        self.wrongs += 1
        answer = self.world.ask(request=f"wrong-{self.wrongs}")
        assert answer.reason == "clock-behind"
        assert len(self.world.journal.facts) == facts
        self.world.now = now

    @rule(wait=st.sampled_from([0, 5, 3600 * 30]))
    def the_hub_dies_suddenly(self, wait: int) -> None:
        before = self.world.hub.state
        self.world.kill_hub()
        assert self.world.journal.replay() == before, "replay gave another state"
        self.world.now += timedelta(seconds=wait)
        self.world.start_hub()
        self.world.run()

    @rule()
    def the_broker_restarts(self) -> None:
        self.world.broker.stop()
        self.world.run(seconds=1)
        self.world.broker.start()
        self.world.run(seconds=1)

    @invariant()
    def no_number_is_given_twice_in_a_day_and_none_is_left_out(self) -> None:
        if not hasattr(self, "world"):
            return
        counts: dict[str, int] = {}
        for fact in self.world.journal.facts:
            if isinstance(fact, DayBegan):
                counts = {}
            if isinstance(fact, Issued):
                counts[fact.prefix] = counts.get(fact.prefix, 0) + 1
                assert fact.count == counts[fact.prefix]

    @invariant()
    def no_ticket_is_in_two_hands(self) -> None:
        if not hasattr(self, "world"):
            return
        state = self.world.hub.state
        held = Counter(counter.ticket for counter in state.counters.values() if counter.ticket is not None)
        assert all(count == 1 for count in held.values())
        for counter in state.counters.values():
            assert (counter.ticket is not None) == (counter.state in {"called", "serving"})
            if counter.ticket is not None:
                assert state.tickets[counter.ticket].state == counter.state
                assert state.tickets[counter.ticket].counter == counter.id

    @invariant()
    def who_waits_stands_in_line_and_nobody_else(self) -> None:
        if not hasattr(self, "world"):
            return
        state = self.world.hub.state
        in_line = [place for places in state.waiting.values() for place in places]
        waiting = {ticket.id for ticket in state.tickets.values() if ticket.state == "waiting"}
        assert {place[2] for place in in_line} == waiting
        assert len(in_line) == len(waiting)
        assert all(places == sorted(places) for places in state.waiting.values())

    @invariant()
    def time_in_the_journal_never_goes_back(self) -> None:
        if hasattr(self, "world"):
            times = [fact.at for fact in self.world.journal.facts]
            assert times == sorted(times)

    def _facts(self, kind: type) -> list[Any]:
        return [fact for fact in self.world.journal.facts if isinstance(fact, kind)]


Hall.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestHall = Hall.TestCase


def test_a_press_that_is_repeated_after_the_hub_died_calls_one_ticket() -> None:
    world = World()
    world.ask()
    world.ask()
    world.act("open")
    first = world.act("next", request="press")
    world.kill_hub()
    world.start_hub()
    world.run()
    again = world.act("next", request="press")
    assert again.ticket == first.ticket
    assert sum(isinstance(fact, Called) for fact in world.journal.facts) == 1


def test_a_press_that_a_pad_repeats_calls_one_ticket() -> None:
    world = World()
    pad = TestDevice(world.broker, PAD, "counter")
    world.ask()
    world.ask()
    pad.say(DeskAction(RequestId("o"), "open"))
    for _ in range(3):
        pad.say(DeskAction(RequestId("n"), "next"))
    world.run()
    assert sum(isinstance(fact, Called) for fact in world.journal.facts) == 1
