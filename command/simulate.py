"""`./antrean simulate`: a whole hall day in one process, seeded and faster than time, held against the promises.

Prints what happened in a few lines. A broken promise ends the day: what was broken, when, and what led to it.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from simulator.trouble import KINDS
from simulator.world import Story, World

MEANINGS = {
    1: "no number twice, no ticket in two hands, every gap explained",
    2: "what a visitor was told survives every death",
    3: "nobody is left waiting at a kiosk",
    4: "a repeated request gets the same answer, a late one prints nothing",
    5: "what became of each call's voice is on record",
    6: "all screens agree with the hub",
}
"""What is checked of each promise of the design."""


def run(words: list[str]) -> int:
    """The command. 0: every promise was kept; 1: one was broken."""
    parser = argparse.ArgumentParser(prog="antrean simulate", description=__doc__.split("\n\n")[1])
    parser.add_argument("--seed", type=int, default=1, help="the same seed is the same day (default 1)")
    parser.add_argument("--hours", type=_hours, default=1.0, help="how long, in hours of the hall (default 1)")
    parser.add_argument("--trouble", choices=sorted(KINDS), default="rough", help="how much goes wrong (default rough)")
    asked = parser.parse_args(words)
    began_s = time.monotonic()
    story = simulate(asked.seed, asked.hours, asked.trouble)
    print("\n".join(lines_of(story, asked.trouble, time.monotonic() - began_s)))
    return 0 if story.broken_promise is None else 1


def simulate(seed: int, hours: float, trouble: str) -> Story:
    """One day, in a temporary folder: in memory where the machine has such a place, for nothing of it is to last."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    where = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="antrean-simulate-", dir=where, ignore_cleanup_errors=True) as folder:
        return World(seed, hours, KINDS[trouble], Path(folder)).run()


def lines_of(story: Story, trouble: str, took_s: float) -> list[str]:
    """What a reader wants to know of a day."""
    left = ", ".join(f"{many} {what}" for what, many in story.left_with.items())
    kept = [f"  promise {promise}: {many:6d} times  {MEANINGS[promise]}" for promise, many in story.kept.items()]
    count = defaultdict(int, story.happened)
    lines = [
        f"seed {story.seed}, {trouble}, {story.hall}: {story.hours:g} hours in {took_s:.1f} s, story {story.story_hash}",
        f"visitors {count['came']} ({left})",
        f"numbers {count['issued']} ({count['own']} given without the hub), papers {count['paper']}, calls {count['called']}, presses at counters {count['desk']}",
        f"messages {count['said']}, lost {count['lost']}, doubled {count['doubled']}",
        f"deaths {count['died']}, broken parts {count['broke']}",
        "looked at and held:",
        *kept,
    ]
    return lines if story.broken_promise is None else [*lines, "", *story.broken]


def _hours(word: str) -> float:
    hours = float(word)
    if not 0 < hours <= 24 * 7:
        raise argparse.ArgumentTypeError("more than 0 and at most a week (168)")
    return hours
