"""The warden: a small process that ends what `./antrean serve` started if serve itself dies without a word.

It holds one end of a pipe whose other end serve alone holds. A parent-death signal would not do: it is cleared
when a program changes its user, and it follows the thread that started it, not the process.
"""

import contextlib
import os
import signal
import time
from pathlib import Path

ALL_IS_WELL = b"."
ENDS_WITHIN_S = 1.5
LOOKS_EVERY_S = 0.02


class Warden:
    """Made before anything else is started, by the leader of a process group; watches over that group."""

    def __init__(self) -> None:
        read, self._write = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(self._write)
                _watch(read)
            finally:
                os._exit(0)
        os.close(read)

    def dismiss(self) -> None:
        """Everything has ended as it should; returns when the warden is gone too."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._write, ALL_IS_WELL)
        os.close(self._write)
        os.waitpid(self._pid, 0)


def _watch(read: int) -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    if os.read(read, 1) == ALL_IS_WELL:
        return
    # Serve is dead and its group is ours to end, first politely, at last with ourselves in it.
    group = os.getpgrp()
    os.killpg(group, signal.SIGTERM)
    until = time.monotonic() + ENDS_WITHIN_S
    while time.monotonic() < until and _others_in(group):
        time.sleep(LOOKS_EVERY_S)
    os.killpg(group, signal.SIGKILL)


def _others_in(group: int) -> bool:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                # "pid (name) state parent group ...": a name may hold anything, hence from the last bracket.
                state, _, of_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(of_group) == group and state != "Z":
                    return True
    return False
