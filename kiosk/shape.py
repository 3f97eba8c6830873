"""Where head, body, bar and strip of a screen stand on a panel, for every look of it. Pure geometry.

All lengths are pixels of the drawing (kiosk.looks), from the panel's lower left corner. On an upright panel the bar lies
below the body and the strip of looks above the bar; on a lying one both stand in a rail beside the body, because there
height is dear. Widths of words are reckoned, not measured: no font is known here, and tests lay every face out.
"""

import math

from msgspec import Struct

from kiosk.looks import GROWTH, PX_PER_MM, Looks, Panel

REACH_MM = 1220
"""No control stands higher above the floor in the low-reach layout (EN 301 549 8.3.3, ADA 308)."""

TOUCH = 84
"""The least width and height of anything that can be touched: 20.8 mm."""
MOST_BELOW_EACH_OTHER = 4
"""Answers of a message; more stand in two columns."""
LINE = 1.257
"""The height of a line for each of type size."""
LETTER = 0.54
"""How wide a letter of a bold label is at the most on the average, for each of type size."""

LABEL, ICON = 31, 48
"""Type and icon of the bar."""
ICON_ALONE = 92.0
ONLY = 0.36
"""Of the bar's width, what its only button takes: where the last one stands on other screens."""
TOGGLE = 30
STRIP_GAP, WORDED = 12, 2.9
"""How much wider a toggle with words is than one with a letter."""


class Box(Struct, frozen=True):
    """A rectangle by its lower left corner."""

    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0

    @property
    def top(self) -> float:
        return self.y + self.height


class Shape(Struct, frozen=True):
    """`reach`: no control stands above it. `full_head`: whether place and date have room. `ground`: what lies under bar and strip.

    `bar`: its buttons, `bar_words`: which of them have room for their words, else their icon stands alone; `bar_stacked`:
    icons stand above the words. `strip_rows`: how many toggles stand in each row of the strip; `strip_words`: whether those with an icon have room for words.
    """

    body: Box = Box(56, 304, 968, 1464)
    head: Box = Box(56, 1792, 968, 84)
    full_head: bool = True
    ground: Box = Box()
    bar: tuple[Box, ...] = ()
    bar_words: tuple[bool, ...] = ()
    bar_stacked: bool = True
    strip: Box = Box()
    strip_rows: tuple[int, ...] = (5,)
    strip_words: bool = True
    reach: float = 1920.0
    landscape: bool = False
    growth: int = 0

    @property
    def controls_top(self) -> float:
        """The top of the part of the body that controls may stand in."""
        return min(self.body.top, self.reach)


def reach_of(panel: Panel) -> float:
    """How high up a control may stand in the low-reach layout; the panel's whole height where all of it is in reach."""
    return min(panel.height, (REACH_MM - panel.hangs_mm) * PX_PER_MM)


def is_brief(shape: Shape) -> bool:
    """Large letters on a small panel: height is so dear that what can go goes."""
    return bool(shape.growth) and (shape.body.width < 800 or (shape.landscape and shape.body.height < 800))


class Heading(Struct, frozen=True):
    """Words of the head, for whether they have room."""

    name: str = "Mal Pelayanan Publik"
    place: str = "Kabupaten Kutai Kartanegara"
    date: str = "Rabu, 25 November"
    signs: int = 0


def shape_of(panel: Panel, looks: Looks, bar: tuple[str, ...], *, strip: int, heading: Heading | None = None) -> Shape:
    """The shape of a screen whose bar has these labels and whose strip has so many toggles (0: none)."""
    growth = GROWTH[looks.text]
    reach = reach_of(panel) if looks.low else panel.height
    if panel.landscape and bar:
        return _beside(panel, growth, reach, bar, strip=strip, heading=heading or Heading())
    return _below(panel, growth, reach, bar, strip=strip, heading=heading or Heading())


def wide(label: str, size: float) -> float:
    """About how wide a bold label is on one line."""
    return len(label) * LETTER * size


def lines_of(label: str, size: float, width: float) -> int:
    """About how many lines a bold label takes."""
    lines, used = 1, 0.0
    for word in label.split():
        more = wide(word, size) + (wide(" ", size) * 0.5 if used else 0.0)
        if used and used + more > width:
            lines, used = lines + 1, wide(word, size)
        else:
            used += more
    return lines


def widest_word(labels: tuple[str, ...], size: float) -> float:
    """About how wide the longest word is."""
    return max((wide(word, size) for label in labels for word in label.split()), default=0.0)


def _head(x: float, top: float, width: float, growth: int, heading: Heading) -> tuple[Box, bool]:
    """The head's box, and whether place and date have room in it. Beside signs a long name may take two lines."""
    names = max(len(heading.name) * 0.53 * (36 + growth), len(heading.place) * 0.48 * (30 + growth))
    date = len(heading.date) * 0.48 * (30 + growth)
    full = 108 + names + 24 + date <= width
    high = 84 + 2.6 * growth if full else 84.0
    beside = 48 * heading.signs + 28 + 2.5 * (42 + growth)
    if not full and heading.signs and len(heading.name) * 0.53 * (36 + growth) > width - beside:
        high = max(84.0, 2 * LINE * (36 + growth) + 4)
    return Box(x, top - high, width, high), full


def _below(panel: Panel, growth: int, reach: float, bar: tuple[str, ...], *, strip: int, heading: Heading) -> Shape:
    small = min(panel.width, panel.height) < 1000
    margin, side, above = (32, 24, 24) if small else (56, 40, 32 if panel.landscape else 44)
    head, full_head = _head(margin, panel.height - above, panel.width - 2 * margin, growth, heading)
    size, inner, between = LABEL + growth, panel.width - 2 * side, 12 if small else 18
    strip_wide = min(inner, 1000.0 + 20 * growth)
    widths, worded = _bar_widths(bar, size, inner, gap=between)
    lines = max(
        (lines_of(label, size, width - 14) for label, width, words in zip(bar, widths, worded, strict=True) if words),
        default=1,
    )
    each = max(TOUCH, (18 if small else 24) + ICON + math.ceil(lines * size * LINE) + (14 if small else 22))
    bar_high = (each if any(worded) else TOUCH + 12) if bar else 0
    strip_high = TOUCH if strip else 0
    gap = 16 if bar and strip else 0
    foot = 24 + bar_high + gap + strip_high + 22 if bar or strip else 0
    top = head.y - 24
    floor = foot + 26 if foot else 48
    toggles = (strip_wide - 4 * STRIP_GAP) * WORDED / (3 + 2 * WORDED)
    return Shape(
        body=Box(margin, floor, panel.width - 2 * margin, top - floor),
        head=head,
        full_head=full_head,
        ground=Box(0, 0, panel.width, foot),
        bar=tuple(
            Box(panel.width - side - sum(widths[place:]) - (len(bar) - 1 - place) * between, 24, width, bar_high)
            for place, width in enumerate(widths)
        ),
        bar_words=worded,
        strip=Box(
            panel.width - side - strip_wide if panel.landscape else side, 24 + bar_high + gap, strip_wide, strip_high
        ),
        strip_rows=(strip,) if strip else (),
        strip_words=wide("Contrast", TOGGLE + growth) + 112 <= toggles,
        reach=reach,
        landscape=panel.landscape,
        growth=growth,
    )


def _bar_widths(
    labels: tuple[str, ...], size: float, inner: float, *, gap: float
) -> tuple[tuple[float, ...], tuple[bool, ...]]:
    """All alike where every word has room; else words from the first on as long as there is room, the others icons alone."""
    count = len(labels)
    if not count:
        return (), ()
    equal = inner * ONLY if count == 1 else (inner + gap) / count - gap
    if widest_word(labels, size) + 14 <= equal:
        return (equal,) * count, (True,) * count
    widths, worded = [ICON_ALONE] * count, [False] * count
    left = inner - gap * (count - 1) - sum(widths)
    for place, label in enumerate(labels):
        more = widest_word((label,), size) + 18 - ICON_ALONE
        if more <= left:
            widths[place] += more
            worded[place] = True
            left -= more
    return tuple(width + left / count for width in widths), tuple(worded)


def _beside(panel: Panel, growth: int, reach: float, bar: tuple[str, ...], *, strip: int, heading: Heading) -> Shape:
    small = panel.width < 1500
    margin, above, side = (40, 14, 18) if small else (56, 32, 26)
    size = LABEL + growth
    rail = min(0.3 * panel.width, max(3 * TOUCH + 2 * 8 + 2 * side, 2 * side + ICON + 54 + widest_word(bar, size) + 10))
    inner = rail - 2 * side
    rows = () if not strip else ((3, 1, 1)[: strip - 2] if panel.height >= 1000 else (3, strip - 3))
    strip_high = len(rows) * TOUCH + max(0, len(rows) - 1) * 8
    words = (len(rows) == 3 or strip == 4) and wide("Contrast", TOGGLE + growth) + 104 <= inner
    bar_gap = 6 if small else 10
    room = panel.height - 2 * above - strip_high - (16 if strip else 0)
    each = min(max(132.0, 2 * LINE * size + 20), (room - bar_gap * max(0, len(bar) - 1)) / max(1, len(bar)))
    worded = tuple(_has_room(label, size, inner - ICON - 12 - 24, each) for label in bar)
    left = panel.width - rail
    head, full_head = _head(margin, panel.height - above, left - 2 * margin, growth, heading)
    return Shape(
        body=Box(margin, above + 8, left - 2 * margin, head.y - 20 - above - 8),
        head=head,
        full_head=full_head,
        ground=Box(left, 0, rail, panel.height if rail else 0),
        bar=tuple(
            Box(left + side, panel.height - above - (place + 1) * each - place * bar_gap, inner, each)
            for place in range(len(bar))
        ),
        bar_words=worded,
        bar_stacked=False,
        strip=Box(left + side, above, inner, strip_high),
        strip_rows=rows,
        strip_words=words,
        reach=reach,
        landscape=True,
        growth=growth,
    )


def _has_room(label: str, size: float, width: float, height: float) -> bool:
    """Whether a label has room beside its icon: on one line, or on two where they fit."""
    if wide(label, size) <= width:
        return True
    return widest_word((label,), size) <= width * 1.04 and 2 * LINE * size + 18 <= height and " " in label
