"""What the blocks of one ticket are made of: the ticket, its hall and service, its time and its languages. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.words import languages
from contract.halls import AgencyOfHall, Hall, ServiceOfAgency
from contract.names import DeviceId, Language
from contract.tickets import IssuedTicket
from kiosk.printing.layout import TicketLayout


class Entry(Struct, frozen=True):
    """A ticket, and what the hall says of its service. `ahead_known` is False for one given while the hub was away."""

    ticket: IssuedTicket
    agency: AgencyOfHall
    service: ServiceOfAgency
    ahead_known: bool = True


class Wanted(Struct, frozen=True):
    """All that a block may need to know. `place`: which number of the paper it is about, and of how many."""

    entry: Entry
    hall: Hall
    place: tuple[int, int]
    kiosk: DeviceId
    copy: int
    layout: TicketLayout
    at: datetime
    first: Language
    second: Language | None
    visitor: Language

    @property
    def ticket(self) -> IssuedTicket:
        return self.entry.ticket

    @property
    def service(self) -> ServiceOfAgency:
        return self.entry.service


def wanted_of(
    entry: Entry,
    hall: Hall,
    place: tuple[int, int],
    *,
    kiosk: DeviceId,
    layout: TicketLayout,
    copy: int,
) -> Wanted:
    """With the languages that this ticket is written in, and the hall's time."""
    ticket = entry.ticket
    spoken = tuple(language for language in hall.languages if language in languages())
    first = spoken[0] if spoken else languages()[0]
    visitor = ticket.language if ticket.language in languages() else first
    others = (visitor, *spoken[1:2])
    return Wanted(
        entry=entry,
        hall=hall,
        place=place,
        kiosk=kiosk,
        copy=copy,
        layout=layout,
        at=ticket.issued_at.astimezone(ZoneInfo(hall.time_zone)),
        first=first,
        second=next((language for language in others if language != first), None),
        visitor=visitor,
    )
