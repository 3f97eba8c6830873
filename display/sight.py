"""How large a panel is, and how large a number on it must be so that its farthest reader can read it. Pure; draws nothing.

A panel is reckoned in *units*: a panel of 1920 by 1080 pixels has 1920 by 1080 of them, an upright one 1080 by 1920, and
every other panel at least as many. Type and boxes are given in units, whatever the pixels.
"""

import math

from msgspec import Struct

from assets.sight import readable_mm

MM_PER_INCH = 25.4

LONG, SHORT = 1920, 1080
"""The units of a panel's sides, at least."""


class Panel(Struct, frozen=True):
    """A panel in pixels and inches, and how far its farthest reader is, in metres."""

    width: int
    height: int
    diagonal_inch: float
    viewing_m: float

    @property
    def unit_px(self) -> float:
        """Pixels of a unit."""
        return min(max(self.width, self.height) / LONG, min(self.width, self.height) / SHORT)

    @property
    def unit_mm(self) -> float:
        """Millimetres of a unit."""
        return self.unit_px * self.diagonal_inch * MM_PER_INCH / math.hypot(self.width, self.height)

    @property
    def across(self) -> float:
        """Its width in units."""
        return self.width / self.unit_px

    @property
    def down(self) -> float:
        """Its height in units."""
        return self.height / self.unit_px

    @property
    def upright(self) -> bool:
        """Whether it stands on its short side."""
        return self.height > self.width

    @property
    def readable(self) -> float:
        """The capital height that its farthest reader needs, in units."""
        return readable_mm(self.viewing_m) / self.unit_mm


def drawn_size(width: int, height: int) -> tuple[int, int]:
    """The pixels that a panel is drawn with: its own, or where it has twice 1920 by 1080 and more, a whole part of them.

    A 4K panel is drawn with 1920 by 1080: nobody sees the difference from where they sit, and it costs a quarter.
    """
    part = max(1, int(min(max(width, height) / LONG, min(width, height) / SHORT)))
    return width // part, height // part
