"""A speaker that takes no time: the twin of voice.speaker.Speaker whose waves are as long as the words and hold silence.

SimulatedSpeaker makes tones that can be told apart; a simulated hall asks only when a sentence ends.
"""

import wave
from collections.abc import Callable
from pathlib import Path

from contract.names import Language
from voice.simulated_speaker import SECONDS_PER_LETTER
from voice.speaker import NotSpoken, NoVoice, Utterance, Wave

FRAMES_PER_S = 100


def by_letters_s(text: str) -> float:
    """As long as the letters take."""
    return SECONDS_PER_LETTER * max(1, len(text))


def speech_s(text: str) -> float:
    """How long a sentence takes. Measured on espeak-ng's poz/id at 150 words a minute: 58 letters 5.2 s, 29 letters 3.1 s."""
    return 1.0 + 0.0725 * len(text)


class SilentSpeaker:
    """Keeps voice.speaker.Speaker. `folder` holds one wave for each length; `fails` tells whether the next one cannot be made.

    `lasts_s`: how long a sentence takes.
    """

    def __init__(
        self,
        languages: tuple[Language, ...],
        folder: Path,
        fails: Callable[[], bool],
        lasts_s: Callable[[str], float] = by_letters_s,
    ) -> None:
        self._languages = languages
        self._folder = folder
        self._fails = fails
        self._lasts_s = lasts_s

    def open(self) -> None:
        """See Speaker.open."""
        self._folder.mkdir(parents=True, exist_ok=True)

    def languages(self) -> tuple[Language, ...]:
        """See Speaker.languages."""
        return self._languages

    def make(self, utterance: Utterance) -> Wave:
        """See Speaker.make."""
        if utterance.language not in self._languages:
            raise NoVoice(f"no voice for {utterance.language}")
        if self._fails():
            raise NotSpoken("the simulated engine hung")
        frames = round(FRAMES_PER_S * self._lasts_s(utterance.text))
        path = self._folder / f"{frames}.wav"
        if not path.exists():
            write_silence(path, frames)
        return Wave(path, frames / FRAMES_PER_S)

    def look(self) -> None:
        """See Speaker.look. Only single sentences fail here."""

    def close(self) -> None:
        """See Speaker.close. The waves belong to all speakers of the hall."""


def write_silence(path: Path, frames: int) -> None:
    """A wave file of so many frames, FRAMES_PER_S a second."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(FRAMES_PER_S)
        file.writeframes(bytes(2 * frames))
