"""What can happen to a kiosk, and what it can do about it: the two alphabets of kiosk.flow. Pure data."""

from msgspec import Struct

from contract.catalogue import Message
from contract.names import AgencyId, Language, RequestId
from contract.tickets import NumberAsked, TicketIssued, TicketPrinted, TicketRequested
from kiosk.choices import Choice
from kiosk.guide import Key
from kiosk.printing.printer import PrinterStatus, PrintResult
from kiosk.reserve import Reserve
from kiosk.tending import Corner, Learned, Wish

# --- happenings --------------------------------------------------------------------------------------------------------


class Ticked(Struct, frozen=True):
    """Time passed: `at` is monotonic seconds. Comes before whatever else happened by then."""

    at: float


class Touched(Struct, frozen=True):
    """A finger, anywhere: somebody is there. `corner`: one of the upper corners of the screen."""

    corner: Corner | None = None


class Chose(Struct, frozen=True):
    """A choice was touched while `turn` was shown. `request` is a fresh id, for the choice that needs one."""

    turn: int
    choice: Choice
    request: RequestId


class HubSaid(Struct, frozen=True):
    """A message from the hub. What is retained may be old: it never tells the time."""

    message: Message
    retained: bool = False


class LinkTurned(Struct, frozen=True):
    """The broker is reached, or is not any more. `has_network` None: not known here."""

    connected: bool
    has_network: bool | None = None


class ScreenBroke(Struct, frozen=True):
    """Something was raised in a screen, and all screens were made anew."""


class Tended(Struct, frozen=True):
    """Something that a technician wished for came."""

    what: Learned


class Kept(Struct, frozen=True):
    """Whether a request is safely on disk: only then may it be asked."""

    request: RequestId
    kept: bool


class PrintEnded(Struct, frozen=True):
    """What became of a paper. `issued`: the tickets on it, each with its own request; `copy` 1 is the first paper.

    `paper_mm`: how much of the roll it took, or may have taken.
    """

    request: RequestId
    issued: tuple[TicketIssued, ...]
    result: PrintResult
    copy: int = 1
    paper_mm: float = 0.0


class PrinterLooked(Struct, frozen=True):
    """How the printer is."""

    status: PrinterStatus


class Scanned(Struct, frozen=True):
    """A scanner read this off a paper. `request` is a fresh id."""

    text: str
    request: RequestId


class StaffTold(Struct, frozen=True):
    """Whether a call for staff went out."""

    said: bool


class KeyPressed(Struct, frozen=True):
    """A key of the keypad, or a double tap while guided ("choose"). `request` is a fresh id, for the choice that needs one."""

    key: Key
    request: RequestId


class Felt(Struct, frozen=True):
    """A finger that explores came onto this while `turn` was shown: something to choose, or words that only stand there."""

    turn: int
    choice: Choice | None
    text: str = ""


class VoicesKnown(Struct, frozen=True):
    """The voice has started and speaks these languages. None of them: there is no voice, or no loudspeaker."""

    languages: tuple[Language, ...]


class NotSaid(Struct, frozen=True):
    """Words that could not be spoken: the voice or the loudspeaker has failed."""

    why: str


Happening = (
    Tended
    | ScreenBroke
    | KeyPressed
    | Felt
    | VoicesKnown
    | NotSaid
    | LinkTurned
    | Ticked
    | Touched
    | Chose
    | HubSaid
    | Kept
    | PrintEnded
    | PrinterLooked
    | Scanned
    | StaffTold
)

# --- effects -----------------------------------------------------------------------------------------------------------


class Ask(Struct, frozen=True):
    """Keep this request on disk, then say it. Answered by `Kept`."""

    request: TicketRequested


class AskAgain(Struct, frozen=True):
    """Say a request again, word for word."""

    request: TicketRequested


class Abandon(Struct, frozen=True):
    """The visitor was not told this number, or gave it back: kept on disk until it is said."""

    request: RequestId


class Settle(Struct, frozen=True):
    """A request is over and nothing is left to say of it."""

    request: RequestId


class Print(Struct, frozen=True):
    """Write to disk that these numbers are told, then look at the printer and print all of them on one paper.

    They are of one visit, the first of it first; the paper goes by the first one's request. Answered by `PrintEnded`.
    `given`: those of them that are the kiosk's own, as the hub will be told; `reserve`: what is left after them.
    """

    issued: tuple[TicketIssued, ...]
    given: tuple[TicketRequested, ...] = ()
    reserve: Reserve | None = None


class KeepReserve(Struct, frozen=True):
    """The hub lent numbers: keep them on disk."""

    reserve: Reserve


class Report(Struct, frozen=True):
    """Tell the hub what became of a paper: kept on disk until it is said."""

    request: RequestId
    printed: TicketPrinted


class SayNumberAsked(Struct, frozen=True):
    """Ask the hub how far a number is."""

    asked: NumberAsked


class SayStaffCalled(Struct, frozen=True):
    """Answered by `StaffTold`."""

    request: RequestId
    where: str


class Hear(Struct, frozen=True):
    """The hall's agencies are known (or have changed): hear their topics too."""

    agencies: tuple[AgencyId, ...]


class SayStatus(Struct, frozen=True):
    """The hub has started anew: say who and how this kiosk is."""


class Say(Struct, frozen=True):
    """Speak these words now, in the stead of whatever is being spoken. `loud`: as loud as it goes, for everybody."""

    text: str
    language: Language
    loud: bool = False


class Attend(Struct, frozen=True):
    """Do what a technician wishes."""

    wish: Wish


class Hush(Struct, frozen=True):
    """Stop speaking, at once."""


Effect = (
    Attend
    | Say
    | Hush
    | Ask
    | AskAgain
    | Abandon
    | Settle
    | Print
    | KeepReserve
    | Report
    | SayNumberAsked
    | SayStaffCalled
    | Hear
    | SayStatus
)
