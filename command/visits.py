"""`./antrean soak visits`: a thousand visitors who touch anything, before a kiosk that everything goes wrong with.

Prints how the visits ended, and each that ended with neither a number nor a reason, or left something behind, with what
led to it. Every hundred visits have a seed and a hall of their own.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from msgspec import Struct

from simulator.quiet import quiet
from simulator.visits import Visit, Visits

OF_A_SEED = 100
"""Visits in a row to one kiosk in one hall."""


class Tally(Struct):
    """How many visits went how; those that went wrong; and on which screens the visitors have stood."""

    ends: Counter[str]
    screens: Counter[str]
    blows: Counter[str]
    bad: list[Visit]


def run(words: list[str]) -> int:
    """The command. 0: every visit ended as one may; 1: one did not."""
    parser = argparse.ArgumentParser(prog="antrean soak visits", description=__doc__.split("\n\n")[1])
    parser.add_argument("--count", type=int, default=1000, help="how many visits (default 1000)")
    parser.add_argument(
        "--seed", type=int, default=1, help="the first seed; every hundred visits have the next (default 1)"
    )
    asked = parser.parse_args(words)
    began_s = time.monotonic()
    tally = visit(asked.count, asked.seed)
    print("\n".join(lines_of(tally, time.monotonic() - began_s)))
    return 1 if tally.bad else 0


def visit(count: int, seed: int) -> Tally:
    """So many visits, in temporary folders: in memory where the machine has such a place."""
    tally = Tally(Counter(), Counter(), Counter(), [])
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    while count > 0:
        with (
            quiet(),
            tempfile.TemporaryDirectory(
                prefix="antrean-visits-", dir=memory if memory.is_dir() else None, ignore_cleanup_errors=True
            ) as folder,
        ):
            visits = Visits(seed, Path(folder))
            for place in range(min(count, OF_A_SEED)):
                one = visits.visit(place)
                tally.blows.update(one.blows)
                if one.bad:
                    tally.bad.append(one)
                    break  # what comes after it is not to be trusted
            visits.close()
        tally.ends += visits.ends
        tally.screens += visits.screens
        count, seed = count - OF_A_SEED, seed + 1
    return tally


def lines_of(tally: Tally, took_s: float) -> list[str]:
    """What a reader wants to know."""
    lines = [f"{tally.ends.total()} visits in {took_s:.0f} s"]
    lines += [f"  {many:6d} ended with {end}" for end, many in tally.ends.most_common()]
    lines += [f"struck by: {', '.join(f'{blow} {many}' for blow, many in tally.blows.most_common())}"]
    lines += [
        f"seconds before each screen: {', '.join(f'{name} {many // 2}' for name, many in tally.screens.most_common())}"
    ]
    lines += [f"{len(tally.bad)} did not end as a visit may" if tally.bad else "each ended as a visit may"]
    return [*lines, *(line for one in tally.bad for line in ("", *one.bad))]
