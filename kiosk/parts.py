"""What is said of a service, on as many parts as its screen needs: two or three with a name each, or pages. Pure.

Two parts: what to bring, time, fee and place; then the steps and the rest. Where that is too much for a screen, three;
where that is too much for one of them, in large letters or on a small panel, as many pages as it takes.
"""

import math
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from assets.kiosk_words import KioskWords
from kiosk.faces import Fact, Line
from kiosk.room import pages_of_service
from kiosk.shape import LINE, Box, Shape, widest_word

LETTER = 0.49
"""How wide a letter of regular type is on the average, for each of type size."""
LIST, NOTE, FACT, WARNING, FLOOR = 42, 34, 38, 38, 30
"""Type sizes of the drawing."""
SHRINK = 0.74
"""A list may be set in type smaller by so much before it gets a page more."""
BETWEEN, PAD, TITLE_ROOM = 16, 24, 36
TAB = 36


class Part(Struct, frozen=True):
    """A list with its title, and facts; either may be empty. `tab` is its name."""

    tab: str
    icon: str = ""
    title: str = ""
    lines: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()


class Told(Struct, frozen=True):
    """Everything there is to say: what to bring, what is to be known first, the steps, and the rest."""

    bring: tuple[Line, ...]
    facts: tuple[Fact, ...]
    steps: tuple[Line, ...]
    more: tuple[Fact, ...]


def parts_of(told: Told, shape: Shape, words: KioskWords) -> tuple[tuple[Part, ...], bool]:
    """The parts, and whether they are pages: too many for names of their own."""
    two = (
        Part(words.tab_prepare, "clipboard-check", words.prepare, told.bring, told.facts),
        Part(words.tab_steps, "format-list-numbered", words.steps, told.steps, told.more),
    )
    if _fit(two, shape):
        return two, False
    three = (
        Part(words.tab_prepare_only, "clipboard-check", words.prepare, told.bring),
        Part(words.tab_facts, facts=(*told.facts, *told.more)),
        Part(words.tab_steps_only, "format-list-numbered", words.steps, told.steps),
    )
    if _fit(three, shape):
        return three, False
    return tuple(page for part in three for page in _pages(part, shape, first=part is three[0])), True


def beside(warnings: Sequence[str], shape: Shape) -> Shape:
    """The shape that is left for parts where warnings stand below them."""
    if not warnings:
        return shape
    wide = pages_of_service(shape, stats=False)[0] - 128
    high = sum(_lines(text, WARNING + shape.growth, wide) for text in warnings) + 48
    body = shape.body
    return replace(shape, body=Box(body.x, body.y + high, body.width, body.height - high))


def _fit(parts: Sequence[Part], shape: Shape) -> bool:
    wide = pages_of_service(shape, stats=False)[0]
    tab = (wide - 20 * (len(parts) - 1)) / len(parts) - 24
    if widest_word(tuple(part.tab for part in parts), TAB + shape.growth) > tab:
        return False
    return all(_high(part, shape) <= _room(shape, stats=place == 0) for place, part in enumerate(parts))


def _pages(part: Part, shape: Shape, *, first: bool) -> list[Part]:
    """A part cut into as many as it takes; each holds at least one thing."""
    pages: list[Part] = []
    empty = Part(part.tab, part.icon, part.title)
    now = empty
    for line in part.lines:
        longer = Part(part.tab, part.icon, part.title, (*now.lines, line))
        if now.lines and _high(longer, shape) > _room(shape, stats=first and not pages):
            pages.append(now)
            longer = Part(part.tab, part.icon, part.title, (line,))
        now = longer
    for fact in part.facts:
        larger = Part(part.tab, facts=(*now.facts, fact))
        if now.facts and _high(larger, shape) > _room(shape, stats=False):
            pages.append(now)
            larger = Part(part.tab, facts=(fact,))
        now = larger
    return [*pages, now]


def _room(shape: Shape, *, stats: bool) -> float:
    return pages_of_service(shape, stats=stats)[1]


def _high(part: Part, shape: Shape) -> float:
    """About how high it stands in the smallest good type."""
    wide = pages_of_service(shape, stats=False)[0] - 88
    growth = shape.growth
    floor = FLOOR + growth
    size, note = max(floor, (LIST + growth) * SHRINK), max(floor, (NOTE + growth) * SHRINK)
    fact = max(floor, (FACT + growth) * SHRINK)
    high = 0.0
    if part.lines:
        high += LINE * (LIST + growth) + TITLE_ROOM + 2 * PAD
        for line in part.lines:
            high += (
                _lines(line.text, size, wide - 64 - growth)
                + _lines(line.note, note, wide - 64 - growth)
                + BETWEEN * SHRINK
            )
    if part.facts:
        high += 2 * PAD + (22 if part.lines else 0)
        beside = growth == 0 and wide > 700
        for each in part.facts:
            text = _lines(each.text, fact, wide - (296 if beside else 60))
            high += text + (0 if beside else LINE * note) + BETWEEN * SHRINK
    return high


def _lines(text: str, size: float, width: float) -> float:
    """The height of a text, in the reckoned number of lines."""
    if not text:
        return 0.0
    return sum(max(1, math.ceil(len(each) * LETTER * size / width)) for each in text.split("\n")) * LINE * size
