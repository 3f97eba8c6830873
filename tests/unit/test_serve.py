import subprocess
import sys
from pathlib import Path

from command.serve import FIRST_PAUSE_S, HEALTHY_AFTER_S, LONGEST_PAUSE_S, Kept


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
