"""The things of a hall as they are now: tickets, counters, calls. Frozen; evolving replaces them.

They know no rules and no wire; facts carry them over from one day to the next, so their fields only ever grow.
"""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from contract.calls import CallOutcome, CounterState
from contract.names import (
    AgencyId,
    CallId,
    CounterId,
    DeviceId,
    Language,
    Number,
    RequestId,
    ServiceId,
    TicketId,
    ZoneId,
)
from contract.tickets import Need, PrintOutcome, Visitor

TicketState = Literal["waiting", "called", "serving", "served", "no-show", "unserved", "voided"]


class PastDay(Struct, frozen=True):
    """How many numbers each agency gave on a hall day; those that were given back are not among them."""

    day: date
    given: dict[AgencyId, int]


class RecentRequest(Struct, frozen=True):
    """Who asked, and the id of the asking."""

    who: str
    request: RequestId


class Block(Struct, frozen=True):
    """Numbers `first` to `last` of each prefix that an installation of a kiosk may give while the hub is away."""

    name: str
    device: DeviceId
    installation: str
    day: date
    first: int
    last: int
    prefixes: tuple[str, ...]
    lent_at: datetime
    retired_at: datetime | None = None


class UsedNumber(Struct, frozen=True):
    """A number of a block that came in: for which request, and which ticket it is. `issued_at` is its place in time.

    `ahead`, `visit`: as it was answered, for answering the same after days have turned.
    """

    block: str
    number: Number
    request: RequestId
    ticket: TicketId
    issued_at: datetime
    ahead: int = 0
    visit: TicketId | None = None


class Ticket(Struct, frozen=True):
    """A ticket. `order` breaks the tie of two that were issued in one moment; `counter` is where it is or was last.

    `block`: where its number came from, if a kiosk gave it.
    """

    id: TicketId
    number: Number
    service: ServiceId
    visitor: Visitor
    needs: tuple[Need, ...]
    language: Language
    zone: ZoneId
    issued_at: datetime
    order: int
    ahead: int
    device: DeviceId
    request: RequestId
    expires_at: datetime
    session: str | None
    visit: TicketId | None
    code: str | None
    state: TicketState = "waiting"
    counter: CounterId | None = None
    paper: PrintOutcome | None = None
    paper_reports: int = 0
    paper_copy: int = 0
    block: str | None = None


class CounterNow(Struct, frozen=True):
    """A counter. `revision` changes with its ticket (and that ticket's calls) and its state, never with what waits.

    `holder` is the officer's session (or the pad) that opened it; `calls`, `called_at` and `call` are of the ticket
    in hand; `close_when_free`: the day closed while it held a ticket.
    """

    id: CounterId
    state: CounterState = "closed"
    holder: str | None = None
    ticket: TicketId | None = None
    revision: int = 0
    reason: str | None = None
    call: CallId | None = None
    called_at: datetime | None = None
    calls: int = 0
    served: int = 0
    close_when_free: bool = False


class CallNow(Struct, frozen=True):
    """A call of this day. `outcome`: what is known of its voice, None while nothing is."""

    id: CallId
    ticket: TicketId
    number: Number
    service: ServiceId
    counter: CounterId
    zone: ZoneId
    at: datetime
    repeat: int
    language: Language
    outcome: CallOutcome | None = None
    outcome_by: DeviceId | None = None
