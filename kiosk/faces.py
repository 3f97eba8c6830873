"""What each of the kiosk's screens shows: frozen, finished words in one language. A screen needs nothing else. Pure data.

What can be touched carries its choice; None where it cannot. What faces are put together from is in kiosk.furniture, and
is had from here as well.
"""

from msgspec import Struct

from contract.names import Number
from kiosk.furniture import Button, Card, Fact, Frame, Line, Pages, Reading, SearchKey, Slip, Stat, Toggle
from kiosk.keyboard import Plan
from kiosk.numpad import Numpad
from kiosk.serviceplan import ServicePlan
from kiosk.ticketplan import TicketPlan
from kiosk.welcomeplan import WelcomePlan


class WelcomeFace(Struct, frozen=True):
    """`other_*`: the same in a second language, small. `notice`: what a visitor should know before starting."""

    frame: Frame
    title: str
    other_title: str
    start: Button
    other_start: str
    languages: tuple[Button, ...]
    helps: tuple[Button, ...]
    left_note: str
    right_note: str
    notice: str = ""
    plan: WelcomePlan = WelcomePlan()


class ListFace(Struct, frozen=True):
    """A page of cards. `chips`: errands in one word each, above them; `search` leads to a keyboard. `screen` is its name: errands, agency, errand."""

    frame: Frame
    screen: str
    title: str
    above: str
    above_icon: str
    chips: tuple[Button, ...]
    heading: str
    cards: tuple[Card, ...]
    columns: int
    rows: int
    pages: Pages | None
    nothing: str = ""
    search: Button | None = None
    chip_columns: int = 4


class SearchFace(Struct, frozen=True):
    """A keyboard and what was found. `text`: what is typed; `note` and `helps`: what is said and offered where there are no cards.

    `plan`: where everything stands.
    """

    frame: Frame
    title: str
    text: str
    hint: str
    keys: tuple[SearchKey, ...]
    plan: Plan
    clear: Button
    cards: tuple[Card, ...]
    pages: Pages | None
    note: str
    note_more: str
    helps: tuple[Button, ...]


class ServiceFace(Struct, frozen=True):
    """One service with its published parts. `take` and `priority` are None where no number can be had: `cannot` says why, `warnings` what to know before.

    Of `tabs` the one that is shown has no choice.
    """

    frame: Frame
    icon: str
    agency: str
    title: str
    stats: tuple[Stat, ...]
    list_icon: str
    list_title: str
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...]
    tabs: tuple[Button, ...]
    take: Button | None
    take_small: str
    priority: Button | None
    priority_icons: tuple[str, ...]
    cannot: str
    cannot_when: str
    pages: Pages | None = None
    """In the stead of tabs, where there is more to say than three parts can hold."""
    add: Button | None = None
    """One more service on the same paper; None where no number can be had, or no more."""
    needs: Button | None = None
    """Help on the way to the counter."""
    needs_icons: tuple[str, ...] = ()
    """Those that were chosen."""
    warnings: tuple[str, ...] = ()
    plan: ServicePlan = ServicePlan()


class PriorityFace(Struct, frozen=True):
    frame: Frame
    service: str
    title: str
    text: str
    options: tuple[Button, ...]


class NeedsFace(Struct, frozen=True):
    """Which help on the way to the counter: any of them, or none."""

    frame: Frame
    title: str
    text: str
    options: tuple[Toggle, ...]
    done: Button


class WaitFace(Struct, frozen=True):
    """`note`: what became of a call for staff."""

    frame: Frame
    title: str
    text: str
    note: str = ""


class TicketFace(Struct, frozen=True):
    """The number that the visitor has. `note`: there is no paper, and what to do; then the number matters all the more."""

    frame: Frame
    number: Number
    title: str
    text: str
    label: str
    spelled: str
    service: str
    where: str
    stats: tuple[Stat, ...]
    done: Button
    cancel: Button
    note: bool = False
    follow_url: str = ""
    follow_title: str = ""
    follow_text: str = ""
    slip: Slip | None = None
    plan: TicketPlan = TicketPlan()


class NumberRow(Struct, frozen=True):
    """One of several numbers. `where`: zone and counters; `when`: how many are ahead, and about when it is called.

    `brief` says the same as `when`, and `zone` the most of `where`, for a card with little room.
    """

    number: Number
    spelled: str
    service: str
    where: str
    when: str
    brief: str
    zone: str = ""


class TicketsFace(Struct, frozen=True):
    """Several numbers of one visit, on one paper; and what was not to be had, each with its reason. `note` as in TicketFace."""

    frame: Frame
    title: str
    text: str
    rows: tuple[NumberRow, ...]
    missed: tuple[Line, ...]
    done: Button
    cancel: Button
    note: bool = False


class CheckFace(Struct, frozen=True):
    """A number is typed. Keys that no number of this hall goes on with have no choice."""

    frame: Frame
    title: str
    text: str
    typed: str
    letters: tuple[Button, ...]
    digits: tuple[Button, ...]
    rubout: Button
    check: Button
    plan: Numpad
    screen: str = "check"


class CheckedFace(Struct, frozen=True):
    """What the hub told of a number. `cancel` is there only for a number that was told here just now."""

    frame: Frame
    number: Number
    title: str
    text: str
    label: str
    spelled: str
    service: str
    where: str
    stats: tuple[Stat, ...]
    done: Button
    cancel: Button | None
    plan: TicketPlan = TicketPlan()


class MessageFace(Struct, frozen=True):
    """One thing to be said, and its answers. `screen` is its name; `main`: which is nearly always meant."""

    frame: Frame
    screen: str
    icon: str
    title: str
    sentences: tuple[str, ...]
    buttons: tuple[Button, ...]
    serious: bool = False
    """Something is not as it should be."""
    other_title: str = ""
    other_sentences: tuple[str, ...] = ()
    main: int = 0


class NoticeFace(Struct, frozen=True):
    """What the hall says to everybody, `others` in its other languages. `kept`: a number that stays valid.

    `screen` is notice or evacuation; of the latter nobody goes on: `go_on` is None.
    """

    frame: Frame
    screen: str
    title: str
    where: str
    text: str
    others: tuple[str, ...]
    kept: str
    go_on: Button | None
    staff: str = ""
    """What became of a call for staff."""


class SetupFace(Struct, frozen=True):
    """A part of the technicians' page. Of `tabs` the one that is shown has no choice; `screen` is the part's name."""

    frame: Frame
    screen: str
    title: str
    tabs: tuple[Button, ...]
    readings: tuple[Reading, ...]
    buttons: tuple[Button, ...]
    note: str


class TouchFace(Struct, frozen=True):
    """Cells over the whole panel, to be wiped full."""

    frame: Frame
    columns: int
    rows: int
    text: str
    done: str


Face = (
    SetupFace
    | TouchFace
    | NoticeFace
    | WelcomeFace
    | ListFace
    | SearchFace
    | ServiceFace
    | PriorityFace
    | NeedsFace
    | WaitFace
    | TicketFace
    | TicketsFace
    | CheckFace
    | CheckedFace
    | MessageFace
)


def screen_name(face: Face) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each face
    """The stable name of a screen, as it is told to demo and tests."""
    match face:
        case WelcomeFace():
            return "welcome"
        case ListFace(screen=screen) | MessageFace(screen=screen) | NoticeFace(screen=screen):
            return screen
        case SearchFace():
            return "search"
        case ServiceFace():
            return "service"
        case PriorityFace():
            return "priority"
        case NeedsFace():
            return "needs"
        case WaitFace():
            return "wait"
        case TicketsFace():
            return "tickets"
        case CheckFace(screen=screen):
            return screen
        case SetupFace(screen=screen):
            return f"setup-{screen}"
        case TouchFace():
            return "setup-touch"
        case CheckedFace():
            return "checked"
        case TicketFace(note=note):
            return "no-paper" if note else "ticket"
