"""How a wave is heard: the protocol of the loudspeaker. One sound at a time is the owner's business, not the player's.

It must never know what is being said. The real one stands in ui/sound.py, because the sound library is Kivy's.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class NotPlayed(Exception):
    """The wave cannot be played: no file, no wave, or no sound device."""


class Player(Protocol):
    """Four verbs, all for the owner's thread; `ended` is called in that thread too."""

    def prepare(self, wave: Path) -> None:
        """Load a wave ahead of time, so that `play` starts at once. Kept until `close`. Raises NotPlayed."""

    def play(self, wave: Path, ended: Callable[[], None]) -> None:
        """Start it now; `ended` follows once, when the last sample was heard. Raises NotPlayed."""

    def set_volume(self, volume: float) -> None:
        """0 (silent) to 1 (all the loudspeaker has), from the next sound on."""

    def close(self) -> None:
        """Stop what sounds and let everything go. No `ended` follows."""
