"""The small hall of kiosk_visit with three services instead of one, for visits that want several."""

from msgspec.structs import replace

from contract.halls import QueueOfService, Queues
from contract.names import Number, RequestId, ServiceId, TicketId
from contract.tickets import IssuedTicket, TicketIssued
from kiosk import choices
from kiosk.happenings import HubSaid
from tests.unit.kiosk_visit import AGENCY, BEGINS, SERVICE, SERVICES, Visit, text, ticket

FAMILY_CARD = SERVICE
PASSPORT, PERMIT = ServiceId("paspor-baru"), ServiceId("izin-usaha")
PREFIXES = {FAMILY_CARD: "K", PASSPORT: "X", PERMIT: "R"}

THREE_SERVICES = replace(
    SERVICES,
    services=(
        SERVICES.services[0],
        replace(SERVICES.services[0], id=PASSPORT, prefix="X", name=text("Paspor baru")),
        replace(SERVICES.services[0], id=PERMIT, prefix="R", name=text("Izin usaha")),
    ),
)
QUEUES = Queues(1, 2, BEGINS, tuple(QueueOfService(one, open=True, waiting=3) for one in PREFIXES), AGENCY)


def ticket_for(service: ServiceId, visit: str | None = None) -> IssuedTicket:
    """K069, X069 or R069."""
    number = Number(f"{PREFIXES[service]}069")
    of = TicketId(visit) if visit else None
    return replace(ticket(), id=TicketId(f"t-{number}"), number=number, service=service, visit=of)


class Visitor(Visit):
    """A visitor in that hall."""

    def __init__(self) -> None:
        super().__init__()
        self.happen(HubSaid(THREE_SERVICES), HubSaid(QUEUES))
        self.effects.clear()

    def want(self, *services: ServiceId) -> None:
        """Look at each, and at the last stay."""
        self.choose(choices.Start())
        for place, service in enumerate(services):
            if place:
                self.choose(choices.AddAnother())
            self.choose(choices.ChooseAgency(AGENCY))
            self.choose(choices.ChooseService(service))

    def take(self, *services: ServiceId) -> None:
        """Want these, and ask for the numbers."""
        self.want(*services)
        self.choose(choices.Take("regular"))

    def answer(self) -> RequestId:
        """The hub gives a number for what was asked last."""
        asked = self.asked()[-1]
        self.happen(HubSaid(TicketIssued(asked.request, ticket_for(asked.service, asked.visit))))
        return asked.request
