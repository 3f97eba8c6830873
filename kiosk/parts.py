"""What is said of a service, on as many parts as its screen needs: two or three with a name each, or pages. Pure.

Two parts: what to bring, time, fee and place; then the steps and the rest. Where that is too much for a screen, three;
where that is too much for one of them, in large letters or on a small panel, as many pages as it takes.
"""

import math
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from assets.kiosk_words import KioskWords
from kiosk.furniture import Fact, Line
from kiosk.serviceplan import Said, ServicePlan, plan_of
from kiosk.shape import LETTER as BOLD
from kiosk.shape import LINE, Shape, lines_of, widest_word

LETTER, TITLE_LETTER = 0.485, 0.52
"""How wide a letter of regular type is on the average, for each of type size."""
LIST, NOTE, FACT, FLOOR = 42, 34, 38, 30
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


class Room(Struct, frozen=True):
    """The page with numbers on it, and the page without."""

    first: ServicePlan
    other: ServicePlan


class Sheet(Struct, frozen=True):
    """A part, and where everything stands while it is shown. `warned`: whether the warnings stand there too."""

    part: Part
    plan: ServicePlan
    warned: bool
    extras: bool = True
    """Whether the small buttons stand there too: of pages only on the first."""


def sheets_of(told: Told, said: Said, shape: Shape, words: KioskWords) -> tuple[tuple[Sheet, ...], bool]:
    """Every part with its plan, and whether they are pages. Numbers stand on the first.

    Where numbers and warnings have no room together, the warnings have a first page of their own.
    """
    room = _room_of(said, shape)
    lead: tuple[Sheet, ...] = ()
    if said.warnings and room.first.sheet.height < 0:
        lead = (Sheet(Part(words.tab_prepare_only), room.other, warned=True),)
        said = replace(said, warnings=())
        room = _room_of(said, shape)
    elif said.cannot and room.first.sheet.height < 0:
        room = _room_of(replace(said, numbers=()), shape)  # how many wait matters less than why there is no number
    plain = plan_of(shape, replace(said, warnings=(), extras=()), stats=False)
    parts, are_pages = parts_of(told, room, words, plain)
    other = plain if are_pages else room.other
    sheets = tuple(
        Sheet(part, other if place else room.first, bool(said.warnings), extras=True)
        if not place or not are_pages
        else Sheet(part, other, warned=False, extras=False)
        for place, part in enumerate(parts)
    )
    return (*lead, *sheets), are_pages or bool(lead)


def _room_of(said: Said, shape: Shape) -> Room:
    return Room(plan_of(shape, said, stats=True), plan_of(shape, said, stats=False))


def parts_of(told: Told, room: Room, words: KioskWords, plain: ServicePlan) -> tuple[tuple[Part, ...], bool]:
    """The parts, and whether they are pages: too many for names of their own. Numbers stand on the first.

    `plain` is where things stand on pages after the first: what was said there is not said again.
    """
    two = (
        Part(words.tab_prepare, "clipboard-check", words.prepare, told.bring, told.facts),
        Part(words.tab_steps, "format-list-numbered", words.steps, told.steps, told.more),
    )
    if _fit(two, room):
        return two, False
    three = (
        Part(words.tab_prepare_only, "clipboard-check", words.prepare, told.bring),
        Part(words.tab_facts, facts=(*told.facts, *told.more)),
        Part(words.tab_steps_only, "format-list-numbered", words.steps, told.steps),
    )
    if _fit(three, room):
        return three, False
    room = Room(room.first, plain)
    pages = [page for part in three for page in _pages(part, room, first=part is three[0])]
    if _high(pages[0], room.first) > room.first.sheet.height:
        pages.insert(0, Part(words.tab_prepare_only))
    return tuple(pages), True


def _fit(parts: Sequence[Part], room: Room) -> bool:
    tab = (room.other.tabs.width - 20 * (len(parts) - 1)) / len(parts) - 24
    size = TAB + room.other.growth
    names = tuple(part.tab for part in parts)
    lines = max(lines_of(name, size, tab) for name in names)
    if widest_word(names, size) > tab or lines * LINE * size + 16 > room.other.tabs.height:
        return False
    plans = (room.first, *(room.other for _ in parts[1:]))
    return all(_high(part, plan) <= plan.sheet.height for part, plan in zip(parts, plans, strict=True))


def _pages(part: Part, room: Room, *, first: bool) -> list[Part]:
    """A part cut into as many as it takes; each holds at least one thing."""
    pages: list[Part] = []
    now = Part(part.tab, part.icon, part.title)
    for line in part.lines:
        plan = room.first if first and not pages else room.other
        longer = replace(now, lines=(*now.lines, line))
        if now.lines and _high(longer, plan) > plan.sheet.height:
            pages.append(now)
            longer = Part(part.tab, lines=(line,))
        now = longer
    for fact in part.facts:
        larger = Part(part.tab, facts=(*now.facts, fact))
        if now.facts and _high(larger, room.other) > room.other.sheet.height:
            pages.append(now)
            larger = Part(part.tab, facts=(fact,))
        now = larger
    return [*pages, now]


def _high(part: Part, plan: ServicePlan) -> float:
    """About how high it stands in the smallest good type."""
    wide = plan.sheet.width - 88
    growth = plan.growth
    floor = FLOOR + growth
    size, note = max(floor, (LIST + growth) * SHRINK), max(floor, (NOTE + growth) * SHRINK)
    fact = max(floor, (FACT + growth) * SHRINK)
    high = 0.0
    if part.lines:
        titled = min(2, math.ceil(len(part.title) * TITLE_LETTER * (LIST + growth) / (wide - 42)))
        high += (LINE * (LIST + growth) * titled + TITLE_ROOM if part.title else 0) + 2 * PAD
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
    return sum(lines_of(each, size * LETTER / BOLD, width) for each in text.split("\n")) * LINE * size
