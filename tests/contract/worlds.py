"""The worlds that the links' promises are tested in: the memory broker, a real mosquitto by both protocols, and nats.

A test speaks to a world only through these verbs, so that it is the same test in each of them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from broker_config.listening import Kind
from contract.catalogue import Message
from contract.names import DeviceId, HallId
from link.inbox import Inbox
from link.link import Connected, Disconnected, Heard, Link, LinkEvent, LinkSettings
from link.memory_link import MemoryBroker, MemoryLink, Packet
from link.paho_link import PahoLink
from tests.broker import Cable, RealBroker
from tests.waiting import wait_for

HALL = HallId("mpp")
PASSWORDS = {DeviceId(name): f"secret of {name}" for name in ("hub", "kiosk-1", "kiosk-2", "display-1")}


class Member:
    """A program in the hall: its link, and what it has heard so far."""

    def __init__(self, device: DeviceId, link: Link, inbox: Inbox[LinkEvent]) -> None:
        self.device = device
        self.link = link
        self.inbox = inbox
        self._events: list[LinkEvent] = []

    @property
    def events(self) -> list[LinkEvent]:
        self._events += self.inbox.drain()
        return self._events

    def heard(self, kind: type[Message]) -> list[Heard]:
        return [event for event in self.events if isinstance(event, Heard) and isinstance(event.message, kind)]

    def has_heard(self, said: Message) -> bool:
        return said in [heard.message for heard in self.heard(type(said))]

    def states(self, kind: type[Message]) -> list[Message]:
        """What was heard, in order, each once: state that is said just as somebody asks for it may come twice."""
        return list(dict.fromkeys(heard.message for heard in self.heard(kind)))

    @property
    def connections(self) -> list[Connected]:
        return [event for event in self.events if isinstance(event, Connected)]

    @property
    def losses(self) -> list[Disconnected]:
        return [event for event in self.events if isinstance(event, Disconnected)]

    def forget(self) -> None:
        """What was heard until now."""
        self._events = []
        list(self.inbox.drain())


class World(Protocol):
    """A hall's broker and who is connected to it."""

    protocol: str

    def member(
        self, name: str, will: Message | None = None, password: str | None = None, limit: int = 10_000
    ) -> Member:
        """A program that has not opened its link yet."""

    def until(self, look: Callable[[], object], what: str) -> None:
        """Let the world go on until `look` is true."""

    def kill(self, member: Member) -> None:
        """The program dies, and says no farewell."""

    def forge(self, member: Member, topic: str, body: bytes, *, retained: bool = False) -> None:
        """`member` says what the Link would not let it say."""

    def stop_broker(self) -> None: ...
    def start_broker(self) -> None: ...
    def close(self) -> None: ...


def settings_of(name: str, port: int, password: str | None) -> LinkSettings:
    device = DeviceId(name)
    return LinkSettings(HALL, device, PASSWORDS[device] if password is None else password, "127.0.0.1", port)


class MemoryWorld:
    """All in memory, pumped by `until`."""

    protocol = "memory"

    def __init__(self) -> None:
        self.broker = MemoryBroker(passwords=PASSWORDS)
        self._links: dict[int, MemoryLink] = {}

    def member(
        self, name: str, will: Message | None = None, password: str | None = None, limit: int = 10_000
    ) -> Member:
        inbox: Inbox[LinkEvent] = Inbox(limit)
        link = MemoryLink(self.broker, settings_of(name, 0, password), inbox, will)
        self._links[id(link)] = link
        return Member(DeviceId(name), link, inbox)

    def until(self, look: Callable[[], object], what: str) -> None:
        for _ in range(100):
            if look():
                return
            self.broker.deliver()
        raise AssertionError(f"waited for {what}")

    def kill(self, member: Member) -> None:
        self._links[id(member.link)].die()

    def forge(self, member: Member, topic: str, body: bytes, *, retained: bool = False) -> None:
        self._links[id(member.link)].outgoing.append(Packet(topic, body, retained))

    def stop_broker(self) -> None:
        self.broker.stop()

    def start_broker(self) -> None:
        self.broker.start()

    def close(self) -> None:
        return


class RealWorld:
    """A broker of its own; each link goes through a cable of its own."""

    def __init__(self, folder: Path, old_door: str | None, kind: Kind = "mosquitto") -> None:
        self.protocol = "MQTT 3.1.1" if old_door or kind == "nats" else "MQTT 5"
        self.broker = RealBroker(folder, HALL, PASSWORDS, kind=kind)
        self.broker.start()
        self.cables: dict[int, Cable] = {}
        self._old_door = old_door
        self._links: dict[int, PahoLink] = {}

    def member(
        self, name: str, will: Message | None = None, password: str | None = None, limit: int = 10_000
    ) -> Member:
        cable = Cable(self.broker.port, self._old_door)
        inbox: Inbox[LinkEvent] = Inbox(limit)
        link = PahoLink(settings_of(name, cable.port, password), inbox, will)
        self.cables[id(link)] = cable
        self._links[id(link)] = link
        return Member(DeviceId(name), link, inbox)

    def until(self, look: Callable[[], object], what: str) -> None:
        wait_for(look, what)

    def kill(self, member: Member) -> None:
        self.cables[id(member.link)].pull()

    def forge(self, member: Member, topic: str, body: bytes, *, retained: bool = False) -> None:
        connection = self._links[id(member.link)]._connection
        assert connection is not None
        connection._client.publish(topic, body, 1, retained)

    def stop_broker(self) -> None:
        self.broker.stop()

    def start_broker(self) -> None:
        self.broker.start()

    def close(self) -> None:
        for link in self._links.values():
            link.close()
        for cable in self.cables.values():
            cable.close()
        self.broker.stop()
