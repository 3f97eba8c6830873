"""What the kiosk's faces are put together from: buttons, the frame around every screen, lines, cards. Frozen, finished words. Pure data.

What can be touched carries its choice; None where it cannot.
"""

from msgspec import Struct

from kiosk.choices import Choice
from kiosk.looks import Looks
from kiosk.shape import Shape


class Button(Struct, frozen=True):
    """A labelled thing to touch. `icon` is a name of the icon font, empty for none."""

    label: str
    choice: Choice | None
    icon: str = ""


class Toggle(Struct, frozen=True):
    """A button of the strip that is on or off. `label` is what it is; what is seen is `icon`, or "A" as large as `step` (1 to 3)."""

    label: str
    choice: Choice
    on: bool
    icon: str = ""
    step: int = 0


SIGNS: dict[str, str] = {
    "NT": "lan-disconnect",
    "BK": "server-network-off",
    "HB": "heart-broken",
    "CL": "clock-alert-outline",
    "PU": "printer-off",
    "PO": "printer-alert",
    "PC": "printer-alert",
    "PX": "printer-alert",
    "PN": "paper-roll-outline",
}
"""Each sign with its icon: no network, broker, hub, clock; printer unreachable, paper out, cover open, error, paper near its end."""


class Head(Struct, frozen=True):
    """The hall and its time; empty words where they are not known yet."""

    name: str
    place: str
    time: str
    date: str
    signs: tuple[str, ...] = ()
    """kiosk.signs: two letters for each thing that is not well, for staff."""


class Frame(Struct, frozen=True):
    """What stands around every screen. The bar is the same everywhere, but that welcome has none.

    `strip`: text sizes, contrast and low reach, one touch each, on every screen that a visitor can stand on.
    """

    head: Head
    bar: tuple[Button, ...]
    strip: tuple[Toggle, ...] = ()
    looks: Looks = Looks()
    shape: Shape = Shape()


class Card(Struct, frozen=True):
    """Something to choose. `can`: whether a number can be had; if not, `remark` says why and when."""

    choice: Choice
    icon: str
    title: str
    about: str
    remark: str
    can: bool = True


class SearchKey(Struct, frozen=True):
    """A key of the keyboard: its row, and the columns that it takes."""

    button: Button
    row: int
    column: float
    span: float


class Pages(Struct, frozen=True):
    """Labelled buttons between pages, and where we are: "1 dari 3"."""

    previous: Button
    where: str
    next: Button


class Stat(Struct, frozen=True):
    """A number with its label above."""

    label: str
    value: str


class Line(Struct, frozen=True):
    """An item of a list, and a remark on it. `mark` is its number, empty for a dot."""

    text: str
    note: str = ""
    mark: str = ""


class Reading(Struct, frozen=True):
    """Something that a technician reads: whether it is well, or None where it is neither."""

    label: str
    value: str
    well: bool | None = None


class Fact(Struct, frozen=True):
    """A labelled sentence with its icon."""

    icon: str
    label: str
    text: str


class Slip(Struct, frozen=True):
    """The paper as it is printed: one byte per dot (0 ink, 255 paper), row by row from the top."""

    width: int
    height: int
    dots: bytes
