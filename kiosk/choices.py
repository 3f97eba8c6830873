"""What a visitor can choose at the kiosk: each thing that can be touched carries one of these. Pure data.

Names are stable and public: demo and tests find what to touch by them.
"""

from typing import assert_never

from msgspec import Struct

from contract.names import AgencyId, ErrandId, Language, Number, ServiceId
from contract.tickets import Need, Visitor
from kiosk.looks import TextSize
from kiosk.tending import Act


class Start(Struct, frozen=True):
    """From the welcome to what can be done here."""


class ChooseErrand(Struct, frozen=True):
    errand: ErrandId


class MoreErrands(Struct, frozen=True):
    """All errands, where the first page has room for some."""


class ChooseAgency(Struct, frozen=True):
    agency: AgencyId


class ChooseService(Struct, frozen=True):
    service: ServiceId


class NextPage(Struct, frozen=True):
    pass


class PreviousPage(Struct, frozen=True):
    pass


class ShowPart(Struct, frozen=True):
    """A part of a service's page: 0 is what to bring."""

    part: int


class AskPriority(Struct, frozen=True):
    """A number with priority: which of the four is asked next."""


class Take(Struct, frozen=True):
    """A number, please."""

    visitor: Visitor


class AddAnother(Struct, frozen=True):
    """The service that is shown, and one more: all numbers come together, on one paper."""


class AskNeeds(Struct, frozen=True):
    """Help on the way to the counter: which, is asked next."""


class ToggleNeed(Struct, frozen=True):
    need: Need


class CheckNumber(Struct, frozen=True):
    """How far is a number that I have? Which, is asked next."""


class Search(Struct, frozen=True):
    """Find a service by typing."""


class ClearText(Struct, frozen=True):
    """All that was typed goes."""


class ShowAgencies(Struct, frozen=True):
    """From a search to the list of agencies."""


class Type(Struct, frozen=True):
    """A key of a keyboard on the screen."""

    letter: str


class Rubout(Struct, frozen=True):
    """The last sign goes."""


class Check(Struct, frozen=True):
    """The number is typed."""


class Done(Struct, frozen=True):
    """The ticket is in the hand."""


class Cancel(Struct, frozen=True):
    """Taken by mistake. Asked once more."""


class CancelForSure(Struct, frozen=True):
    """`number`: which one; None for all that stand on the screen."""

    number: Number | None = None


class Back(Struct, frozen=True):
    pass


class Home(Struct, frozen=True):
    pass


class ChooseLanguage(Struct, frozen=True):
    """Which languages are there?"""


class Speak(Struct, frozen=True):
    language: Language


class SetText(Struct, frozen=True):
    """The size of all text."""

    text: TextSize


class ToggleContrast(Struct, frozen=True):
    """High contrast, and back."""


class ToggleLow(Struct, frozen=True):
    """Every control in the lower part, and back."""


class ToggleGuidance(Struct, frozen=True):
    """Every screen and choice spoken, and back to silence."""


class Louder(Struct, frozen=True):
    pass


class Softer(Struct, frozen=True):
    pass


class CallStaff(Struct, frozen=True):
    pass


class Stay(Struct, frozen=True):
    """Still here."""


class Tend(Struct, frozen=True):
    """Something that only a technician sees. `value`: which digit, how many cells."""

    act: Act
    value: int = 0


class ReadNotice(Struct, frozen=True):
    """The urgent notice is read; on with the visit."""


Choice = (
    ReadNotice
    | Tend
    | Start
    | Search
    | ClearText
    | ShowAgencies
    | ChooseErrand
    | MoreErrands
    | ChooseAgency
    | ChooseService
    | NextPage
    | PreviousPage
    | ShowPart
    | AskPriority
    | AddAnother
    | AskNeeds
    | ToggleNeed
    | CheckNumber
    | Type
    | Rubout
    | Check
    | Take
    | Done
    | Cancel
    | CancelForSure
    | Back
    | Home
    | ChooseLanguage
    | Speak
    | SetText
    | ToggleContrast
    | ToggleLow
    | ToggleGuidance
    | Louder
    | Softer
    | CallStaff
    | Stay
)

_PLAIN: dict[type[Choice], str] = {
    ReadNotice: "go-on",
    Start: "start",
    Search: "search",
    ClearText: "clear-text",
    ShowAgencies: "agencies",
    MoreErrands: "more-errands",
    NextPage: "next-page",
    PreviousPage: "previous-page",
    AskPriority: "take-priority",
    AddAnother: "add-another",
    AskNeeds: "needs",
    CheckNumber: "check-number",
    Rubout: "rubout",
    Check: "check",
    Done: "done",
    Cancel: "cancel",
    CancelForSure: "cancel-for-sure",
    Back: "back",
    Home: "home",
    ChooseLanguage: "languages",
    ToggleContrast: "contrast",
    ToggleLow: "low",
    ToggleGuidance: "guidance",
    Louder: "louder",
    Softer: "softer",
    CallStaff: "staff",
    Stay: "stay",
}


def name_of(choice: Choice) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each kind
    """The stable name of a target: "agency:imigrasi", "take", "priority:elderly"."""
    match choice:
        case ChooseErrand(errand=errand):
            return f"errand:{errand}"
        case ChooseAgency(agency=agency):
            return f"agency:{agency}"
        case ChooseService(service=service):
            return f"service:{service}"
        case ShowPart(part=part):
            return f"part:{part}"
        case Take(visitor=visitor):
            return "take" if visitor == "regular" else f"priority:{visitor}"
        case Tend(act=act, value=value):
            return f"setup:{value if act == 'digit' else act}"
        case Speak(language=language):
            return f"language:{language}"
        case SetText(text=text):
            return f"text:{text}"
        case ToggleNeed(need=need):
            return f"need:{need}"
        case Type(letter=letter):
            return f"type:{letter}" if letter != " " else "type:space"
        case CancelForSure(number=number) if number is not None:
            return f"cancel-for-sure:{number}"
        case (
            ReadNotice()
            | Start()
            | Search()
            | ClearText()
            | ShowAgencies()
            | MoreErrands()
            | NextPage()
            | PreviousPage()
            | AskPriority()
            | AddAnother()
            | AskNeeds()
            | CheckNumber()
            | Rubout()
            | Check()
            | Done()
            | Cancel()
            | CancelForSure()
            | Back()
            | Home()
            | ChooseLanguage()
            | ToggleContrast()
            | ToggleLow()
            | ToggleGuidance()
            | Louder()
            | Softer()
            | CallStaff()
            | Stay()
        ):
            return _PLAIN[type(choice)]
        case _:
            assert_never(choice)
