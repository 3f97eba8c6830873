"""Whether a text has room where it stands, and whether the type has its letters: measured with the real type.

A room is the tightest place of a text: the kiosk's upright panel (pixels of its drawing), or 58 mm paper (dots). Texts
shrink on screens until they fit; a room says how small they may become so that they can still be read.
"""

from collections.abc import Iterator
from functools import cache
from string import Formatter
from typing import Any

from msgspec import Struct
from PIL import ImageFont

from assets import fonts
from assets.positions import Path

LEAST = 30
"""The smallest type on the kiosk: 4.9 mm capitals on 21.5 inches."""

LONGEST = {
    "time": "08.00", "when": "Kamis, 08.00", "count": "188", "page": "12", "pages": "12", "low": "115", "high": "130",
    "letter": "A, B", "number": "K069", "counters": "1–4, 7, 12", "counter": "12", "weekday": "Selasa",
    "day": "Selasa", "days": "Senin–Jumat", "month": "September", "first": "08.00", "last": "15.00", "span": "08.00–15.00",
}  # fmt: skip
"""What placeholders are filled with for measuring: as long as it comes."""


class Room(Struct, frozen=True):
    """`width` pixels or dots, `lines` of type of `size` in a weight. One word must fit a line in any case."""

    weight: fonts.Weight
    size: int
    width: int
    lines: int


_BAR = Room("Semibold", LEAST, 190, 2)
_PAGING = Room("Semibold", LEAST, 240, 2)
_TAB = Room("Semibold", LEAST, 296, 2)
_STAT = Room("Regular", LEAST, 290, 2)
_FACT = Room("Semibold", LEAST, 300, 2)
_ANSWER = Room("Semibold", 36, 880, 2)
_BESIDE = Room("Semibold", LEAST, 440, 2)
_TITLE = Room("Black", 48, 968, 3)
_SENTENCE = Room("Regular", 36, 968, 5)
_NOTE = Room("Regular", LEAST, 480, 1)
_PAPER = Room("Regular", 28, 368, 4)

ROOMS: dict[str, Room] = {
    "kiosk.bar_*": _BAR,
    "kiosk.previous": _PAGING,
    "kiosk.next": _PAGING,
    "kiosk.page_of": Room("Regular", LEAST, 300, 1),
    "kiosk.tab_*": _TAB,
    "kiosk.stat_*": _STAT,
    "kiosk.detail_*": _FACT,
    "kiosk.detail_hand_in": _SENTENCE,
    "kiosk.start": Room("Black", 56, 880, 1),
    "kiosk.take": Room("Black", 44, 560, 2),
    "kiosk.take_small": Room("Regular", LEAST, 560, 1),
    "kiosk.take_priority": Room("Semibold", LEAST, 330, 3),
    "kiosk.ticket_done": _BESIDE,
    "kiosk.ticket_cancel": _BESIDE,
    "kiosk.ticket_ahead": _BESIDE,
    "kiosk.ticket_about": _BESIDE,
    "kiosk.free": _NOTE,
    "kiosk.open_until": _NOTE,
    "kiosk.*_yes": _ANSWER,
    "kiosk.*_no": _ANSWER,
    "kiosk.*_title": _TITLE,
    "kiosk.*_text": _SENTENCE,
    "kiosk.*_help": _SENTENCE,
    "paper.*": _PAPER,
}
"""By the text's name; of several that fit the last counts. A `*` stands for anything. Texts without a room wrap freely."""


def too_long(path: Path, value: Any) -> Iterator[str]:
    """What does not fit, in words; nothing where it does or where no room is known."""
    room = room_of(".".join(map(str, path)))
    if room is None or not isinstance(value, str):
        return
    text = filled(value)
    widest = max(text.split() or [""], key=lambda word: width_of(word, room))
    if width_of(widest, room) > room.width:
        share = round(width_of(widest, room) / room.width * 100)
        yield f'"{widest}" is one word and takes {share} % of the line'
    elif (lines := lines_of(text, room)) > room.lines:
        room_for = "one line" if room.lines == 1 else f"{room.lines} lines"
        yield f"takes {lines} lines, and there is room for {room_for}"


def room_of(name: str) -> Room | None:
    """The room of a text by its dotted name."""
    return next((room for pattern, room in reversed(ROOMS.items()) if _fits(name, pattern)), None)


def lines_of(text: str, room: Room) -> int:
    """How many lines a text takes in a room, wrapped between words."""
    lines, used = 1, 0.0
    space = width_of(" ", room)
    for word in text.split():
        wide = width_of(word, room)
        if used and used + space + wide > room.width:
            lines, used = lines + 1, wide
        else:
            used += (space if used else 0.0) + wide
    return lines


def width_of(text: str, room: Room) -> float:
    """Pixels or dots."""
    return float(_type(room.weight, room.size).getlength(text))


def filled(text: str) -> str:
    """The text with its placeholders filled with what is long."""
    pieces = []
    for words, name, _, _ in Formatter().parse(text):
        pieces += [words, LONGEST.get(name, name) if name else ""]
    return "".join(pieces)


def letters_without_type(text: str) -> str:
    """What the type has no letters for, in words; empty where it has all."""
    missing = [letter for letter in dict.fromkeys(text) if not letter.isspace() and not _has(letter)]
    return f"no {', '.join(missing)}" if missing else ""


@cache
def _type(weight: fonts.Weight, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.path(weight)), size)


@cache
def _has(letter: str) -> bool:
    """Whether a letter is drawn as something else than the box that stands for letters that there are none of."""
    drawn, box = (bytes(_type("Regular", 40).getmask(one)) for one in (letter, "\uffff"))
    return drawn != box


def _fits(name: str, pattern: str) -> bool:
    """Only one star, anywhere."""
    if "*" not in pattern:
        return name == pattern
    begins, ends = pattern.split("*")
    return name.startswith(begins) and name.endswith(ends) and len(name) >= len(begins) + len(ends)
