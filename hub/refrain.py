"""What was said last of the hall's retained state, said again word for word when nothing new came of it for a while.

A broker may acknowledge a message and drop it all the same; without this a screen that missed the last board would be
wrong until the next call. Repeated with its old `seq`, it is no news to whoever has it. It knows no link and no clock.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from contract.catalogue import Message
from contract.codec import topic_of
from contract.names import DeviceId, HallId

AGAIN_AFTER = timedelta(seconds=20)
AT_ONCE = 8
"""So many are said again at one look: a large hall's descriptions do not come all together."""

_ANY = HallId("hall")


class Refrain:
    """One entry for each topic, longest unsaid first."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[datetime, Message, DeviceId | None]] = {}

    def note(self, message: Message, to: DeviceId | None, now: datetime) -> None:
        """Remembers what was said just now."""
        topic = topic_of(_ANY, message, to)
        self._said.pop(topic, None)
        self._said[topic] = (now, message, to)

    def forget(self) -> None:
        """All will be said anew."""
        self._said.clear()

    def due(self, now: datetime) -> Iterator[tuple[Message, DeviceId | None]]:
        """What is to be said again now. A clock that was set back makes everything due."""
        for said_at, message, to in list(self._said.values())[:AT_ONCE]:
            if timedelta(0) <= now - said_at < AGAIN_AFTER:
                return
            yield message, to
