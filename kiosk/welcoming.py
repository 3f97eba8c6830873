"""Where every visit begins: the welcome, and what stands there when the hall is closed or the hub is away. Pure."""

from datetime import datetime

from assets import dates
from assets.words import Words
from contract.names import Language
from kiosk import choices
from kiosk.faces import Button, Face, Frame, MessageFace, WelcomeFace
from kiosk.framing import WordsOf, head_of, language_button, staff_button
from kiosk.printing.printer import BLOCKED
from kiosk.standing import agency_standing, is_hall_closed
from kiosk.state import State, first_language, hub_is_here
from kiosk.wording import when


def first_face(state: State, words_of: WordsOf, words: Words, now: datetime | None) -> Face:
    """The welcome; before the hall is known, without the hub, or when the hall is closed, why there is none."""
    if state.hall is None or state.pulse is None or not state.agencies:
        return _out_of_order(state, words_of, words, now, starting=True)
    if not hub_is_here(state):
        return _out_of_order(state, words_of, words, now, starting=False)
    other = words_of(_other_language(state))
    kiosk = words.kiosk
    closed = is_hall_closed(state, now)
    opens = _opens(state, now)
    if closed:
        sentence = kiosk.closed_until.format(when=when(opens, now, words)) if opens and now else ""
        return MessageFace(
            frame=Frame(head_of(state, words, now), (language_button(words), staff_button(words)), state.appearance),
            screen="closed",
            icon="clock-outline",
            title=kiosk.closed_title,
            sentences=tuple(part for part in (sentence, kiosk.closed_text) if part),
            buttons=(Button(kiosk.look_only, choices.Start()),),
        )
    languages = state.hall.languages if len(state.hall.languages) > 1 else ()
    return WelcomeFace(
        frame=Frame(head_of(state, words, now), (), state.appearance),
        title=kiosk.welcome_title,
        other_title=other.kiosk.welcome_title if other is not words else "",
        start=Button(kiosk.start, choices.Start()),
        other_start=other.kiosk.start if other is not words else "",
        languages=tuple(Button(words_of(language).language.name, choices.Speak(language)) for language in languages),
        helps=(
            Button(kiosk.bar_appearance, choices.ChangeAppearance(), "format-size"),
            staff_button(words),
        ),
        left_note=kiosk.free,
        right_note=_open_until(state, words, now),
        notice=kiosk.notice_no_paper if state.printer in BLOCKED else "",
    )


def _other_language(state: State) -> Language:
    """The one that the welcome says small: the second, or the first for who chose another."""
    shown = state.language or first_language(state)
    others = [language for language in (state.hall.languages if state.hall else ()) if language != shown]
    return others[0] if others else shown


def _out_of_order(
    state: State, words_of: WordsOf, words: Words, now: datetime | None, *, starting: bool
) -> MessageFace:
    """In two languages, because nobody can choose one here."""

    def told(one: Words) -> tuple[str, tuple[str, ...]]:
        kiosk = one.kiosk
        if starting:
            return kiosk.starting_title, (kiosk.starting_text,)
        return kiosk.out_title, (kiosk.out_text, kiosk.out_help)

    title, sentences = told(words)
    other = words_of(_other_language(state) if state.hall else Language("en"))
    other_title, other_sentences = told(other) if other is not words else ("", ())
    return MessageFace(
        frame=Frame(head_of(state, words, now), (), state.appearance),
        screen="starting" if starting else "out-of-order",
        icon="timer-sand" if starting else "alert-circle-outline",
        title=title,
        sentences=sentences,
        buttons=(),
        serious=not starting,
        other_title=other_title,
        other_sentences=other_sentences,
    )


def _opens(state: State, now: datetime | None) -> datetime | None:
    """When the first service can be had again."""
    standings = [agency_standing(state, agency, now) for agency in state.agencies]
    return min((one.until for one in standings if one.until is not None and now and one.until > now), default=None)


def _open_until(state: State, words: Words, now: datetime | None) -> str:
    """As in "Buka sampai 15.00": the last service that ends today; nothing for a hall that is open round the clock."""
    ends = [
        standing.until.astimezone(now.tzinfo)
        for agency in state.agencies
        if (standing := agency_standing(state, agency, now)).open and standing.until is not None and now
    ]
    last = max(ends, default=None)
    if last is None or now is None or last.date() != now.date():
        return ""
    return words.kiosk.open_until.format(time=dates.clock(last, Language(words.language.code)))
