"""What a technician's visit at the kiosk is made of: what can be touched there, wished for and learned. Pure data."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Corner = Literal["left", "right"]
"""The upper corners of the screen, where nothing can be touched."""

Part = Literal["pin", "overview", "printer", "touch", "sound", "restart"]
Side = Literal["left", "right", "both"]

Act = Literal[
    "digit",
    "rubout",
    "enter",
    "overview",
    "printer",
    "touch",
    "sound",
    "restart",
    "find",
    "test-print",
    "new-roll",
    "left",
    "right",
    "both",
    "softer",
    "louder",
    "touched",
    "restart-sure",
    "leave",
]
"""What can be touched on a technician's screens. `digit` and `touched` carry a value."""

VOLUMES = 5


class Found(Struct, frozen=True):
    """A printer that the machine sees: where, and what to write into the device file."""

    name: str
    keys: str


class Around(Struct, frozen=True):
    """One look around the machine, without the hub's help. None: not known here.

    `connect_ms`: how long the broker took to let a connection in; None with `broker_why` where it did not.
    `round_trip_ms`: from a question to the hub's answer.
    """

    device: str
    hall: str
    installation: str
    version: str
    boot: int
    broker: str
    tls: bool
    printer: str
    at: datetime
    address: str | None = None
    connect_ms: float | None = None
    broker_why: str = ""
    free_disk_gb: float | None = None
    temperature_c: float | None = None
    memory_mb: float | None = None
    screen: str = ""


class Setup(Struct, frozen=True):
    """What a technician's visit knows. `can`: a PIN is set. Times are monotonic seconds.

    `wrong`: PINs that did not fit, one after another; none is taken before `locked_until`. `opened_at`: when
    the right one was entered. `touched`: cells of the touch
    test, and of how many. `paper_left_m` None: not counted. `said`: what is to be said of the last thing that was done.
    """

    can: bool = False
    wrong: int = 0
    locked_until: float = 0.0
    opened_at: float = 0.0
    corners: tuple[tuple[Corner, float], ...] = ()
    around: Around | None = None
    round_trip_ms: float | None = None
    found: tuple[Found, ...] | None = None
    paper_left_m: float | None = None
    touched: int | None = None
    volume: int = 3
    said: Literal["", "wrong", "unchecked", "printing", "roll", "sound", "no-sound"] = ""


# --- what the flow wants done --------------------------------------------------------------------------------------------


class JudgePin(Struct, frozen=True):
    """Does this PIN fit? Answered by PinJudged, some time later."""

    pin: str


class LookAround(Struct, frozen=True):
    """Answered by LookedAround, and by HubAnswered where the hub does."""


class FindPrinters(Struct, frozen=True):
    """Answered by PrintersFound."""


class PlaySide(Struct, frozen=True):
    """A chime from one loudspeaker or both; `volume` 0 to 1. Answered by SoundTried."""

    side: Side
    volume: float


class PrintTrial(Struct, frozen=True):
    """A test print."""


class PutNewRoll(Struct, frozen=True):
    """A full roll of paper was put in."""


class EndToStartAnew(Struct, frozen=True):
    """End the program so that it is started anew."""


class Note(Struct, frozen=True):
    """For the log: what happened at the set-up page."""

    what: Literal["unreachable", "asked", "opened", "left"]


Wish = JudgePin | LookAround | FindPrinters | PlaySide | PrintTrial | PutNewRoll | EndToStartAnew | Note

# --- what became of it ---------------------------------------------------------------------------------------------------


class PinJudged(Struct, frozen=True):
    """`wrong`: PINs that did not fit, one after another, this one among them; the next is taken after `wait_s` seconds.

    `checked` False: it could not be told whether this one fits.
    """

    fits: bool
    wrong: int
    wait_s: float
    checked: bool = True


class LookedAround(Struct, frozen=True):
    around: Around
    paper_left_m: float | None = None


class HubAnswered(Struct, frozen=True):
    round_trip_ms: float


class PrintersFound(Struct, frozen=True):
    found: tuple[Found, ...]


class SoundTried(Struct, frozen=True):
    ok: bool


Learned = PinJudged | LookedAround | HubAnswered | PrintersFound | SoundTried


def fresh(setup: Setup) -> Setup:
    """Nothing of a technician's visit stays on the screen; wrong PINs are remembered."""
    return Setup(can=setup.can, wrong=setup.wrong, locked_until=setup.locked_until)
