"""How a ticket is laid out: which blocks in which order, how large and where. Read from `assets/tickets/*.toml`.

The file is the owner's, in millimetres; everything wrong in it is told at once. `fitted` makes dots of it, for a print
head. It must never know a ticket.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

import assets
from assets.fonts import Weight
from assets.reading import BadFile, Problem, in_order, read_source, struct_of
from kiosk.printing.logo import Dots, picture_dots

BlockName = Literal[
    "copy", "logo", "hall", "place", "rule", "space", "caption", "number", "words", "service", "agency", "bar",
    "ahead", "about", "prepare", "follow", "when", "missed", "free", "footer", "text",
]  # fmt: skip
Align = Literal["left", "center", "right"]
PaperWidth = Literal[58, 80]
Capital = Annotated[float, Meta(ge=1.3, le=35, description="millimetres of a capital letter's height, 1.3 to 35")]
Height = Annotated[float, Meta(ge=0.5, le=60, description="millimetres, 0.5 to 60")]
Module = Annotated[float, Meta(ge=0.5, le=2, description="millimetres of one small square of the QR code, 0.5 to 2")]

CAPITAL_OF_TYPE = 0.66
"""A capital of our family is so much of its type's size high."""
PRINTED_MM: dict[PaperWidth, int] = {58: 48, 80: 72}
"""Of so much of the paper's width the print head burns."""
WIDE_DOTS = 480
"""From so many dots on a print head is one for 80 mm paper: 576, some 512; 384 on 58 mm."""
USUAL_DOTS: dict[PaperWidth, int] = {58: 384, 80: 576}


class BlockEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One of `[paper]` `blocks`. Which keys a block takes, kiosk.printing.judged says; None: as usual."""

    show: BlockName
    size: Capital | None = None
    small: Capital | None = None
    weight: Weight | None = None
    align: Align | None = None
    height: Height | None = None
    module: Module | None = None
    picture: str | None = None
    text: dict[str, str] | None = None


class SheetEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """`[paper]`: millimetres."""

    width_mm: PaperWidth
    margin_mm: Annotated[float, Meta(ge=0, le=8, description="millimetres, 0 to 8")]
    blocks: Annotated[tuple[BlockEntry, ...], Meta(min_length=1, max_length=60)]


class LayoutFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One layout file, in millimetres. `folder`: where its pictures stand."""

    paper: SheetEntry


class Type(Struct, frozen=True):
    """Size in dots, as type is measured: a capital is two thirds of it high."""

    size: int
    weight: Weight


class Spot(Struct, frozen=True):
    """One block of a layout in dots. What a kind of block does not have is as the defaults say, and unused."""

    show: BlockName
    type: Type
    small: Type
    align: Align = "center"
    height: int = 0
    module: int = 8
    text: Mapping[str, str] = {}
    picture: Dots | None = None


class TicketLayout(Struct, frozen=True):
    """A layout for one print head, in dots. `dots_per_mm`: of this head; `paper_mm`: the paper that it is for."""

    width: int
    margin: int
    spots: tuple[Spot, ...]
    dots_per_mm: float
    paper_mm: PaperWidth


def paper_width(width_dots: int) -> PaperWidth:
    """The paper that a print head of so many dots is for."""
    return 80 if width_dots >= WIDE_DOTS else 58


@cache
def standard_layout(width_dots: int = 576) -> TicketLayout:
    """The layout that comes with the product, for a print head of this width: 576 or 512 on 80 mm paper, 384 on 58 mm."""
    return read_layout(standard_path(paper_width(width_dots)), width_dots)


def standard_path(width_mm: PaperWidth) -> Path:
    """The file of the layout that comes with the product."""
    return Path(assets.__file__).parent / "tickets" / f"standard-{width_mm}mm.toml"


def read_layout(path: Path, width_dots: int | None = None) -> TicketLayout:
    """A layout file, for a print head of so many dots (None: the usual one of its paper). BadFile with every problem."""
    file = read_file(path)
    return fitted(file, width_dots or USUAL_DOTS[file.paper.width_mm], path.parent)


def read_file(path: Path) -> LayoutFile:
    """A layout file as it stands, in millimetres. BadFile with every problem."""
    from kiosk.printing.judged import problems_in  # noqa: PLC0415 - it knows this file's types

    source = read_source(path)
    problems: list[Problem] = list(problems_in(source, path.parent))
    try:
        file = struct_of(source, LayoutFile)
    except BadFile as bad:
        raise BadFile(in_order((*bad.problems, *problems))) from None
    if problems:
        raise BadFile(in_order(tuple(problems)))
    return file


def fitted(file: LayoutFile, width_dots: int, folder: Path) -> TicketLayout:
    """The layout in dots. `folder`: where its pictures stand; they are read here."""
    sheet = file.paper
    scale = width_dots / PRINTED_MM[sheet.width_mm]
    margin = round(sheet.margin_mm * scale)
    spots = tuple(_spot(entry, scale, width_dots - 2 * margin, folder) for entry in sheet.blocks)
    return TicketLayout(width_dots, margin, spots, scale, sheet.width_mm)


def _spot(entry: BlockEntry, scale: float, room: int, folder: Path) -> Spot:
    usual = USUAL.get(entry.show, _PLAIN)
    size, small = entry.size or usual.size, entry.small or entry.size or usual.small
    height = round((entry.height or usual.height) * scale)
    picture = None
    if entry.show == "logo":
        picture = picture_dots(folder / entry.picture if entry.picture else None, height, room)
    return Spot(
        show=entry.show,
        type=Type(round(size * scale / CAPITAL_OF_TYPE), entry.weight or usual.weight),
        small=Type(round(small * scale / CAPITAL_OF_TYPE), "Regular"),
        align=entry.align or "center",
        height=height,
        module=max(1, round((entry.module or 1.0) * scale)),
        text=entry.text or {},
        picture=picture,
    )


class _Usual(Struct, frozen=True):
    """What is meant where the file does not say. Millimetres."""

    size: float = 2.3
    weight: Weight = "Regular"
    small: float = 2.3
    height: float = 3.0


_PLAIN = _Usual()
USUAL: dict[BlockName, _Usual] = {
    "copy": _Usual(2.5, "Bold"),
    "logo": _Usual(height=12.0),
    "hall": _Usual(2.5, "Bold"),
    "number": _Usual(12.4, "Black"),
    "service": _Usual(3.0, "Bold"),
    "bar": _Usual(2.8, "Bold"),
    "ahead": _Usual(2.4, "Bold"),
    "about": _Usual(2.4, "Bold"),
    "prepare": _Usual(2.4, "Bold", small=2.1),
    "follow": _Usual(2.4, "Bold"),
}
