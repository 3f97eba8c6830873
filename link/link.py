"""How a program travels its messages: the protocol that the paho link and its memory twin both keep.

Nothing happens in a link's own thread but "put it in the inbox"; the owner takes from the inbox when it likes.
"""

from collections.abc import Sequence
from typing import Literal, Protocol

from msgspec import Struct

from contract.catalogue import Message
from contract.names import DeviceId, HallId, RequestId


class Heard(Struct, frozen=True):
    """A message that keeps the contract. `device` is the level the broker protects (None on `all/`)."""

    message: Message
    device: DeviceId | None
    retained: bool


class Broken(Struct, frozen=True):
    """Something that breaks the contract: counted and dropped; refused where `device` and `request` are known."""

    topic: str
    why: str
    device: DeviceId | None
    request: RequestId | None


class Connected(Struct, frozen=True):
    """The broker took us in and every subscription was asked for. Say all your state again now."""

    broker: str
    protocol: str


class Disconnected(Struct, frozen=True):
    """The broker is away. The link tries again by itself, for ever, with growing pauses (at most 5 s)."""

    why: str


LinkEvent = Heard | Broken | Connected | Disconnected


class LinkSettings(Struct, frozen=True):
    """What it takes to reach the broker. `ca` is a PEM file; `tls` may be off on loopback only.

    `mqtt` is the newest version that is tried: "5", then "3.1.1"; or "3.1.1" alone.
    """

    hall: HallId
    device: DeviceId
    password: str
    host: str
    port: int
    tls: bool = False
    ca: str | None = None
    mqtt: Literal["5", "3.1.1"] = "5"


class Link(Protocol):
    """Four verbs. Thread-safe; events come through the Inbox that the link was made with."""

    def open(self) -> None:
        """Start connecting and keep connected; returns at once. The last will is what the link was made with."""

    def subscribe(self, topics: Sequence[str]) -> None:
        """Replace what is heard: whole topics or filters of this hall, asked for anew on each connection."""

    def say(self, message: Message, to: DeviceId | None = None) -> bool:
        """Say it now. False while there is no connection, or its queue is full: nothing was said, keep it yourself."""

    def close(self, last: Message | None = None) -> None:
        """Say `last` if it can be said, disconnect (no last will), end the thread; at most 1 s."""
