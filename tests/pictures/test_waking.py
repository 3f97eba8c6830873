"""A window's loop that sleeps is woken by what comes in; it sleeps its whole turn when nothing does."""

import threading
import time
from itertools import pairwise

import pytest

from tests.pictures import harness  # noqa: F401 - prepares Kivy before it is imported

pytestmark = pytest.mark.screen

LONG_TURN_S = 20.0
"""No test waits for the end of such a turn."""


@pytest.fixture
def clock():
    from kivy.clock import Clock

    from ui import waking

    names = ("_check_ready", "usleep", "_max_fps", "_last_tick")
    before = {name: getattr(Clock, name) for name in names}
    waking.listen()
    waking._woken.clear()
    Clock._max_fps = 1 / LONG_TURN_S
    Clock._last_tick = Clock.time()
    yield Clock
    waking.rest(None)
    for name, value in before.items():
        setattr(Clock, name, value)


def test_what_comes_in_from_another_thread_ends_the_sleep(clock) -> None:
    from ui import waking

    began = time.monotonic()
    threading.Timer(0.05, waking.wake).start()
    clock.idle()
    assert time.monotonic() - began < LONG_TURN_S / 2


def test_what_came_in_while_it_drew_is_looked_at_without_a_sleep(clock) -> None:
    from ui import waking

    waking.wake()
    began = time.monotonic()
    clock.idle()
    assert time.monotonic() - began < LONG_TURN_S / 2


def test_a_turn_takes_its_whole_time_when_nothing_comes_in(clock) -> None:
    from ui import waking

    clock._max_fps = 5
    before = clock._last_tick
    assert clock.idle() - before >= 1 / 5 - waking.NEARLY_S


def test_who_is_woken_again_and_again_still_leaves_time_between_turns(clock) -> None:
    from ui import waking

    turns = []
    for _ in range(5):
        waking.wake()
        turns.append(clock.idle())
    assert all(after - before >= waking.SHORTEST_TURN_S - waking.NEARLY_S for before, after in pairwise(turns))


def test_a_loop_at_rest_makes_fewer_turns_until_something_moves(clock) -> None:
    from ui import waking

    clock._max_fps = 20
    waking.rest(4)
    before = clock._last_tick
    rested = clock.idle()
    assert rested - before >= 1 / 4 - waking.NEARLY_S
    waking.rest(None)
    assert clock.idle() - rested < 1 / 4


def test_a_loop_at_rest_is_woken_all_the_same(clock) -> None:
    from ui import waking

    clock._max_fps = 20
    waking.rest(1 / LONG_TURN_S)
    waking.wake()
    began = time.monotonic()
    clock.idle()
    assert time.monotonic() - began < LONG_TURN_S / 2


def test_a_loop_that_is_slower_than_its_rest_stays_as_slow(clock) -> None:
    from ui import waking

    clock._max_fps = 5
    waking.rest(50)
    before = clock._last_tick
    assert clock.idle() - before >= 1 / 5 - waking.NEARLY_S
