"""What happened, in past tense: the only things the journal holds, and all that the hub's state is made of.

A fact says everything that evolving needs, so that replay never depends on today's hall files. It knows no wire and
no disk. Fields may be added with a default; a kind, once written, keeps its name and meaning for ever.
"""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from contract.calls import CallOutcome, NoticeText
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
from hub.domain.things import Block, CallNow, CounterNow, PastDay, RecentRequest, Ticket, UsedNumber

WhyUnspoken = Literal["too-old", "no-announcer", "no-report"]
WhyNotEntered = Literal["unknown-block", "retired-block", "not-of-the-block", "used-already", "unknown-service"]


class HubStarted(Struct, frozen=True, tag="hub-started"):
    """A start of the hub; `boot` rises by one each time. `clock` is what the clock showed: before `at`, it is behind.

    `agencies` are the hall's from now on: what was said of others must be taken back.
    """

    at: datetime
    boot: int
    clock: datetime
    agencies: tuple[AgencyId, ...] = ()


class Carried(Struct, frozen=True):
    """What goes on over the change of a day: what is in officers' hands, and requests that may still be repeated.
    `past`: see hub.domain.busyness, the oldest first. `blocks`, `used`: see hub.domain.lending.
    """

    boot: int = 0
    counters: tuple[CounterNow, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    calls: tuple[CallNow, ...] = ()
    abandoned: tuple[RecentRequest, ...] = ()
    acted: tuple[RecentRequest, ...] = ()
    agencies: tuple[AgencyId, ...] = ()
    past: tuple[PastDay, ...] = ()
    blocks: tuple[Block, ...] = ()
    used: tuple[UsedNumber, ...] = ()
    notice: NoticeText | None = None


class DayBegan(Struct, frozen=True, tag="day-began"):
    """A hall day began. It carries over whatever is not of the day, so that replay may start here."""

    at: datetime
    day: date
    carried: Carried


class DayClosed(Struct, frozen=True, tag="day-closed"):
    """The hall's day closed: no more numbers; counters that hold a ticket close when they are free."""

    at: datetime
    day: date


class CounterOpened(Struct, frozen=True, tag="counter-opened"):
    """Somebody sat down at a counter, or came back to it from a pause."""

    at: datetime
    counter: CounterId
    by: str
    request: RequestId


class CounterTakenOver(Struct, frozen=True, tag="counter-taken-over"):
    """Another officer's session holds the counter from now on; its ticket and state stay."""

    at: datetime
    counter: CounterId
    by: str
    request: RequestId
    before: str


class CounterPaused(Struct, frozen=True, tag="counter-paused"):
    """The officer is away for a while, and says why."""

    at: datetime
    counter: CounterId
    by: str
    request: RequestId
    reason: str | None


class CounterClosed(Struct, frozen=True, tag="counter-closed"):
    """The counter closed: by its officer, or (None) with the day."""

    at: datetime
    counter: CounterId
    by: str | None = None
    request: RequestId | None = None


class Issued(Struct, frozen=True, tag="issued"):
    """A number was given. `session` is when the session began that it counts in; `ahead` is what the visitor was told.

    `block`: a kiosk gave it of its own while the hub was away, at `issued_at` as far as that can be believed; `at` is when it came in.
    """

    at: datetime
    ticket: TicketId
    prefix: str
    count: int
    number: Number
    service: ServiceId
    visitor: Visitor
    needs: tuple[Need, ...]
    language: Language
    zone: ZoneId
    ahead: int
    device: DeviceId
    request: RequestId
    expires_at: datetime
    session: str | None
    visit: TicketId | None
    code: str | None
    block: str | None = None
    issued_at: datetime | None = None
    clock: Literal["hub", "estimated"] | None = None


class BlockLent(Struct, frozen=True, tag="block-lent"):
    """A kiosk may give these numbers by itself on this day. Those of them that never come in were given to nobody."""

    at: datetime
    block: str
    device: DeviceId
    installation: str
    day: date
    first: int
    last: int
    prefixes: tuple[str, ...]


class BlockRetired(Struct, frozen=True, tag="block-retired"):
    """No more numbers may be given of this block: the kiosk is another installation now, or is no more."""

    at: datetime
    block: str
    why: Literal["new-installation", "removed"]


class OfflineNumberRefused(Struct, frozen=True, tag="offline-number-refused"):
    """A kiosk said that it had given this number by itself, and it could not have: it is not in the queue."""

    at: datetime
    device: DeviceId
    request: RequestId
    number: Number
    block: str
    why: WhyNotEntered


class RequestAbandoned(Struct, frozen=True, tag="request-abandoned"):
    """A kiosk gave up a request that had not come here yet: no number will be given for it."""

    at: datetime
    device: DeviceId
    request: RequestId


class Voided(Struct, frozen=True, tag="voided"):
    """The visitor was never told this number, or gave it back at once. `counter`: where it had been called to."""

    at: datetime
    ticket: TicketId
    counter: CounterId | None


class Printed(Struct, frozen=True, tag="printed"):
    """What became of a ticket's paper."""

    at: datetime
    ticket: TicketId
    outcome: PrintOutcome
    copy: int
    detail: str


class Called(Struct, frozen=True, tag="called"):
    """A ticket was called to a counter. `repeat` 1 is its first call there."""

    at: datetime
    call: CallId
    ticket: TicketId
    counter: CounterId
    zone: ZoneId
    repeat: int
    by: str
    request: RequestId


class CallOutcomeReported(Struct, frozen=True, tag="call-outcome-reported"):
    """What an announcer said became of a call."""

    at: datetime
    call: CallId
    device: DeviceId
    outcome: CallOutcome
    detail: str


class CallWentUnspoken(Struct, frozen=True, tag="call-went-unspoken"):
    """A call grew too old without being spoken, as far as anybody can know."""

    at: datetime
    call: CallId
    why: WhyUnspoken


class Arrived(Struct, frozen=True, tag="arrived"):
    """The visitor stands at the counter."""

    at: datetime
    ticket: TicketId
    counter: CounterId
    by: str
    request: RequestId


class Finished(Struct, frozen=True, tag="finished"):
    """The visitor was served."""

    at: datetime
    ticket: TicketId
    counter: CounterId
    by: str
    request: RequestId


class NoShow(Struct, frozen=True, tag="no-show"):
    """An officer found that nobody came. Only an officer finds that."""

    at: datetime
    ticket: TicketId
    counter: CounterId
    by: str
    request: RequestId


class Unserved(Struct, frozen=True, tag="unserved"):
    """The day closed while this ticket was waiting, or in hand at a `counter` that the hall no longer has."""

    at: datetime
    ticket: TicketId
    counter: CounterId | None = None


class StaffSummoned(Struct, frozen=True, tag="staff-summoned"):
    """Somebody at a kiosk wanted a human."""

    at: datetime
    device: DeviceId
    request: RequestId
    where: str


class NoticeChanged(Struct, frozen=True, tag="notice-changed"):
    """Something was said to the whole hall in the place of what stood before; None: nothing stands any more."""

    at: datetime
    notice: NoticeText | None


class JournalCut(Struct, frozen=True, tag="journal-cut"):
    """The journal's end was broken, and it was cut after fact `after`: what `rows` rows held is only in the file `kept_in`."""

    at: datetime
    after: int
    rows: int
    kept_in: str


Fact = (
    HubStarted
    | DayBegan
    | DayClosed
    | CounterOpened
    | CounterTakenOver
    | CounterPaused
    | CounterClosed
    | Issued
    | BlockLent
    | BlockRetired
    | OfflineNumberRefused
    | RequestAbandoned
    | Voided
    | Printed
    | Called
    | CallOutcomeReported
    | CallWentUnspoken
    | Arrived
    | Finished
    | NoShow
    | Unserved
    | StaffSummoned
    | NoticeChanged
    | JournalCut
)
