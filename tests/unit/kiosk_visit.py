"""A kiosk's flow under a test's hand: a small hall, a hub's words, time that passes when the test says so."""

from datetime import datetime, timedelta
from typing import Any

from contract.halls import (
    AgencyOfHall,
    AgencyServices,
    CounterOfHall,
    Hall,
    HubHeartbeat,
    QueueOfService,
    Queues,
    ServiceOfAgency,
    ZoneOfHall,
)
from contract.names import AgencyId, CounterId, Language, RequestId, ServiceId, Text, TicketId, ZoneId
from contract.numbering import number_of
from contract.opening import Opening, Session
from contract.tickets import IssuedTicket, Refused, TicketIssued, TicketRequested
from kiosk.choices import Choice, ChooseAgency, ChooseService, Start, Take
from kiosk.flow import step
from kiosk.happenings import Ask, Chose, Effect, Happening, HubSaid, Kept, Ticked
from kiosk.state import State

ID = Language("id")
BEGINS = datetime.fromisoformat("2026-11-25T08:12:00+08:00")
AGENCY = AgencyId("disdukcapil")
SERVICE = ServiceId("kartu-keluarga")


def text(words: str) -> Text:
    """The same words in the hall's two languages."""
    return {ID: words, Language("en"): words}


SERVICES = AgencyServices(
    revision="1",
    agency=AGENCY,
    services=(
        ServiceOfAgency(
            id=SERVICE,
            prefix="K",
            name=text("Kartu Keluarga"),
            opening=Opening((Session(("wednesday",), "08:00", "15:00"),)),
            requirements=(),
            procedure=(text("Ambil nomor"),),
            duration=text("1 hari"),
            fee=text("Gratis"),
            product=text("KK"),
            complaints=text("Meja informasi"),
        ),
    ),
)
HALL = Hall(
    revision="1",
    name=text("Mal Pelayanan Publik"),
    time_zone="Asia/Makassar",
    languages=(ID, Language("en")),
    day_begins="06:00",
    day_closes="17:00",
    zones=(ZoneOfHall(ZoneId("a"), "A", text("Zona A")),),
    agencies=(AgencyOfHall(AGENCY, text("Disdukcapil"), ZoneId("a")),),
    counters=(CounterOfHall(CounterId("loket-1"), text("1"), ZoneId("a"), (SERVICE,)),),
    errands=(),
)


def queues(seq: int = 1, *, waiting: int = 3, boot: int = 1) -> Queues:
    """The agency's one service, open."""
    return Queues(boot, seq, BEGINS, (QueueOfService(SERVICE, open=True, waiting=waiting),), AGENCY)


def ticket(number: int = 69) -> IssuedTicket:
    """K069, unless another number is wanted."""
    return IssuedTicket(
        id=TicketId(f"t-{number}"),
        number=number_of("K", number),
        service=SERVICE,
        visitor="regular",
        language=ID,
        issued_at=BEGINS,
        ahead=12,
        zone=ZoneId("a"),
    )


class Visit:
    """Carries happenings to the flow and keeps what it wanted done."""

    def __init__(self) -> None:
        self.state = State()
        self.effects: list[Effect] = []
        self._ids = 0
        self.happen(Ticked(100.0), HubSaid(HALL), HubSaid(SERVICES), HubSaid(queues()))
        self.pulse()
        self.effects.clear()

    def place(self) -> object:
        """Where the visitor stands, anew at each look."""
        return self.state.place

    def happen(self, *happenings: Happening) -> None:
        """One after another. A request is always kept, as on a healthy disk."""
        for happening in happenings:
            self.state, effects = step(self.state, happening)
            self.effects += effects
            for effect in effects:
                if isinstance(effect, Ask):
                    self.happen(Kept(effect.request.request, kept=True))

    def pulse(self, *, boot: int = 1, retained: bool = False) -> None:
        """The hub is alive, and it is so late by its clock."""
        at = BEGINS + timedelta(seconds=self.state.at - 100.0)
        self.happen(HubSaid(HubHeartbeat("online", boot, at, seq=1), retained))

    def choose(self, choice: Choice, turn: int | None = None) -> None:
        """A touch, on what is shown now unless an older turn is given."""
        self._ids += 1
        request = RequestId(f"r-{self._ids}")
        self.happen(Chose(self.state.turn if turn is None else turn, choice, request))

    def wait(self, seconds: float, *, hub: bool = True) -> None:
        """Time passes in tenths of a second; the hub's pulse comes every 5 s unless it is away."""
        for tenth in range(round(seconds * 10)):
            self.happen(Ticked(self.state.at + 0.1))
            if hub and tenth % 50 == 49:
                self.pulse()

    def to_service(self) -> None:
        """From the welcome to the service's page."""
        for choice in (Start(), ChooseAgency(AGENCY), ChooseService(SERVICE)):
            self.choose(choice)

    def to_waiting(self) -> TicketRequested:
        """A number is asked for."""
        self.to_service()
        self.choose(Take("regular"))
        return self.asked()[-1]

    def to_ticket(self) -> TicketRequested:
        """A number is told."""
        asked = self.to_waiting()
        self.happen(HubSaid(TicketIssued(asked.request, ticket())))
        return asked

    def asked(self) -> list[TicketRequested]:
        """Every request that was asked for the first time."""
        return [effect.request for effect in self.effects if isinstance(effect, Ask)]

    def did(self, kind: type[Any]) -> list[Any]:
        """The effects of one kind, in order."""
        return [effect for effect in self.effects if isinstance(effect, kind)]


def refused(request: RequestId, reason: str = "quota-used-up") -> Refused:
    """The hub says no."""
    return Refused(request, reason, text("Tidak bisa."))
