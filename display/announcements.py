"""The queue of calls to speak. Pure: `step` says what a happening changes and what is to be done about it.

- A call is taken on only where this display is one of its announcers, and only once: heard again, it is not spoken again,
  and what became of it is reported again.
- Calls are spoken one after another, in the order they came. Nothing that is being said is cut off.
- Each call that was taken on ends in exactly one report: `spoken`, `dropped` (it grew stale before its turn), `failed`,
  or `silent` (no speech is wanted now: it was shown, with the chime at most).
- The chime rings while the speech is still being made. What comes after it waits for both.
- While calls wait, first the second language is left out, then the repeat, then the words of courtesy: what is left is
  chime, number, counter. Courtesy also goes where a waiting call would else grow stale; and until its first word is
  heard, a call may still lose it.

Times are seconds of one clock that only goes forward; it is passed in.
"""

from typing import assert_never

from msgspec.structs import replace

from contract.calls import Call, CallOutcome
from contract.names import CallId
from display.turns import (
    Announcements,
    Became,
    CallCame,
    Effect,
    Happening,
    Make,
    Manner,
    Part,
    Play,
    Report,
    Ring,
    Sound,
    SoundEnded,
    SoundLost,
    Speaking,
    SpeechLost,
    SpeechMade,
    Step,
    TimePassed,
    Waiting,
)


def step(state: Announcements, happening: Happening, now_s: float, manner: Manner) -> Step:
    """The state after a happening, and what to do about it, in order."""
    match happening:
        case CallCame(call=call, stale_s=stale_s):
            state, effects = _take_on(state, call, stale_s, manner)
        case SpeechMade(call=call_id, parts=parts, short=short):
            state, effects = _made(state, call_id, parts, short=short), ()
        case SpeechLost(call=call_id, why=why, short=short):
            state, effects = _unmade(state, call_id, why, short=short)
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
    for move in (_drop_stale, _lose_patience, _shorten, _go_on, _begin_next):
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


def _made(state: Announcements, call: CallId, parts: tuple[Part, ...], *, short: bool) -> Announcements:
    now = state.speaking
    if now is None or now.call.call != call or now.parts is not None or now.short != short:
        return state
    return replace(state, speaking=replace(now, parts=parts))


def _unmade(state: Announcements, call: CallId, why: str, *, short: bool) -> Step:
    now = state.speaking
    if now is None or now.short != short:
        return state, ()
    return _lost(state, call, why)


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
    following = _following(now.playing, len(now.parts), len(state.waiting), manner)
    if following is None:
        languages = dict.fromkeys(part.language for part in now.parts[: now.playing + 1])
        return _report(replace(state, speaking=None), _became(now.call, "spoken", " ".join(languages)))
    return _play(state, now, following, now_s, manner)


def _following(playing: int, parts: int, waiting: int, manner: Manner) -> int | None:
    """What is said after `playing`: the next that nobody who waits forbids."""
    for number in range(playing + 1, parts * manner.say_times):
        second_language, repeat = number % parts > 0, number >= parts
        left_out = (second_language and waiting >= manner.one_language_from) or (repeat and waiting >= manner.once_from)
        if not left_out:
            return number
    return None


def _play(state: Announcements, now: Speaking, number: int, now_s: float, manner: Manner) -> Step:
    assert now.parts  # noqa: S101 - played only when made
    part = now.parts[number % len(now.parts)]
    patience_s = now_s + part.wave.duration_s + manner.played_within_s
    playing = replace(now, playing=number, patience_s=patience_s)
    return replace(state, speaking=playing), (Play(now.call.call, part),)


def _drop_stale(state: Announcements, now_s: float, _manner: Manner) -> Step:
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
    if now is None or now.chiming or now.playing is not None:
        return state, ()
    if not now.speech:
        return _report(replace(state, speaking=None), _became(now.call, "silent", "the chime alone"))
    if now.parts is None:
        return state, ()
    if not now.parts:
        return _lost(state, now.call.call, "nothing to say")
    return _play(state, now, 0, now_s, manner)


def _shorten(state: Announcements, now_s: float, manner: Manner) -> Step:
    """Others came to wait before the first word was heard: the courtesy goes after all."""
    now = state.speaking
    if now is None or not (now.chiming and now.speech) or now.short or not _hurries(state.waiting, now_s, manner):
        return state, ()
    return replace(state, speaking=replace(now, short=True, parts=None)), (Make(now.call, short=True),)


def _hurries(waiting: tuple[Waiting, ...], now_s: float, manner: Manner) -> bool:
    """Whether so many wait, or one so long, that courtesy would cost one of them its voice."""
    would_grow_stale = any(
        now_s + manner.full_s * place > each.stale_s > now_s for place, each in enumerate(waiting, start=1)
    )
    return len(waiting) >= manner.short_from or would_grow_stale


def _begin_next(state: Announcements, now_s: float, manner: Manner) -> Step:
    effects: tuple[Effect, ...] = ()
    while state.speaking is None and state.waiting:
        chosen, left = state.waiting[0], state.waiting[1:]
        state = replace(state, waiting=left)
        if manner.chime or manner.speech:
            state, more = _begin(state, chosen.call, now_s, manner)
        else:
            state, more = _report(state, _became(chosen.call, "silent", "no sound is wanted now"))
        effects += more
    return state, effects


def _begin(state: Announcements, call: Call, now_s: float, manner: Manner) -> Step:
    short = _hurries(state.waiting, now_s, manner)
    patience_s = now_s + (manner.chime_within_s if manner.chime else manner.made_within_s)
    speaking = Speaking(
        call, short, speech=manner.speech, chiming=manner.chime, parts=None, playing=None, patience_s=patience_s
    )
    state, effects = _report(replace(state, speaking=speaking), _became(call, "started"))
    if manner.chime:
        effects += (Ring(call.call),)
    if manner.speech:
        effects += (Make(call, short),)
    return state, effects


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
