"""What came in under a topic, judged: a message of this hall that keeps the contract, or something broken.

Pure; both links hear through it, so that none of them ever raises for what a peer sent.
"""

from collections.abc import Sequence

from contract.catalogue import BY_MESSAGE, ROOT, Message
from contract.codec import BrokenMessage, decode, encode, read_topic, topic_of
from contract.names import DeviceId, HallId
from link.link import Broken, Heard, LinkSettings

_LONGEST = 300


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

    __slots__ = ("body", "qos", "retained", "too_large", "topic")

    def __init__(self, settings: LinkSettings, message: Message, to: DeviceId | None = None) -> None:
        entry = BY_MESSAGE[type(message)]
        self.topic = topic_of(settings.hall, message, settings.device if entry.branch == "from" else to)
        self.body = encode(message)
        self.qos = entry.qos
        self.retained = entry.retained
        self.too_large = len(self.body) > entry.limit


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
