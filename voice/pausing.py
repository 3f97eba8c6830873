"""The pauses of made speech: those at its commas are drawn out, so that ears can sort number from number. Pure.

An engine's pause shrinks with its rate, and the slower rate that would lengthen it slows the words as well. So the words
keep their rate and the pauses get a length of their own. The silence behind the last word goes: the next sound waits for it.
"""

import array
import re

from voice.samples import FULL, Sound, silence

BLOCK_S = 0.01
QUIET = 0.0056
"""Of full scale (-45 dBFS): under the softest consonant of espeak-ng's voices, above the noise of what is rounded."""

LEAST_S = 0.08
"""A shorter silence is a consonant's own: the closure of p, t, k takes up to 0.07 s."""

TAIL_S = 0.06

_COMMA = re.compile(r"[,;:.](?=\s)")


def commas(text: str) -> int:
    """How many pauses a sentence asks for."""
    return len(_COMMA.findall(text.strip()))


def paused(sound: Sound, pauses: int, pause_s: float) -> Sound:
    """The same words with their `pauses` longest silences drawn out to `pause_s` where they are shorter."""
    spans = _silences(sound)
    if spans and spans[-1][1] >= len(sound.samples):
        sound = Sound(sound.samples[: spans[-1][0] + round(TAIL_S * sound.frames_per_s)], sound.frames_per_s)
        spans = spans[:-1]
    inner = [span for span in spans if span[0] > 0 and span[1] - span[0] >= LEAST_S * sound.frames_per_s]
    chosen = sorted(sorted(inner, key=lambda span: span[0] - span[1])[:pauses])
    whole = array.array("h")
    at = 0
    for begins, ends in chosen:
        middle = (begins + ends) // 2
        whole.extend(sound.samples[at:middle])
        whole.extend(silence(max(0.0, pause_s - (ends - begins) / sound.frames_per_s), sound.frames_per_s))
        at = middle
    whole.extend(sound.samples[at:])
    return Sound(whole, sound.frames_per_s)


def _silences(sound: Sound) -> list[tuple[int, int]]:
    """From which sample until before which nothing is heard, in order; the last may reach to the end."""
    step = max(1, round(BLOCK_S * sound.frames_per_s))
    limit = QUIET * FULL
    found: list[tuple[int, int]] = []
    for at in range(0, len(sound.samples), step):
        block = sound.samples[at : at + step]
        if max(block) > limit or min(block) < -limit:
            continue
        ends = at + len(block)
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((at, ends))
    return found
