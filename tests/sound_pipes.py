"""Pipes in the place of sound cards: SDL's disk driver writes into them, and what comes out has its time."""

import array
import os
import select
import time
from pathlib import Path

from voice.card import BYTES_PER_S
from voice.disk_audio import QUIET

GAP_S = 0.1
"""A shorter silence does not part two sounds."""


def pipe(path: Path) -> int:
    """A new pipe that a program's sound goes into; what to read it by."""
    os.mkfifo(path)
    # Opened for writing too, so that opening it waits for nobody.
    return os.open(path, os.O_RDWR | os.O_NONBLOCK)


def loud_since(pipes: dict[int, list[float]], until_s: float, enough: int = 1000) -> None:
    """Reads what comes; notes for each pipe when sound began after silence (time.time).

    Until `until_s`, or until `enough` sounds have begun in each.
    """
    quiet_s = dict.fromkeys(pipes, 1.0)
    while (left_s := until_s - time.time()) > 0 and any(len(each) < enough for each in pipes.values()):
        for ready in select.select(list(pipes), [], [], left_s)[0]:
            came_s, content = time.time(), os.read(ready, 65536)
            samples = array.array("h", content[: len(content) // 2 * 2])
            loud = next((at for at, value in enumerate(samples) if abs(value) > QUIET), None)
            if loud is None:
                quiet_s[ready] += len(content) / BYTES_PER_S
            else:
                if quiet_s[ready] + 2 * loud / BYTES_PER_S > GAP_S:
                    # What stands behind the first loud sample has been played since.
                    pipes[ready].append(came_s - (len(content) - 2 * loud) / BYTES_PER_S)
                quiet_s[ready] = 0.0
