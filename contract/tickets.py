"""The conversation about tickets: a kiosk asks, the hub answers, the kiosk says what became of the paper."""

from typing import Literal

from msgspec import Struct

from contract.names import (
    ChosenLanguage,
    Count,
    CounterId,
    Detail,
    GivenNumber,
    Label,
    Language,
    Moment,
    Request,
    Service,
    Text,
    Ticket,
    Zone,
)

Visitor = Literal["regular", "elderly", "disabled", "pregnant", "with-child"]
Need = Literal["escort", "visual-call", "step-free"]
PrintOutcome = Literal["printed", "sent", "unknown", "failed"]


class Estimate(Struct, frozen=True):
    """A range of waiting time, both ends in whole minutes."""

    low: Count
    high: Count


class Offline(Struct, frozen=True):
    """A number that the kiosk gave from its own block while the hub was away."""

    number: GivenNumber
    block: Label
    issued_at: Moment
    clock: Literal["hub", "estimated"]
    instead_of: Request | None = None


class TicketRequested(Struct, frozen=True, kw_only=True):
    """A visitor chose a service. The same `request` may come again and must get the same answer."""

    request: Request
    service: Service
    visitor: Visitor
    needs: tuple[Need, ...]
    language: ChosenLanguage
    visit: Ticket | None = None
    expires_at: Moment
    offline: Offline | None = None


class IssuedTicket(Struct, frozen=True, kw_only=True):
    """A ticket as the visitor is told it. `ahead` counts people; `wait_min` is None where it cannot be told."""

    id: Ticket
    number: GivenNumber
    service: Service
    visitor: Visitor
    language: Language
    issued_at: Moment
    ahead: Count
    wait_min: Estimate | None = None
    zone: Zone
    visit: Ticket | None = None
    follow_url: str | None = None


class TicketIssued(Struct, frozen=True):
    """The hub's answer to a request: journalled before it is said."""

    request: Request
    ticket: IssuedTicket


class Refused(Struct, frozen=True):
    """No, and why. `reason` is one of contract.reasons; show `text` for one you do not know."""

    request: Request
    reason: str
    text: Text


class TicketPrinted(Struct, frozen=True):
    """What became of the paper; `copy` 1 is the first."""

    ticket: Ticket
    outcome: PrintOutcome
    copy: Count = 1
    detail: Detail = ""


class TicketAbandoned(Struct, frozen=True):
    """The visitor was not told this request's number, or gave it back at once. May overtake its request."""

    request: Request


class NumberBlock(Struct, frozen=True):
    """Numbers `first` to `last` of one prefix that a kiosk may give while the hub is away."""

    first: Count
    last: Count


class OfflineNumbers(Struct, frozen=True):
    """A kiosk's own numbers for one hall day and one installation."""

    day: str
    block: str
    installation: str
    blocks: dict[str, NumberBlock]


class NumberAsked(Struct, frozen=True):
    """How far is my number? Asked at a kiosk."""

    request: Request
    number: GivenNumber


class NumberTold(Struct, frozen=True):
    """The answer: the ticket's state (None: no such number today), and where it will be or was called."""

    request: Request
    number: GivenNumber
    state: str | None = None
    ahead: Count | None = None
    wait_min: Estimate | None = None
    counter: CounterId | None = None


class StaffCalled(Struct, frozen=True):
    """Somebody at a kiosk wants a human. `where` is the screen it was asked from."""

    request: Request
    where: Detail
