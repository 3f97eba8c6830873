"""The desk before a real hub: the hub's own service on a memory link, in a thread of its own, with the desk's web server.

The thread is the only one that touches the hub; a test asks for things with `do`. It can be made to fall silent, as a
hub does that hangs, and to die; what it journalled is there for the next one.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from queue import Empty, Queue
from typing import Any, TypeVar

import msgspec

from contract.calls import Call, CallOutcome, CallReported
from contract.halls import AgencyOfHall, AgencyServices, CounterOfHall, Hall, ZoneOfHall
from contract.names import AgencyId, CounterId, Language, Number, ServiceId, Text, ZoneId
from contract.tickets import TicketIssued, Visitor
from hub.desk.web import DeskServer
from hub.domain.book import book_of
from hub.domain.facts import Called
from hub.main import refusal_texts
from tests.unit.hub_hall import MORNING, ListJournal, World, opening, service

KK, KTP, PASPOR = ServiceId("kartu-keluarga"), ServiceId("ktp-el"), ServiceId("paspor-baru")
LOKET_1, LOKET_3, LOKET_4 = CounterId("loket-1"), CounterId("loket-3"), CounterId("loket-4")

Done = TypeVar("Done")


def both(indonesian: str, english: str) -> Text:
    return {Language("id"): indonesian, Language("en"): english}


HALL = Hall(
    revision="1",
    name=both("MPP Contoh", "Example service mall"),
    time_zone="Asia/Makassar",
    languages=(Language("id"), Language("en")),
    day_begins="05:00",
    day_closes="18:00",
    zones=(
        ZoneOfHall(ZoneId("a"), "A", both("Lantai 1", "First floor")),
        ZoneOfHall(ZoneId("b"), "B", both("Lantai 2", "Second floor")),
    ),
    agencies=(
        AgencyOfHall(AgencyId("disdukcapil"), both("Disdukcapil", "Civil registry"), ZoneId("a")),
        AgencyOfHall(AgencyId("imigrasi"), both("Imigrasi", "Immigration"), ZoneId("b")),
    ),
    counters=(
        CounterOfHall(LOKET_1, both("1", "1"), ZoneId("a"), (KTP,)),
        CounterOfHall(LOKET_3, both("3", "3"), ZoneId("a"), (KK, KTP)),
        CounterOfHall(LOKET_4, both("4", "4"), ZoneId("b"), (PASPOR,)),
    ),
    errands=(),
)
NAMES = {KK: both("Kartu Keluarga", "Family card"), KTP: both("KTP-el", "ID card"), PASPOR: both("Paspor", "Passport")}


def agencies_named(names: dict[ServiceId, Text]) -> tuple[AgencyServices, ...]:
    def named(which: ServiceId, prefix: str):
        return msgspec.structs.replace(service(which, prefix, opening()), name=names[which])

    return (
        AgencyServices("1", AgencyId("disdukcapil"), (named(KK, "K"), named(KTP, "F"))),
        AgencyServices("1", AgencyId("imigrasi"), (named(PASPOR, "X"),)),
    )


class WorldWithDesk(World):
    """The hub and its devices; the desk is woken when something has changed."""

    desk: DeskServer | None = None

    def _changed(self) -> None:
        super()._changed()
        if self.desk is not None:
            self.desk.changed()


class DeskHub:
    """A hub with a desk. `port` and `journal` of a former one make it that one started again."""

    def __init__(
        self,
        port: int = 0,
        journal: ListJournal | None = None,
        names: dict[ServiceId, Text] | None = None,
        **server: Any,
    ) -> None:
        book = book_of(HALL, agencies_named(names or NAMES), issue_without_officer=True, call_fresh_s=30)
        journal = journal or ListJournal()
        self._begins = max(MORNING, *(fact.at for fact in journal.facts)) if journal.facts else MORNING
        self.world = WorldWithDesk(book, journal, now=self._begins, texts=refusal_texts(book))
        self.display = self.world.display()
        self.desk = DeskServer(self.world.inbox, "127.0.0.1", port, beat_s=0.5, **server)
        self.world.desk = self.desk
        self._asked: Queue[Callable[[], None]] = Queue()
        self._later = timedelta(0)
        self._silent = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desk-hub")

    @property
    def port(self) -> int:
        return int(self.desk.address.rsplit(":", 1)[1].strip("/"))

    @property
    def address(self) -> str:
        return self.desk.address.rstrip("/")

    @property
    def journal(self) -> ListJournal:
        assert isinstance(self.world.journal, ListJournal)
        return self.world.journal

    def start(self) -> None:
        self.desk.start()
        self._thread.start()

    def stop(self) -> None:
        if self._thread.is_alive():
            self.desk.stop()
            self._ending.set()
            self._thread.join(2)

    def fall_silent(self) -> None:
        """From now on the hub's thread hangs, and the web server stands."""
        self.do(lambda world: self._silent.set())

    def go_on(self) -> None:
        self._silent.clear()

    def do(self, what: Callable[[World], Done]) -> Done:
        """Done in the hub's thread; its result."""
        done: Queue[Done] = Queue()
        self._asked.put(lambda: done.put(what(self.world)))
        return done.get(timeout=5)

    def issue(self, wanted: ServiceId = KK, visitor: Visitor = "regular") -> Number:
        """A visitor at the kiosk takes a ticket."""

        def asked(world: World) -> Number:
            issued = world.ask(wanted, visitor=visitor)
            assert isinstance(issued, TicketIssued)
            return issued.ticket.number

        return self.do(asked)

    def pass_minutes(self, minutes: float) -> None:
        """Time goes by in the hall."""

        def pass_by(world: World) -> None:
            self._later += timedelta(minutes=minutes)

        self.do(pass_by)

    def report(self, *outcomes: CallOutcome) -> None:
        """What the display says of the newest call."""

        def say(world: World) -> None:
            call = self.display.last(Call)
            for outcome in outcomes:
                self.display.say(CallReported(call=call.call, outcome=outcome, at=world.now))
            world.run()

        self.do(say)

    def calls(self) -> list[Number]:
        """The number of every call there was, in order."""

        def called(world: World) -> list[Number]:
            facts = (fact for fact in self.journal.facts if isinstance(fact, Called))
            return [world.hub.state.tickets[fact.ticket].number for fact in facts]

        return self.do(called)

    def _run(self) -> None:
        begun = time.monotonic()
        while not self._ending.is_set():
            if self._silent.is_set():
                self._ending.wait(0.01)
                continue
            self.world.now = self._begins + timedelta(seconds=time.monotonic() - begun) + self._later
            with suppress(Empty):
                self._asked.get(timeout=0.005)()
            if not self._silent.is_set():
                self.world.run()


@contextmanager
def desk_hub(
    port: int = 0, journal: ListJournal | None = None, names: dict[ServiceId, Text] | None = None, **server: Any
) -> Iterator[DeskHub]:
    """`server`: what else hub.desk.web.DeskServer takes."""
    hub = DeskHub(port, journal, names, **server)
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()
