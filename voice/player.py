"""How a wave is heard: the protocol of the loudspeaker. One sound at a time is the owner's business, not the player's.

It must never know what is being said. The real ones stand in voice/loudspeaker.py (the display's, over SDL) and in
ui/sound.py (the kiosk's, over Kivy).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class NotPlayed(Exception):
    """The wave cannot be played: no file, no wave, or no sound device."""


class Player(Protocol):
    """Five verbs, all for the owner's thread; `ended` is called in that thread too.

    `reopened` counts how often its sound card hung or went away and was opened again.
    """

    reopened: int

    def prepare(self, wave: Path) -> None:
        """Load a wave ahead of time, so that `play` starts at once. Kept until `close`. Raises NotPlayed."""

    def play(self, wave: Path, ended: Callable[[], None], at_s: float | None = None) -> None:
        """Start it now, or at `at_s` of the owner's clock; `ended` follows once, when the last sample was heard.

        Raises NotPlayed.
        """

    def trouble(self) -> str:
        """Why nothing is heard at the moment, for the technician; "" while all is well."""

    def set_volume(self, volume: float) -> None:
        """0 (silent) to 1 (all the loudspeaker has), from the next sound on."""

    def close(self) -> None:
        """Stop what sounds and let everything go. No `ended` follows."""
