"""The kinds of things that stand on a ticket, from top to bottom. Pure data: paper.py makes them, picture.py draws them.

It must never know what they mean: texts are ready to be read, types are in dots.
"""

from msgspec import Struct

from contract.names import Number
from kiosk.printing.layout import Align, Type


class Line(Struct, frozen=True):
    """Words, at their place across the paper."""

    text: str
    type: Type
    align: Align = "center"


class Rule(Struct, frozen=True):
    """A line from edge to edge."""


class Numeral(Struct, frozen=True):
    """The number. 6 and 9 are underlined, so that nobody reads one for the other upside down."""

    number: Number
    type: Type
    align: Align = "center"


class Picture(Struct, frozen=True):
    """A logo: row by row, 8 dots a byte, 1 is ink; each row begins with a new byte."""

    width: int
    height: int
    ink: bytes
    align: Align = "center"


class Blank(Struct, frozen=True):
    """Nothing, so many dots high."""

    height: int


class Bar(Struct, frozen=True):
    """White on black from edge to edge: where to go."""

    text: str
    type: Type


class Row(Struct, frozen=True):
    """A caption at the left, its value at the right."""

    label: str
    value: str
    label_type: Type
    value_type: Type


class Item(Struct, frozen=True):
    """One thing to bring, with a box to tick; `note` says what will not do."""

    text: str
    note: str = ""


class Checklist(Struct, frozen=True):
    """What to bring."""

    title: str
    items: tuple[Item, ...]
    title_type: Type
    item_type: Type
    note_type: Type


class Follow(Struct, frozen=True):
    """The way to the phone's page: `address` as a QR code, and the same to be typed (`site`, then `code`)."""

    address: str
    title: str
    second: str
    site: str
    code: str
    title_type: Type
    text_type: Type
    module: int


Block = Line | Rule | Picture | Blank | Numeral | Bar | Row | Checklist | Follow


class Paper(Struct, frozen=True):
    """One ticket's paper: width and margin in dots, and what stands on it."""

    width: int
    margin: int
    blocks: tuple[Block, ...]
