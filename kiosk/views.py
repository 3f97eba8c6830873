"""What the kiosk shows of its state: one frozen face, its words in the visitor's language. Pure.

`view_of` is all that the screens get; a picture of a screen therefore needs only a state and a time.
"""

from collections.abc import Callable
from datetime import datetime
from typing import assert_never

from assets import dates
from assets.words import Words
from contract.names import Language
from contract.reasons import WhyRefused
from kiosk import choices
from kiosk.describing import priority_face, service_face
from kiosk.faces import Button, Face, Frame, Head, MessageFace, Slip, WaitFace, WelcomeFace
from kiosk.listing import agency_face, all_errands_face, choosing_face, errand_face
from kiosk.printing.printer import BLOCKED
from kiosk.state import (
    OWN_REASONS,
    AllErrands,
    AskingPriority,
    AtService,
    Cancelled,
    Choosing,
    ChoosingLanguage,
    ConfirmingCancel,
    InAgency,
    InErrand,
    Place,
    Refusal,
    StaffComing,
    State,
    StillThere,
    Taking,
    Waiting,
    Welcome,
    agency_standing,
    first_language,
    hub_is_here,
    is_hall_closed,
)
from kiosk.ticketing import confirm_cancel_face, ticket_face
from kiosk.wording import said, when

WordsOf = Callable[[Language], Words]

TROUBLE = (WhyRefused.CLOCK_BEHIND, WhyRefused.BROKEN_MESSAGE, WhyRefused.NOT_ALLOWED)
"""Refusals that say something to technicians and officers only: a visitor is told that there is trouble, and where to go."""


def view_of(state: State, words_of: WordsOf, now: datetime | None, slip: Slip | None = None) -> Face:
    """The face of this state. `now` is the hub's time in the hall's zone (state.now_of); `slip` the paper to show."""
    words = words_of(state.language or first_language(state))
    place = state.place
    if isinstance(place, Welcome):
        return _first_face(state, words_of, words, now)
    if isinstance(place, ChoosingLanguage):
        return _languages(state, words_of, frame_of(state, words, now), words)
    return _face(state, place, frame_of(state, words, now), words, now=now, slip=slip) or _gone(state, words, now)


def _face(  # noqa: C901, PLR0911 - one line for each place
    state: State, place: Place, frame: Frame, words: Words, *, now: datetime | None, slip: Slip | None
) -> Face | None:
    """None where what was looked at is no longer there."""
    told = state.told
    match place:
        case Choosing():
            return choosing_face(state, place, frame, words, now)
        case AllErrands(page=page):
            return all_errands_face(state, page, frame, words)
        case InErrand(errand=errand, page=page):
            return errand_face(state, errand, page, frame=frame, words=words, now=now)
        case InAgency(agency=agency, page=page):
            return agency_face(state, agency, page, frame=frame, words=words, now=now)
        case AtService():
            return service_face(state, place, frame, words, now)
        case AskingPriority():
            return priority_face(state, place, frame, words)
        case Waiting():
            return WaitFace(frame, words.kiosk.wait_title, words.kiosk.wait_text)
        case Taking():
            return ticket_face(state, told, frame, words, slip) if told else None
        case ConfirmingCancel():
            return confirm_cancel_face(told, frame, words) if told else None
        case Welcome() | Cancelled() | Refusal() | StaffComing() | ChoosingLanguage() | StillThere():
            return _message(place, frame, words)
        case _:
            assert_never(place)


def frame_of(state: State, words: Words, now: datetime | None) -> Frame:
    """Head and bar. What leads nowhere here is left out of the bar, and so it is never dead."""
    kiosk = words.kiosk
    back = Button(kiosk.bar_back, choices.Back(), "arrow-left")
    home = Button(kiosk.bar_home, choices.Home(), "home")
    language = Button(kiosk.bar_language, choices.ChooseLanguage(), "translate")
    appearance = Button(kiosk.bar_appearance, choices.ChangeAppearance(), "format-size")
    staff = Button(kiosk.bar_staff, choices.CallStaff(), "account-group")
    match state.place:
        case Waiting() | StillThere() | ConfirmingCancel():
            bar: tuple[Button, ...] = ()
        case Taking():
            bar = (language, appearance, staff)
        case Choosing() | Cancelled() | Refusal():
            bar = (home, language, appearance, staff)
        case StaffComing() | ChoosingLanguage():
            bar = (back, home, appearance)
        case _:
            bar = (back, home, language, appearance, staff)
    return Frame(head_of(state, words, now), bar, state.appearance)


def head_of(state: State, words: Words, now: datetime | None) -> Head:
    """The hall's name and place, the hub's time and date."""
    language = Language(words.language.code)
    hall = state.hall
    return Head(
        name=said(hall.name, words) if hall else "",
        place=said(hall.place, words) if hall else "",
        time=dates.clock(now, language) if now else "",
        date=dates.day_date(now.date(), language) if now else "",
    )


# --- where every visit begins ------------------------------------------------------------------------------------------


def _first_face(state: State, words_of: WordsOf, words: Words, now: datetime | None) -> Face:
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
            frame=Frame(head_of(state, words, now), (_language_button(words), _staff_button(words)), state.appearance),
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
            Button(kiosk.bar_staff, choices.CallStaff(), "account-group"),
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


# --- one thing to be said ----------------------------------------------------------------------------------------------


def _message(place: Place, frame: Frame, words: Words) -> MessageFace:
    kiosk = words.kiosk
    understood = (Button(kiosk.understood, choices.Back()),)
    match place:
        case Cancelled():
            done = (Button(kiosk.bar_home, choices.Home()),)
            return MessageFace(frame, "cancelled", "check-circle", kiosk.cancelled_title, (kiosk.cancelled_text,), done)
        case Refusal():
            sentence = _refusal(place, words)
            sentences = (
                (sentence,)
                if place.reason in OWN_REASONS or place.reason in TROUBLE
                else (sentence, kiosk.refused_help)
            )
            return MessageFace(
                frame, "refused", "information", kiosk.refused_title, sentences, (*understood,), serious=True
            )
        case StaffComing(said=True):
            return MessageFace(frame, "staff", "account-group", kiosk.staff_title, (kiosk.staff_text,), understood)
        case StaffComing():
            failed = (kiosk.staff_failed_text,)
            return MessageFace(
                frame, "staff", "account-group", kiosk.staff_failed_title, failed, understood, serious=True
            )
        case StillThere():
            stay = (Button(kiosk.still_yes, choices.Stay()), Button(kiosk.bar_home, choices.Home()))
            return MessageFace(frame, "still-there", "timer-sand", kiosk.still_title, (kiosk.still_text,), stay)
        case _:
            return MessageFace(frame, "unknown", "information", kiosk.why_unknown, (), understood)


def _languages(state: State, words_of: WordsOf, frame: Frame, words: Words) -> MessageFace:
    """Each by its own name for itself."""
    languages = state.hall.languages if state.hall else ()
    offered = tuple(Button(words_of(one).language.name, choices.Speak(one)) for one in languages)
    return MessageFace(frame, "languages", "translate", words.kiosk.language_title, (), offered)


def _refusal(place: Refusal, words: Words) -> str:
    """The reason in words: our own, the language file's, or for a reason that we do not know what the hub said."""
    kiosk = words.kiosk
    own = {
        "hub-away": kiosk.refused_hub_away,
        "no-answer": kiosk.refused_no_answer,
        "cannot-keep": kiosk.refused_cannot_keep,
    }
    if place.reason in own:
        return own[place.reason]
    if place.reason in TROUBLE:
        return kiosk.refused_trouble
    field = "on_break" if place.reason == "break" else place.reason.replace("-", "_")
    return str(getattr(words.refusal, field, "")) or said(place.text, words) or kiosk.refused_other


def _gone(state: State, words: Words, now: datetime | None) -> MessageFace:
    """What the visitor looked at was taken out of the hall meanwhile."""
    return _message(Refusal("unknown-service"), frame_of(state, words, now), words)


def _language_button(words: Words) -> Button:
    return Button(words.kiosk.bar_language, choices.ChooseLanguage(), "translate")


def _staff_button(words: Words) -> Button:
    return Button(words.kiosk.bar_staff, choices.CallStaff(), "account-group")
