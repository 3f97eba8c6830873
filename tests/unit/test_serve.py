"""When a program of a hall is started again, and when no more."""

import subprocess
import sys
from pathlib import Path

import pytest

from command.serve import FIRST_PAUSE_S, GIVES_UP_AFTER, HEALTHY_AFTER_S, LONGEST_PAUSE_S, Kept


def ended_after(kept: Kept, started: float, lived_s: float) -> float:
    """Let it have run from `started` for `lived_s`; the pause that it then makes."""
    kept.process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    kept.process.wait()
    kept._started = started
    ended = started + lived_s
    assert kept.ended(ended) == 3
    return round(kept.due - ended, 6)


def test_pauses_grow_to_a_limit_and_begin_anew_after_a_healthy_life():
    kept = Kept("hub", Path("/nowhere"))
    pauses = [ended_after(kept, 100.0 * turn, 1.0) for turn in range(9)]
    assert pauses == [min(FIRST_PAUSE_S * 2**turn, LONGEST_PAUSE_S) for turn in range(9)]
    assert pauses[-1] == LONGEST_PAUSE_S
    assert ended_after(kept, 5000.0, HEALTHY_AFTER_S + 1) == FIRST_PAUSE_S


def test_what_runs_has_not_ended():
    kept = Kept("hub", Path("/nowhere"))
    assert kept.ended(1.0) is None
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        kept.process = process
        assert kept.ended(1.0) is None


def lives(kept: Kept, code: str) -> None:
    """One life of the program, from its start to its end, as the loop sees it."""
    kept._words = [sys.executable, "-c", code]
    kept.start(1.0)
    assert kept.process is not None
    kept.process.wait()
    while kept.listening:
        kept.listen()
    assert kept.ended(1.1) is not None
    assert kept.process.stdout is not None
    kept.process.stdout.close()


@pytest.mark.parametrize("code", [2, 3])
def test_what_says_at_its_first_start_that_it_cannot_is_not_started_again(code):
    kept = Kept("hub", Path("/nowhere"))
    lives(kept, f"raise SystemExit({code})")
    assert kept.hopeless


def test_what_was_killed_is_started_again_however_often():
    kept = Kept("hub", Path("/nowhere"))
    for _ in range(3):
        lives(kept, "import os; os.kill(os.getpid(), 9)")
    assert not kept.hopeless


def test_what_was_ready_once_is_given_up_after_saying_too_often_that_it_cannot_start():
    kept = Kept("hub", Path("/nowhere"))
    lives(kept, "print('hub ready: here'); raise SystemExit(1)")
    for _ in range(GIVES_UP_AFTER - 1):
        lives(kept, "raise SystemExit(3)")
    assert not kept.hopeless
    lives(kept, "raise SystemExit(3)")
    assert kept.hopeless


def test_a_start_that_succeeds_makes_all_refusals_forgotten():
    kept = Kept("hub", Path("/nowhere"))
    for code in ("print('hub ready: here')", *(["raise SystemExit(2)"] * 3), "print('hub ready: here')"):
        lives(kept, code)
    assert kept.refusals == 0
