"""The chime that goes before a call, made by reckoning: two struck bars, the second a major third lower.

Pure: it gives the bytes of a wave file. Two notes are told from a telephone, a door and a fire alarm; they lie between
500 and 700 Hz, with overtones to 3 kHz, where old ears still hear and small loudspeakers still sound.
"""

import array
import io
import math
import wave

FRAMES_PER_S = 44_100
NOTES_HZ = (659.26, 523.25)
"""E5, then C5."""

SECOND_NOTE_AFTER_S = 0.34
LENGTH_S = 1.15
PEAK = 0.62
"""Of full scale: about as loud as the speech that follows."""

OVERTONES = ((1.0, 1.0, 2.6), (2.0, 0.28, 4.5), (3.93, 0.16, 7.5), (9.54, 0.04, 16.0))
"""A struck bar's partials: multiple of the note, strength, and how fast it dies (per second)."""

ATTACK_S = 0.004
RELEASE_S = 0.09


def chime() -> bytes:
    """A wave file (mono, 16 bit, 44.1 kHz), LENGTH_S seconds long, that begins at once and ends in silence."""
    frames = int(LENGTH_S * FRAMES_PER_S)
    heard = [0.0] * frames
    for turn, note_hz in enumerate(NOTES_HZ):
        begins = int(turn * SECOND_NOTE_AFTER_S * FRAMES_PER_S)
        for multiple, strength, dying in OVERTONES:
            _add_partial(heard, begins, note_hz * multiple, strength, dying)
    _let_go(heard)
    loudest = max(abs(value) for value in heard)
    samples = array.array("h", (round(value / loudest * PEAK * 32767) for value in heard))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(FRAMES_PER_S)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def _add_partial(heard: list[float], begins: int, hertz: float, strength: float, dying: float) -> None:
    step = math.tau * hertz / FRAMES_PER_S
    fade = math.exp(-dying / FRAMES_PER_S)
    attack = int(ATTACK_S * FRAMES_PER_S)
    level = strength
    for frame in range(len(heard) - begins):
        heard[begins + frame] += level * min(1.0, frame / attack) * math.sin(step * frame)
        level *= fade


def _let_go(heard: list[float]) -> None:
    """Fade the last moments out, so that the end does not click."""
    release = int(RELEASE_S * FRAMES_PER_S)
    for back in range(1, release + 1):
        heard[-back] *= (back - 1) / release
