"""What stands around every screen: the hall's head above, the bar below. Pure."""

from collections.abc import Callable
from datetime import datetime

from assets import dates
from assets.words import Words
from contract.names import Language
from kiosk import choices
from kiosk.faces import Button, Frame, Toggle
from kiosk.furniture import Head
from kiosk.looks import TEXT_SIZES
from kiosk.places import (
    Cancelled,
    Choosing,
    ChoosingLanguage,
    ConfirmingCancel,
    Interrupted,
    Refusal,
    Seeking,
    StaffComing,
    StillThere,
    Taking,
    Waiting,
)
from kiosk.shape import Heading, reach_of, shape_of
from kiosk.signs import signs_of
from kiosk.state import State
from kiosk.visiting import wanted
from kiosk.wording import said

WordsOf = Callable[[Language], Words]


def frame_of(state: State, words: Words, now: datetime | None) -> Frame:
    """Head and bar. What leads nowhere here is left out of the bar, and so it is never dead."""
    kiosk = words.kiosk
    back = Button(kiosk.bar_back, choices.Back(), "arrow-left")
    home = Button(kiosk.bar_home, choices.Home(), "home")
    language = language_button(words)
    staff = staff_button(words)
    voice = guidance_buttons(state, words)
    match state.place:
        case Waiting() | Seeking() | StillThere() | ConfirmingCancel():
            bar: tuple[Button, ...] = (staff,)
        case Taking():
            bar = (language, *voice, staff)
        case Choosing() if not wanted(state.trail):
            check = Button(kiosk.check_button, choices.CheckNumber(), "ticket-confirmation")
            bar = (home, language, *voice, check, staff)
        case Cancelled() | Interrupted() | Refusal():
            bar = (home, language, *voice, staff)
        case StaffComing() | ChoosingLanguage():
            bar = (back, home, *voice, staff)
        case _:
            bar = (back, home, language, *voice, staff)
    return framed(state, words, now, bar)


def framed(
    state: State, words: Words, now: datetime | None, bar: tuple[Button, ...] = (), *, looks: bool = True
) -> Frame:
    """Head, a bar of one's own, and, with `looks`, the strip, each in its place."""
    strip = strip_of(state, words) if looks else ()
    head = head_of(state, words, now)
    shape = shape_of(
        state.panel,
        state.looks,
        tuple(button.label for button in bar),
        strip=len(strip),
        heading=Heading(head.name, head.place, head.date, len(head.signs)),
    )
    return Frame(head, bar, strip, state.looks, shape)


def strip_of(state: State, words: Words) -> tuple[Toggle, ...]:
    """Text sizes, contrast and, where the panel reaches too high, low reach.

    None while a number is on its way, when nothing can be chosen.
    """
    if isinstance(state.place, Waiting):
        return ()
    kiosk, looks = words.kiosk, state.looks
    labels = {"normal": kiosk.text_normal, "large": kiosk.text_large, "largest": kiosk.text_largest}
    return (
        *(
            Toggle(labels[text], choices.SetText(text), on=looks.text == text, step=step)
            for step, text in enumerate(TEXT_SIZES, 1)
        ),
        Toggle(kiosk.strip_contrast, choices.ToggleContrast(), on=looks.contrast, icon="contrast-circle"),
        *(
            (Toggle(kiosk.strip_low, choices.ToggleLow(), on=looks.low, icon="wheelchair-accessibility"),)
            if reach_of(state.panel) < state.panel.height
            else ()
        ),
    )


def head_of(state: State, words: Words, now: datetime | None) -> Head:
    """The hall's name and place, the hub's time and date."""
    language = Language(words.language.code)
    hall = state.hall
    return Head(
        name=said(hall.name, words) if hall else "",
        place=said(hall.place, words) if hall else "",
        time=dates.clock(now, language) if now else "",
        date=dates.day_date(now.date(), language) if now else "",
        signs=signs_of(state),
    )


def language_button(words: Words) -> Button:
    """To the languages."""
    return Button(words.kiosk.bar_language, choices.ChooseLanguage(), "translate")


def guidance_buttons(state: State, words: Words) -> tuple[Button, ...]:
    """Spoken guidance on and off; softer and louder while it is on. Where no voice speaks the button says so, and tries."""
    guidance = words.guidance
    if state.guided:
        return (
            Button(guidance.turn_off, choices.ToggleGuidance(), "account-voice-off"),
            Button(guidance.softer, choices.Softer(), "volume-minus"),
            Button(guidance.louder, choices.Louder(), "volume-plus"),
        )
    if state.guide.cannot_speak:
        return (Button(guidance.cannot_speak, choices.ToggleGuidance(), "volume-off"),)
    return (Button(guidance.turn_on, choices.ToggleGuidance(), "account-voice"),)


def staff_button(words: Words) -> Button:
    """Calls somebody."""
    return Button(words.kiosk.bar_staff, choices.CallStaff(), "account-group")
