"""How a ticket is laid out: which blocks in which order, and their type. Read from `assets/tickets/*.toml`.

The file is the owner's; everything wrong in it is told at once. It must never know a ticket.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

import assets
from assets.fonts import Weight
from assets.reading import read_toml

BlockName = Literal[
    "copy",
    "hall",
    "place",
    "rule",
    "caption",
    "number",
    "words",
    "service",
    "agency",
    "bar",
    "ahead",
    "about",
    "prepare",
    "follow",
    "when",
    "missed",
    "free",
    "footer",
]
Size = Annotated[int, Meta(ge=16, le=400)]


class Type(Struct, frozen=True, forbid_unknown_fields=True):
    """Size in dots, as type is measured: a capital is two thirds of it high."""

    size: Size
    weight: Weight


class Sheet(Struct, frozen=True, forbid_unknown_fields=True):
    """`[paper]`: width and margin in dots."""

    width: Annotated[int, Meta(ge=256, le=1024, multiple_of=8)]
    margin: Annotated[int, Meta(ge=0, le=64)]
    blocks: Annotated[tuple[BlockName, ...], Meta(min_length=1, max_length=60)]


class Types(Struct, frozen=True, forbid_unknown_fields=True):
    """`[type]`: one for each kind of text."""

    copy: Type
    hall: Type
    place: Type
    caption: Type
    number: Type
    words: Type
    service: Type
    agency: Type
    bar: Type
    label: Type
    value: Type
    prepare: Type
    item: Type
    note: Type
    follow: Type
    site: Type
    footer: Type


class QrSize(Struct, frozen=True, forbid_unknown_fields=True):
    """`[qr]`: dots of one module."""

    module: Annotated[int, Meta(ge=4, le=16)]


class TicketLayout(Struct, frozen=True, forbid_unknown_fields=True):
    """One layout file."""

    paper: Sheet
    type: Types
    qr: QrSize


WIDE_DOTS = 480
"""From so many dots on a print head carries the layout for 80 mm paper."""


@cache
def standard_layout(width_dots: int = 576) -> TicketLayout:
    """The layout that comes with the product, for a print head of this width: 576 or 512 on 80 mm paper, 384 on 58 mm."""
    name = "standard-80mm.toml" if width_dots >= WIDE_DOTS else "standard-58mm.toml"
    layout = read_layout(Path(assets.__file__).parent / "tickets" / name)
    return msgspec.structs.replace(layout, paper=msgspec.structs.replace(layout.paper, width=width_dots))


def read_layout(path: Path) -> TicketLayout:
    """A layout file; assets.reading.BadFile with every problem in it."""
    return read_toml(path, TicketLayout)
