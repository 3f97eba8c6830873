"""How a kiosk speaks: the protocol that its narrators keep, real or simulated, and the one for a kiosk that never does.

A narrator says one thing at a time and knows no screen, key or visitor. Everything happens in the thread that calls it.
"""

from typing import Literal, Protocol

from msgspec import Struct

from contract.names import Language
from kiosk.happenings import NotSaid, VoicesKnown


class Spoke(Struct, frozen=True):
    """What was heard of some words: they began to sound, were said to their end, or were cut off by others."""

    text: str
    language: Language
    state: Literal["began", "ended", "hushed"]


NarratorEvent = VoicesKnown | NotSaid | Spoke


class Narrator(Protocol):
    """Four verbs. None of them waits for a speech engine."""

    def say(self, text: str, language: Language, volume: float) -> None:
        """Speak this in the stead of whatever is being spoken; nothing queues up. `volume` is 0 to 1.

        The first words start the voice; VoicesKnown follows. What cannot be said is told by VoicesKnown (no such voice)
        or NotSaid, and after either of no voice at all the next words try anew.
        """

    def hush(self) -> None:
        """Silence, at once."""

    def listen(self) -> tuple[NarratorEvent, ...]:
        """What has happened since the last look, in order. Call it for every frame."""

    def close(self) -> None:
        """Silence, and end the voice; within 2 s. May be called without a word said."""


class MuteNarrator:
    """Keeps Narrator for a kiosk that is set not to speak: who asks for the voice is told that there is none."""

    def __init__(self) -> None:
        self._asked = False

    def say(self, text: str, language: Language, volume: float) -> None:
        del text, language, volume
        self._asked = True

    def hush(self) -> None:
        """Nothing sounds."""

    def listen(self) -> tuple[NarratorEvent, ...]:
        asked, self._asked = self._asked, False
        return (VoicesKnown(()),) if asked else ()

    def close(self) -> None:
        """Nothing was begun."""
