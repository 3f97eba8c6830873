"""How several lit calls share a part of the board. Pure geometry; all lengths in units (display.sight)."""

import math

from msgspec import Struct
from msgspec.structs import replace

from display.fitting import LINE_SHARE, STACKED_SHARE, Fit, Piece, in_a_line, in_two_lines
from display.widths import CAPITAL

GAP = 18.0
"""The space between calls."""

NEWEST_MOST = 0.7
"""The newest of several calls takes so much of their height at the most: all of them are on the screen."""

TOLERANCE = 0.5
"""What is short by so little is tall enough, in units."""


class Box(Struct, frozen=True):
    """A place on the panel."""

    left: float
    top: float
    width: float
    height: float


Shared = tuple[int, tuple[Box, ...], tuple[Fit, ...]]
"""How many earlier calls have room below, the boxes of the lit ones, and how these stand in them."""


def alike_boxes(
    lit: tuple[Piece, ...], area: Box, row_high: float, rows_at_rest: int, readable: float, *, stacked: bool
) -> Shared:
    """One below the other in equal boxes, with as many earlier calls below as leave them readable from afar."""
    count = len(lit)
    most = max(0, rows_at_rest + 1 - count) + (count == 2)
    shared: Shared = (0, (), ())
    for rows in range(most, -1, -1):
        high = (area.height - rows * row_high - (count - 1) * GAP) / count
        boxes = tuple(Box(area.left, area.top + index * (high + GAP), area.width, high) for index in range(count))
        shared = rows, boxes, fits_in(lit, boxes[0], stacked=stacked)
        if shared[2][0].capital >= readable - TOLERANCE:
            break
    return shared


def newest_larger(lit: tuple[Piece, ...], area: Box, row_high: float, readable: float) -> Shared:
    """The newest as large as its farthest reader needs, the others in a grid below it, earlier calls in what is left."""
    first, fits = _newest(lit[0], area, readable)
    top = area.top + first.height + GAP
    room = area.height - first.height - GAP
    # A box has no use for more height than its type: that is limited by its width, too.
    useful = 1.15 / LINE_SHARE * in_a_line(lit[1:], area.width, first.height)[0].number_type
    most = (len(lit) - 1) * (min(useful, first.height) + GAP) - GAP
    rows = max(0, int((room - most) / row_high)) if most < room else 0
    below = Box(area.left, top, area.width, room - rows * row_high)
    boxes, others = _grid(lit[1:], below, readable / 2)
    return rows, (first, *boxes), (*fits, *others)


def newest_above(
    lit: tuple[Piece, ...], area: Box, readable: float, *, stacked: bool
) -> tuple[tuple[Box, ...], tuple[Fit, ...]]:
    """The newest as large as its farthest reader needs, the others below it half as large, and nothing higher than that."""
    first, fits = _newest(lit[0], area, readable)
    if len(lit) == 1:
        return (first,), fits
    lines = len(lit) - 1 if stacked or len(lit) == 2 else math.ceil((len(lit) - 1) / 2)
    room = area.height - first.height - GAP
    high = min(room, lines * (readable / 2 / CAPITAL / LINE_SHARE + 1 + GAP) - GAP)
    boxes, others = _grid(lit[1:], Box(area.left, first.top + first.height + GAP, area.width, high), readable / 2)
    return (first, *boxes), (*fits, *others)


def _newest(piece: Piece, area: Box, readable: float) -> tuple[Box, tuple[Fit, ...]]:
    """As high as it must be: in a line, or in two where its counter's name would else be too small."""
    ways = []
    for two_lines in (False, True):
        high = readable / CAPITAL / (STACKED_SHARE if two_lines else LINE_SHARE) + 1
        box = replace(area, height=min(high, area.height * NEWEST_MOST))
        fits = fits_in((piece,), box, stacked=two_lines)
        if fits[0].capital >= readable - TOLERANCE:
            return box, fits
        ways.append((box, fits))
    return max(ways, key=lambda way: way[1][0].capital)


def _grid(pieces: tuple[Piece, ...], area: Box, wanted: float) -> tuple[tuple[Box, ...], tuple[Fit, ...]]:
    """Equal boxes in columns, row by row: with the word for counter where type can have half the newest call's size."""
    best: tuple[float, tuple[Box, ...], tuple[Fit, ...]] | None = None
    for columns, word in ((1, True), (2, True), (2, False), (3, False)):
        lines = math.ceil(len(pieces) / columns)
        wide = (area.width - (columns - 1) * GAP) / columns
        high = (area.height - (lines - 1) * GAP) / lines
        fits = in_a_line(pieces, wide, high, word=word)
        boxes = tuple(
            Box(area.left + index % columns * (wide + GAP), area.top + index // columns * (high + GAP), wide, high)
            for index in range(len(pieces))
        )
        capital = fits[0].number_type * CAPITAL
        if capital >= wanted:
            return boxes, fits
        if best is None or capital > best[0]:
            best = capital, boxes, fits
    assert best is not None  # noqa: S101 - there are ways to divide it
    return best[1], best[2]


def fits_in(pieces: tuple[Piece, ...], box: Box, *, stacked: bool) -> tuple[Fit, ...]:
    """How calls stand in boxes of this size: in a line each, or `stacked` in two."""
    if stacked:
        return in_two_lines(pieces, box.width, box.height)
    return in_a_line(pieces, box.width, box.height)
