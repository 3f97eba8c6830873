"""Where every visit begins: the welcome, and what stands there when the hall is closed or the hub is away. Pure."""

from datetime import datetime

from assets import dates
from assets.words import Words
from contract.names import Language
from kiosk import choices, notices, offline
from kiosk.calls import note_on
from kiosk.faces import Button, Face, MessageFace, WelcomeFace
from kiosk.framing import WordsOf, framed, guidance_buttons, language_button, staff_button
from kiosk.printing.printer import BLOCKED
from kiosk.shut import shut_of
from kiosk.standing import agency_standing
from kiosk.state import State, first_language, hub_is_here
from kiosk.tongues import language_buttons
from kiosk.welcomeplan import Greeting, WelcomePlan, plan_of


def first_face(state: State, words_of: WordsOf, words: Words, now: datetime | None) -> Face:
    """The welcome; before the hall is known, without the hub, or when the hall is closed, why there is none."""
    if state.hall is None or state.pulse is None or not state.agencies:
        return _out_of_order(state, words_of, words, now, starting=True)
    shut = shut_of(state, words, now)
    if shut is None and not hub_is_here(state) and not offline.can_give(state):
        return _out_of_order(state, words_of, words, now, starting=False)
    other = words_of(_other_language(state))
    kiosk = words.kiosk
    if shut is not None:
        return MessageFace(
            frame=framed(
                state, words, now, (language_button(words), *guidance_buttons(state, words), staff_button(words))
            ),
            screen=shut.screen,
            icon=shut.icon,
            title=shut.title,
            sentences=shut.sentences,
            buttons=(Button(kiosk.look_only, choices.Start()),),
        )
    frame = framed(state, words, now)
    helps = (
        *guidance_buttons(state, words),
        Button(kiosk.check_button, choices.CheckNumber(), "ticket-confirmation"),
        staff_button(words),
    )
    notice = _notice(state, words_of, words)
    until = _open_until(state, words, now)

    def plan(languages: tuple[str, ...]) -> WelcomePlan:
        helped = tuple(button.label for button in helps)
        return plan_of(frame.shape, Greeting(languages, helped, notice, kiosk.free, until))

    languages = language_buttons(state, words_of, words, lambda names: plan(names).roomy)
    return WelcomeFace(
        frame=frame,
        title=kiosk.welcome_title,
        other_title=other.kiosk.welcome_title if other is not words else "",
        start=Button(kiosk.start, choices.Start()),
        other_start=other.kiosk.start if other is not words else "",
        languages=languages,
        helps=helps,
        left_note=kiosk.free,
        right_note=until,
        notice=notice,
        plan=plan(tuple(button.label for button in languages)),
    )


def _notice(state: State, words_of: WordsOf, words: Words) -> str:
    """What a visitor should know before starting."""
    kiosk = words.kiosk
    told = (
        notices.line(state, words),
        "" if hub_is_here(state) else kiosk.notice_hub_away,
        kiosk.notice_no_paper if state.printer in BLOCKED else "",
        note_on(state, state.language, words, words_of) if state.language else "",
    )
    return "\n".join(filter(None, told))


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
            return kiosk.starting_title, (kiosk.starting_text, kiosk.starting_help)
        return kiosk.out_title, (kiosk.out_text, kiosk.out_help)

    title, sentences = told(words)
    other = words_of(_other_language(state) if state.hall else Language("en"))
    other_title, other_sentences = told(other) if other is not words else ("", ())
    return MessageFace(
        frame=framed(state, words, now, (staff_button(words),)),
        screen="starting" if starting else "out-of-order",
        icon="timer-sand" if starting else "alert-circle-outline",
        title=title,
        sentences=sentences,
        buttons=(),
        serious=not starting,
        other_title=other_title,
        other_sentences=other_sentences,
    )


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
