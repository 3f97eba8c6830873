"""A recording made a clip: its silences cut off, its level like that of every other clip, at one rate. Pure.

Figures: speech is brought to LEVEL_DB (root mean square of what is loud in it), as loud as the speech engine; no peak
comes above PEAK_DB, so a clip of sharp peaks stays a little quieter instead of being clipped or squeezed.
"""

import array
import math

from msgspec import Struct

from voice.samples import FULL, BadWave, Sound, decibels, loudness, peak

FRAMES_PER_S = 44_100
"""All clips have this rate, so that any two can stand side by side."""

LEVEL_DB = -19.0
PEAK_DB = -1.5
BLOCK_S = 0.01
ABOVE_NOISE_DB = 12.0
UNDER_SPEECH_DB = 34.0
"""What is so far under the loudest block is silence, however quiet the room."""

LEAD_S = 0.015
TAIL_S = 0.04
"""Kept before and behind the sound: soft consonants begin and words die away under the threshold."""

FADE_IN_S = 0.004
FADE_OUT_S = 0.012
CLIPPED_RUN = 4
"""So many samples at full scale side by side are no peak but a recorder that was too loud."""

LEAST_SOUND_S = 0.06
QUIETEST_DB = -50.0
SINC_REACH = 16
"""Samples on each side that the change of rate looks at; below it, the highest tones grow dull."""


class Cut(Struct, frozen=True):
    """A clip and what was done for it. Levels in dBFS, of speech alone."""

    sound: Sound
    was_s: float
    was_db: float
    is_db: float
    peak_db: float
    noise_db: float

    @property
    def noisy(self) -> bool:
        """Whether the room is heard behind the words."""
        return self.noise_db > self.was_db - 25


def cut(sound: Sound) -> Cut:
    """The clip of a recording. BadWave (without the file's name) where it is clipped or holds nothing loud enough."""
    if run := _clipped(sound.samples):
        raise BadWave(f"is overdriven ({run} times): record it again, quieter or farther from the microphone")
    even = at_rate(_centred(sound), FRAMES_PER_S)
    step = round(BLOCK_S * FRAMES_PER_S)
    blocks = [decibels(loudness(even.samples[at : at + step])) for at in range(0, len(even.samples), step)]
    noise_db = sorted(blocks)[len(blocks) // 10]
    threshold_db = max(max(blocks) - UNDER_SPEECH_DB, min(noise_db + ABOVE_NOISE_DB, max(blocks) - 10))
    loud = [index for index, level in enumerate(blocks) if level >= threshold_db]
    if max(blocks) < QUIETEST_DB or len(loud) * BLOCK_S < LEAST_SOUND_S:
        raise BadWave(f"holds nothing but silence (loudest {max(blocks):.0f} dBFS): record it again, nearer")
    begins = max(0, loud[0] * step - round(LEAD_S * FRAMES_PER_S))
    ends = (loud[-1] + 1) * step + round(TAIL_S * FRAMES_PER_S)
    was_db = speech_level_db(even)
    kept = even.samples[begins:ends]
    gain = min(10 ** ((LEVEL_DB - was_db) / 20), 10 ** (PEAK_DB / 20) / max(peak(kept), 1e-6))
    clip = Sound(_faded(array.array("h", (round(value * gain) for value in kept))), FRAMES_PER_S)
    return Cut(clip, sound.duration_s, was_db, speech_level_db(clip), decibels(peak(clip.samples)), noise_db)


def speech_level_db(sound: Sound) -> float:
    """Root mean square of the loud blocks alone (within 20 dB of the loudest), in dBFS: pauses do not count."""
    step = max(1, round(BLOCK_S * sound.frames_per_s))
    levels = [loudness(sound.samples[at : at + step]) for at in range(0, len(sound.samples), step)]
    loudest = max(levels, default=0.0)
    loud = [level for level in levels if level > loudest / 10]
    return decibels(math.sqrt(math.fsum(level * level for level in loud) / len(loud))) if loud else -120.0


def at_rate(sound: Sound, frames_per_s: int) -> Sound:
    """The same sound with so many samples a second, by a windowed sinc; nothing above half the lower rate remains."""
    if sound.frames_per_s == frames_per_s:
        return sound
    ratio = sound.frames_per_s / frames_per_s
    narrow = min(1.0, 1 / ratio)
    reach = math.ceil(SINC_REACH / narrow)
    old, count = sound.samples, round(len(sound.samples) / ratio)
    kernels: dict[int, list[float]] = {}
    new = array.array("h", bytes(2 * count))
    padded = [0] * reach + list(old) + [0] * (reach + 1)
    for index in range(count):
        # Where the new sample stands between two old ones, to a 512th: there are only so many kernels to reckon.
        whole, part = divmod(index * ratio, 1)
        phase = int(part * 512)
        kernel = kernels.get(phase)
        if kernel is None:
            kernel = kernels[phase] = _kernel(phase / 512, narrow, reach)
        begin = int(whole)
        heard = math.fsum(map(float.__mul__, kernel, map(float, padded[begin : begin + 2 * reach + 1])))
        new[index] = max(-FULL, min(FULL, round(heard)))
    return Sound(new, frames_per_s)


def _kernel(part: float, narrow: float, reach: int) -> list[float]:
    weights = []
    for offset in range(-reach, reach + 1):
        away = offset - part
        window = 0.5 + 0.5 * math.cos(math.pi * away / (reach + 1))
        weights.append(narrow * (_sinc(narrow * away)) * window)
    whole = math.fsum(weights)
    return [weight / whole for weight in weights]


def _sinc(value: float) -> float:
    return math.sin(math.pi * value) / (math.pi * value) if value else 1.0


def _centred(sound: Sound) -> Sound:
    """Without a constant part, which clicks at both ends and costs loudness."""
    middle = round(sum(sound.samples) / len(sound.samples))
    if not middle:
        return sound
    moved = array.array("h", (max(-FULL, min(FULL, value - middle)) for value in sound.samples))
    return Sound(moved, sound.frames_per_s)


def _clipped(samples: "array.array[int]") -> int:
    """How often CLIPPED_RUN samples side by side are as loud as can be."""
    found = run = 0
    for value in samples:
        run = run + 1 if abs(value) >= FULL - 1 else 0
        found += run == CLIPPED_RUN
    return found


def _faded(samples: "array.array[int]") -> "array.array[int]":
    fade_in, fade_out = (min(len(samples), round(each * FRAMES_PER_S)) for each in (FADE_IN_S, FADE_OUT_S))
    for at in range(fade_in):
        samples[at] = round(samples[at] * at / fade_in)
    for back in range(fade_out):
        samples[-1 - back] = round(samples[-1 - back] * back / fade_out)
    return samples
