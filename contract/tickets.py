"""The conversation about tickets: a kiosk asks, the hub answers, the kiosk says what became of the paper."""

from typing import Literal

from msgspec import Struct

from contract.names import (
    ChosenLanguage,
    Count,
    CounterId,
    Detail,
    FollowCode,
    GivenNumber,
    Label,
    Language,
    Moment,
    Request,
    Service,
    ServiceId,
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
    """At best."""
    high: Count
    """Leans high."""


class Offline(Struct, frozen=True):
    """A number that the kiosk gave from its own block while the hub was away."""

    number: GivenNumber
    """What the visitor was told."""
    block: Label
    """The block that it came from."""
    issued_at: Moment
    """When it was given; the hub places it in the queue by this."""
    clock: Literal["hub", "estimated"]
    """Whether `issued_at` follows the hub's clock or the kiosk's own estimate."""
    instead_of: Request | None = None
    """The request that was given up for it; null when there was none."""


class TicketRequested(Struct, frozen=True, kw_only=True):
    """A visitor chose a service. The same `request` may come again and must get the same answer."""

    request: Request
    """Made by the kiosk, new for each visitor."""
    service: Service
    """What the visitor chose."""
    visitor: Visitor
    """Who is to be served first is decided by the hub."""
    needs: tuple[Need, ...]
    """What the visitor needs on the way to the counter."""
    language: ChosenLanguage
    """What the visitor reads and hears."""
    visit: Ticket | None = None
    """The first ticket of a visit over several services that this one joins; null for a visit of its own."""
    expires_at: Moment
    """After this the visitor has been sent away: the hub gives no number any more."""
    offline: Offline | None = None
    """Null asks for a number; else one that was given while the hub was away."""


class IssuedTicket(Struct, frozen=True, kw_only=True):
    """A ticket as the visitor is told it. `ahead` counts people; `wait_min` is None where it cannot be told."""

    id: Ticket
    """The ticket."""
    number: GivenNumber
    """What is printed, shown and spoken."""
    service: Service
    """What it is for."""
    visitor: Visitor
    """As it was requested."""
    language: Language
    """As it was requested."""
    issued_at: Moment
    """By the hub's clock."""
    ahead: Count
    """How many people stand before it."""
    wait_min: Estimate | None = None
    """How long it will wait, in minutes; null when it cannot be told."""
    zone: Zone
    """Where to wait."""
    visit: Ticket | None = None
    """The first ticket of the visit; null for a visit of its own."""
    follow_url: str | None = None
    """An address where a phone can follow it; null when the hall has none."""


class TicketIssued(Struct, frozen=True):
    """The hub's answer to a request: journalled before it is said."""

    request: Request
    """The kiosk's."""
    ticket: IssuedTicket
    """The very same whenever the request is repeated."""


class Refused(Struct, frozen=True):
    """No, and why. `reason` is one of contract.reasons; show `text` for one you do not know."""

    request: Request
    """What is refused."""
    reason: str
    """One of the reasons below; more may be added."""
    text: Text
    """What to show, by language."""


class TicketPrinted(Struct, frozen=True):
    """What became of the paper; `copy` 1 is the first."""

    ticket: Ticket
    """The ticket."""
    outcome: PrintOutcome
    """`printed`: the printer confirmed it; `sent`: it took all bytes; `unknown`: cannot be told; `failed`: no byte went. The ticket stays valid in any case."""
    copy: Count = 1
    """1 for the first paper, 2 for a copy, which says on it that it is one."""
    detail: Detail = ""
    """Why, for technicians."""


class TicketAbandoned(Struct, frozen=True):
    """The visitor was not told this request's number, or gave it back at once. May overtake its request."""

    request: Request
    """Whose number is voided, on record."""


class NumberBlock(Struct, frozen=True):
    """Numbers `first` to `last` of one prefix that a kiosk may give while the hub is away."""

    first: Count
    """The first of the block."""
    last: Count
    """The last of it."""


class OfflineNumbers(Struct, frozen=True):
    """A kiosk's own numbers for one hall day and one installation."""

    day: str
    """The hall day it is for, "2026-11-25"."""
    block: str
    """Its name; a number given from it names it."""
    installation: str
    """Whom it belongs to: another installation must not use it."""
    blocks: dict[str, NumberBlock]
    """By prefix."""


class NumberAsked(Struct, frozen=True):
    """How far is my number? Asked at a kiosk, by the number or by the code that a phone would follow it by."""

    request: Request
    """Made by the kiosk."""
    number: GivenNumber | None = None
    """As it stands on the ticket; null where `code` asks."""
    code: FollowCode | None = None
    """The last part of the ticket's `follow_url`, as it was scanned; null where `number` asks."""


class NumberTold(Struct, frozen=True):
    """The answer: the ticket's state (None: no such number today), and where it will be or was called."""

    request: Request
    """The kiosk's."""
    number: GivenNumber | None = None
    """As it was asked; the number that goes by the code that was asked with, null when there is none."""
    state: str | None = None
    """The ticket's state; null: no such number today."""
    ahead: Count | None = None
    """How many people stand before it; null once it was called."""
    wait_min: Estimate | None = None
    """How long it will wait, in minutes; null when it cannot be told."""
    counter: CounterId | None = None
    """Where it was called to; null before."""
    service: ServiceId | None = None
    """What it is for; null when there is no such number today."""


class StaffCalled(Struct, frozen=True):
    """Somebody at a kiosk wants a human. `where` is the screen it was asked from."""

    request: Request
    """Made by the kiosk."""
    where: Detail
    """The screen it was asked from, by its public name such as `welcome`, `service`, `wait`, `no-paper`."""
