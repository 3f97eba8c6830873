"""How buttons with words stand in rows: beside each other as far as their words have room, else below. Pure geometry.

Lengths are pixels of the drawing; widths of words are reckoned, as in kiosk.shape.
"""

import math
from collections.abc import Sequence

from msgspec import Struct

from kiosk.shape import LINE, TOUCH, widest_word

LETTER = 0.53
ICON, ICON_GAP, EDGE = 48, 12, 28
"""An icon, the gap between it and the words, and the margins of a button left and right."""
ABOVE, BELOW = 16, 12
"""Margins of a button whose icon stands above its words."""
MOST_LINES = 2


class Rows(Struct, frozen=True):
    """`high` is the height of all of them, `each` of one; `stacked`: icons stand above the words instead of beside."""

    columns: int = 1
    rows: int = 0
    each: float = 0.0
    gap: float = 0.0
    stacked: bool = False

    @property
    def high(self) -> float:
        return self.rows * self.each + max(0, self.rows - 1) * self.gap


def rows_of(labels: Sequence[str], size: float, width: float, *, gap: float, icons: bool, least: float = TOUCH) -> Rows:
    """The lowest arrangement in which every word keeps its type size; of equals the one with the most columns."""
    if not labels:
        return Rows()
    found: list[Rows] = []
    for columns in range(len(labels), 0, -1):
        room = (width - gap * (columns - 1)) / columns - EDGE
        rows = -(-len(labels) // columns)
        if lines := _lines(labels, size, room - (ICON + ICON_GAP if icons else 0)):
            found.append(Rows(columns, rows, max(least, lines * LINE * size + 18), gap))
        if icons and (lines := _lines(labels, size, room)):
            found.append(Rows(columns, rows, max(least, ABOVE + ICON + lines * LINE * size + BELOW), gap, stacked=True))
    return min(found, key=lambda each: each.high, default=Rows(1, len(labels), max(least, 2 * LINE * size + 18), gap))


def _lines(labels: Sequence[str], size: float, room: float) -> int:
    """The lines of the longest label; 0 where one has no room."""
    if room <= 0 or widest_word(tuple(labels), size) > room * 1.04:
        return 0
    lines = max(math.ceil(len(label) * LETTER * size / room) for label in labels)
    return lines if lines <= MOST_LINES else 0
