"""The simulated narrator: says in simulated time, remembers what was heard, and has troubles on request."""

from collections import deque

from msgspec import Struct

from contract.names import Language
from kiosk.happenings import NotSaid, VoicesKnown
from kiosk.narrator import NarratorEvent, Spoke
from voice.simulated_speaker import SECONDS_PER_LETTER


class Said(Struct, frozen=True):
    """Words that began to sound, how loud (0 to 1), and when, in seconds of the narrator's own time."""

    text: str
    language: Language
    volume: float
    began_s: float


class SimulatedNarrator:
    """Keeps Narrator. `voices` are what it speaks, none for a machine without a voice; `deaf`: nothing can be played."""

    def __init__(self, voices: tuple[Language, ...]) -> None:
        self.voices = voices
        self.deaf = False
        self.said: list[Said] = []
        self.now_s = 0.0
        self.started = 0
        self._known = False
        self._ends_s: float | None = None
        self._events: deque[NarratorEvent] = deque()

    def say(self, text: str, language: Language, volume: float) -> None:
        self.hush()
        if not self._known:
            self.started += 1
            self._known = bool(self.voices)
            self._events.append(VoicesKnown(self.voices))
        if language not in self.voices:
            return
        if self.deaf:
            self._known = False
            self._events.append(NotSaid("the simulated loudspeaker is unplugged"))
            return
        self.said.append(Said(text, language, volume, self.now_s))
        self._ends_s = self.now_s + len(text) * SECONDS_PER_LETTER
        self._events.append(Spoke(text, language, "began"))

    def hush(self) -> None:
        if self._ends_s is not None:
            self._ends_s = None
            self._events.append(Spoke(self.said[-1].text, self.said[-1].language, "hushed"))

    def listen(self) -> tuple[NarratorEvent, ...]:
        events = tuple(self._events)
        self._events.clear()
        return events

    def close(self) -> None:
        self.hush()
        self._known = False

    def advance(self, seconds: float) -> None:
        """Move time on; words that come to their end on the way say so."""
        self.now_s += seconds
        if self._ends_s is not None and self.now_s >= self._ends_s:
            self._ends_s = None
            self._events.append(Spoke(self.said[-1].text, self.said[-1].language, "ended"))
