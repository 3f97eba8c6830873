"""What the queue of calls to speak is made of: its state, what may happen to it, what is to be done. Pure.

The rules stand in announcements.py. Times are seconds of one clock that only goes forward.
"""

from typing import Literal

from msgspec import Struct

from contract.calls import Call, CallOutcome
from contract.names import CallId, DeviceId, Language, Number
from voice.speaker import Wave


class Manner(Struct, frozen=True):
    """How calls are spoken. `say_times`: each language so often, when nobody waits. The last seconds are limits of patience.

    From so many waiting calls on: `one_language_from` the second language, `once_from` the repeats, `short_from` the
    words of courtesy are left out. `chime`, `speech`: what is to be heard at all now.
    """

    me: DeviceId
    say_times: int = 1
    one_language_from: int = 1
    once_from: int = 2
    short_from: int = 3
    chime: bool = True
    speech: bool = True
    full_s: float = 7.5
    """What a call with its courtesy takes, chime and all: 6.3 to 7.4 s, measured on espeak-ng's poz/id at 150 words a minute."""
    waiting_limit: int = 100
    remembered: int = 500
    chime_within_s: float = 5.0
    made_within_s: float = 12.0
    played_within_s: float = 3.0
    """Beyond the wave's own length."""


class Waiting(Struct, frozen=True):
    """A call that waits for its turn until `stale_s`, when it is too old to be spoken."""

    call: Call
    stale_s: float


class Part(Struct, frozen=True):
    """One sentence of a call, made."""

    language: Language
    wave: Wave


class Speaking(Struct, frozen=True):
    """The call whose turn it is. `parts` is None while its speech is being made; `playing` counts what was begun from 0,
    round by round: with two parts, 2 is the first part's repeat. `short`: made without courtesy; `speech`: with
    speech at all, or with the chime alone.
    """

    call: Call
    short: bool
    speech: bool
    chiming: bool
    parts: tuple[Part, ...] | None
    playing: int | None
    patience_s: float


class Became(Struct, frozen=True):
    """What was last reported of a call."""

    call: CallId
    number: Number
    outcome: CallOutcome
    detail: str = ""


class Announcements(Struct, frozen=True):
    """All of the state. `known` holds the calls taken on lately, oldest first."""

    waiting: tuple[Waiting, ...] = ()
    speaking: Speaking | None = None
    known: tuple[Became, ...] = ()


# What happens.


class CallCame(Struct, frozen=True):
    """A call was heard; it may be spoken until `stale_s`."""

    call: Call
    stale_s: float


class SpeechMade(Struct, frozen=True):
    """The speech of a call is there: `short` or with its courtesy."""

    call: CallId
    parts: tuple[Part, ...]
    short: bool = False


class SpeechLost(Struct, frozen=True):
    """The speech of a call cannot be made."""

    call: CallId
    why: str
    short: bool = False


Sound = Literal["chime", "speech"]


class SoundEnded(Struct, frozen=True):
    """The last sample was heard of this call's chime, or of the part that was playing."""

    call: CallId
    sound: Sound


class SoundLost(Struct, frozen=True):
    """A sound of this call could not be played."""

    call: CallId
    sound: Sound
    why: str


class TimePassed(Struct, frozen=True):
    """Nothing but that it is later."""


Happening = CallCame | SpeechMade | SpeechLost | SoundEnded | SoundLost | TimePassed

# What is to be done.


class Report(Struct, frozen=True):
    """Tell the hub."""

    became: Became


class Ring(Struct, frozen=True):
    """Play the chime."""

    call: CallId


class Make(Struct, frozen=True):
    """Make the speech: one part per language of the call, in that order, `short` without courtesy."""

    call: Call
    short: bool


class Play(Struct, frozen=True):
    """Play a part."""

    call: CallId
    part: Part


Effect = Report | Ring | Make | Play
Step = tuple[Announcements, tuple[Effect, ...]]
