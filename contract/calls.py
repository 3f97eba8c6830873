"""The conversation about calls: what every display shows, what is spoken, and what became of it."""

from typing import Literal

from msgspec import Struct

from contract.names import (
    Count,
    Counter,
    Detail,
    Device,
    GivenCall,
    GivenNumber,
    Language,
    Moment,
    NoticeId,
    Service,
    Text,
    Ticket,
    Zone,
)

CounterState = Literal["closed", "open", "called", "serving", "paused"]
CallOutcome = Literal["queued", "started", "spoken", "dropped", "failed"]


class CounterOnBoard(Struct, frozen=True):
    """One counter as the hall sees it. `calls` is how often its ticket in hand was called."""

    id: Counter
    state: CounterState
    reason: str | None = None
    until: Moment | None = None
    number: GivenNumber | None = None
    service: Service | None = None
    called_at: Moment | None = None
    calls: Count = 0


class RecentCall(Struct, frozen=True):
    """One of the latest calls, as the board keeps it. `repeat` 1 is the first call of a ticket."""

    call: GivenCall
    number: GivenNumber
    service: Service
    counter: Counter
    zone: Zone
    at: Moment
    repeat: Count = 1


class Board(Struct, frozen=True):
    """The truth of what is shown. `recent` is newest first, 20 at most."""

    boot: Count
    seq: Count
    at: Moment
    day: str
    counters: tuple[CounterOnBoard, ...]
    recent: tuple[RecentCall, ...]


class Call(Struct, frozen=True):
    """Brings sound and attention to one call. Who is in `announcers` speaks it, while it is fresh (`expires_at`)."""

    boot: Count
    seq: Count
    call: GivenCall
    at: Moment
    expires_at: Moment
    ticket: Ticket
    number: GivenNumber
    service: Service
    counter: Counter
    zone: Zone
    repeat: Count
    languages: tuple[Language, ...]
    announcers: tuple[Device, ...]


class NoticeText(Struct, frozen=True):
    """A notice to the hall: closing early, evacuation."""

    id: NoticeId
    text: Text
    level: Literal["info", "urgent", "evacuate"]
    zones: tuple[Zone, ...]
    until: Moment | None = None


class Notice(Struct, frozen=True):
    """The notice that stands now, or none."""

    boot: Count
    seq: Count
    notice: NoticeText | None = None


class LedText(Struct, frozen=True):
    """What a counter's sign shows. On the wire it is the bare ASCII text: no JSON."""

    counter: Counter
    text: str


class CallReported(Struct, frozen=True):
    """What an announcer says became of a call."""

    call: GivenCall
    outcome: CallOutcome
    at: Moment
    detail: Detail = ""
