"""`./antrean soak calls`: a day of calls in one zone with three displays, in accelerated time.

Prints, hour by hour, how the calls were spoken, how much memory the whole hall takes and how large its files are. The
hall is the real hub and the real displays in one process; speech has its measured length.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from msgspec import Struct

from contract.names import Number
from simulator.calls import CallHall, Manners
from simulator.quiet import quiet

HOURS = 8
LEARNS_HOURS = 2
"""Until then caches fill; from then on memory must stay."""

GROWTH_MB = 8.0
"""So much more at the end than after LEARNS_HOURS is flat: the day's own tickets and calls take some of it."""

WAVES = 200
"""More sentences of different length than a hall's numbers and counters have."""


class Hour(Struct, frozen=True):
    """How it stood at an hour's end: calls so far by outcome, megabytes of memory, kilobytes of journal, speech files."""

    outcomes: Counter[str]
    memory_mb: float
    journal_kb: int
    waves: int


class Day(Struct, frozen=True):
    """`unseen`: numbers that some display did not light; `hours` as they went."""

    hours: tuple[Hour, ...]
    unseen: int

    @property
    def well(self) -> bool:
        """Whether every call was spoken and seen, memory stayed flat and files bounded."""
        last, learnt = self.hours[-1], self.hours[min(LEARNS_HOURS, len(self.hours)) - 1]
        spoken = set(last.outcomes) == {"spoken"}
        flat = last.memory_mb - learnt.memory_mb <= GROWTH_MB
        return spoken and flat and self.unseen == 0 and last.waves <= WAVES


def run(words: list[str]) -> int:
    """The command. 0: the day went well; 1: it did not."""
    parser = argparse.ArgumentParser(prog="antrean soak calls", description=__doc__.split("\n\n")[1])
    parser.add_argument("--count", type=int, default=800, help="how many calls (default 800)")
    parser.add_argument("--seed", type=int, default=1, help="when they are made (default 1)")
    asked = parser.parse_args(words)
    began_s = time.monotonic()
    with quiet(), tempfile.TemporaryDirectory(prefix="antrean-calls-", ignore_cleanup_errors=True) as folder:
        day = call_day(Path(folder), asked.count, asked.seed)
    print("\n".join(lines_of(day, asked.count, time.monotonic() - began_s)))
    return 0 if day.well else 1


def call_day(folder: Path, count: int, seed: int) -> Day:
    """A day of `count` calls, scattered over HOURS."""
    luck = Random(seed)
    hall = CallHall(folder, Manners())
    begins_s = hall.now_s
    moments = sorted(begins_s + luck.uniform(0, HOURS * 3600 - 60) for _ in range(count))
    hours: list[Hour] = []
    called: list[Number] = []
    for hour in range(1, HOURS + 1):
        ends_s = begins_s + hour * 3600
        while moments and moments[0] < ends_s:
            hall.pass_until(moments.pop(0))
            hall.take_numbers(1)
            called.append(hall.call(luck.choice(hall.counters)))
        hall.pass_until(ends_s)
        hall.sounds.clear()
        hours.append(_hour(hall, folder))
    unseen = sum(number not in screen.shown for number in called for screen in hall.screens.values())
    hall.close()
    return Day(tuple(hours), unseen)


def _hour(hall: CallHall, folder: Path) -> Hour:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Hour(
        outcomes=Counter(str(outcome) for outcome in hall.outcomes().values()),
        memory_mb=pages * 4096 / 1e6,
        journal_kb=sum(path.stat().st_size for path in folder.glob("journal.sqlite*")) // 1000,
        waves=len(list((folder / "waves").glob("*.wav"))),
    )


def lines_of(day: Day, count: int, took_s: float) -> list[str]:
    """What a reader wants to know."""
    lines = [
        f"{count} calls of a day of {HOURS} hours in {took_s:.0f} s; number lights that were missing: {day.unseen}"
    ]
    for place, hour in enumerate(day.hours, start=1):
        ends = ", ".join(f"{name} {many}" for name, many in hour.outcomes.most_common()) or "no calls"
        lines.append(
            f"  hour {place}: {ends}; memory {hour.memory_mb:.1f} MB, journal {hour.journal_kb} kB, speech {hour.waves} files"
        )
    return [*lines, "every call was seen and spoken, memory stayed flat" if day.well else "this day did not go well"]
