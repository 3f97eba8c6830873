"""What a microphone gives, made of tones: for tests of recorded voices and of pauses."""

import array
import math

from voice import samples
from voice.cutting import FRAMES_PER_S
from voice.samples import Sound


def tone(seconds: float, share: float, hertz: float = 440, rate: int = FRAMES_PER_S) -> "array.array[int]":
    step = math.tau * hertz / rate
    return array.array("h", (round(32767 * share * math.sin(step * at)) for at in range(round(seconds * rate))))


def recording(share: float = 0.1, hertz: float = 440, rate: int = FRAMES_PER_S) -> Sound:
    """Half a second of a tone in a silence of its own: 0.8 s before it, 1.2 s after it."""
    whole = samples.silence(0.8, rate) + tone(0.5, share, hertz, rate) + samples.silence(1.2, rate)
    return Sound(whole, rate)
