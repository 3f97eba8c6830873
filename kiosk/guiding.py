"""How a visitor is guided by voice: when it is turned on and off, what is said when, where keys and an exploring finger lead. Pure.

`speak` looks at each step of the flow from behind: whatever was done, a new screen is said and what was said before is
hushed. The words themselves are kiosk.guidance's.
"""

from msgspec.structs import replace

from assets.phrases import spoken_name
from assets.tongues import known_words
from assets.words import Words
from contract.calls import NoticeText
from contract.names import Language
from kiosk import choices, notices, wording
from kiosk.aloud import aloud, named, sentences
from kiosk.guidance import Spoken, spoken
from kiosk.guide import FIRST_VOLUME, VOLUMES, Announced, Guide, Key
from kiosk.happenings import Effect, Hush, Say
from kiosk.places import Choosing, StillThere
from kiosk.state import State, first_language, now_of
from kiosk.views import view_of

SECONDS_A_LETTER = 0.085
"""Measured on espeak-ng's Indonesian voice at 150 words a minute: 5.2 s for 58 letters."""

LONGEST_SPEECH_S = 150.0
"""A visitor who listens is not asked whether he is there; nobody listens for longer without a key."""

NOTICE_AGAIN_S = 20.0
"""So long after its beginning an evacuation is spoken once more."""

KEYS = ("type:", "rubout")
"""Who types with the keypad stays on the key: the next letter is mostly near."""

Step = tuple[State, tuple[Effect, ...]]


# --- turning it on and off, louder and softer ---------------------------------------------------------------------------


def toggle(state: State) -> State:
    """On, or off again. Where the voice could not speak it is tried anew."""
    if state.guided:
        return replace(state, guided=False)
    return replace(state, guided=True, guide=_fresh(state.guide), volume=FIRST_VOLUME)


def turn_volume(state: State, by: int) -> Step:
    """A step up or down, said at the new volume. The screen is the same one to the ear: it is not said again."""
    volume = min(VOLUMES, max(1, state.volume + by))
    announced = state.guide.announced
    kept = replace(announced, turn=state.turn) if announced else None
    state = replace(state, volume=volume, guide=replace(state.guide, announced=kept))
    guidance = _words(state).guidance
    form = {VOLUMES: guidance.volume_most, 1: guidance.volume_least}.get(volume, guidance.volume)
    return state, (Say(form.format(step=volume, steps=VOLUMES), tongue(state)),)


def voices_known(state: State, voices: tuple[Language, ...]) -> State:
    """The voice has started. Without one the kiosk goes on as for everybody else, and says so on its button."""
    if not voices:
        return cannot_speak(state)
    guide = replace(state.guide, voices=voices, cannot_speak=False)
    state = replace(state, guide=guide)
    said = guide.announced
    if said is not None and said.language != tongue(state):
        state = replace(state, guide=replace(guide, announced=None))
    return state


def cannot_speak(state: State) -> State:
    """The voice has failed: touches choose again, and the next who asks for it has it tried anew."""
    guide = replace(_fresh(state.guide), voices=None, cannot_speak=True)
    return replace(state, guided=False, volume=FIRST_VOLUME, guide=guide)


def _fresh(guide: Guide) -> Guide:
    """Nothing was said to anybody yet; what the voice can do, and what was said to the whole hall, is as it was."""
    return replace(guide, focus="", announced=None)


# --- keys and fingers ---------------------------------------------------------------------------------------------------


def pressed(  # noqa: PLR0911 - one line for each key
    state: State, key: Key
) -> tuple[State, tuple[Effect, ...], choices.Choice | None]:
    """What a key does; a choice that it makes is left to the flow. The first key of a visitor turns the guidance on.

    Headphones that are plugged in while it is on leave it on, wherever the visitor stands: the words are for them now.
    """
    if not state.guided:
        return (state if key == "unplugged" else toggle(state)), (), None
    match key:
        case "guide" | "unplugged":
            return toggle(state), (), None
        case "plugged":
            return replace(state, guide=replace(state.guide, announced=None)), (), None
        case "louder" | "softer":
            return *turn_volume(state, +1 if key == "louder" else -1), None
        case "up" | "down":
            return *_move(state, +1 if key == "down" else -1), None
        case "back":
            return _go_back(state)
        case "choose":
            return _choose(state)


def felt(state: State, choice: choices.Choice | None, text: str) -> Step:
    """A finger came onto something: it is said, and is what a double tap will choose. Plain words choose nothing."""
    if not state.guided:
        return state, ()
    now, words = _now(state)
    item = next((one for one in now.items if one.choice == choice), None) if choice is not None else None
    if item is not None:
        return _focus(state, item.name), (Say(item.text, tongue(state)),)
    return _focus(state, ""), (Say(aloud(text, words), tongue(state)),) if text.strip() else ()


def _move(state: State, by: int) -> Step:
    """To the next thing in reading order; past the last the screen itself comes, with a word that it begins anew."""
    now, words = _now(state)
    names = ["", *(item.name for item in now.items)]
    at = names.index(state.guide.focus) if state.guide.focus in names else 0
    to = (at + by) % len(names)
    guidance = words.guidance
    around = "" if 0 <= at + by < len(names) else (guidance.from_first if by > 0 else guidance.from_last)
    item = now.named(names[to])
    text = item.text if item else now.words
    return _focus(state, names[to]), (Say(f"{around} {text}".strip(), tongue(state)),)


def _choose(state: State) -> tuple[State, tuple[Effect, ...], choices.Choice | None]:
    """What was said last; the screen as a whole is said once more. What has gone meanwhile is never taken for another."""
    now, words = _now(state)
    focus = state.guide.focus
    item = now.named(focus)
    if item is not None and item.choice is not None:
        return state, (), item.choice
    if item is not None:
        return state, (Say(item.text, tongue(state)),), None
    gone = f"{words.guidance.gone} " if focus else ""
    return _focus(state, ""), (Say(gone + now.words, tongue(state)),), None


def _go_back(state: State) -> tuple[State, tuple[Effect, ...], choices.Choice | None]:
    now, words = _now(state)
    if now.named(choices.name_of(choices.Stay())):
        return state, (), choices.Stay()
    if isinstance(state.place, Choosing) or now.named(choices.name_of(choices.Back())):
        return state, (), choices.Back()
    return state, (Say(words.guidance.no_way_back, tongue(state)),), None


def _focus(state: State, name: str) -> State:
    return replace(state, guide=replace(state.guide, focus=name))


def focused(state: State) -> choices.Choice | None:
    """What is framed on the screen: the thing that was said last, while it is there."""
    if not state.guided or not state.guide.focus:
        return None
    item = _now(state)[0].named(state.guide.focus)
    return item.choice if item else None


# --- what is said by itself ---------------------------------------------------------------------------------------------


def speak(before: State, after: State, effects: tuple[Effect, ...]) -> Step:
    """After a step of the flow: the new screen is said, or that the guidance is over; listening is no absence."""
    after, urgent = _notice(after)
    effects = (*effects, *urgent)
    if not after.guided:
        if not before.guided:
            return after, effects
        over = replace(after, volume=FIRST_VOLUME, guide=_fresh(after.guide))
        return over, (*effects, *_farewell(before, over))
    if not any(isinstance(effect, Say) for effect in effects):
        after, said = _announce(before, after)
        effects = (*effects, *said)
    return _listening(before, after, effects), effects


def _notice(state: State) -> Step:
    """What the hall says to everybody is spoken to everybody, guided or not, as loud as it goes.

    Once when it comes; while everybody is to leave again and again, in each of its languages in turn.
    """
    notice, guide = notices.standing(state), state.guide
    if notice is None or notice.level == "info":
        return (replace(state, guide=replace(guide, notice="", notices=0)) if guide.notice else state), ()
    key = f"{notice.id} {notice.level} {sorted(notice.text.items())}"
    due = notice.level == "evacuate" and state.at - guide.notice_at >= NOTICE_AGAIN_S
    if key == guide.notice and not due:
        return state, ()
    count = guide.notices if key == guide.notice else 0
    languages = _spoken_of(state, notice)
    language = languages[count % len(languages)]
    said = known_words(language)
    title = said.kiosk.notice_attention if notice.level == "evacuate" else said.kiosk.notice_title
    state = replace(state, guide=replace(guide, notice=key, notice_at=state.at, notices=count + 1))
    words = sentences([title, aloud(notice.text.get(language, ""), said)])
    return state, (Say(words, language, loud=True),)


def _spoken_of(state: State, notice: NoticeText) -> tuple[Language, ...]:
    """The visitor's language and the hall's, as far as the notice has words in them and a voice speaks them."""
    first, voices = tongue(state), state.guide.voices
    order = (first, *(state.hall.languages if state.hall else ()), *notice.text)
    said = tuple(dict.fromkeys(one for one in order if one in notice.text and (not voices or one in voices)))
    return said or (first,)


def _farewell(before: State, over: State) -> tuple[Effect, ...]:
    if over.guide.cannot_speak:
        return (Hush(),)
    return (Say(_words(before).guidance.ended, tongue(before)),)


def _announce(before: State, after: State) -> Step:
    """The screen, when it is another one than was said last; the thing in focus, when a choice changed only that."""
    said = after.guide.announced
    if said is not None and before.guided and replace(after, at=before.at) == before:
        return after, ()
    now, words = _now(after)
    language, wanted = tongue(after), after.language or first_language(after)
    fresh = Announced(after.turn, now.title, now.words, language, wanted)
    if said is not None and (said.turn, said.title, said.language) == (fresh.turn, fresh.title, fresh.language):
        return after, ()
    same = said is not None and before.guided and before.trail == after.trail and said.title == now.title
    item = now.named(after.guide.focus) if same else None
    typing = type(before.place) is type(after.place) and after.guide.focus.startswith(KEYS)
    focus = after.guide.focus if item or (typing and now.named(after.guide.focus)) else ""
    after = replace(after, guide=replace(after.guide, announced=fresh, focus=focus))
    if item is not None:
        return after, (Say(item.text, language),)
    other = said is None or said.wanted != wanted
    parts = (
        words.guidance.begun if said is None and not _was_heard(before) else "",
        _no_voice_of_his(wanted, words) if other and wanted != language else "",
        now.words,
    )
    return after, (Say(" ".join(part for part in parts if part), language),)


def _was_heard(before: State) -> bool:
    """Whether anything was said to this visitor: before the voices are known, words of a language without one are lost."""
    return before.guided and before.guide.voices is not None


def _no_voice_of_his(wanted: Language, words: Words) -> str:
    """A language that no voice speaks: which one is heard instead."""
    return words.guidance.other_voice.format(language=known_words(wanted).language.name, spoken=words.language.name)


def _listening(before: State, after: State, effects: tuple[Effect, ...]) -> State:
    """Idle time begins when what is said has been said; so does the time to answer "still there?"."""
    said = [effect.text for effect in effects if isinstance(effect, Say)]
    if not said:
        return after
    lasts_s = min(LONGEST_SPEECH_S, len(said[-1]) * SECONDS_A_LETTER)
    after = replace(after, touched_at=max(after.touched_at, after.at + lasts_s))
    match after.place:
        case StillThere(until=until) if before.place != after.place:
            return replace(after, trail=(*after.trail[:-1], StillThere(until + lasts_s)))
        case _:
            return after


# --- which words, in which language -------------------------------------------------------------------------------------


def tongue(state: State) -> Language:
    """The visitor's language; where no voice speaks it, the first of the hall's that one speaks."""
    wanted, voices = state.language or first_language(state), state.guide.voices
    if not voices or wanted in voices:
        return wanted
    spoken_here = [language for language in (state.hall.languages if state.hall else ()) if language in voices]
    return (*spoken_here, *voices)[0]


def _words(state: State) -> Words:
    return known_words(tongue(state))


def _now(state: State) -> tuple[Spoken, Words]:
    """What is on the screen now, as it is heard."""
    words = _words(state)
    face = view_of(replace(state, language=tongue(state)), known_words, now_of(state))
    heard, names = spoken(face, words), _names(state, words)
    if not names:
        return heard, words
    items = tuple(replace(item, text=named(item.text, names)) for item in heard.items)
    return replace(heard, words=named(heard.words, names), items=items), words


def _names(state: State, words: Words) -> dict[str, str]:
    """The agencies that are said otherwise than they are written: as they stand on the screen, and as they are heard."""
    language = Language(words.language.code)
    agencies = state.hall.agencies if state.hall else ()
    return {
        wording.said(one.name, words): spoken_name(one.name, one.spoken, language)
        for one in agencies
        if one.spoken.get(language)
    }
