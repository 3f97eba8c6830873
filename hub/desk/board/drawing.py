"""Shapes as SVG: plain enough for a television's browser of 2013, and without any style of its own.

Colours are classes of static/board.css. Everything that is written is escaped. Pure.
"""

from html import escape
from typing import assert_never

from hub.desk.board.shapes import Arrow, Box, Disc, Face, Icon, Line, Number, Shape

_WEIGHTS = {"Regular": "400", "Semibold": "600", "Bold": "700", "Black": "900"}


def svg(face: Face, name: str, label: str, newest: str) -> str:
    """The board as an SVG element of class `name`; `label` is what a screen reader says of it, `newest` its newest call."""
    drawn = "".join(_drawn(shape) for shape in face.shapes)
    return (
        f'<svg class="{name}" viewBox="0 0 {_n(face.width)} {_n(face.height)}" preserveAspectRatio="xMidYMid meet"'
        f' role="img" aria-label="{escape(label)}" data-newest="{escape(newest)}">{drawn}</svg>'
    )


def _drawn(shape: Shape) -> str:
    match shape:
        case Box(x=x, y=y, width=width, height=height, look=look, rounding=rounding):
            corner = f' rx="{_n(rounding)}"' if rounding else ""
            return f'<rect class="{look}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{corner}/>'
        case Disc(x=x, y=y, radius=radius, look=look, fill=fill):
            own = f' fill="#{fill}"' if fill else ' fill="none"'
            thick = _n(radius * 0.12)
            return f'<circle class="{look}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{own} stroke-width="{thick}"/>'
        case Arrow():
            return _arrow(shape)
        case Number():
            return _number(shape)
        case Line(x=x, y=y, size=size, text=text, look=look, weight=weight, anchor=anchor):
            return (
                f'<text class="{look}" x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" font-weight="{_WEIGHTS[weight]}"'
                f' text-anchor="{anchor}">{escape(text)}</text>'
            )
        case Icon(x=x, y=y, size=size, glyph=glyph, look=look):
            return f'<text class="{look} icon" x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}">{escape(glyph)}</text>'
        case _:
            assert_never(shape)


def _number(number: Number) -> str:
    places = " ".join(_n(place) for place in number.places)
    foot, thick = number.y + 0.06 * number.size, 0.052 * number.size
    lines = "".join(
        f'<rect class="{number.look}" x="{_n(x)}" y="{_n(foot)}" width="{_n(wide)}" height="{_n(thick)}"'
        f' rx="{_n(thick / 2)}"/>'
        for x, wide in number.underlined
    )
    return (
        f'<text class="{number.look}" x="{places}" y="{_n(number.y)}" font-size="{_n(number.size)}"'
        f' font-weight="900">{escape(number.text)}</text>{lines}'
    )


def _arrow(arrow: Arrow) -> str:
    """A shaft and a head, as in the icon `arrow-right-bold`."""
    left, right, middle = arrow.x, arrow.x + arrow.size, arrow.y
    shaft, head, neck = arrow.size * 0.19, arrow.size * 0.47, arrow.x + arrow.size * 0.52
    corners = (
        (left, middle - shaft), (neck, middle - shaft), (neck, middle - head), (right, middle),
        (neck, middle + head), (neck, middle + shaft), (left, middle + shaft),
    )  # fmt: skip
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    return f'<polygon class="{arrow.look}" points="{points}"/>'


def _n(value: float) -> str:
    """A length with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")
