"""What a board is drawn of: rectangles, circles, arrows and words, in units of the board. Pure data.

`look` names how a shape is coloured (see static/board.css), so that a page can grey itself without asking anybody.
"""

from msgspec import Struct

from assets.fonts import Weight


class Box(Struct, frozen=True):
    """A rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    look: str
    rounding: float = 0.0


class Disc(Struct, frozen=True):
    """A circle; `fill` is a colour of its own, six hexadecimal digits, or "" for that of its look."""

    x: float
    y: float
    radius: float
    look: str
    fill: str = ""


class Arrow(Struct, frozen=True):
    """An arrow to the right, `size` wide, its middle at (x + size / 2, y)."""

    x: float
    y: float
    size: float
    look: str


class Line(Struct, frozen=True):
    """Words on one line; `y` is where the letters stand."""

    x: float
    y: float
    size: float
    text: str
    look: str
    weight: Weight = "Regular"
    anchor: str = "start"


class Number(Struct, frozen=True):
    """A number whose every character has its own place; the digits at `underlined` are told apart by a line below."""

    places: tuple[float, ...]
    y: float
    size: float
    text: str
    look: str
    underlined: tuple[tuple[float, float], ...]
    """Where each line begins, and how long it is."""


class Icon(Struct, frozen=True):
    """A glyph of the icons' type, from the left, its letters' foot at `y`."""

    x: float
    y: float
    size: float
    glyph: str
    look: str


Shape = Box | Disc | Arrow | Line | Number | Icon


class Face(Struct, frozen=True):
    """A whole board."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
