"""How large things must be so that the farthest reader can read them, and what then has room beside them.

Pure geometry of a panel and a distance; knows no words and draws nothing.
"""

import math

from msgspec import Struct

MM_PER_INCH = 25.4
HEIGHT_PER_M = 0.0113
"""Capital height that a number needs for each metre between it and its reader (ADA 703.5.5: 113 mm at 10 m)."""


class Sight(Struct, frozen=True):
    """How the board is laid out for its panel and its farthest readers. `number_mm` is the newest number's height."""

    rows: int
    side: bool
    number_share: float
    number_mm: float
    enough: bool


_SIGHTS = ((3, True, 0.145), (3, False, 0.168), (2, False, 0.2))
"""Rows below the newest call, whether panels stand beside, and the newest number's capital height as a share of the
panel's height: from the fullest board to the one that is read from
farthest. Measured for a number of four characters and a counter of two digits; shorter ones are larger."""


def sight(width: int, height: int, diagonal_inch: float, viewing_m: float) -> Sight:
    """The fullest board whose newest number can be read from `viewing_m`; else the largest, which is not `enough`."""
    height_mm = diagonal_inch * MM_PER_INCH * height / math.hypot(width, height)
    wanted_mm = viewing_m * HEIGHT_PER_M * 1000
    found = [
        Sight(rows, side, share, share * height_mm, share * height_mm >= wanted_mm) for rows, side, share in _SIGHTS
    ]
    return next((each for each in found if each.enough), found[-1])
