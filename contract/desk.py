"""The conversation between a counter and the hub: an officer acts, the hub shows the counter as it now is.

The desk's web page and a counter pad speak the same words; the page over HTTP, the pad over MQTT.
"""

from typing import Literal

from msgspec import Struct

from contract.calls import CounterState
from contract.names import Count, Counter, Detail, GivenNumber, Label, Request, Service, Ticket

Action = Literal[
    "open",
    "next",
    "call",
    "recall",
    "arrive",
    "finish",
    "no-show",
    "park",
    "unpark",
    "return",
    "transfer",
    "pause",
    "close",
]


class DeskAction(Struct, frozen=True):
    """`seen` is the counter's revision that the officer acted on; null is not checked."""

    request: Request
    """Made by the sender; the answer carries it. The same id again gets the same answer."""
    action: Action
    """What the officer does. `next` finishes a ticket that is being served and calls the next one."""
    ticket: Ticket | None = None
    """The ticket it is done to; null means the one in hand."""
    to: Label | None = None
    """Where to, for `transfer`: a service or a counter."""
    reason: Detail | None = None
    """Why, for `pause` and `close`: shown to the hall."""
    seen: Count | None = None
    """The counter's `revision` that the officer acted on; on an older one it is refused (`stale-view`). Null is not checked."""


class DeskTicket(Struct, frozen=True):
    """A ticket as its counter knows it."""

    id: Ticket
    """The ticket."""
    number: GivenNumber
    """What stands on it."""
    service: Service
    """What it is for."""
    state: str
    """`called`, `serving` or `parked`; others may be added."""


class DeskView(Struct, frozen=True):
    """The counter as it is now. `revision` changes with its ticket and state, not with waiting counts."""

    request: Request | None
    """The action that this answers; null when something else changed the counter."""
    counter: Counter
    """The counter."""
    revision: Count
    """Changes with the counter's ticket and state, not with waiting counts. Send it back as `seen`."""
    state: CounterState
    """What the counter is doing."""
    ticket: DeskTicket | None
    """The ticket in hand; null when there is none."""
    waiting: Count
    """How many wait for this counter's services."""
    parked: tuple[DeskTicket, ...]
    """Tickets that were set aside here."""
