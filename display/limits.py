"""What a panel at a distance can and cannot show, in words for technicians. Pure; asks the layout and invents nothing."""

import math
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from display import layout
from display.layout import Kind
from display.sight import Panel, readable_m, readable_mm

INCHES = (24, 32, 43, 50, 55, 65, 75, 86, 98)
"""Diagonals that are sold."""

BEYOND_M = 200.0


class Shortfall(Struct, frozen=True):
    """What is wrong, and what can be done about it."""

    says: str
    hint: str


def farthest_m(panel: Panel, kind: Kind) -> float:
    """From how far the newest number on such a panel can be read at the most, in metres; 0 where it never can."""
    barest = layout.place(replace(panel, viewing_m=BEYOND_M), kind, (), ())
    return math.floor(readable_m(barest.capital * panel.unit_mm) * 10) / 10


def shortfall(panel: Panel, kind: Kind) -> Shortfall | None:
    """What a technician must change before the farthest reader can read; None where nothing needs to be."""
    if layout.place(panel, kind, (), ()).enough:
        return None
    farthest = farthest_m(panel, kind)
    wanted = f"{panel.viewing_m:g} m need numbers {readable_mm(panel.viewing_m):.0f} mm high"
    says = f"is too far for {panel.diagonal_inch:g} inches: {wanted}"
    larger = next(
        (inch for inch in INCHES if farthest_m(replace(panel, diagonal_inch=inch), kind) >= panel.viewing_m), 0
    )
    hints = [f"{larger} inches or more"] if larger else []
    hints += [f"at most {farthest:g} m"] if farthest > 0 else []
    return Shortfall(says, ", or ".join(hints) or "hang several displays, each nearer to its readers")


def remarks(panel: Panel, kind: Kind) -> Iterator[str]:
    """What is given up so that numbers can be read, one sentence each."""
    short = shortfall(panel, kind)
    if short is not None:
        yield f"viewing_distance_m {short.says} ({short.hint})"
    elif kind == "calls-with-media" and layout.place(panel, kind, (), ()).media is None:
        nearer = math.floor(readable_m(layout.capital_beside_media(panel) * panel.unit_mm) * 10) / 10
        hint = f"up to {nearer:g} m there is" if nearer else "on this panel there never is"
        yield f"at {panel.viewing_m:g} m there is no room for media beside the calls; {hint}"
