"""Programs that a command starts: each in a process group of its own, waited for until it is ready, always ended.

A program says one line on stdout when it is ready; its log (stderr) goes to a file that is shown when it fails.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
STOPS_WITHIN_S = 4.0


class ProgramFailed(Exception):
    """A program that did not get ready, or ended by itself: its name, what was waited for, and its last words."""


class Program:
    """One child process. As a context manager it is ended on the way out, whatever happens."""

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        log: Path,
        env: Mapping[str, str] | None = None,
        *,
        speaks: bool = False,
    ) -> None:
        """`speaks`: its standard input is a pipe that lines can be written to."""
        self.name = name
        self.log = log
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._log_file = log.open("ab")
        self.process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE if speaks else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._log_file,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
        threading.Thread(target=self._read, name=f"{name}-stdout", daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None  # noqa: S101 - it was asked for above
        for line in self.process.stdout:
            self._lines.put(line.decode(errors="replace").rstrip("\n"))
        self._lines.put(None)

    def ready(self, deadline_s: float, mark: str = "ready") -> str:
        """The first line of its stdout that contains `mark`; ProgramFailed with its last words otherwise."""
        while True:
            try:
                line = self._lines.get(timeout=deadline_s)
            except queue.Empty:
                raise ProgramFailed(
                    f"{self.name} was not ready within {deadline_s:.0f} s\n{self.last_words()}"
                ) from None
            if line is None:
                code = self.process.wait()
                raise ProgramFailed(f"{self.name} ended with {code} before it was ready\n{self.last_words()}")
            if mark in line:
                return line

    def check(self) -> None:
        """ProgramFailed if it has ended."""
        code = self.process.poll()
        if code is not None:
            raise ProgramFailed(f"{self.name} ended by itself with {code}\n{self.last_words()}")

    def last_words(self, lines: int = 40) -> str:
        """The end of its log, indented."""
        text = self.log.read_text(errors="replace").splitlines()[-lines:]
        return "\n".join(f"    {line}" for line in text)

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL, to the program alone."""
        self.process.kill()
        self.process.wait()

    def stop(self, deadline_s: float = STOPS_WITHIN_S) -> int:
        """SIGTERM, then SIGKILL to whatever of its group is left. Its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(deadline_s)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        code = self.process.wait()
        self._log_file.close()
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def antrean(*words: str) -> list[str]:
    """The command line of one of our own programs, run by the Python that runs this."""
    return [sys.executable, "-P", "-m", "command.main", *words]


def environment(**more: str) -> dict[str, str]:
    """What our own programs need in their environment."""
    return {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **more}


def virtual_screen(width: int, height: int, log: Path) -> tuple[Program, str]:
    """An Xvfb on a display number that it finds free itself, and that display (":7")."""
    # -noreset keeps it up when its last window goes; 24 bits as any real screen.
    words = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]
    screen = Program("Xvfb", words, log)
    return screen, ":" + screen.ready(10, mark="").strip()
