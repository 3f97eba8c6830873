"""What devices say to the hub: who may say it, and what follows from each message.

The broker has made sure of who speaks; here the register says what that role may say. Anything else is counted, told
seldom, and refused where there is a request to refuse.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Protocol, assert_never

from contract.calls import CallReported
from contract.catalogue import BY_MESSAGE, Message
from contract.desk import DeskAction
from contract.devices import CommandDone, DeviceHealth, DeviceStatus
from contract.names import CallId, CounterId, DeviceId, RequestId, Text, TicketId
from contract.reasons import Reason, WhyRefused
from contract.tickets import (
    NumberAsked,
    Offline,
    Refused,
    StaffCalled,
    TicketAbandoned,
    TicketIssued,
    TicketPrinted,
    TicketRequested,
)
from hub.allowance import Allowance, Pace
from hub.batch import Batch
from hub.domain import reports
from hub.domain.book import HallBook
from hub.domain.calling import Officer, act
from hub.domain.entering import Entered, NotEntered, enter, is_to_come
from hub.domain.facts import CallOutcomeReported, Fact, Issued, OfflineNumberRefused, RequestAbandoned, StaffSummoned
from hub.domain.issuing import Repeated, issue
from hub.domain.refusals import Refusal
from hub.domain.things import Ticket
from hub.lending import Lending
from hub.register import Register, RegisteredDevice
from hub.seldom import Seldom
from hub.showing import desk_view, issued_ticket, number_told
from hub.speaking import Speaking
from link.link import Broken, Heard, Link

logger = logging.getLogger(__name__)

MOVES_NO_TICKET = frozenset({"open", "close", "pause", "recall"})
"""What a pad could do without end. Of the other actions there are only as many as there are tickets."""


class Chance(Protocol):
    """Where ids and codes come from."""

    def ticket(self) -> TicketId: ...

    def call(self) -> CallId: ...

    def block(self) -> str:
        """What a block's name ends with: 8 letters that no hub makes again, also one whose journal was set back."""
        ...

    def code(self) -> str:
        """What a phone follows a ticket by: not to be guessed."""
        ...


class Hearing:
    """`counts` tells how often what came in; `health` is each device's last reading of itself.

    `pace`: how many new numbers a device may have; None for no end.
    """

    def __init__(
        self,
        batch: Batch,
        *,
        book: HallBook,
        link: Link,
        speaking: Speaking,
        register: Register,
        lending: Lending,
        texts: Mapping[str, Text],
        chance: Chance,
        pace: Pace | None,
    ) -> None:
        self.register = register
        self._lending = lending
        self.counts: Counter[str] = Counter()
        self.health: dict[DeviceId, DeviceHealth] = {}
        self._batch = batch
        self._book = book
        self._link = link
        self._speaking = speaking
        self._texts = texts
        self._chance = chance
        self._seldom = Seldom(logger)
        self._allowance = Allowance()
        self._pace = pace

    def hear(self, heard: Heard) -> None:
        """A message that keeps the contract, from somebody who must also be allowed to say it."""
        device = None if heard.device is None else self.register.get(heard.device)
        entry = BY_MESSAGE[type(heard.message)]
        if device is None or device.role not in entry.said_by:
            self._count("not-allowed", f"device={heard.device} topic={entry.topic}")
            request = getattr(heard.message, "request", None)
            if device is not None and request is not None:
                self._refuse(device.id, request, Refusal(WhyRefused.NOT_ALLOWED))
        elif heard.retained and not entry.retained:
            self._count("retained-by-mistake", f"device={device.id} topic={entry.topic}")
        else:
            self._take_message(device, heard.message)

    def hear_broken(self, broken: Broken) -> None:
        """Something that breaks the contract: the peer's fault."""
        self._count("broken-message", f"topic={broken.topic!r} device={broken.device} why={broken.why!r}")
        if broken.device is not None and broken.device in self.register and broken.request is not None:
            self._refuse(broken.device, broken.request, Refusal(WhyRefused.BROKEN_MESSAGE))

    def act(self, counter: CounterId, officer: Officer, asked: DeskAction) -> Refusal | None:
        """An officer's action at a counter of this hall: its facts are taken in; or why not."""
        batch = self._batch
        decided = act(batch.state, self._book, counter, officer, asked, now=batch.now, call=self._chance.call())
        if isinstance(decided, Refusal):
            self._count_refusal(decided)
            return decided
        batch.take(decided)
        return None

    def text(self, reason: Reason) -> Text:
        """What people read for a reason."""
        return self._texts[reason]

    def _take_message(self, device: RegisteredDevice, message: Message) -> None:  # noqa: C901 - one case per message
        batch = self._batch
        match message:
            case TicketRequested():
                self._take_request(device.id, message)
            case TicketAbandoned():
                self._take_report(device.id, reports.abandon(batch.state, device.id, message, batch.now))
            case TicketPrinted():
                batch.take(reports.printed(batch.state, device.id, message, batch.now))
            case DeskAction():
                self._take_pad(device, message)
            case CallReported():
                self._take_call_report(device.id, message)
            case StaffCalled():
                self._take_report(device.id, reports.staff_called(batch.state, device.id, message, batch.now))
            case NumberAsked():
                batch.later(lambda: self._say(number_told(batch.state, self._book, message), device.id))
            case DeviceStatus():
                self._take_status(device, message)
            case DeviceHealth():
                self.health[device.id] = message
            case CommandDone(request=request, ok=ok):
                logger.info("command-done device=%s request=%s ok=%s", device.id, request, ok)
            case _:
                self.counts["not-for-the-hub"] += 1

    def _take_request(self, device: DeviceId, asked: TicketRequested) -> None:
        batch = self._batch
        if asked.offline is not None:
            self._take_offline(device, asked, asked.offline)
            return
        code = self._chance.code() if self._book.public_url else None
        ticket = self._chance.ticket()
        decided = issue(batch.state, self._book, device, asked, now=batch.now, ticket=ticket, code=code)
        match decided:
            case Issued() if self._pace is not None and not self._pace.take(device, batch.now):
                self._count("too-many-numbers", f"device={device} service={asked.service}")
                self._refuse(device, asked.request, Refusal(WhyRefused.NOT_ALLOWED, "more numbers than a crowd takes"))
            case Issued():
                batch.take((decided,))
                self._say_issued(device, asked.request, batch.state.tickets[ticket])
            case Repeated(ticket=known):
                self.counts["repeated"] += 1
                self._say_issued(device, asked.request, known)
            case Refusal():
                self._refuse(device, asked.request, decided)
            case _:
                assert_never(decided)

    def _take_offline(self, device: DeviceId, asked: TicketRequested, offline: Offline) -> None:
        """A number that was given while the hub was away. What cannot be true is put on record, as often as is allowed."""
        batch, ticket = self._batch, self._chance.ticket()
        if is_to_come(batch.state, self._book, offline, batch.now):
            self._count("before-its-day", f"device={device} number={offline.number} block={offline.block}")
            return
        decided = enter(batch.state, self._book, device, asked, offline, now=batch.now, ticket=ticket)
        match decided:
            case Entered(facts=facts):
                batch.take(facts)
                self._lending.numbers_were_used()
                self._say_issued(device, asked.request, batch.state.tickets[ticket])
            case Repeated(ticket=known):
                self.counts["repeated"] += 1
                self._say_issued(device, asked.request, known)
            case NotEntered(fact=fact, refusal=refusal):
                self._take_report(device, (fact,))
                self._refuse(device, asked.request, refusal)
            case Refusal():
                self._refuse(device, asked.request, decided)
            case _:
                assert_never(decided)

    def _say_issued(self, device: DeviceId, request: RequestId, ticket: Ticket) -> None:
        answer = TicketIssued(request=request, ticket=issued_ticket(ticket, self._book))
        self._batch.later(lambda: self._say(answer, device))

    def _take_pad(self, device: RegisteredDevice, asked: DeskAction) -> None:
        counter = device.counter
        if counter is None or counter not in self._book.counters:
            refusal: Refusal | None = Refusal(WhyRefused.NOT_ALLOWED, "the pad is bound to no counter of this hall")
        elif asked.action in MOVES_NO_TICKET and not self._allowance.take(device.id, self._batch.now):
            self._count("too-many-actions", f"device={device.id} action={asked.action}")
            refusal = Refusal(WhyRefused.NOT_ALLOWED, "the pad acts faster than anybody can")
        else:
            refusal = self.act(counter, Officer(device.id, is_pad=True), asked)
        if counter is None or refusal is not None:
            self._refuse(device.id, asked.request, refusal or Refusal(WhyRefused.NOT_ALLOWED))
            return
        self._batch.later(
            lambda: self._say(desk_view(self._batch.state, self._book, counter, asked.request), device.id)
        )

    def _take_status(self, device: RegisteredDevice, status: DeviceStatus) -> None:
        if status.state == "online":
            self._batch.greet()
        if status.role != device.role:
            self._count("wrong-role", f"device={device.id} says={status.role} is={device.role}")
        elif device.role == "display":
            self._batch.say_calls(self._speaking.take_status(device.id, status, self._batch.now))
        elif device.role == "kiosk":
            self._lending.take_status(device.id, status)

    def _take_report(self, device: DeviceId, facts: tuple[Fact, ...]) -> None:
        """Puts on record what a device reports; what it has no allowance for is counted, where the hall can do without.

        A second call for staff while one stands says nothing new. A request that was given up before it came has
        expired when it comes later, or its answer is given up again. A call goes on without its voice's progress:
        in the end it is spoken, dropped, or on record as unspoken. What ends a ticket or a call is never left out.
        """
        if facts and _may_be_left_out(facts[0]) and not self._allowance.take(device, self._batch.now):
            self._count("too-many-reports", f"device={device} kind={facts[0].__struct_config__.tag}")
            return
        self._batch.take(facts)

    def _take_call_report(self, device: DeviceId, said: CallReported) -> None:
        batch = self._batch
        taken = self._speaking.take_report(said.call, device, said.outcome, batch.now)
        if not taken.asked:
            self._count("report-not-asked-for", f"device={device} outcome={said.outcome}")
            return
        if taken.record:
            self._take_report(device, reports.call_reported(batch.state, device, said, batch.now))
        batch.say_calls([] if taken.again is None else [taken.again])

    def _say(self, message: Message, to: DeviceId) -> None:
        if not self._link.say(message, to):
            self.counts["unsaid"] += 1  # the device has no answer and asks again

    def _refuse(self, device: DeviceId, request: RequestId, refusal: Refusal) -> None:
        self._count_refusal(refusal)
        refused = Refused(request=request, reason=refusal.reason, text=self.text(refusal.reason))
        self._batch.later(lambda: self._say(refused, device))

    def _count_refusal(self, refusal: Refusal) -> None:
        self.counts[f"refused {refusal.reason}"] += 1
        logger.debug("refused reason=%s detail=%r", refusal.reason, refusal.detail)
        if refusal.reason is WhyRefused.CLOCK_BEHIND:
            self._seldom.tell("clock-behind", refusal.detail, self._batch.now)

    def _count(self, what: str, detail: str) -> None:
        self.counts[what] += 1
        self._seldom.tell(what, detail, self._batch.now)


def _may_be_left_out(fact: Fact) -> bool:
    """Whether no promise hangs on this report."""
    match fact:
        case StaffSummoned() | RequestAbandoned() | OfflineNumberRefused():
            return True
        case CallOutcomeReported(outcome=outcome):
            return outcome not in {"spoken", "dropped", "silent"}
        case _:
            return False
