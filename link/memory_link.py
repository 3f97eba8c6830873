"""The memory twin of the paho link, and the broker it talks to: same verbs, same promises, no wire and no thread.

Nothing moves until somebody pumps: `MemoryBroker.deliver()` carries one step of time. With a seed the same faults
happen at the same steps. It must never know more of a message than its topic, as a broker does.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from contract.catalogue import Message
from contract.names import DeviceId
from link.hearing import Outgoing, hear, topics_checked, will_of
from link.inbox import Inbox
from link.link import Connected, Disconnected, LinkEvent, LinkSettings
from link.topics import matches

logger = logging.getLogger(__name__)


_AWAY = "the broker is away"


class Chance(Protocol):
    """Where luck comes from: a seeded random.Random."""

    def random(self) -> float: ...
    def randint(self, a: int, b: int) -> int: ...


class Faults(Struct, frozen=True):
    """How often what goes wrong, each from 0 to 1.

    `lose` and `double` are per packet and hop. `delay` is per link and step, and holds all of the link's packets
    for up to `longest_delay` steps, so that their order stays (MQTT promises it). `disconnect` is per link and step,
    and keeps the device away for up to `longest_absence` steps.
    """

    lose: float = 0.0
    double: float = 0.0
    delay: float = 0.0
    disconnect: float = 0.0
    longest_delay: int = 5
    longest_absence: int = 5


class Packet(Struct, frozen=True):
    """What a broker sees of a message."""

    topic: str
    body: bytes
    retained: bool


def _nobody_listens(_device: DeviceId, _packet: Packet) -> None:
    pass


class MemoryBroker:
    """Retained state, last wills and rights like the real one's. `hub` may say everything but what devices say.

    `faults` may be changed at any time. `passwords`: who is let in (None: everybody, whatever the password).
    `on_said` and `on_arrived` overhear what has reached the broker from a device, and a device from the broker.
    """

    def __init__(
        self,
        chance: Chance | None = None,
        faults: Faults | None = None,
        *,
        hub: DeviceId = DeviceId("hub"),  # noqa: B008 - a plain string
        passwords: dict[DeviceId, str] | None = None,
    ) -> None:
        self.faults = faults or Faults()
        self.passwords = passwords
        self.denied = 0
        """Packets that somebody had no right to say; the real broker acknowledges and drops them too."""
        self.lost = self.doubled = 0
        """How often the faults struck."""
        self.up = True
        self.on_said: Callable[[DeviceId, Packet], None] = _nobody_listens
        self.on_arrived: Callable[[DeviceId, Packet], None] = _nobody_listens
        self._chance = chance
        self._hub = hub
        self._retained: dict[str, Packet] = {}
        self._links: list[MemoryLink] = []

    def stop(self) -> None:
        """The broker dies: nobody's will is said, and its retained state is gone."""
        self.up = False
        self._retained.clear()
        for link in self._links:
            link.drop(_AWAY)

    def start(self) -> None:
        """It is back, empty; links find it at the next step."""
        self.up = True

    def cut(self, device: DeviceId, steps: int = 1) -> None:
        """The connection of `device` breaks: its will is said. It may come back after so many steps."""
        for link in [link for link in self._links if link.device == device and link.session]:
            self._lose(link, "connection lost", steps)

    def deliver(self, most_rounds: int = 1) -> int:
        """One step (or several, until nothing moves): links connect, packets travel. How many packets arrived."""
        arrived = 0
        for _ in range(most_rounds):
            moved = self._step()
            arrived += moved
            if not moved and not any(link.session and link.outgoing for link in self._links):
                break
        return arrived

    def settle(self, most_rounds: int = 1000) -> int:
        """Deliver until nothing is on its way and every link that may connect has. How many packets arrived."""
        arrived = 0
        for _ in range(most_rounds):
            arrived += self._step()
            if not any(self._busy(link) for link in self._links):
                return arrived
        raise AssertionError("the links never came to rest")

    # --- one step ---

    def _step(self) -> int:
        for link in list(self._links):
            link.away_for = max(0, link.away_for - 1)
            if not self.up:
                link.drop(_AWAY)
            elif link.wanted and not link.session and link.away_for == 0:
                self._let_in(link)
            elif link.session and self._happens(self.faults.disconnect):
                self._lose(link, "connection lost", self._steps(self.faults.longest_absence))
        for link in list(self._links):
            link.held_for = max(0, link.held_for - 1)
            if link.session and self._happens(self.faults.delay):
                link.held_for = self._steps(self.faults.longest_delay)
        moving = [link for link in self._links if link.session and link.held_for == 0]
        for link in moving:
            for packet in self._through(link.outgoing):
                self._take(link, packet)
        return sum(self._hand_over(link) for link in moving)

    def _through(self, packets: "deque[Packet]") -> list[Packet]:
        """What comes through of what was sent: some of it not, some of it twice."""
        arrived = []
        while packets:
            packet = packets.popleft()
            if self._happens(self.faults.lose):
                self.lost += 1
            elif self._happens(self.faults.double):
                self.doubled += 1
                arrived += [packet, packet]
            else:
                arrived.append(packet)
        return arrived

    def _hand_over(self, link: "MemoryLink") -> int:
        arrived = self._through(link.incoming)
        for packet in arrived:
            self.on_arrived(link.device, packet)
            link.arrive(packet)
        return len(arrived)

    def _let_in(self, link: "MemoryLink") -> None:
        if self.passwords is not None and self.passwords.get(link.device) != link.password:
            link.refuse("the broker refused: Not authorized")
            return
        for other in self._links:
            if other is not link and other.device == link.device and other.session:
                self._lose(other, "another client came with the same id", 1)
        link.come_up()
        self.catch_up(link, link.topics)

    def _lose(self, link: "MemoryLink", why: str, steps: int) -> None:
        link.away_for = steps
        link.drop(why)
        if link.will is not None:
            self._take(link, Packet(link.will.topic, link.will.body, link.will.retained))

    def _take(self, link: "MemoryLink", packet: Packet) -> None:
        """A packet has reached the broker."""
        branch, owner = packet.topic.split("/")[3:5]
        if (branch == "from" and owner != link.device) or (branch != "from" and link.device != self._hub):
            self.denied += 1
            return
        self.on_said(link.device, packet)
        if packet.retained:
            if packet.body:
                self._retained[packet.topic] = packet
            else:
                self._retained.pop(packet.topic, None)
        for listener in self._links:
            if listener.session and any(matches(topic, packet.topic) for topic in listener.topics):
                self._send(listener, Packet(packet.topic, packet.body, retained=False))

    def catch_up(self, link: "MemoryLink", topics: Sequence[str]) -> None:
        """Retained state for somebody who has just subscribed."""
        for packet in self._retained.values():
            if any(matches(topic, packet.topic) for topic in topics):
                self._send(link, packet)

    def _send(self, link: "MemoryLink", packet: Packet) -> None:
        branch, owner = packet.topic.split("/")[3:5]
        if branch == "all" or link.device == self._hub or (branch == "to" and owner == link.device):
            link.incoming.append(packet)

    def _busy(self, link: "MemoryLink") -> bool:
        may_connect = self.up and link.wanted and not link.session and not link.refused
        return may_connect or bool(link.session and (link.incoming or link.outgoing))

    def _happens(self, probability: float) -> bool:
        return self._chance is not None and probability > 0 and self._chance.random() < probability

    def _steps(self, longest: int) -> int:
        return self._chance.randint(1, longest) if self._chance is not None else 1

    def join(self, link: "MemoryLink") -> None:
        self._links.append(link)

    def leave(self, link: "MemoryLink") -> None:
        self._links.remove(link)

    def farewell(self, link: "MemoryLink") -> None:
        """A link that closes in good order: what it said last still arrives."""
        while link.outgoing:
            self._take(link, link.outgoing.popleft())


class MemoryLink:
    """A Link over a MemoryBroker. The names without underscore below the four verbs are the broker's to use."""

    def __init__(
        self, broker: MemoryBroker, settings: LinkSettings, inbox: Inbox[LinkEvent], will: Message | None
    ) -> None:
        self.device = settings.device
        self.password = settings.password
        self.will = None if will is None else will_of(settings, will)
        self.topics: tuple[str, ...] = ()
        self.session = False
        self.wanted = False
        self.refused = False
        self.away_for = 0
        self.held_for = 0
        self.incoming: deque[Packet] = deque()
        self.outgoing: deque[Packet] = deque()
        self._broker = broker
        self._settings = settings
        self._inbox = inbox
        self._told: str | None = None

    def open(self) -> None:
        self.wanted = True
        self._broker.join(self)

    def subscribe(self, topics: Sequence[str]) -> None:
        self.topics = topics_checked(self._settings, topics)
        if self.session:
            self._broker.catch_up(self, self.topics)

    def say(self, message: Message, to: DeviceId | None = None) -> bool:
        outgoing = Outgoing(self._settings, message, to)
        if outgoing.too_large:
            logger.error("message-too-large topic=%s bytes=%d", outgoing.topic, len(outgoing.body))
            return False
        if self.session:
            self.outgoing.append(Packet(outgoing.topic, outgoing.body, outgoing.retained))
        return self.session

    def close(self, last: Message | None = None) -> None:
        if last is not None:
            self.say(last)
        if self.session:
            self._broker.farewell(self)
        self._end()

    def die(self) -> None:
        """The program is killed: no farewell, and the broker says its will."""
        self._broker.cut(self.device)
        self._end()

    def _end(self) -> None:
        if self.wanted:
            self._broker.leave(self)
        self.wanted = self.session = False

    # --- for the broker ---

    def come_up(self) -> None:
        self.session = True
        self.refused = False
        self._told = None
        self._inbox.put(Connected("memory", "memory"), urgent=True)

    def refuse(self, why: str) -> None:
        self.refused = True
        self._tell(why)

    def drop(self, why: str) -> None:
        """The connection is gone, and with it all that was on its way."""
        was_up = self.session
        self.session = False
        self.incoming.clear()
        self.outgoing.clear()
        if was_up or self.wanted:
            self._tell(why)

    def arrive(self, packet: Packet) -> None:
        self._inbox.put(hear(self._settings.hall, packet.topic, packet.body, packet.retained))

    def _tell(self, why: str) -> None:
        if why != self._told:
            self._told = why
            self._inbox.put(Disconnected(why), urgent=True)
