"""What came in under a topic, judged: a message of this hall that keeps the contract, or something broken.

Pure; both links hear through it, so that none of them ever raises for what a peer sent.
"""

import math
from collections.abc import Collection, Sequence

from contract.calls import Call
from contract.catalogue import BY_MESSAGE, ROOT, Message
from contract.codec import BrokenMessage, decode, encode, read_topic, topic_of
from contract.names import DeviceId, HallId
from link.link import Broken, Heard, LinkSettings

_LONGEST = 300
_TOPICS_REMEMBERED = 5000
"""At the limit nothing more is remembered: what is kept under further topics may be heard twice."""


def hear(hall: HallId, topic: str, body: bytes, retained: bool) -> Heard | Broken:
    """A body as it came in. Its size is looked at before it is decoded; another hall's topic is broken here."""
    try:
        address = read_topic(topic)
        if address.hall != hall:
            return Broken(topic[:_LONGEST], "another hall's topic", None, None)
        return Heard(decode(address, body), address.device, retained)
    except BrokenMessage as broken:
        return Broken(topic[:_LONGEST], broken.why[:_LONGEST], broken.device, broken.request)


class Outgoing:
    """A message as it will travel. ValueError where it has no place to go, or is no will but should be one."""

    __slots__ = ("body", "expiry_s", "qos", "retained", "too_large", "topic")

    def __init__(self, settings: LinkSettings, message: Message, to: DeviceId | None = None) -> None:
        entry = BY_MESSAGE[type(message)]
        self.topic = topic_of(settings.hall, message, settings.device if entry.branch == "from" else to)
        self.body = encode(message)
        self.qos = entry.qos
        self.retained = entry.retained
        self.too_large = len(self.body) > entry.limit
        self.expiry_s = _expiry_s(message)
        """How long a broker may keep it for us; None without an end."""


class Echoes:
    """What was heard since the last asking, so that state which is asked for twice is told once.

    What still comes of a topic that is no longer asked for is an echo too: nats may bring what it keeps late.
    """

    def __init__(self) -> None:
        self._bodies: dict[str, int] = {}
        self._given_up: frozenset[str] = frozenset()

    def forget(self, gone: Collection[str] = (), asked: Collection[str] = ()) -> None:
        """The topics `asked` are asked for anew: all of their state is news. Those `gone` are asked for no longer."""
        self._bodies.clear()
        self._given_up = self._given_up.union(gone).difference(asked)

    def is_echo(self, topic: str, body: bytes, retained: bool) -> bool:
        """Whether nobody is to be told: of a topic given up, or kept state that was the last thing heard; remembers it if not."""
        if topic in self._given_up:
            return True
        mark = hash(body)
        if retained and self._bodies.get(topic) == mark:
            return True
        if topic in self._bodies or len(self._bodies) < _TOPICS_REMEMBERED:
            self._bodies[topic] = mark
        return False


def _expiry_s(message: Message) -> int | None:
    """Only a call grows stale while it travels."""
    if isinstance(message, Call):
        return max(1, math.ceil((message.expires_at - message.at).total_seconds()))
    return None


def will_of(settings: LinkSettings, will: Message) -> Outgoing:
    """The last will as it is left with the broker. ValueError for a message that the contract knows as no will."""
    if not BY_MESSAGE[type(will)].last_will:
        raise ValueError(f"{type(will).__name__} is no last will of the contract")
    return Outgoing(settings, will)


def topics_checked(settings: LinkSettings, topics: Sequence[str]) -> tuple[str, ...]:
    """The topics, each once and in order. ValueError for one that is not of this hall."""
    for topic in topics:
        if not topic.startswith(f"{ROOT}/{settings.hall}/"):
            raise ValueError(f"{topic} is not of this hall")
    return tuple(dict.fromkeys(topics))
