"""A hub for the desk's tests: one thread that answers the desk's questions from a small, honest state of its own.

It keeps the contract's rules that an officer meets (the holder, `seen`, ticket in hand, nothing waiting) and can be made
to fall silent, as a hub does that hangs. The real rules are the hub's; what the page does with answers is shown here.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

from contract.calls import CallOutcome, CounterState
from contract.desk import DeskAction
from contract.halls import AgencyOfHall, AgencyServices, CounterOfHall, Hall, ServiceOfAgency, ZoneOfHall
from contract.names import AgencyId, CounterId, Language, Number, ServiceId, Text, TicketId, ZoneId
from contract.opening import Opening
from contract.tickets import Need, Visitor
from hub.desk.door import (
    Act,
    CounterDesk,
    DeskAnswer,
    DeskAsked,
    DeskRefusal,
    HallDesk,
    Look,
    LookAtAll,
    TicketInHand,
    UnknownCounter,
    WaitingTicket,
)
from hub.desk.web import DeskServer
from link.inbox import Inbox

ID, EN = Language("id"), Language("en")
KK, KTP, PASPOR = ServiceId("kartu-keluarga"), ServiceId("ktp-el"), ServiceId("paspor-baru")
LOKET_1, LOKET_3, LOKET_4 = CounterId("loket-1"), CounterId("loket-3"), CounterId("loket-4")


def both(indonesian: str, english: str) -> Text:
    return {ID: indonesian, EN: english}


def service(name: ServiceId, prefix: str, title: Text) -> ServiceOfAgency:
    some = both("-", "-")
    return ServiceOfAgency(name, prefix, title, Opening(()), (), (), some, some, some, some)


HALL = Hall(
    revision="1",
    name=both("MPP Contoh", "Example service mall"),
    time_zone="Asia/Makassar",
    languages=(ID, EN),
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
AGENCIES = (
    AgencyServices(
        "1",
        AgencyId("disdukcapil"),
        (service(KK, "K", both("Kartu Keluarga", "Family card")), service(KTP, "F", both("KTP-el", "ID card"))),
    ),
    AgencyServices("1", AgencyId("imigrasi"), (service(PASPOR, "X", both("Paspor baru", "New passport")),)),
)


class CounterNow(Struct):
    """One counter's state."""

    state: CounterState = "closed"
    holder: str | None = None
    revision: int = 0
    ticket: TicketInHand | None = None
    served: int = 0


class DeskHub:
    """The hub's thread and the desk's server. `did` lists the actions that were done, `asked` all that came."""

    def __init__(self, port: int = 0, inbox_limit: int = 10_000, answer_within_s: float = 2.0) -> None:
        self.inbox: Inbox[DeskAsked] = Inbox(inbox_limit)
        self.desk = DeskServer(self.inbox, "127.0.0.1", port, answer_within_s=answer_within_s, beat_s=0.5)
        self.hall = HALL
        self.agencies = AGENCIES
        self.counters = {counter.id: CounterNow() for counter in HALL.counters}
        self.waiting: list[WaitingTicket] = []
        self.broker_connected = True
        self.asked: list[DeskAction] = []
        self.did: list[str] = []
        self._answering = threading.Event()
        self._answering.set()
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="desk-hub")

    def start(self) -> None:
        self.desk.start()
        self._thread.start()

    def stop(self) -> None:
        self.desk.stop()
        self._ending.set()
        self._answering.set()
        self._thread.join(2)

    def fall_silent(self) -> None:
        """From now on questions stay in the inbox."""
        self._answering.clear()

    def answer_again(self) -> None:
        self._answering.set()

    def change(self, change: Callable[[], None]) -> None:
        """Change the state from a test, as the hub would, and tell the desk."""
        with self._lock:
            change()
        self.desk.changed()

    def issue(
        self,
        number: str,
        service: ServiceId = KK,
        minutes_ago: float = 0,
        visitor: Visitor = "regular",
        needs: tuple[Need, ...] = (),
    ) -> None:
        issued_at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        ticket = WaitingTicket(TicketId(f"id-{number}"), Number(number), service, visitor, needs, issued_at)
        self.change(lambda: self.waiting.append(ticket))

    def report(self, outcome: CallOutcome, counter: CounterId = LOKET_3) -> None:
        """What the announcers say of the call of a counter."""

        def change() -> None:
            now = self.counters[counter]
            assert now.ticket is not None
            now.ticket = msgspec.structs.replace(now.ticket, call_outcome=outcome)

        self.change(change)

    def _run(self) -> None:
        while not self._ending.is_set():
            if not self._answering.wait(0.05):
                continue
            asked = self.inbox.take(0.02)
            if asked is None:
                continue
            with self._lock:
                answer = self._answer(asked)
            asked.answer(answer)
            if isinstance(asked.question, Act):
                self.desk.changed()

    def _answer(self, asked: DeskAsked) -> DeskAnswer:
        match asked.question:
            case LookAtAll():
                seen = tuple(self._look(counter.id) for counter in self.hall.counters)
                return HallDesk(self.hall, self.agencies, seen, datetime.now(UTC), self.broker_connected)
            case Look(counter=counter):
                return self._look(counter) if counter in self.counters else UnknownCounter()
            case Act(counter=counter, holder=holder, action=action):
                self.asked.append(action)
                if counter not in self.counters:
                    return UnknownCounter()
                refusal = self._act(counter, holder, action)
                if refusal is not None:
                    return refusal
                self.did.append(action.action)
                return self._look(counter)

    def _look(self, counter: CounterId) -> CounterDesk:
        now = self.counters[counter]
        return CounterDesk(
            counter=counter,
            revision=now.revision,
            state=now.state,
            holder=now.holder,
            ticket=now.ticket,
            waiting=self._waiting_at(counter),
            served_today=now.served,
            at=datetime.now(UTC),
            boot=1,
            broker_connected=self.broker_connected,
        )

    def _waiting_at(self, counter: CounterId) -> tuple[WaitingTicket, ...]:
        services = next(one.services for one in self.hall.counters if one.id == counter)
        return tuple(ticket for ticket in self.waiting if ticket.service in services)

    def _act(self, counter: CounterId, holder: str, action: DeskAction) -> DeskRefusal | None:
        now = self.counters[counter]
        mine = now.holder == holder or now.state == "closed"
        if not mine and not (action.action == "open" and action.to == "take-over"):
            return DeskRefusal("counter-taken", both("Loket ini dipakai petugas lain.", "Another officer is here."))
        if action.seen is not None and action.seen != now.revision:
            return DeskRefusal("stale-view", both("Keadaan loket sudah berubah.", "The counter has changed."))
        refusal = self._do(counter, holder, action)
        if refusal is None:
            now.revision += 1
        return refusal

    def _do(self, counter: CounterId, holder: str, action: DeskAction) -> DeskRefusal | None:
        now = self.counters[counter]
        match action.action, now.state:
            case "open", _:
                now.state = "open" if now.state == "closed" else now.state
                now.holder = holder
            case "next", "called":
                return DeskRefusal("ticket-in-hand", both("Tandai dulu tiket ini.", "Mark this ticket first."))
            case "next", "open" | "serving":
                return self._call_next(counter)
            case "recall", "called" if now.ticket:
                at = datetime.now(UTC)
                now.ticket = msgspec.structs.replace(
                    now.ticket, calls=now.ticket.calls + 1, called_at=at, call_outcome=None
                )
            case "arrive", "called":
                now.state = "serving"
            case ("no-show", "called") | ("finish", "serving"):
                now.served += action.action == "finish"
                now.state, now.ticket = "open", None
            case "close", "open":
                now.state, now.holder = "closed", None
            case _:
                return DeskRefusal("not-allowed", both("Tindakan ini tidak bisa sekarang.", "Not possible now."))
        return None

    def _call_next(self, counter: CounterId) -> DeskRefusal | None:
        now, waiting = self.counters[counter], self._waiting_at(counter)
        if not waiting:
            return DeskRefusal("nothing-waiting", both("Tidak ada yang menunggu.", "Nobody is waiting."))
        first = waiting[0]
        self.waiting.remove(first)
        now.served += now.state == "serving"
        now.state = "called"
        now.ticket = TicketInHand(
            id=first.id,
            number=first.number,
            service=first.service,
            visitor=first.visitor,
            needs=first.needs,
            state="called",
            issued_at=first.issued_at,
            called_at=datetime.now(UTC),
            calls=1,
            call_outcome=None,
        )
        return None


@contextmanager
def desk_hub(port: int = 0, inbox_limit: int = 10_000, answer_within_s: float = 2.0) -> Iterator[DeskHub]:
    hub = DeskHub(port, inbox_limit, answer_within_s)
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()
