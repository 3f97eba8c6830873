"""How wide type is on paper, and where its lines break. Dots; nothing is clipped: a word that is too long is broken. Pure."""

from bisect import bisect_right
from functools import cache

from PIL import ImageFont

from assets.fonts import path
from kiosk.printing.blocks import Paper
from kiosk.printing.layout import Type


@cache
def font_of(kind: Type) -> ImageFont.FreeTypeFont:
    """The font in this weight and size."""
    return ImageFont.truetype(str(path(kind.weight)), kind.size)


def width_of(text: str, kind: Type) -> int:
    """Dots from the first ink to the last, or to where the pen ends."""
    return before(text, kind) + round(max(font_of(kind).getlength(text), font_of(kind).getbbox(text)[2]))


def before(text: str, kind: Type) -> int:
    """Dots of ink left of the pen's start: j and a large A have some."""
    return max(0, round(-font_of(kind).getbbox(text)[0]))


def wrapped(paper: Paper, text: str, kind: Type, room: int | None = None) -> list[str]:
    """Lines that fit. A word that is too long by itself is broken, behind one of ./- if one stands in its second half."""
    room = room or paper.width - 2 * paper.margin
    lines: list[str] = []
    line = ""
    for word in _units(text):
        longer = f"{line} {word}".strip()
        if width_of(longer, kind) <= room:
            line = longer
            continue
        pieces = broken(word, kind, room)
        lines += [line, *pieces[:-1]] if line else pieces[:-1]
        line = pieces[-1]
    lines += [line] if line else []
    # Where a line ends, the break parts what the dot would.
    return [each.removesuffix(" ·") for each in lines]


def _units(text: str) -> list[str]:
    """Words, a dot between two of them with the first: no line begins with one, and `wrapped` lets none end with one."""
    return [unit.replace("\n", " ") for unit in " ".join(text.split()).replace(" ·", "\n·").split(" ")] if text else []


def balanced(paper: Paper, text: str, kind: Type, room: int | None = None) -> list[str]:
    """As many lines as it takes, but none with a single word left over where they can be made alike."""
    room = room or paper.width - 2 * paper.margin
    lines = wrapped(paper, text, kind, room)
    for narrower in range(room, room // 2, -16):
        tighter = wrapped(paper, text, kind, narrower)
        if len(tighter) > len(lines) or any(word not in text.split() for line in tighter for word in line.split()):
            break
        lines = tighter
    return lines


def _fitting(word: str, kind: Type, room: int) -> int:
    """How many letters fit, one at the least. By halves: a beginning's width grows with its letters, and a word may have thousands."""
    return max(1, bisect_right(range(1, len(word)), room, key=lambda size: width_of(word[:size], kind)))


def broken(word: str, kind: Type, room: int) -> list[str]:
    """The word in pieces that fit; one piece for most words."""
    pieces: list[str] = []
    while width_of(word, kind) > room and len(word) > 1:
        fits = _fitting(word, kind, room)
        behind_mark = max(word.rfind(mark, 0, fits) + 1 for mark in "./-")
        size = behind_mark if behind_mark > fits // 2 else fits
        pieces.append(word[:size])
        word = word[size:]
    return [*pieces, word]
