"""The simulated player: hears nothing, keeps what it was given and when, and ends sounds when simulated time says so."""

import wave
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from voice.player import NotPlayed


class Played(Struct, frozen=True):
    """One sound: the wave, and from when to when it sounded, in seconds of the player's own time."""

    wave: Path
    began_s: float
    ends_s: float
    volume: float


class SimulatedPlayer:
    """Keeps voice.player.Player. `advance(seconds)` moves its time; `deaf` waves raise NotPlayed; `stuck` never ends."""

    def __init__(self) -> None:
        self.played: list[Played] = []
        self.prepared: set[Path] = set()
        self.deaf = False
        self.stuck = False
        self.troubled_by = ""
        self.reopened = 0
        self.now_s = 0.0
        self._volume = 1.0
        self._sounding: list[tuple[float, Callable[[], None]]] = []

    def prepare(self, wave: Path) -> None:
        _length_s(wave)
        self.prepared.add(wave)

    def play(self, wave: Path, ended: Callable[[], None], at_s: float | None = None) -> None:
        if self.deaf:
            raise NotPlayed("the simulated loudspeaker is unplugged")
        began_s = max(self.now_s, at_s or self.now_s)
        ends_s = began_s + _length_s(wave)
        self.played.append(Played(wave, began_s, ends_s, self._volume))
        if not self.stuck:
            self._sounding.append((ends_s, ended))

    def trouble(self) -> str:
        return self.troubled_by

    def set_volume(self, volume: float) -> None:
        self._volume = volume

    def close(self) -> None:
        self._sounding.clear()

    def advance(self, seconds: float) -> None:
        """Move time on; sounds that end on the way say so, in order, at their own moment."""
        until = self.now_s + seconds
        while due := sorted((item for item in self._sounding if item[0] <= until), key=lambda item: item[0]):
            self._sounding.remove(due[0])
            self.now_s = due[0][0]
            due[0][1]()
        self.now_s = until


def _length_s(path: Path) -> float:
    try:
        with wave.open(str(path), "rb") as file:
            return file.getnframes() / file.getframerate()
    except (OSError, EOFError, wave.Error) as error:
        raise NotPlayed(f"{path} is no wave that can be played: {error}") from error
