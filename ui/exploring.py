"""What a finger means to somebody who cannot see: sliding feels, lifting does nothing, a double tap confirms. Pure.

Times (seconds) and places (pixels) are passed in; knows no widget and no choice. A quick tap is held back for as long as a
second one may follow, because the first of a double tap must not change what was felt last. A second finger that taps
while the first one rests (a split tap) confirms too.
"""

from collections.abc import Hashable

from msgspec import Struct
from msgspec.structs import replace

HOLD_S = 0.25
"""A finger that stays so long feels; one that lifts before has tapped."""

BETWEEN_S = 0.4
"""The second tap of a double tap begins at most so long after the first one ended: slow hands take longer than quick ones."""

LOST_S = 10.0
"""A touch panel can lose the end of a touch: a finger that was not heard of for so long is gone when the next one comes."""

SLOP = 24.0
"""A tap may slide so many pixels of the drawing (6 mm); beyond, the finger feels at once."""


class Felt(Struct, frozen=True):
    """A finger is here, and what is under it is to be said."""

    x: float
    y: float


class Confirmed(Struct, frozen=True):
    """What was felt last is chosen."""


Gesture = Felt | Confirmed


class Finger(Struct, frozen=True):
    """A finger on the screen: where and when it came down, where it is, when it was last heard of, whether it feels already."""

    id: Hashable
    x: float
    y: float
    at_x: float
    at_y: float
    since_s: float
    heard_s: float
    feels: bool = False


class Tap(Struct, frozen=True):
    """A quick tap that may be the first of two."""

    x: float
    y: float
    ended_s: float


class Exploring(Struct, frozen=True):
    """The first finger, a second one, and a tap that waits for its second."""

    first: Finger | None = None
    second: Finger | None = None
    tap: Tap | None = None


Step = tuple[Exploring, tuple[Gesture, ...]]


def down(exploring: Exploring, finger: Hashable, x: float, y: float, at_s: float) -> Step:
    """A finger comes down. A third one is nothing; one that was lost is forgotten."""
    exploring, gestures = passed(_found(exploring, at_s), at_s)
    new = Finger(finger, x, y, x, y, at_s, at_s)
    if exploring.first is None:
        return Exploring(new, None, exploring.tap), gestures
    if exploring.second is None:
        return Exploring(exploring.first, new, None), gestures
    return exploring, gestures


def move(exploring: Exploring, finger: Hashable, x: float, y: float, at_s: float) -> Step:
    """A finger slides. The first one feels from SLOP on; the second only taps or does not."""
    first, second = exploring.first, exploring.second
    if second is not None and second.id == finger:
        return Exploring(first, _moved(second, x, y, at_s), exploring.tap), ()
    if first is None:
        # It came down on the screen before this one: it goes on feeling, and its end is no tap.
        return Exploring(Finger(finger, x, y, x, y, 0.0, at_s, feels=True)), (Felt(x, y),)
    if first.id != finger:
        return exploring, ()
    first = _moved(first, x, y, at_s)
    if first.feels or _slid(first):
        return Exploring(_feeling(first), second, None), (Felt(x, y),)
    return Exploring(first, second, exploring.tap), ()


def up(exploring: Exploring, finger: Hashable, at_s: float) -> Step:
    """A finger lifts: the end of feeling is nothing; a tap waits, and the second of two confirms."""
    exploring, gestures = passed(exploring, at_s)
    first, second = exploring.first, exploring.second
    if second is not None and second.id == finger:
        split = not _slid(second) and at_s - second.since_s < HOLD_S
        return Exploring(first, None, None), (*gestures, *((Confirmed(),) if split else ()))
    if first is None or first.id != finger:
        return exploring, gestures
    if first.feels:
        return Exploring(None, None, None), gestures
    if exploring.tap is not None:
        return Exploring(), (*gestures, Confirmed())
    return Exploring(None, None, Tap(first.at_x, first.at_y, at_s)), gestures


def passed(exploring: Exploring, at_s: float) -> Step:
    """Time goes on: a finger that stayed feels, a tap that stayed alone has felt."""
    first, tap = exploring.first, exploring.tap
    if first is not None and not first.feels and at_s - first.since_s >= HOLD_S:
        return Exploring(_feeling(first), exploring.second, None), (Felt(first.at_x, first.at_y),)
    if first is None and tap is not None and at_s - tap.ended_s >= BETWEEN_S:
        return Exploring(), (Felt(tap.x, tap.y),)
    return exploring, ()


def due_s(exploring: Exploring) -> float | None:
    """When `passed` will have something to tell, in the same seconds; None: not before another finger does something."""
    if exploring.first is not None:
        return None if exploring.first.feels else exploring.first.since_s + HOLD_S
    return exploring.tap.ended_s + BETWEEN_S if exploring.tap is not None else None


def _found(exploring: Exploring, at_s: float) -> Exploring:
    """Without the fingers that were lost; a second one that is left is the first then."""
    fingers = (exploring.first, exploring.second)
    left = [finger for finger in fingers if finger is not None and at_s - finger.heard_s < LOST_S]
    if len(left) == len([finger for finger in fingers if finger is not None]):
        return exploring
    return Exploring(_feeling(left[0])) if left else Exploring()


def _moved(finger: Finger, x: float, y: float, at_s: float) -> Finger:
    return replace(finger, at_x=x, at_y=y, heard_s=at_s)


def _feeling(finger: Finger) -> Finger:
    return replace(finger, feels=True)


def _slid(finger: Finger) -> bool:
    return abs(finger.at_x - finger.x) > SLOP or abs(finger.at_y - finger.y) > SLOP
