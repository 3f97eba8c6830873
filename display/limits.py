"""What a panel at a distance can and cannot show, in words for technicians. Pure; asks the layout and invents nothing."""

import math
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from assets.sight import readable_m, readable_mm
from display import countersign, layout
from display.layout import Kind
from display.sharing import TOLERANCE
from display.sight import Panel

INCHES = (24, 32, 43, 50, 55, 65, 75, 86, 98)
"""Diagonals that are sold."""

BEYOND_M = 200.0


class Shortfall(Struct, frozen=True):
    """What is wrong, and what can be done about it."""

    says: str
    hint: str


def farthest_m(panel: Panel, kind: Kind) -> float:
    """From how far the newest number on such a panel can be read at the most, in metres; 0 where it never can."""
    return math.floor(readable_m(_capital(replace(panel, viewing_m=BEYOND_M), kind) * panel.unit_mm) * 10) / 10


def _capital(panel: Panel, kind: Kind) -> float:
    """The height of capitals in the newest number, in units."""
    if kind == "counter-sign":
        return countersign.capital(panel)
    return layout.place(panel, kind, (), ()).capital


def shortfall(panel: Panel, kind: Kind) -> Shortfall | None:
    """What a technician must change before the farthest reader can read; None where nothing needs to be."""
    if _capital(panel, kind) >= panel.readable - TOLERANCE:
        return None
    farthest = farthest_m(panel, kind)
    needed = f"numbers would have to be {readable_mm(panel.viewing_m):.0f} mm high"
    says = f"{panel.viewing_m:g} m is too far for a panel of {panel.diagonal_inch:g} inches: {needed}"
    larger = next(
        (inch for inch in INCHES if farthest_m(replace(panel, diagonal_inch=inch), kind) >= panel.viewing_m), 0
    )
    hints = [f"a panel of {larger} inches"] if larger else []
    hints += [f"readers at {farthest:g} m or nearer"] if farthest > 0 else []
    return Shortfall(says, ", or ".join(hints) or "several displays, each nearer to its readers")


def together_m(panel: Panel, kind: Kind) -> float:
    """From how far the newest can be read while many calls are lit, in metres: all of them share the panel then."""
    capital = layout.place(panel, kind, (layout.NOMINAL,) * layout.MOST_LIT, ()).capital
    return math.floor(readable_m(capital * panel.unit_mm + TOLERANCE * panel.unit_mm) * 10) / 10


def remarks(panel: Panel, kind: Kind) -> Iterator[str]:
    """What is given up so that numbers can be read, one sentence each."""
    short = shortfall(panel, kind)
    if short is not None:
        yield f"{short.says} ({short.hint})"
    elif kind == "calls-with-media" and layout.place(panel, kind, (), ()).media is None:
        nearer = math.floor(readable_m(layout.capital_beside_media(panel) * panel.unit_mm) * 10) / 10
        hint = f"up to {nearer:g} m there is" if nearer else "on this panel there never is"
        yield f"at {panel.viewing_m:g} m there is no room for media beside the calls; {hint}"
    if short is None and kind != "counter-sign" and (together := together_m(panel, kind)) < panel.viewing_m:
        yield f"calls that come together can be read up to {together:g} m, one alone from {panel.viewing_m:g} m"
