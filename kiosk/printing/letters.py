"""A ticket in the printer's own letters, for serial lines and for printers whose kind nobody knows. Pure.

The same blocks as on the picture, line by line, in plain ASCII: every code page has that alike, and no byte of a name
can be a command. It must never know a printer's commands.
"""

import re
import textwrap
import unicodedata
from typing import assert_never

from msgspec import Struct

from kiosk.printing.blocks import Bar, Blank, Block, Checklist, Follow, Line, Numeral, Paper, Picture, Row, Rule
from kiosk.printing.layout import Align

LETTER_DOTS = 12
"""Width of font A on nearly all ESC/POS printers: 48 letters on 576 dots, 32 on 384."""
LINE_DOTS = 30
CODE_MODULES = 33
"""Of a QR code of version 2 with its quiet zone."""
TALL_FROM = 34
"""Type of so many dots and more stands twice as high."""
LARGEST = 6
"""The number, in times of a letter's size; printers know up to 8."""
NEAREST = str.maketrans(
    {
        "·": "-", "–": "-", "—": "-", "‑": "-", "−": "-", "•": "*", "…": "...", "×": "x", "→": "->", "←": "<-",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "ʻ": "'", "ʼ": "'",
        "€": "EUR", "£": "GBP", "№": "No", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "°": "o", "©": "(c)", "®": "(R)", "½": "1/2", "¼": "1/4", "¾": "3/4",
    }
)  # fmt: skip
"""What has no ASCII letter below its accents."""


TIE = "\x1f"
"""A blank at which no line is broken; it is none of the letters that `plain` gives."""


class Words(Struct, frozen=True):
    """One line. `wide` and `high`: times of a letter's size. `white`: white on black."""

    text: str
    wide: int = 1
    high: int = 1
    bold: bool = False
    white: bool = False
    middle: bool = False


class Code(Struct, frozen=True):
    """A QR code, where the printer can make one; no loss where it cannot, the address stands below it in letters."""

    address: str
    module: int


class Letters(Struct, frozen=True):
    """One ticket: so many letters to a line, and the lines from top to bottom."""

    columns: int
    lines: tuple[Words | Code, ...]


def columns_of(width_dots: int) -> int:
    """How many letters stand on a line of a print head: one less than fit, because some printers feed when a line is full."""
    return width_dots // LETTER_DOTS - 1


def rows_of(letters: Letters) -> int:
    """The paper that it takes, in dots: 24 to a letter and 6 between lines; a code's are reckoned for a usual address."""
    return sum(
        LINE_DOTS * line.high if isinstance(line, Words) else CODE_MODULES * line.module for line in letters.lines
    )


def letters_of(paper: Paper, columns: int) -> Letters:
    """The paper in letters. Nothing is cut off: long texts wrap."""
    return Letters(columns, tuple(line for block in paper.blocks for line in _lines(block, columns)))


def plain(text: str) -> str:
    """The text in printable ASCII: accents fall, a letter of another script is a question mark."""
    bare = unicodedata.normalize("NFKD", text.translate(NEAREST)).translate(NEAREST)
    letters = (letter for letter in bare if not unicodedata.combining(letter))
    return "".join(
        letter if " " <= letter <= "~" else " " if letter.isspace() or not letter.isprintable() else "?"
        for letter in letters
    )


def _lines(block: Block, columns: int) -> list[Words | Code]:
    lines: list[Words | Code] = []
    match block:
        case Line(text=text, type=kind, align=align):
            bold = kind.weight in {"Bold", "Black"}
            high = 2 if kind.size >= TALL_FROM else 1
            lines += [
                Words(_aligned(line, columns, align), high=high, bold=bold, middle=align == "center")
                for line in _wrapped(text, columns)
            ]
        case Picture():
            pass  # these printers' own letters are all that is counted on
        case Blank():
            lines.append(Words(""))
        case Rule():
            lines.append(Words("-" * columns))
        case Numeral(number=number, align=align):
            lines += _numeral(plain(number), columns, align)
        case Bar(text=text):
            lines += [
                Words(line.center(columns), high=2, bold=True, white=True) for line in _wrapped(text, columns - 2)
            ]
        case Row():
            lines += _row(block, columns)
        case Checklist():
            lines += _checklist(block, columns)
        case Follow():
            lines += _follow(block, columns)
        case _:
            assert_never(block)
    return lines


def _aligned(text: str, columns: int, align: Align) -> str:
    return text.rjust(columns) if align == "right" else text


def _numeral(number: str, columns: int, align: Align) -> list[Words | Code]:
    """As large as it fits, with a stroke under each 6 and 9."""
    size = max(1, min(LARGEST, columns // max(1, len(number))))
    strokes = "".join("=" if figure in "69" else " " for figure in number)
    middle, room = align == "center", columns // size
    lines: list[Words | Code] = [Words(_aligned(number, room, align), wide=size, high=size, bold=True, middle=middle)]
    return [*lines, Words(_aligned(strokes, room, align), wide=size, middle=middle)] if strokes.strip() else lines


def _row(block: Row, columns: int) -> list[Words | Code]:
    label, value = _wrapped(block.label, columns), plain(block.value).strip()
    last = label[-1] if label else ""
    if len(last) + 1 + len(value) <= columns:
        return [*map(Words, label[:-1]), Words(last + value.rjust(columns - len(last)))]
    return [*map(Words, label), *(Words(line.rjust(columns), bold=True) for line in _wrapped(value, columns))]


def _checklist(block: Checklist, columns: int) -> list[Words | Code]:
    lines: list[Words | Code] = [Words(line, bold=True) for line in _wrapped(block.title, columns)]
    for item in block.items:
        lines += map(Words, _wrapped(item.text, columns, "[ ] ", "    "))
        lines += map(Words, _wrapped(item.note, columns, "    ", "    "))
    return lines


def _follow(block: Follow, columns: int) -> list[Words | Code]:
    lines: list[Words | Code] = [Words(line, bold=True, middle=True) for line in _wrapped(block.title, columns)]
    lines += [Words(line, middle=True) for line in _wrapped(block.second, columns)]
    if block.address == plain(block.address):
        lines.append(Code(block.address, block.module))
    lines += [Words(line, middle=True) for line in _address(block.site, columns)]
    lines += [Words(line, bold=True, middle=True) for line in _wrapped(block.code, columns)]
    return lines


def _address(site: str, columns: int) -> list[str]:
    """Broken behind a dot where it must be."""
    lines = [""]
    for piece in re.findall(r"[^./]*[./]?", plain(site)):
        if len(lines[-1]) + len(piece) > columns:
            lines.append("")
        lines[-1] += piece
    return [whole for line in lines for whole in _wrapped(line, columns)]


def _wrapped(text: str, columns: int, first: str = "", later: str = "") -> list[str]:
    """A dash between two words stays with the first: no line begins with one."""
    tied = plain(text).replace(" - ", f"{TIE}- ")
    lines = textwrap.wrap(tied, columns, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
    return [line.replace(TIE, " ") for line in lines]
