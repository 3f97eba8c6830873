"""How a visitor wants the screens to look, and how large the panel is that they stand on. Pure; knows no colour and no font.

Lengths are pixels of the drawing: PX_PER_MM of them are a millimetre on every panel, so they are millimetres by another
name. Type sizes are the size of the type, of which the capitals take CAPITALS (read from the font; a test measures it).
"""

from typing import Literal

from msgspec import Struct

PX_PER_MM = 4.034
"""Pixels of the drawing (1080 x 1920 on 21.5 inches) for a millimetre."""

CAPITALS = 0.65
"""The height of a capital of Source Sans Pro for each of type size: 0.656 in Regular, 0.650 in Black."""

HANGS_MM = 850.0
"""How high a panel's lower edge hangs where nobody says: of a 21.5 inch panel that stands upright its middle is then at 1088 mm."""

TextSize = Literal["normal", "large", "largest"]
TEXT_SIZES: tuple[TextSize, ...] = ("normal", "large", "largest")

FLOOR = 30
"""The smallest type on any screen: capitals of 4.83 mm (the US floor is 4.8)."""

GROWTH: dict[TextSize, int] = {"normal": 0, "large": 8, "largest": 16}
"""By how much every type size grows. FLOOR and 16 have capitals of 7.4 mm: EN 301 549, 5.1.4, wants 7.3 throughout."""


class Looks(Struct, frozen=True):
    """High contrast (7:1), the size of all text, and whether every control stands in the lower part of the panel."""

    contrast: bool = False
    text: TextSize = "normal"
    low: bool = False


class Panel(Struct, frozen=True):
    """The screen's size in pixels of the drawing, and how high its lower edge hangs above the floor."""

    width: float = 1080.0
    height: float = 1920.0
    hangs_mm: float = HANGS_MM

    @property
    def landscape(self) -> bool:
        return self.width > self.height


def type_size(pixels: float, text: TextSize) -> float:
    """How large type is set that the drawing sets in `pixels`."""
    return max(FLOOR, pixels) + GROWTH[text]
