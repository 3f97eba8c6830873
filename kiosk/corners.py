"""Which corner of the screen a finger came down in, and the sequence that a visitor never touches by chance. Pure.

Both are upper corners: nothing can be touched there on any screen, and nobody leans or rests a hand there.
"""

from kiosk.tending import Corner

SEQUENCE: tuple[Corner, ...] = ("left", "left", "right", "right", "left", "right")
WITHIN_S = 10.0
"""All of it must come within so many seconds, with no other touch between."""

SIDE = 110
"""How far a corner reaches, in pixels of the drawing: 27 mm."""


def corner_of(x: float, y: float, width: float, height: float, side: float) -> Corner | None:
    """The upper corner at a point. All in pixels, from the lower left; `side` is how far a corner reaches."""
    if y < height - side:
        return None
    return "left" if x <= side else "right" if x >= width - side else None


def touched(
    before: tuple[tuple[Corner, float], ...], corner: Corner | None, at: float
) -> tuple[tuple[Corner, float], ...]:
    """What counts of the touches so far; none after a touch elsewhere."""
    if corner is None:
        return ()
    return (*((one, when) for one, when in before if at - when < WITHIN_S), (corner, at))[-len(SEQUENCE) :]


def is_whole(touches: tuple[tuple[Corner, float], ...]) -> bool:
    """Whether that was the sequence."""
    return tuple(corner for corner, _ in touches) == SEQUENCE
