"""What stands around every screen: the hall's head above, the bar below. Pure."""

from collections.abc import Callable
from datetime import datetime

from assets import dates
from assets.words import Words
from contract.names import Language
from kiosk import choices
from kiosk.faces import Button, Frame, Head
from kiosk.places import (
    Cancelled,
    Choosing,
    ChoosingLanguage,
    ConfirmingCancel,
    Refusal,
    StaffComing,
    StillThere,
    Taking,
    Waiting,
)
from kiosk.state import State
from kiosk.wording import said

WordsOf = Callable[[Language], Words]


def frame_of(state: State, words: Words, now: datetime | None) -> Frame:
    """Head and bar. What leads nowhere here is left out of the bar, and so it is never dead."""
    kiosk = words.kiosk
    back = Button(kiosk.bar_back, choices.Back(), "arrow-left")
    home = Button(kiosk.bar_home, choices.Home(), "home")
    language = language_button(words)
    appearance = Button(kiosk.bar_appearance, choices.ChangeAppearance(), "format-size")
    staff = staff_button(words)
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


def language_button(words: Words) -> Button:
    """To the languages."""
    return Button(words.kiosk.bar_language, choices.ChooseLanguage(), "translate")


def staff_button(words: Words) -> Button:
    """Calls somebody."""
    return Button(words.kiosk.bar_staff, choices.CallStaff(), "account-group")
