"""Colours, and whether they can be told apart. Pure; knows no screen, only what a colour is for.

The values are the house's look; the ratios follow WCAG 2.2 (relative luminance, success criteria 1.4.3, 1.4.6, 1.4.11).
"""

from typing import NewType

from msgspec import Struct

Colour = NewType("Colour", str)
"""Six hexadecimal digits, "0B5D5B": red, green, blue."""

TEXT_RATIO = 4.5
EDGE_RATIO = 3.0


def _colour(written: str) -> Colour:
    return Colour(written)


class Theme(Struct, frozen=True):
    """Colours by what they are for. `on_x` is what is written on `x`; an edge is seen against the paper and the card."""

    ink: Colour
    soft: Colour
    paper: Colour
    card: Colour
    edge: Colour
    act: Colour
    on_act: Colour
    tint: Colour
    attention: Colour
    on_attention: Colour
    priority: Colour
    priority_edge: Colour
    cannot: Colour
    cannot_ground: Colour


LIGHT = Theme(
    ink=_colour("10242B"),
    soft=_colour("51646B"),
    paper=_colour("F6F4EE"),
    card=_colour("FFFFFF"),
    edge=_colour("7A898D"),
    act=_colour("0B5D5B"),
    on_act=_colour("FFFFFF"),
    tint=_colour("E1EEEC"),
    attention=_colour("F5A800"),
    on_attention=_colour("10242B"),
    priority=_colour("FFF3D6"),
    priority_edge=_colour("9A6A00"),
    cannot=_colour("A63D2F"),
    cannot_ground=_colour("EBE8DD"),
)
"""The kiosk and the web pages."""

CONTRAST = Theme(
    ink=_colour("FFFFFF"),
    soft=_colour("FFFFFF"),
    paper=_colour("000000"),
    card=_colour("000000"),
    edge=_colour("FFFFFF"),
    act=_colour("FFD800"),
    on_act=_colour("000000"),
    tint=_colour("FFD800"),
    attention=_colour("FFD800"),
    on_attention=_colour("000000"),
    priority=_colour("000000"),
    priority_edge=_colour("FFD800"),
    cannot=_colour("FFFFFF"),
    cannot_ground=_colour("000000"),
)
"""Black with yellow and white: every text at 7:1. What is written on `tint` is written in `on_act`."""

DISPLAY = Theme(
    ink=_colour("FFFFFF"),
    soft=_colour("C5D6D9"),
    paper=_colour("0C1E24"),
    card=_colour("15303A"),
    edge=_colour("7A898D"),
    act=_colour("0B5D5B"),
    on_act=_colour("FFFFFF"),
    tint=_colour("15303A"),
    attention=_colour("F5A800"),
    on_attention=_colour("10242B"),
    priority=_colour("15303A"),
    priority_edge=_colour("F5A800"),
    cannot=_colour("F5A800"),
    cannot_ground=_colour("0C1E24"),
)
"""The hall display."""

BRINGING = (_colour("1E6B66"), _colour("0A3A42"))
"""On a board the ground of the card of what to bring, from its head to its foot."""

INK_DARK, INK_BRIGHT = DISPLAY.on_attention, DISPLAY.ink
"""What is written on colours that a hall has chosen."""


def rgb(colour: Colour) -> tuple[int, int, int]:
    """Red, green and blue, each 0 to 255. ValueError for what is no colour."""
    if len(colour) != 6:
        raise ValueError(f"a colour is six hexadecimal digits, not {colour!r}")
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio, 1.0 (the same) to 21.0 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(ground: Colour) -> Colour:
    """INK_BRIGHT or INK_DARK, whichever is seen better on it."""
    return max((INK_BRIGHT, INK_DARK), key=lambda ink: contrast(ink, ground))


def poor_pairs(theme: Theme, text_ratio: float = TEXT_RATIO) -> tuple[str, ...]:
    """What in a theme cannot be read well enough, one sentence each; none in a good theme."""
    texts = (
        ("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("on_act", "act"),
        ("on_attention", "attention"), ("ink", "priority"), ("cannot", "cannot_ground"),
    )  # fmt: skip
    edges = (("edge", "paper"), ("edge", "card"), ("priority_edge", "priority"), ("priority_edge", "paper"))
    wanted = [(pair, text_ratio) for pair in texts] + [(pair, EDGE_RATIO) for pair in edges]
    return tuple(
        f"{front} {getattr(theme, front)} on {back} {getattr(theme, back)} has {ratio:.1f}:1, it needs {least}:1"
        for (front, back), least in wanted
        if (ratio := contrast(getattr(theme, front), getattr(theme, back))) < least
    )


def _luminance(colour: Colour) -> float:
    """Relative luminance as WCAG 2.2 defines it for sRGB."""
    red, green, blue = (_linear(channel / 255) for channel in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
