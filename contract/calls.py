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
CallOutcome = Literal["queued", "started", "spoken", "dropped", "failed", "silent"]

CALL_ENDED: frozenset[CallOutcome] = frozenset(("spoken", "dropped", "failed", "silent"))
"""With one of these a call has come to its end; `queued` and `started` are on the way to one."""


class CounterOnBoard(Struct, frozen=True):
    """One counter as the hall sees it. `calls` is how often its ticket in hand was called."""

    id: Counter
    """The counter."""
    state: CounterState
    """What it is doing. `called`: its ticket was called and nobody has come yet."""
    reason: str | None = None
    """Why it is away, in the officer's words; only while `paused` or `closed`."""
    until: Moment | None = None
    """When it means to be back; null when it has not said."""
    number: GivenNumber | None = None
    """The number in its hands; null when there is none."""
    service: Service | None = None
    """That number's service."""
    called_at: Moment | None = None
    """When that number was called last."""
    calls: Count = 0
    """How often that number was called; 0 without one."""


class RecentCall(Struct, frozen=True):
    """One of the latest calls, as the board keeps it. `repeat` 1 is the first call of a ticket."""

    call: GivenCall
    """The call; a recall of the same ticket is a new one."""
    number: GivenNumber
    """What is shown."""
    service: Service
    """The number's service."""
    counter: Counter
    """Where to go."""
    zone: Zone
    """The zone whose displays show it."""
    at: Moment
    """When it was called last."""
    repeat: Count = 1
    """1 for the first call of a ticket, 2 for the next."""


class Board(Struct, frozen=True):
    """The truth of what is shown. `recent` is newest first, 20 at most.

    A board always fits into its message: one of many busy counters has fewer calls in `recent`, and at last no `reason`
    at any counter. A hall with more counters than fit (about 70 with the longest ids, 100 with short ones) is refused
    when its files are read.
    """

    boot: Count
    """The number of the hub's start; it rises with every start."""
    seq: Count
    """Rises by one within `boot` and topic: shows repeats and gaps."""
    at: Moment
    """When the hub said it."""
    day: str
    """The hall day, "2026-11-25"."""
    counters: tuple[CounterOnBoard, ...]
    """Every counter of the hall."""
    recent: tuple[RecentCall, ...]
    """The latest calls, newest first, 20 at most; fewer where the board would not fit."""


class Call(Struct, frozen=True):
    """Brings sound and attention to one call. Who is in `announcers` speaks it, while it is fresh (`expires_at`)."""

    boot: Count
    """The number of the hub's start; it rises with every start."""
    seq: Count
    """Rises by one within `boot` and topic: shows repeats and gaps. The same call may come again under a new one."""
    call: GivenCall
    """The call. Whoever has started speaking it does not speak it again."""
    at: Moment
    """When it was called."""
    expires_at: Moment
    """After this it is shown and not spoken."""
    ticket: Ticket
    """The ticket that is called."""
    number: GivenNumber
    """What is shown and spoken."""
    service: Service
    """The ticket's service."""
    counter: Counter
    """Where to go."""
    zone: Zone
    """The zone whose displays show and speak it."""
    repeat: Count
    """1 for the first call of a ticket, 2 for the next."""
    languages: tuple[Language, ...]
    """What to speak it in, one after another."""
    announcers: tuple[Device, ...]
    """The displays that speak it; all others of the zone only show it."""


class NoticeText(Struct, frozen=True):
    """A notice to the hall: closing early, evacuation."""

    id: NoticeId
    """The notice; a change of its text keeps it."""
    text: Text
    """What to show, by language."""
    level: Literal["info", "urgent", "evacuate"]
    """How loud: `info` beside the calls, `urgent` above them, `evacuate` instead of them."""
    zones: tuple[Zone, ...]
    """Where it is shown."""
    until: Moment | None = None
    """When it goes by itself; null stands until it is taken away."""


class Notice(Struct, frozen=True):
    """The notice that stands now, or none."""

    boot: Count
    """The number of the hub's start; it rises with every start."""
    seq: Count
    """Rises by one within `boot` and topic: shows repeats and gaps."""
    notice: NoticeText | None = None
    """The notice that stands; null when there is none."""


class LedText(Struct, frozen=True):
    """What a counter's sign shows. On the wire it is the bare ASCII text: no JSON.

    An empty body is an empty sign, and to MQTT it also takes the retained message away: a sign that connects while its
    counter holds no number hears nothing at all. So a sign clears itself on every connection, before it subscribes, and
    shows what it then hears.
    """

    counter: Counter
    """Stands in the topic."""
    text: str
    """The number in hand, or nothing (an empty body)."""


class CallReported(Struct, frozen=True):
    """What an announcer says became of a call."""

    call: GivenCall
    """The call that it is about."""
    outcome: CallOutcome
    """`queued`: will be spoken; `started`: the first sound; `spoken`: to its end; `dropped`: grew too old; `failed`: could not be spoken; `silent`: shown, and not to be spoken now (quiet hours)."""
    at: Moment
    """When that was, by the hub's clock as the display knows it."""
    detail: Detail = ""
    """Why, for technicians."""
