"""A small hall for the hub's tests: two agencies, three services, three counters in two zones; and a clock to turn."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from contract.calls import CallOutcome, CallReported
from contract.catalogue import Message, Party
from contract.desk import Action, DeskAction
from contract.devices import DeviceState, DeviceStatus
from contract.halls import AgencyOfHall, AgencyServices, CounterOfHall, Hall, Requirement, ServiceOfAgency, ZoneOfHall
from contract.names import (
    AgencyId,
    CallId,
    CounterId,
    DeviceId,
    HallId,
    Language,
    RequestId,
    ServiceId,
    Text,
    TicketId,
    ZoneId,
)
from contract.opening import Opening, Session, Weekday
from contract.reasons import WhyClosed, WhyRefused
from contract.tickets import TicketRequested
from hub.desk.door import Act, DeskAnswer, DeskAsked, DeskQuestion
from hub.domain.book import HallBook, book_of
from hub.domain.facts import Fact
from hub.domain.hall import HallState, evolve
from hub.journal import Journal
from hub.register import Register, RegisteredDevice
from hub.service import HubService, will_of
from link.inbox import Inbox
from link.link import Heard, LinkEvent, LinkSettings
from link.memory_link import MemoryBroker, MemoryLink
from link.topics import topics_of

HALL = HallId("test-hall")
KIOSK, DISPLAY, DISPLAY_2, PAD = DeviceId("kiosk-1"), DeviceId("display-1"), DeviceId("display-2"), DeviceId("pad-3")
FAMILY_CARD, ID_CARD, PASSPORT = ServiceId("kk-baru"), ServiceId("ktp-el"), ServiceId("paspor-baru")
THREE, FOUR, FIVE = CounterId("loket-3"), CounterId("loket-4"), CounterId("loket-5")
AGENCIES = (AgencyId("disdukcapil"), AgencyId("imigrasi"))
A, B = ZoneId("a"), ZoneId("b")
DAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MORNING = datetime(2026, 11, 25, 0, 12, tzinfo=UTC)
"""08:12 in the hall (UTC+8), a Wednesday."""


def both(text: str) -> Text:
    return {Language("id"): text, Language("en"): text}


def service(name: ServiceId, prefix: str, opening: Opening) -> ServiceOfAgency:
    return ServiceOfAgency(
        id=name,
        prefix=prefix,
        name=both(name),
        opening=opening,
        requirements=(Requirement(both("KTP")),),
        procedure=(both("datang"),),
        duration=both("2 jam"),
        fee=both("gratis"),
        product=both("kartu"),
        complaints=both("lapor"),
    )


def opening(begins: str = "08:00", ends: str = "15:00", quota: int | None = None) -> Opening:
    return Opening(sessions=(Session(DAYS, begins, ends),), quota=quota)


def small_book(*, issue_without_officer: bool = True, quota: int = 3, closes: str = "16:00", **rules: Any) -> HallBook:
    hall = Hall(
        revision="1",
        name=both("Balai"),
        time_zone="Asia/Makassar",
        languages=(Language("id"), Language("en")),
        day_begins="07:00",
        day_closes=closes,
        zones=(ZoneOfHall(A, "A", both("Zona A")), ZoneOfHall(B, "B", both("Zona B"))),
        agencies=(
            AgencyOfHall(AgencyId("disdukcapil"), both("Disdukcapil"), A),
            AgencyOfHall(AgencyId("imigrasi"), both("Imigrasi"), B),
        ),
        counters=(
            CounterOfHall(THREE, both("3"), A, (FAMILY_CARD, ID_CARD)),
            CounterOfHall(FOUR, both("4"), A, (FAMILY_CARD, ID_CARD)),
            CounterOfHall(FIVE, both("5"), B, (PASSPORT,)),
        ),
        errands=(),
    )
    agencies = (
        AgencyServices(
            "1", AgencyId("disdukcapil"), (service(FAMILY_CARD, "K", opening()), service(ID_CARD, "F", opening()))
        ),
        AgencyServices("1", AgencyId("imigrasi"), (service(PASSPORT, "X", opening(ends="12:00", quota=quota)),)),
    )
    return book_of(hall, agencies, issue_without_officer=issue_without_officer, **rules)


REGISTER = {
    KIOSK: RegisteredDevice(KIOSK, "kiosk"),
    DISPLAY: RegisteredDevice(DISPLAY, "display"),
    DISPLAY_2: RegisteredDevice(DISPLAY_2, "display"),
    PAD: RegisteredDevice(PAD, "counter", THREE),
}
TEXTS = {reason: both(reason) for reason in (*WhyClosed, *WhyRefused)}


class CountedChance:
    """Ids that can be read in a failing test. No two of these make the same part of a block's name, as no two hubs do."""

    block = staticmethod(map("r{}".format, count(1)).__next__)

    def __init__(self) -> None:
        self._count = count(1)

    def ticket(self) -> TicketId:
        return TicketId(f"ticket-{next(self._count)}")

    def call(self) -> CallId:
        return CallId(f"call-{next(self._count)}")

    def code(self) -> str:
        return f"CODE-{next(self._count)}"


class ListJournal:
    """A journal in memory, with the number of its commits; `broken` makes the next append fail."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.commits = 0
        self.broken = False

    def append(self, facts: Sequence[Fact]) -> None:
        if self.broken:
            raise OSError("disk full")
        self.facts.extend(facts)
        self.commits += 1

    def replay(self) -> HallState:
        state = HallState()
        for fact in self.facts:
            evolve(state, fact)
        return state


class TestDevice:
    """A device on the memory broker that keeps all it hears."""

    __test__ = False

    def __init__(
        self,
        broker: MemoryBroker,
        name: DeviceId,
        role: Party,
        status: DeviceStatus | None = None,
        counter: CounterId | None = None,
    ) -> None:
        self.name = name
        self.inbox: Inbox[LinkEvent] = Inbox()
        will = None if status is None else DeviceStatus("lost", status.role, status.boot, status.installation, "1")
        self.link = MemoryLink(broker, LinkSettings(HALL, name, "", "memory", 1), self.inbox, will)
        self.link.subscribe(topics_of(role, HALL, name, AGENCIES, counter))
        self.link.open()
        self.heard: list[Message] = []

    def say(self, message: Message) -> None:
        assert self.link.say(message)

    def all(self, kind: Any) -> list[Any]:
        self.heard += [event.message for event in self.inbox.drain() if isinstance(event, Heard)]
        return [message for message in self.heard if isinstance(message, kind)]

    def last(self, kind: type):
        return self.all(kind)[-1]


class World:
    """The hub's real service on a memory link, a clock that is turned by hand, and devices."""

    pace: Any = None

    def __init__(
        self,
        book: HallBook | None = None,
        journal: ListJournal | Journal | None = None,
        now: datetime = MORNING,
        *,
        texts: Mapping[str, Text] = TEXTS,
        register: Register | None = None,
        luck: Random | None = None,
    ) -> None:
        self.texts = texts
        self.book = book or small_book()
        self.journal: Any = journal or ListJournal()
        self.broker = MemoryBroker(luck)
        self.register = register or REGISTER
        self.now = now
        self.changes = 0
        self.chance = CountedChance()
        self._requests = count(1)
        self.start_hub()
        self.kiosk = TestDevice(self.broker, KIOSK, "kiosk")
        self.run()

    def start_hub(self) -> None:
        state = self.journal.replay()
        self.inbox: Inbox[Any] = Inbox()
        self.link = MemoryLink(
            self.broker,
            LinkSettings(HALL, DeviceId("hub"), "", "memory", 1),
            self.inbox,
            will_of(state.boot + 1, self.now),
        )
        self.link.subscribe(topics_of("hub", HALL, DeviceId("hub")))
        self.link.open()
        self.hub = HubService(
            state=state,
            book=self.book,
            journal=self.journal,
            link=self.link,
            register=self.register,
            texts=self.texts,
            clock=lambda: self.now,
            chance=self.chance,
            on_changed=self._changed,
            pace=self.pace,
        )
        self.hub.start()

    def kill_hub(self) -> None:
        """Sudden death; what was not journalled is gone."""
        self.link.die()

    def _changed(self) -> None:
        self.changes += 1

    def run(self, seconds: float = 0.0, *, settle: bool = True) -> None:
        """Lets time pass and everything arrive; without `settle` only what arrives in a few steps."""
        self.now += timedelta(seconds=seconds)
        if not settle:
            self.broker.deliver(2)
            self.hub.handle(tuple(self.inbox.drain(64)))
            self.broker.deliver(2)
            return
        for _ in range(3):
            self.broker.settle()
            self.hub.handle(tuple(self.inbox.drain()))
        self.broker.settle()

    def display(self, name: DeviceId = DISPLAY, zones: tuple[ZoneId, ...] = (A, B), **more) -> TestDevice:
        status = DeviceStatus("online", "display", more.pop("boot", 1), "one", "1", zones=zones, can_speak=True)
        device = TestDevice(self.broker, name, "display", status)
        self.broker.settle()
        device.say(status)
        self.run()
        return device

    def requested(self, wanted: ServiceId = FAMILY_CARD, request: str | None = None, **more) -> TicketRequested:
        return TicketRequested(
            request=RequestId(request or f"r-{next(self._requests)}"),
            service=wanted,
            visitor=more.pop("visitor", "regular"),
            needs=(),
            language=more.pop("language", Language("id")),
            expires_at=more.pop("expires_at", self.now + timedelta(seconds=12)),
            **more,
        )

    def ask(self, wanted: ServiceId = FAMILY_CARD, request: str | None = None, **more):
        """A kiosk asks; the hub's answer."""
        asked = self.requested(wanted, request, **more)
        self.kiosk.say(asked)
        self.run()
        answers = [each for each in self.kiosk.all(Message) if getattr(each, "request", None) == asked.request]
        return answers[-1]

    def question(self, question: DeskQuestion) -> Any:
        """What the desk is answered."""
        answers: list[DeskAnswer] = []
        self.inbox.put(DeskAsked(question, answers.append))
        self.run()
        assert len(answers) == 1
        return answers[0]

    def act(self, action: Action, counter: CounterId = THREE, holder: str = "rina", **more) -> Any:
        """An officer acts."""
        request = RequestId(more.pop("request", f"d-{next(self._requests)}"))
        return self.question(Act(counter, holder, DeskAction(request, action, **more)))

    def report(self, device: TestDevice, call: CallId, outcome: CallOutcome) -> None:
        device.say(CallReported(call=call, outcome=outcome, at=self.now))
        self.run()


def status_of_display(
    boot: int = 1, state: DeviceState = "online", installation: str = "one", *, can_speak: bool = True
) -> DeviceStatus:
    """What a display of both zones says of itself."""
    return DeviceStatus(state, "display", boot, installation, "1", zones=(A, B), can_speak=can_speak)


def called(world: World) -> None:
    """An officer opens counter 3, and a visitor is called to it."""
    world.act("open")
    world.ask()
    world.act("next")
