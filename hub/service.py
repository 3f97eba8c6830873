"""The hub at work: hear, decide, append, evolve, say.

Everything that may change the queue comes in here as an event, in the hub's one thread. A batch of events is decided
one after the other, each on the state that the one before it left; then all its facts are committed with one sync;
only then is anybody told. It knows no clock, no wire, no disk and no web: they are passed in, so that the simulator
runs this very code.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol, assert_never

from contract.calls import CallReported
from contract.catalogue import BY_MESSAGE, Message
from contract.desk import DeskAction
from contract.devices import CommandDone, DeviceHealth, DeviceStatus
from contract.halls import HubHeartbeat
from contract.names import CallId, CounterId, DeviceId, RequestId, Text, TicketId
from contract.reasons import Reason, WhyRefused
from contract.tickets import (
    NumberAsked,
    Refused,
    StaffCalled,
    TicketAbandoned,
    TicketIssued,
    TicketPrinted,
    TicketRequested,
)
from hub import diary
from hub.announcing import Announcing
from hub.desk.door import Act, DeskAnswer, DeskAsked, DeskQuestion, DeskRefusal, Look, LookAtAll, UnknownCounter
from hub.domain import day, reports
from hub.domain.book import HallBook
from hub.domain.calling import Officer, act
from hub.domain.facts import Called, Fact, HubStarted, Issued
from hub.domain.hall import HallState, evolve
from hub.domain.issuing import Repeated, issue
from hub.domain.refusals import Refusal
from hub.domain.things import Ticket
from hub.register import Register, RegisteredDevice
from hub.seldom import Seldom
from hub.showing import counter_desk, desk_view, hall_desk, issued_ticket, number_told
from hub.speaking import SayCall, Speaking
from link.link import Broken, Connected, Disconnected, Heard, Link, LinkEvent

logger = logging.getLogger(__name__)

BATCH = 64
"""So many events are decided and committed together at most."""

HubEvent = LinkEvent | DeskAsked


class FactsKept(Protocol):
    """What the service needs of a journal."""

    def append(self, facts: Sequence[Fact]) -> None:
        """Returns when the facts are safe; raises when they may not be."""
        ...


class Chance(Protocol):
    """Where ids and codes come from."""

    def ticket(self) -> TicketId: ...

    def call(self) -> CallId: ...

    def code(self) -> str:
        """What a phone follows a ticket by: not to be guessed."""
        ...


class HubService:
    """The authority of one hall. `counts` tells how often what came in (tests and technicians read it)."""

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
        on_changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.state = state
        self.boot = state.boot + 1
        self.counts: Counter[str] = Counter()
        self.health: dict[DeviceId, DeviceHealth] = {}
        self._book = book
        self._journal = journal
        self._link = link
        self._register = register
        self._texts = texts
        self._clock = clock
        self._chance = chance
        self._on_changed = on_changed
        self._announcing = Announcing(link, book, self.boot, register)
        self._speaking = Speaking(book.call_fresh)
        self._seldom = Seldom(logger)
        self._facts: list[Fact] = []
        self._after: list[Callable[[], object]] = []
        self._changed = False
        self._now = book.moment(clock())

    # --- Running ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """The first thing to do: puts the start itself on record, and takes up what a former start left open."""
        now = self._now
        self._take((HubStarted(at=reports.moment_of_report(self.state, now), boot=self.boot, clock=now),))
        for call in self.state.calls.values():
            if call.outcome not in {"spoken", "dropped", "failed"}:
                self._speaking.resume(call, now)
        self.handle(())

    def handle(self, events: Sequence[HubEvent]) -> None:
        """Takes a batch in, and whatever time has brought. With no events it is a look at the clock.

        What `journal.append` raises comes through: then nobody was told of this batch and nobody may be.
        """
        self._now = self._book.moment(self._clock())
        self._take(day.close(self.state, self._book, self._now))
        self._take(day.begin(self.state, self._book, self._now))
        for event in events:
            self._hear(event)
        self._look_at_calls()
        self._commit()
        self._announcing.flush(self.state, self._now)
        if self._changed:
            self._changed = False
            self._on_changed()

    def waits_s(self) -> float:
        """How long nothing needs to be looked at, in seconds, if no event comes."""
        return min(self._announcing.waits_s(), 0.2 if self._speaking.pending else 1.0)

    def take_register(self, register: Register) -> None:
        """Devices came or went; nobody else notices."""
        self._register = register
        self._announcing.take_register(register)

    def close(self) -> None:
        """Says goodbye: the hub is not there from now on. What was told is journalled already."""
        self._link.close(HubHeartbeat("lost", self.boot, self._book.moment(self._clock())))

    # --- Hearing ---------------------------------------------------------------------------------------------------

    def _hear(self, event: HubEvent) -> None:
        match event:
            case Heard():
                self._hear_message(event)
            case Broken():
                self._hear_broken(event)
            case Connected(broker=broker, protocol=protocol):
                logger.info("broker-connected broker=%s protocol=%s", broker, protocol)
                self._announcing.take_connected()
                self._speaking.forget_displays()
                self._say_calls(self._speaking.say_again(self._now))
                self._changed = True
            case Disconnected(why=why):
                self._seldom.tell("broker-disconnected", f"why={why!r}", self._now)
                self._announcing.take_disconnected()
                self._changed = True
            case DeskAsked():
                self._hear_desk(event)
            case _:
                assert_never(event)

    def _hear_broken(self, broken: Broken) -> None:
        self.counts["broken"] += 1
        self._seldom.tell(
            "broken-message", f"topic={broken.topic!r} device={broken.device} why={broken.why!r}", self._now
        )
        if broken.device is not None and broken.device in self._register and broken.request is not None:
            self._refuse(broken.device, broken.request, WhyRefused.BROKEN_MESSAGE)

    def _hear_message(self, heard: Heard) -> None:
        """A message that keeps the contract, from somebody who must also be allowed to say it."""
        device = None if heard.device is None else self._register.get(heard.device)
        entry = BY_MESSAGE[type(heard.message)]
        if device is None or device.role not in entry.said_by:
            self.counts["not-allowed"] += 1
            self._seldom.tell("not-allowed", f"device={heard.device} topic={entry.topic}", self._now)
            request = getattr(heard.message, "request", None)
            if device is not None and request is not None:
                self._refuse(device.id, request, WhyRefused.NOT_ALLOWED)
            return
        if heard.retained and not entry.retained:
            self.counts["retained-by-mistake"] += 1
            self._seldom.tell("retained-by-mistake", f"device={device.id} topic={entry.topic}", self._now)
            return
        self._take_message(device, heard.message)

    def _take_message(self, device: RegisteredDevice, message: Message) -> None:  # noqa: C901 - one case per message
        now = self._now
        match message:
            case TicketRequested():
                self._take_request(device.id, message)
            case TicketAbandoned():
                self._take(reports.abandon(self.state, device.id, message, now))
            case TicketPrinted():
                self._take(reports.printed(self.state, device.id, message, now))
            case DeskAction():
                self._take_pad(device, message)
            case CallReported():
                self._take_report(device.id, message)
            case StaffCalled():
                self._take(reports.staff_called(self.state, device.id, message, now))
            case NumberAsked(request=request, number=number):
                self._later(lambda: self._say(number_told(self.state, self._book, request, number), device.id))
            case DeviceStatus():
                self._take_status(device, message)
            case DeviceHealth():
                self.health[device.id] = message
            case CommandDone(request=request, ok=ok):
                logger.info("command-done device=%s request=%s ok=%s", device.id, request, ok)
            case _:
                self.counts["not-for-the-hub"] += 1

    def _take_request(self, device: DeviceId, asked: TicketRequested) -> None:
        decided = issue(
            self.state,
            self._book,
            device,
            asked,
            now=self._now,
            ticket=self._chance.ticket(),
            code=self._chance.code() if self._book.public_url else None,
        )
        match decided:
            case Issued(ticket=ticket):
                self._take((decided,))
                self._say_issued(device, asked.request, self.state.tickets[ticket])
            case Repeated(ticket=known):
                self.counts["repeated"] += 1
                self._say_issued(device, asked.request, known)
            case Refusal():
                self._refuse(device, asked.request, decided.reason, decided.detail)
            case _:
                assert_never(decided)

    def _say_issued(self, device: DeviceId, request: RequestId, ticket: Ticket) -> None:
        answer = TicketIssued(request=request, ticket=issued_ticket(ticket, self._book))
        self._later(lambda: self._say(answer, device))

    def _take_pad(self, device: RegisteredDevice, asked: DeskAction) -> None:
        counter = device.counter
        if counter is None or counter not in self._book.counters:
            self._refuse(
                device.id, asked.request, WhyRefused.NOT_ALLOWED, "the pad is bound to no counter of this hall"
            )
            return
        refusal = self._act(counter, Officer(device.id, is_pad=True), asked)
        if refusal is not None:
            self._refuse(device.id, asked.request, refusal.reason, refusal.detail)
            return
        self._later(lambda: self._say(desk_view(self.state, self._book, counter, asked.request), device.id))

    def _act(self, counter: CounterId, officer: Officer, asked: DeskAction) -> Refusal | None:
        """The action's facts are taken in; or why not."""
        decided = act(self.state, self._book, counter, officer, asked, now=self._now, call=self._chance.call())
        if isinstance(decided, Refusal):
            return decided
        self._take(decided)
        return None

    def _take_status(self, device: RegisteredDevice, status: DeviceStatus) -> None:
        if status.role != device.role:
            self.counts["not-allowed"] += 1
            self._seldom.tell("wrong-role", f"device={device.id} says={status.role} is={device.role}", self._now)
            return
        if device.role == "display":
            self._say_calls(self._speaking.take_status(device.id, status, self._now))

    def _take_report(self, device: DeviceId, said: CallReported) -> None:
        asked_for, again = self._speaking.take_report(said.call, device, said.outcome, self._now)
        if not asked_for:
            self.counts["report-not-asked-for"] += 1
            return
        self._take(reports.call_reported(self.state, device, said, self._now))
        self._say_calls([] if again is None else [again])

    def _hear_desk(self, asked: DeskAsked) -> None:
        """A page asks. The answer is made and given after the commit."""
        question = asked.question
        refusal: Refusal | None = None
        if isinstance(question, Act) and question.counter in self._book.counters:
            refusal = self._act(question.counter, Officer(question.holder), question.action)
        self._later(lambda: asked.answer(self._desk_answer(question, refusal)))

    def _desk_answer(self, question: DeskQuestion, refusal: Refusal | None) -> DeskAnswer:
        if refusal is not None:
            self._count_refusal(refusal)
            return DeskRefusal(reason=refusal.reason, text=self._texts[refusal.reason])
        connected = self._announcing.connected
        match question:
            case Act(counter=counter) | Look(counter=counter):
                if counter not in self._book.counters:
                    return UnknownCounter()
                return counter_desk(
                    self.state, self._book, counter, boot=self.boot, now=self._now, broker_connected=connected
                )
            case LookAtAll():
                return hall_desk(self.state, self._book, boot=self.boot, now=self._now, broker_connected=connected)
            case _:
                assert_never(question)

    # --- Deciding, committing, saying ------------------------------------------------------------------------------

    def _take(self, facts: Sequence[Fact]) -> None:
        """These were decided: the state has them at once, the journal with the batch, everybody else after that."""
        for fact in facts:
            evolve(self.state, fact)
            self._facts.append(fact)
            if isinstance(fact, Called):
                self._say_calls([self._speaking.begin(self.state.calls[fact.call], fact.at)])

    def _look_at_calls(self) -> None:
        if self._speaking.pending:
            again, unspoken = self._speaking.look(reports.moment_of_report(self.state, self._now))
            self._take(unspoken)
            self._say_calls(again)

    def _commit(self) -> None:
        facts, self._facts = self._facts, []
        after, self._after = self._after, []
        if facts:
            self._journal.append(facts)
            self._changed = True
            for fact in facts:
                self._announcing.take_fact(fact, self.state)
                diary.write(fact, self.state)
        for each in after:
            each()

    def _later(self, say: Callable[[], object]) -> None:
        """To be done after the commit."""
        self._after.append(say)

    def _say(self, message: Message, to: DeviceId) -> None:
        if not self._link.say(message, to):
            self.counts["unsaid"] += 1  # the device has no answer and asks again

    def _say_calls(self, calls: Sequence[SayCall]) -> None:
        self._after.extend(partial(self._announcing.say_call, call) for call in calls)

    def _refuse(self, device: DeviceId, request: RequestId, reason: Reason, detail: str = "") -> None:
        self._count_refusal(Refusal(reason, detail))
        refused = Refused(request=request, reason=reason, text=self._texts[reason])
        self._later(lambda: self._say(refused, device))

    def _count_refusal(self, refusal: Refusal) -> None:
        self.counts[f"refused {refusal.reason}"] += 1
        if refusal.reason is WhyRefused.CLOCK_BEHIND:
            self._seldom.tell("clock-behind", refusal.detail, self._now)


def will_of(boot: int, now: datetime) -> HubHeartbeat:
    """What the broker is to say of the hub if it is suddenly gone: `lost`, and no `seq`."""
    return HubHeartbeat("lost", boot, now)
