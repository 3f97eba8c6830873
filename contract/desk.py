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
    action: Action
    ticket: Ticket | None = None
    to: Label | None = None
    reason: Detail | None = None
    seen: Count | None = None


class DeskTicket(Struct, frozen=True):
    """A ticket as its counter knows it."""

    id: Ticket
    number: GivenNumber
    service: Service
    state: str


class DeskView(Struct, frozen=True):
    """The counter as it is now. `revision` changes with its ticket and state, not with waiting counts."""

    request: Request | None
    counter: Counter
    revision: Count
    state: CounterState
    ticket: DeskTicket | None
    waiting: Count
    parked: tuple[DeskTicket, ...]
