"""What SDL's disk driver wrote, as a wave file: what the loudspeaker would have played, without the long silences.

With SDL_AUDIODRIVER=disk a program's sound goes to SDL_DISKAUDIOFILE as bare samples, silence and all, as long as the
program runs. Used by the demo and by tests; knows no display.
By hand:  python -m voice.disk_audio RAW WAV
"""

import array
import sys
import wave
from pathlib import Path

from msgspec import Struct

FRAMES_PER_S = 44_100
CHANNELS = 2
"""As Kivy opens SDL's mixer: 44.1 kHz, two channels, 16 bit little-endian."""

BLOCK_S = 0.02
LEAD_S = 0.25
QUIET = 90
"""Below this (of 32768) a block counts as silence: -51 dB, under the dying tail of a chime."""


class Stretch(Struct, frozen=True):
    """A stretch of sound between two silences, in seconds from the beginning of the file."""

    begins_s: float
    ends_s: float


def wrap(raw: Path, into: Path, longest_silence_s: float = 1.0) -> float:
    """Write the samples of `raw` as a wave file; its length in seconds. Silences are cut to `longest_silence_s`.

    The file begins and ends with at most LEAD_S of silence. OSError where `raw` cannot be read; ValueError
    where there is no sound in it.
    """
    blocks = _blocks(raw)
    stretches = _stretches(blocks, gap_s=BLOCK_S)
    if not stretches:
        raise ValueError(f"{raw} holds nothing but silence")
    begins_s, ends_s = stretches[0].begins_s - LEAD_S, stretches[-1].ends_s + LEAD_S
    kept = array.array("h")
    silence_s = 0.0
    for index, block in enumerate(blocks):
        if begins_s <= index * BLOCK_S < ends_s:
            silence_s = 0.0 if _is_loud(block) else silence_s + BLOCK_S
            if silence_s <= longest_silence_s:
                kept.extend(block)
    with wave.open(str(into), "wb") as file:
        file.setnchannels(CHANNELS)
        file.setsampwidth(2)
        file.setframerate(FRAMES_PER_S)
        file.writeframes(kept.tobytes())
    return len(kept) / CHANNELS / FRAMES_PER_S


def sounds_in(raw: Path, gap_s: float = 0.35) -> tuple[Stretch, ...]:
    """The stretches of sound in what SDL wrote; a silence shorter than `gap_s` does not part them."""
    return _stretches(_blocks(raw), gap_s)


def peak(raw: Path) -> float:
    """The loudest sample, 0 to 1; 1.0 is clipped."""
    return max((max(*block, -min(block)) for block in _blocks(raw)), default=0) / 32768


def _blocks(raw: Path) -> "list[array.array[int]]":
    samples = array.array("h")
    content = raw.read_bytes()
    samples.frombytes(content[: len(content) // (2 * CHANNELS) * 2 * CHANNELS])
    if sys.byteorder == "big":
        samples.byteswap()
    step = int(FRAMES_PER_S * BLOCK_S) * CHANNELS
    return [samples[begin : begin + step] for begin in range(0, len(samples), step)]


def _is_loud(block: "array.array[int]") -> bool:
    return max(block) > QUIET or min(block) < -QUIET


def _stretches(blocks: "list[array.array[int]]", gap_s: float) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for index, block in enumerate(blocks):
        if not _is_loud(block):
            continue
        begins_s, ends_s = index * BLOCK_S, (index + 1) * BLOCK_S
        if found and begins_s - found[-1].ends_s <= gap_s:
            found[-1] = Stretch(found[-1].begins_s, ends_s)
        else:
            found.append(Stretch(begins_s, ends_s))
    return tuple(found)


if __name__ == "__main__":
    length_s = wrap(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"{sys.argv[2]}: {length_s:.1f} s")  # noqa: T201 - a command by hand
