"""The kiosk's loudspeaker: Kivy's SoundLoader on SDL2, behind voice's protocol. Waves in, sound out, `ended` when it is over.

Kivy looks every tenth of a second whether a sound is over; the wave's own length is waited for first. Knows no call.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kivy.core.audio import SoundLoader

from voice.player import NotPlayed

KEPT = 8
"""So many sounds that have ended are held on to: freeing one while its last samples are mixed is not Kivy's strength."""


class KivyPlayer:
    """Keeps voice.player.Player. Everything happens in Kivy's thread."""

    def __init__(self) -> None:
        self._prepared: dict[Path, Any] = {}
        self._sounding: dict[int, Any] = {}
        self._ended: list[Any] = []
        self._volume = 1.0
        self.reopened = 0

    def prepare(self, wave: Path) -> None:
        self._prepared[wave] = self._load(wave)

    def play(self, wave: Path, ended: Callable[[], None], at_s: float | None = None) -> None:
        del at_s  # this player's turns are too coarse for an instant; the kiosk has none to keep
        sound = self._prepared.get(wave) or self._load(wave)
        sound.volume = self._volume

        def over(*_: object) -> None:
            sound.unbind(on_stop=over)
            if self._sounding.pop(id(sound), None) is not None:
                self._ended = [*self._ended, sound][-KEPT:]
                ended()

        sound.bind(on_stop=over)
        self._sounding[id(sound)] = sound
        self._give_up_the_deaf()
        sound.play()

    def _give_up_the_deaf(self) -> None:
        """A loudspeaker that was pulled out never says that a sound is over: beyond KEPT the oldest of these are let go."""
        while len(self._sounding) > KEPT:
            self._ended = [*self._ended, self._sounding.pop(next(iter(self._sounding)))][-KEPT:]

    def trouble(self) -> str:
        return ""

    def set_volume(self, volume: float) -> None:
        self._volume = volume

    def close(self) -> None:
        sounding, self._sounding = list(self._sounding.values()), {}
        for sound in (*sounding, *self._prepared.values(), *self._ended):
            sound.stop()
            sound.unload()
        self._prepared.clear()
        self._ended.clear()

    def _load(self, wave: Path) -> Any:
        sound = SoundLoader.load(str(wave)) if wave.is_file() else None
        # A sound that could not be loaded (no wave, no sound device) has no length.
        if sound is None or sound.length <= 0:
            raise NotPlayed(f"{wave} cannot be played (no such wave, or no sound device)")
        return sound
