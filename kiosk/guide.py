"""What a kiosk knows of its spoken guidance besides whether it is on and how loud: pure data, a part of kiosk.state.

Everything but `voices` and `cannot_speak` is the visitor's and goes with him.
"""

from typing import Literal

from msgspec import Struct

from contract.names import Language

VOLUMES = 5
"""Steps of the volume; the last is all that the kiosk's own limit allows (`[voice] volume`)."""

FIRST_VOLUME = 3
"""Where every visit begins: room in both directions."""

DECIBELS_A_STEP = 5.0
"""A step is heard clearly (a change of 3 dB is), and five of them span 20 dB: a quiet office to a busy hall."""

Key = Literal["up", "down", "choose", "back", "guide", "plugged", "unplugged", "louder", "softer"]
"""What a keypad's keys do."""


class Announced(Struct, frozen=True):
    """The screen that was spoken last: its turn, its title and all of its words, in which language; `wanted` is the visitor's."""

    turn: int
    title: str
    words: str
    language: Language
    wanted: Language


class Guide(Struct, frozen=True):
    """`focus` names what was spoken last: guidance.Item.name, empty for the screen as a whole.

    `voices`: languages that can be spoken; None while the voice has not been needed yet, or is to be tried anew.
    `notice`: the standing notice that was spoken, by what it says; `notice_at` when last, in monotonic seconds; `notices`: how often.
    """

    focus: str = ""
    announced: Announced | None = None
    voices: tuple[Language, ...] | None = None
    cannot_speak: bool = False
    notice: str = ""
    notice_at: float = 0.0
    notices: int = 0


def loudness(step: int) -> float:
    """A step's share of the loudest, as an amplitude: 1.0 for the last, DECIBELS_A_STEP less for each below."""
    return float(10 ** (-(VOLUMES - step) * DECIBELS_A_STEP / 20))
