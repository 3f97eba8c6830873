"""How words become sound: the protocol that every speaker keeps, real or simulated.

A speaker makes wave files and plays nothing: what is heard, when, and after what is the player's and the display's
business. It must never know what a call, a ticket or a hall is.
"""

from pathlib import Path
from typing import Protocol

from msgspec import Struct

from contract.names import Language


class Utterance(Struct, frozen=True):
    """Words to be said in one language, spelled as they are to be spoken ("ka, nol nol tujuh")."""

    text: str
    language: Language


class Wave(Struct, frozen=True):
    """A wave file (PCM, 16 bit). The file stays at least until as many newer ones were made as the speaker keeps."""

    path: Path
    duration_s: float


class SpeakerMissing(Exception):
    """There is no speech engine on this machine, or it does not start: nothing can be spoken until somebody mends it."""


class NoVoice(Exception):
    """The engine is well but has no voice for this language, or none was configured."""


class NotSpoken(Exception):
    """One utterance could not be made (the engine hung, died, or wrote nonsense). The next one may well be."""


class Speaker(Protocol):
    """Five verbs. Used by one thread at a time; `make` and `look` may take as long as the speaker's deadline."""

    def open(self) -> None:
        """Start the engine and warm it up. SpeakerMissing where there is none."""

    def languages(self) -> tuple[Language, ...]:
        """The languages it has a voice for, known after `open`."""

    def make(self, utterance: Utterance) -> Wave:
        """Speak into a wave file. Raises NoVoice, NotSpoken, SpeakerMissing."""

    def look(self) -> None:
        """Prove that the engine still speaks, and begin it anew where it does not; for a while when nothing is asked.

        Raises NotSpoken, SpeakerMissing.
        """

    def close(self) -> None:
        """End the engine and remove every wave. May be called twice, and without `open`."""
