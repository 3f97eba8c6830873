"""The hub at work: hear, decide, append, evolve, say.

Everything that may change the queue comes in here as an event, in the hub's one thread. A batch of events is decided
one after the other, each on the state that the one before it left; then all its facts are committed with one sync;
only then is anybody told. It knows no clock, no wire, no disk and no web: they are passed in, so that the simulator
runs this very code.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from contract.calls import CALL_ENDED
from contract.halls import HubHeartbeat
from contract.names import Text
from hub.allowance import Pace
from hub.announcing import Announcing
from hub.batch import Batch, FactsKept
from hub.desk.door import (
    Act,
    DeskAnswer,
    DeskAsked,
    DeskQuestion,
    DeskRefusal,
    Look,
    LookAtAll,
    LookAtBoard,
    UnknownCounter,
)
from hub.domain import day, notices, reports
from hub.domain.book import HallBook
from hub.domain.calling import Officer
from hub.domain.facts import HubStarted
from hub.domain.hall import HallState
from hub.domain.refusals import Refusal
from hub.domain.ticket_life import ENDED
from hub.hearing import Chance, Hearing
from hub.lending import Lending
from hub.register import Register, displays_of
from hub.seldom import Seldom
from hub.showing import counter_desk, farewells, hall_board, hall_desk
from hub.speaking import Speaking
from hub.wanted import NoticeWanted
from link.link import Broken, Connected, Disconnected, Heard, Link, LinkEvent

logger = logging.getLogger(__name__)

BATCH = 64
"""So many events are decided and committed together at most."""

LOOK_AT_CALLS_EVERY = timedelta(milliseconds=100)
"""Whether a call must be taken over, or is too old, is looked at no more often: it goes through all that are still to be spoken."""

HubEvent = LinkEvent | DeskAsked | NoticeWanted


def _nobody_looks() -> None:
    """For a hub without a desk."""


class HubService:
    """The authority of one hall. `state` is what was replayed; the service alone changes it from now on."""

    def __init__(
        self,
        *,
        state: HallState,
        book: HallBook,
        journal: FactsKept,
        link: Link,
        register: Register,
        texts: Mapping[str, Text],
        clock: Callable[[], datetime],
        chance: Chance,
        on_changed: Callable[[], None] = _nobody_looks,
        pace: Pace | None = None,
    ) -> None:
        self.state = state
        self.boot = state.boot + 1
        self._book = book
        self._link = link
        self._clock = clock
        self._on_changed = on_changed
        now = book.moment(clock())
        gone = farewells(state, book, boot=self.boot, now=now)
        self._announcing = Announcing(link, book, self.boot, register, gone)
        self._speaking = Speaking(book.call_fresh, displays_of(register))
        self._batch = Batch(state, journal, self._announcing, self._speaking, now)
        self._lending = Lending(book, register, chance.block)
        self._hearing = Hearing(
            self._batch,
            book=book,
            link=link,
            speaking=self._speaking,
            register=register,
            lending=self._lending,
            texts=texts,
            chance=chance,
            pace=pace,
        )
        self._seldom = Seldom(logger)
        self._connection_changed = False
        self._changed = False
        self._looked_at: datetime | None = None

    def start(self) -> None:
        """The first thing to do: puts the start itself on record, and takes up what a former start left open."""
        now = self._batch.now
        if day.clock_is_behind(self.state, now):
            logger.error("clock-behind now=%s last_fact=%s: no numbers until it is set right", now, self.state.last_at)
        agencies = tuple(agency.agency for agency in self._book.agencies)
        started = HubStarted(reports.moment_of_report(self.state, now), self.boot, now, agencies)
        self._batch.take((started,))
        for call in self.state.calls.values():
            if call.outcome not in CALL_ENDED:
                self._speaking.resume(call, started.at)
                if self.state.tickets[call.ticket].state in ENDED:
                    self._speaking.end(call.ticket)
        self.handle(())

    def handle(self, events: Sequence[HubEvent]) -> None:
        """Answers a batch and tells the hall at once what came of it."""
        self.answer(events)
        self.announce()

    def answer(self, events: Sequence[HubEvent]) -> None:
        """Takes a batch in, and whatever time has brought; whoever asked is answered. With no events it is a look at the clock.

        What `journal.append` raises comes through: then nobody was told of this batch and nobody may be.
        """
        batch = self._batch
        batch.now = self._book.moment(day.held(self.state, self._clock()))
        batch.take(day.close(self.state, self._book, batch.now))
        batch.take(day.give_up(self.state, self._book, batch.now))
        batch.take(day.begin(self.state, self._book, batch.now))
        for event in events:
            self._hear(event)
        self._lending.look(batch)
        self._look_at_calls()
        self._changed = batch.commit() or self._changed

    def announce(self) -> None:
        """Tells everybody else: boards, queues, signs, pads, the officers' pages, the log. It may follow several batches."""
        self._announcing.flush(self.state, self._batch.now, self._speaking.languages())
        self._batch.write_lines()
        if self._changed or self._connection_changed:
            self._changed = self._connection_changed = False
            self._on_changed()

    def waits_s(self) -> float:
        """How long nothing needs to be looked at, in seconds, if no event comes."""
        return min(self._announcing.waits_s(), 0.2 if self._speaking.pending else 1.0)

    def take_register(self, register: Register) -> None:
        """Devices came or went; nobody else notices."""
        self._hearing.register = register
        self._announcing.take_register(register)
        self._lending.take_register(register)
        self._batch.say_calls(self._speaking.take_displays(displays_of(register), self._batch.now))

    def close(self) -> None:
        """Says goodbye: the hub is not there from now on. What was told is journalled already."""
        self._batch.write_lines()
        self._link.close(will_of(self.boot, self._book.moment(self._clock())))

    @property
    def counts(self) -> Counter[str]:
        """How often what came in that was not as it should be, and how often what was refused."""
        return self._hearing.counts

    def _hear(self, event: HubEvent) -> None:
        match event:
            case Heard():
                self._hearing.hear(event)
            case Broken():
                self._hearing.hear_broken(event)
            case Connected(broker=broker, protocol=protocol):
                logger.info("broker-connected broker=%s protocol=%s", broker, protocol)
                self._announcing.take_connected()
                self._speaking.forget_displays(self._batch.now)
                self._batch.say_calls(self._speaking.say_again(self._batch.now))
                self._connection_changed = True
            case Disconnected(why=why):
                self._seldom.tell("broker-disconnected", f"why={why!r}", self._batch.now)
                self._announcing.take_disconnected()
                self._connection_changed = True
            case DeskAsked():
                self._hear_desk(event)
            case NoticeWanted(notice=notice, done=done):
                self._batch.take(notices.give(self.state, notice, self._batch.now))
                self._batch.later(done)
            case _:
                assert_never(event)

    def _hear_desk(self, asked: DeskAsked) -> None:
        """A page asks. The answer is made and given after the commit."""
        question = asked.question
        refusal: Refusal | None = None
        if isinstance(question, Act) and question.counter in self._book.counters:
            refusal = self._hearing.act(question.counter, Officer(question.holder), question.action)
        self._batch.later(lambda: asked.answer(self._desk_answer(question, refusal)))

    def _desk_answer(self, question: DeskQuestion, refusal: Refusal | None) -> DeskAnswer:
        if refusal is not None:
            return DeskRefusal(reason=refusal.reason, text=self._hearing.text(refusal.reason))
        now, connected = self._batch.now, self._announcing.connected
        match question:
            case Act(counter=counter) | Look(counter=counter):
                if counter not in self._book.counters:
                    return UnknownCounter()
                return counter_desk(
                    self.state, self._book, counter, boot=self.boot, now=now, broker_connected=connected
                )
            case LookAtAll():
                return hall_desk(self.state, self._book, boot=self.boot, now=now, broker_connected=connected)
            case LookAtBoard():
                return hall_board(self.state, self._book, now=now)
            case _:
                assert_never(question)

    def _look_at_calls(self) -> None:
        """What time brings to calls: another announcer takes over, or nobody spoke it while it was fresh."""
        last, now = self._looked_at, self._batch.now
        # However busy the hall is; a clock that was set back never holds a look back.
        if self._speaking.pending and not (last is not None and timedelta(0) <= now - last < LOOK_AT_CALLS_EVERY):
            self._looked_at = now
            again, unspoken = self._speaking.look(reports.moment_of_report(self.state, self._batch.now))
            self._batch.take(unspoken)
            self._batch.say_calls(again)


def will_of(boot: int, now: datetime) -> HubHeartbeat:
    """What the broker is to say of the hub if it is suddenly gone: `lost`, and no `seq`."""
    return HubHeartbeat("lost", boot, now)
