"""A chime from the left loudspeaker, the right one, or both: for technicians who want to know which of them sound.

The sound device is opened at the first try, because a kiosk that never speaks should not hold it.
"""

import array
import io
import wave
from pathlib import Path
from typing import Literal

from assets.chime import chime
from voice.player import NotPlayed, Player

Side = Literal["left", "right", "both"]


def sided(mono: bytes, side: Side) -> bytes:
    """A wave file (mono, 16 bit) as one with two channels that sounds on one side or on both."""
    with wave.open(io.BytesIO(mono), "rb") as heard:
        rate, samples = heard.getframerate(), array.array("h", heard.readframes(heard.getnframes()))
    both = array.array("h", bytes(4 * len(samples)))
    if side != "right":
        both[0::2] = samples
    if side != "left":
        both[1::2] = samples
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(both.tobytes())
    return out.getvalue()


class Sides:
    """`folder` is the program's own. Everything happens in Kivy's thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._player: Player | None = None

    def play(self, side: Side, volume: float) -> bool:
        """Whether it sounds, as far as the machine can tell. `volume` is 0 to 1."""
        path = self._folder / f"chime-{side}.wav"
        try:
            if not path.exists():
                path.write_bytes(sided(chime(), side))
            if self._player is None:
                from ui.sound import KivyPlayer  # noqa: PLC0415 - opens the sound device

                self._player = KivyPlayer()
            self._player.set_volume(volume)
            self._player.play(path, lambda: None)
        except (NotPlayed, OSError):
            return False
        return True
