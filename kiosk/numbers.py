"""How a few numbers with their labels stand: side by side, or below each other, each then on one line if it has room. Pure.

Lengths are pixels of the drawing; widths are reckoned.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from kiosk.shape import LINE

GAP = 12
FIGURE, WORD = 0.52, 0.445
"""How wide a letter of a number and of a label is on the average, for each of type size."""
LABEL, VALUE, SMALL_VALUE, LEAST_LABEL = 32, 46, 34, 30
PADS = 44

Manner = Literal["tall", "level", "compact"]
"""Label above a large number; both on one line; label above a number that is no larger than it must be."""


class Numbers(Struct, frozen=True):
    """`each` is the height of one, `high` of all of them."""

    columns: int = 1
    rows: int = 0
    each: float = 0.0
    manner: Manner = "tall"

    @property
    def high(self) -> float:
        return self.rows * self.each + max(0, self.rows - 1) * GAP


def numbers_of(values: Sequence[str], labels: Sequence[str], width: float, growth: int) -> Numbers:
    """Side by side where all of them have room in one row, else below each other."""
    count = len(values)
    if not count:
        return Numbers()
    longest = max(len(value) for value in values)
    label = max((len(each) for each in labels), default=0) * WORD * (LEAST_LABEL + growth)
    wide = max(longest * FIGURE * (VALUE + growth), label) + PADS
    if count * wide + (count - 1) * GAP <= width:
        return Numbers(count, 1, LINE * (LABEL + VALUE + 2 * growth) + 34)
    wide = max(longest * FIGURE * (SMALL_VALUE + growth), label) + PADS
    if count * wide + (count - 1) * GAP <= width:
        return Numbers(count, 1, LINE * (LEAST_LABEL + SMALL_VALUE + 2 * growth) + 26, "compact")
    if label + longest * FIGURE * (SMALL_VALUE + growth) + PADS + 10 <= width:
        return Numbers(1, count, LINE * (VALUE - 8 + growth) + 14, "level")
    return Numbers(1, count, LINE * (LEAST_LABEL + SMALL_VALUE + 2 * growth) + 14, "compact")
