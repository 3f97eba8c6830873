"""The simulated speaker: the twin of the real one, with tones of believable length and troubles on request."""

import array
import math
import wave
import zlib
from functools import lru_cache

from contract.names import Language
from voice.shelf import Shelf
from voice.speaker import NotSpoken, NoVoice, SpeakerMissing, Utterance, Wave

FRAMES_PER_S = 22050
SECONDS_PER_LETTER = 0.085
"""Measured on espeak-ng's Indonesian voice at 150 words a minute: 5.2 s for 58 letters."""


class SimulatedSpeaker:
    """Keeps voice.speaker.Speaker. `missing` says that this machine has no engine; `fail_next` spoils coming utterances."""

    def __init__(self, languages: tuple[Language, ...], *, kept: int = 64, missing: bool = False) -> None:
        self._languages = languages
        self._shelf = Shelf(kept)
        self.missing = missing
        self.fail_next = 0
        self.looked = 0
        self.made: list[Utterance] = []

    def open(self) -> None:
        if self.missing:
            raise SpeakerMissing("this simulated machine has no speech engine")

    def languages(self) -> tuple[Language, ...]:
        return () if self.missing else self._languages

    def make(self, utterance: Utterance) -> Wave:
        if self.missing:
            raise SpeakerMissing("this simulated machine has no speech engine")
        if utterance.language not in self._languages:
            raise NoVoice(f"no voice for {utterance.language}")
        if self.fail_next:
            self.fail_next -= 1
            raise NotSpoken("the simulated engine hung")
        self.made.append(utterance)
        found = self._shelf.find(utterance)
        if found is not None:
            return found
        path = self._shelf.place(utterance)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(FRAMES_PER_S)
            file.writeframes(tone(utterance))
        return self._shelf.keep(utterance, path)

    def look(self) -> None:
        self.looked += 1
        if self.missing:
            raise SpeakerMissing("this simulated machine has no speech engine")

    def close(self) -> None:
        self._shelf.clear()


@lru_cache(maxsize=256)
def tone(utterance: Utterance) -> bytes:
    """A quiet tone, as long as the words would take; its pitch (whole hertz, 200 to 455) is that of the words alone."""
    pitch_hz = 200 + zlib.crc32(f"{utterance.language} {utterance.text}".encode()) % 256
    frames = int(FRAMES_PER_S * SECONDS_PER_LETTER * max(1, len(utterance.text)))
    step = math.tau * pitch_hz / FRAMES_PER_S
    second = array.array("h", (int(6000 * math.sin(step * n)) for n in range(FRAMES_PER_S))).tobytes()
    return (second * (frames // FRAMES_PER_S + 1))[: frames * 2]
