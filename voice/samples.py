"""Recordings as samples: read, refused with a reason, measured, written. One channel, 16 bit.

Whatever a recorder writes as a WAV (8 to 32 bit, one or two channels) is understood; what is no plain recording is refused
in words that say what to do. Knows no word that is said in them.
"""

import array
import math
import sys
import wave
from pathlib import Path

from msgspec import Struct

FULL = 32767
"""The loudest sample."""

LONGEST_S = 30.0
"""A clip is a word or a sentence; what is longer is a recording that was not cut into clips yet."""

POOREST_HZ = 16_000
RICHEST_HZ = 192_000
EXPORT = "export it as WAV, signed 16-bit PCM, 44100 Hz, mono"


class BadWave(Exception):
    """A file that cannot be used as a recording: which, why, and what to do about it."""


class Sound(Struct, frozen=True):
    """Samples of one channel, -32768 to 32767, so many a second."""

    samples: "array.array[int]"
    frames_per_s: int

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.frames_per_s


def read(path: Path) -> Sound:
    """A recording, as one channel of 16 bit at its own rate. BadWave where it is none."""
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            promised = file.getnframes()
            _refuse_the_unfit(path, channels, rate, promised)
            raw = file.readframes(promised)
    except OSError as error:
        raise BadWave(f"{path}: cannot be read: {error.strerror or error}") from error
    except EOFError as error:
        raise BadWave(f"{path}: is empty or ends too early; {EXPORT} once more") from error
    except wave.Error as error:
        raise BadWave(f"{path}: {_in_words(str(error))}; {EXPORT}") from error
    if len(raw) < promised * channels * width:
        raise BadWave(f"{path}: is cut short (its header promises {promised / rate:.1f} s); {EXPORT} once more")
    return Sound(_one_channel(_sixteen_bit(raw, width), channels), rate)


def write(path: Path, sound: Sound) -> None:
    """A WAV of one channel, 16 bit. OSError where it cannot be written."""
    samples = sound.samples
    if sys.byteorder == "big":
        samples = array.array("h", samples)
        samples.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.frames_per_s)
        file.writeframes(samples.tobytes())


def loudness(samples: "array.array[int]") -> float:
    """Root mean square, of full scale: 0 (silence) to 1."""
    if not samples:
        return 0.0
    return math.sqrt(math.fsum(value * value for value in samples) / len(samples)) / FULL


def peak(samples: "array.array[int]") -> float:
    """The loudest sample, of full scale: 0 to 1."""
    loudest = max((abs(value) for value in samples), default=0)
    return loudest / FULL


def decibels(share: float) -> float:
    """A share of full scale in dBFS; silence is -120."""
    return max(-120.0, 20 * math.log10(share)) if share > 0 else -120.0


def silence(seconds: float, frames_per_s: int) -> "array.array[int]":
    return array.array("h", bytes(2 * round(seconds * frames_per_s)))


def _refuse_the_unfit(path: Path, channels: int, rate: int, frames: int) -> None:
    if channels > 2:
        raise BadWave(f"{path}: has {channels} channels; {EXPORT}")
    if not POOREST_HZ <= rate <= RICHEST_HZ:
        raise BadWave(f"{path}: has {rate} samples a second, a hall needs {POOREST_HZ} at least; record it at 44100 Hz")
    if frames == 0:
        raise BadWave(f"{path}: holds no sound; record it again")
    if frames / rate > LONGEST_S:
        raise BadWave(
            f"{path}: is {frames / rate:.0f} s long; a clip is one word or one sentence, at most {LONGEST_S:g} s"
        )


def _in_words(error: str) -> str:
    if error.startswith("unknown format"):
        kind = {"3": " (floating point)", "65534": " (extensible)"}.get(error.rsplit(" ", 1)[-1], "")
        return f"is a WAV, but its samples are not plain PCM{kind}"
    return f"is no WAV file ({error})"


def _sixteen_bit(raw: bytes, width: int) -> "array.array[int]":
    """Little-endian samples of 1 to 4 bytes, their two upper bytes kept. One byte is unsigned, as WAV has it."""
    if width == 1:
        two = bytearray(2 * len(raw))
        two[1::2] = raw.translate(bytes(value ^ 0x80 for value in range(256)))
    elif width == 2:
        two = bytearray(raw)
    else:
        two = bytearray(2 * (len(raw) // width))
        two[0::2] = raw[width - 2 :: width]
        two[1::2] = raw[width - 1 :: width]
    samples = array.array("h", bytes(two))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _one_channel(samples: "array.array[int]", channels: int) -> "array.array[int]":
    if channels == 1:
        return samples
    return array.array("h", ((left + right) // 2 for left, right in zip(samples[0::2], samples[1::2], strict=True)))
