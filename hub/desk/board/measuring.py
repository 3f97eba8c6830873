"""How wide words are in the house's type, and where they wrap. Reads the type's files; knows nothing of what is written."""

from functools import lru_cache

from PIL import ImageFont

from assets import fonts
from assets.fonts import Weight

CAPITAL = 0.66
"""The height of a capital letter, as a share of the type's size."""

_MEASURED_AT = 200
_SPARE = 1.01
"""A browser may set a letter a little wider than it was measured."""


@lru_cache(maxsize=8)
def _font(weight: Weight) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.path(weight)), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def width_of(text: str, weight: Weight) -> float:
    """How wide a text is on one line, in shares of its type's size."""
    return _font(weight).getlength(text) / _MEASURED_AT * _SPARE


@lru_cache(maxsize=1024)
def wrapped(text: str, weight: Weight, size: float, width: float) -> tuple[str, ...]:
    """The lines of a text, wrapped between words. A word that is wider than a line stands alone on one and sticks out."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, weight) * size > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return tuple(line for line in lines if line)


def fitting(text: str, weight: Weight, wanted: float, width: float, most_lines: int) -> tuple[float, tuple[str, ...]]:
    """The largest type up to `wanted` with which a text keeps to `width` and `most_lines`, and its lines."""
    size = wanted
    while True:
        lines = wrapped(text, weight, size, width)
        fits = len(lines) <= most_lines and all(width_of(line, weight) * size <= width for line in lines)
        if fits or size < wanted * 0.3:
            return size, lines
        size *= 0.95
