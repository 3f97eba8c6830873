"""What no single key of a kiosk's device file can tell: a panel that there cannot be, one key for two things. Pure.

It is given the settings as they were read and the file's source for the lines.
"""

import math
from collections.abc import Iterator

from msgspec import structs

from assets.reading import Problem, Source
from kiosk.keys import KeypadSection

MM_OF_INCH = 25.4
NARROWEST_MM = 100.0
"""The shorter side of a panel: two targets of 20 mm, their gaps and a word beside them."""
COARSEST, FINEST = 1.0, 20.0
"""Pixels to a millimetre. A 4K television of 100 inches has 1.7, the finest small panel 17; a window on a laptop 1.4."""


def panel_problems(width: int, height: int, diagonal_inch: float, source: Source) -> Iterator[Problem]:
    """Pixels and inches that do not go together. `[screen]` of a kiosk."""
    density = math.hypot(width, height) / (diagonal_inch * MM_OF_INCH)
    sides = f"{width / density:.0f} x {height / density:.0f} mm"
    hint = "diagonal_inch is the panel's diagonal, width and height are its pixels"
    if not COARSEST <= density <= FINEST:
        what = f"makes {density:.2f} pixels to a millimetre of {width} x {height}: there is no such panel"
        yield source.problem(("screen", "diagonal_inch"), what, hint)
    elif min(width, height) / density < NARROWEST_MM:
        what = f"makes a panel of {sides}: no side may be shorter than {NARROWEST_MM:.0f} mm"
        yield source.problem(("screen", "diagonal_inch"), what, hint)


def keypad_problems(keypad: KeypadSection, source: Source) -> Iterator[Problem]:
    """One key for two things, also where the file names it for one and the defaults for the other.

    Only of headphones' plug a key may stand in both lists: there it is documented which counts.
    """
    own = source.data.get("keypad", {})
    does: dict[str, str] = {}
    lists = structs.asdict(keypad)
    for action in sorted(lists, key=lambda action: action in own):
        for name in lists[action]:
            other = does.setdefault(name, action)
            if other != action and {other, action} != {"plugged", "unplugged"}:
                hint = f'name "{name}" for one of them alone' + (
                    "" if other in own else f": write {other} too, without it"
                )
                yield source.problem(("keypad", action), f'"{name}" already means {other}', hint)
