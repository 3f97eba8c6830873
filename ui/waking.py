"""Wakes a window's loop when something came in from another thread, so that it is shown now and not at the next turn.

Kivy sleeps from turn to turn (33 ms at 30 turns a second) whatever comes in meanwhile. Its own interruptible clocks do
not serve: with something to do at each turn they never sleep, or they draw at the next turn all the same.
"""

import threading
import time
from collections.abc import Callable

from kivy.clock import Clock

SHORTEST_TURN_S = 0.01
"""Who is woken again and again still leaves so much time from one turn to the next."""

NEARLY_S = 0.001
"""What is left of a turn is not slept when it is less."""

_woken = threading.Event()
_at_rest: list[float] = []
"""The turns a second while nothing moves, where there are fewer then."""


def wake() -> None:
    """From any thread: the next turn begins at once."""
    _woken.set()


def listen() -> None:
    """From now on the loop can be woken. Call it once, in Kivy's thread."""
    Clock._check_ready = _is_turn  # noqa: SLF001 - Kivy (pinned) asks this before and after each sleep, and has no other place to wake it
    Clock.usleep = _sleep


def rest(turns_per_s: float | None) -> None:
    """Nothing moves from now on, so fewer turns will do; None: something does. What comes in still wakes the loop at once."""
    _at_rest[:] = [] if turns_per_s is None else [turns_per_s]


def at_each_turn(do: Callable[[], object]) -> None:
    """From now on this is done at every turn of the loop, in Kivy's thread."""
    Clock.schedule_interval(lambda _: do(), 0)


def _is_turn(turns_per_s: float, _least_s: float, _undershoot_s: float) -> tuple[bool, float]:
    """Whether it is time for the next turn; if not, how many seconds to sleep.

    Kivy gives up to 9 ms of a turn away for fear of oversleeping, and so makes 40 turns of 30; this sleep keeps its time.
    """
    since_s = Clock.time() - Clock._last_tick  # noqa: SLF001 - see above
    left_s = (SHORTEST_TURN_S if _woken.is_set() else 1 / min((turns_per_s, *_at_rest))) - since_s
    its_time = left_s <= NEARLY_S
    if its_time:
        # Before anything is looked at: what comes from here on wakes the turn after this one.
        _woken.clear()
    return its_time, left_s


def _sleep(microseconds: float) -> None:
    if _woken.is_set():
        time.sleep(microseconds / 1e6)
    else:
        _woken.wait(microseconds / 1e6)
