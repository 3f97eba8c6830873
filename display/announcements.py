"""The queue of calls to speak. Pure: `step` says what a happening changes and what is to be done about it.

- A call is taken on only where this display is one of its announcers, and only once: heard again, it is not spoken again,
  and what became of it is reported again.
- Calls are spoken one after another, in the order they came. Nothing cuts a call off.
- Each call that was taken on ends in exactly one report: `spoken`, `dropped` (it grew stale before its turn) or `failed`.
- The chime rings while the speech is still being made. What comes after it waits for both.
- While others wait, the second language is left out; while several do, the words of courtesy as well.

Times are seconds of one clock that only goes forward; it is passed in.
"""

from typing import Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from contract.calls import Call, CallOutcome
from contract.names import CallId, DeviceId, Language, Number
from voice.speaker import Wave


class Manner(Struct, frozen=True):
    """How calls are spoken. `say_times`: each language so often, when nobody waits. Seconds are limits of patience."""

    me: DeviceId
    say_times: int = 1
    one_language_from: int = 1
    short_from: int = 3
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
    """The call whose turn it is. `parts` is None while its speech is being made; `playing` counts parts from 0."""

    call: Call
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
    """The speech of a call is there."""

    call: CallId
    parts: tuple[Part, ...]


class SpeechLost(Struct, frozen=True):
    """The speech of a call cannot be made."""

    call: CallId
    why: str


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


def step(state: Announcements, happening: Happening, now_s: float, manner: Manner) -> Step:
    """The state after a happening, and what to do about it, in order."""
    match happening:
        case CallCame(call=call, stale_s=stale_s):
            state, effects = _take_on(state, call, stale_s, manner)
        case SpeechMade(call=call_id, parts=parts):
            state, effects = _made(state, call_id, parts), ()
        case SpeechLost(call=call_id, why=why):
            state, effects = _lost(state, call_id, why)
        case SoundEnded(call=call_id, sound=sound):
            state, effects = _ended(state, call_id, sound, now_s, manner)
        case SoundLost(call=call_id, sound="chime"):
            # Without a chime the call is still worth speaking.
            state, effects = _ended(state, call_id, "chime", now_s, manner)
        case SoundLost(call=call_id, why=why):
            state, effects = _lost(state, call_id, why)
        case TimePassed():
            effects = ()
        case _:
            assert_never(happening)
    for move in (_drop_stale, _lose_patience, _go_on, _begin_next):
        state, more = move(state, now_s, manner)
        effects += more
    return state, effects


def _take_on(state: Announcements, call: Call, stale_s: float, manner: Manner) -> Step:
    if manner.me not in call.announcers:
        return state, ()
    for became in state.known:
        if became.call == call.call:
            return state, (Report(became),)
    state, effects = _report(state, _became(call, "queued"), manner.remembered)
    waiting = (*state.waiting, Waiting(call, stale_s))
    if len(waiting) > manner.waiting_limit:
        oldest, waiting = waiting[0], waiting[1:]
        state, more = _report(state, _became(oldest.call, "dropped", "too many calls wait"))
        effects += more
    return replace(state, waiting=waiting), effects


def _made(state: Announcements, call: CallId, parts: tuple[Part, ...]) -> Announcements:
    now = state.speaking
    if now is None or now.call.call != call or now.parts is not None:
        return state
    return replace(state, speaking=replace(now, parts=parts))


def _lost(state: Announcements, call: CallId, why: str) -> Step:
    now = state.speaking
    if now is None or now.call.call != call:
        return state, ()
    return _report(replace(state, speaking=None), _became(now.call, "failed", why))


def _ended(state: Announcements, call: CallId, sound: Sound, now_s: float, manner: Manner) -> Step:
    now = state.speaking
    if now is None or now.call.call != call:
        return state, ()
    if sound == "chime":
        return replace(state, speaking=replace(now, chiming=False, patience_s=now_s + manner.made_within_s)), ()
    if now.playing is None or now.parts is None:
        return state, ()
    following = now.playing + 1
    cut_short = len(state.waiting) >= manner.one_language_from
    if following >= len(now.parts) * manner.say_times or cut_short:
        languages = dict.fromkeys(part.language for part in now.parts[: following or 1])
        return _report(replace(state, speaking=None), _became(now.call, "spoken", " ".join(languages)))
    return _play(state, now, following, now_s, manner)


def _play(state: Announcements, now: Speaking, number: int, now_s: float, manner: Manner) -> Step:
    assert now.parts  # noqa: S101 - played only when made
    part = now.parts[number % len(now.parts)]
    patience_s = now_s + part.wave.duration_s + manner.played_within_s
    playing = replace(now, playing=number, patience_s=patience_s)
    return replace(state, speaking=playing), (Play(now.call.call, part),)


def _drop_stale(state: Announcements, now_s: float, manner: Manner) -> Step:
    del manner
    effects: tuple[Effect, ...] = ()
    for stale in [each for each in state.waiting if each.stale_s <= now_s]:
        state = replace(state, waiting=tuple(each for each in state.waiting if each is not stale))
        state, more = _report(state, _became(stale.call, "dropped", "it grew too old before its turn"))
        effects += more
    return state, effects


def _lose_patience(state: Announcements, now_s: float, manner: Manner) -> Step:
    now = state.speaking
    if now is None or now_s < now.patience_s:
        return state, ()
    if now.playing is not None:
        return _lost(state, now.call.call, "the loudspeaker did not say that it ended")
    if now.chiming:
        # The chime did not say that it ended: speak all the same.
        return replace(state, speaking=replace(now, chiming=False, patience_s=now_s + manner.made_within_s)), ()
    return _lost(state, now.call.call, "the speech was not made in time")


def _go_on(state: Announcements, now_s: float, manner: Manner) -> Step:
    now = state.speaking
    if now is None or now.chiming or now.parts is None or now.playing is not None:
        return state, ()
    if not now.parts:
        return _lost(state, now.call.call, "nothing to say")
    return _play(state, now, 0, now_s, manner)


def _begin_next(state: Announcements, now_s: float, manner: Manner) -> Step:
    if state.speaking is not None or not state.waiting:
        return state, ()
    chosen, left = state.waiting[0], state.waiting[1:]
    patience_s = now_s + manner.chime_within_s
    speaking = Speaking(chosen.call, chiming=True, parts=None, playing=None, patience_s=patience_s)
    state, effects = _report(replace(state, waiting=left, speaking=speaking), _became(chosen.call, "started"))
    short = len(left) >= manner.short_from
    return state, (*effects, Ring(chosen.call.call), Make(chosen.call, short))


def _became(call: Call, outcome: CallOutcome, detail: str = "") -> Became:
    return Became(call.call, call.number, outcome, detail)


def _report(state: Announcements, became: Became, remembered: int = 0) -> Step:
    """Note it and report it. `remembered` limits what is known; given where a call is new."""
    known = tuple(each for each in state.known if each.call != became.call)
    if len(known) < len(state.known):
        known = tuple(became if each.call == became.call else each for each in state.known)
    else:
        known = (*known, became)[-remembered:]
    return replace(state, known=known), (Report(became),)
