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
LOW_SHARE = 0.6
"""Of an upright panel of which nobody said how high it hangs: so much of its lower part holds every control."""

TOUCH = 84
"""The least width and height of anything that can be touched: 20.8 mm."""
LINE = 1.257
"""The height of a line for each of type size."""
LETTER = 0.57
"""How wide a letter of a bold label is at the most on the average, for each of type size."""

LABEL, ICON = 31, 48
"""Type and icon of the bar."""
TOGGLE = 30


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

    `strip_rows`: how many toggles stand in each row of the strip; `strip_words`: whether those with an icon have room for words.
    """

    body: Box = Box(56, 304, 968, 1464)
    head: Box = Box(56, 1792, 968, 84)
    full_head: bool = True
    ground: Box = Box()
    bar: Box = Box()
    bar_columns: int = 5
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
    if panel.hangs_mm is not None:
        return min(panel.height, (REACH_MM - panel.hangs_mm) * PX_PER_MM)
    return panel.height if panel.landscape else panel.height * LOW_SHARE


def shape_of(panel: Panel, looks: Looks, bar: tuple[str, ...], *, strip: int) -> Shape:
    """The shape of a screen whose bar has these labels and whose strip has so many toggles (0: none)."""
    growth = GROWTH[looks.text]
    reach = reach_of(panel) if looks.low else panel.height
    if panel.landscape and bar:
        return _beside(panel, growth, reach, bar, strip=strip)
    return _below(panel, growth, reach, bar, strip=strip)


def wide(label: str, size: float) -> float:
    """About how wide a bold label is on one line."""
    return len(label) * LETTER * size


def widest_word(labels: tuple[str, ...], size: float) -> float:
    """About how wide the longest word is."""
    return max((wide(word, size) for label in labels for word in label.split()), default=0.0)


def _head(x: float, top: float, width: float, growth: int) -> tuple[Box, bool]:
    """The head's box, and whether place and date have room in it: 20 letters of a name beside 17 of a date."""
    high = 84 + 2.6 * growth
    return Box(x, top - high, width, high), 108 + 0.53 * (20 * (36 + growth) + 17 * (30 + growth)) <= width


def _below(panel: Panel, growth: int, reach: float, bar: tuple[str, ...], *, strip: int) -> Shape:
    small = min(panel.width, panel.height) < 1000
    margin, side, above = (32, 24, 24) if small else (56, 40, 32 if panel.landscape else 44)
    head, full_head = _head(margin, panel.height - above, panel.width - 2 * margin, growth)
    size, inner = LABEL + growth, panel.width - 2 * side
    strip_wide = min(inner, 1000.0 + 20 * growth)
    columns = rows = lines = 0
    if bar:
        columns = len(bar)
        if (inner + 18) / columns - 18 < widest_word(bar, size) + 20:
            columns = -(-columns // 2)
        rows = -(-len(bar) // columns)
        room = (inner + 18) / columns - 18 - 20
        lines = 2 if any(wide(label, size) > room and " " in label for label in bar) else 1
    each = max(TOUCH, 24 + ICON + math.ceil(lines * size * LINE) + 22)
    bar_high = rows * each + max(0, rows - 1) * 14
    strip_high = TOUCH if strip else 0
    gap = 16 if bar and strip else 0
    foot = 24 + bar_high + gap + strip_high + 22 if bar or strip else 0
    top = head.y - 24
    floor = foot + 26 if foot else 48
    toggles = (strip_wide - 3 * 100 - 4 * 12) / 2
    return Shape(
        body=Box(margin, floor, panel.width - 2 * margin, top - floor),
        head=head,
        full_head=full_head,
        ground=Box(0, 0, panel.width, foot),
        bar=Box(side, 24, inner, bar_high),
        bar_columns=max(1, columns),
        strip=Box(side, 24 + bar_high + gap, strip_wide, strip_high),
        strip_rows=(strip,) if strip else (),
        strip_words=wide("Contrast", TOGGLE + growth) + 110 <= toggles,
        reach=reach,
        landscape=panel.landscape,
        growth=growth,
    )


def _beside(panel: Panel, growth: int, reach: float, bar: tuple[str, ...], *, strip: int) -> Shape:
    small = panel.width < 1500
    margin, above, side = (40, 20, 18) if small else (56, 32, 26)
    size = LABEL + growth
    rail = min(0.3 * panel.width, max(3 * TOUCH + 2 * 8 + 2 * side, 2 * side + ICON + 54 + widest_word(bar, size)))
    inner = rail - 2 * side
    rows = () if not strip else ((3, 1, 1)[: strip - 2] if panel.height >= 1000 else (3, strip - 3))
    strip_high = len(rows) * TOUCH + max(0, len(rows) - 1) * 8
    words = len(rows) == 3 or strip == 4
    room = panel.height - 2 * above - strip_high - (20 if strip else 0)
    each = min(132.0, (room - 10 * max(0, len(bar) - 1)) / max(1, len(bar)))
    bar_high = len(bar) * each + 10 * max(0, len(bar) - 1) if bar else 0
    left = panel.width - rail
    head, full_head = _head(margin, panel.height - above, left - 2 * margin, growth)
    return Shape(
        body=Box(margin, above + 8, left - 2 * margin, head.y - 20 - above - 8),
        head=head,
        full_head=full_head,
        ground=Box(left, 0, rail, panel.height if rail else 0),
        bar=Box(left + side, panel.height - above - bar_high, inner, bar_high),
        bar_columns=1,
        strip=Box(left + side, above, inner, strip_high),
        strip_rows=rows,
        strip_words=words,
        reach=reach,
        landscape=True,
        growth=growth,
    )
