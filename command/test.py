"""`./antrean test`: everything that guards the project, in order; real output where something fails.

With arguments: pytest alone, with these. The last line is pytest's own.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from command.programs import ROOT, environment, virtual_screen

TOOLS = Path(sys.executable).parent
SCREEN = (3000, 1920)
"""Room for a kiosk standing up beside a hall display."""

WINDOWS = "screen"
"""Tests with a window, each file on X servers of its own."""

SHARING = "broker or browser"
"""A file's tests share one broker or one Chromium, so a file stays with one process."""

AT_ONCE = ("-n", "3")
"""Processes on two cores: of three one mostly waits, for a printer, a voice, a page."""
BY_FILES = (*AT_ONCE, "--dist", "loadfile", "--no-loadscope-reorder")
"""In the order of tests/conftest.py."""

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy", ".")),
    ("imports", ("lint-imports",)),
)


def run(words: list[str]) -> int:
    """The command. 0 only if everything passed."""
    if words[:1] in (["--help"], ["-h"]):
        print(f"usage: antrean test [ARGUMENTS FOR PYTEST]\n\n{__doc__}")
        return 0
    signal.signal(signal.SIGTERM, _end)
    if words:
        return pytest((words,))
    failed = [name for name, check in CHECKS if not passes(name, check)]
    code = pytest(
        (
            ("-m", f"not soak and not ({SHARING}) and not {WINDOWS}", *AT_ONCE, "--dist", "worksteal"),
            ("-m", f"not soak and ({SHARING}) and not {WINDOWS}", *BY_FILES),
            ("-m", f"not soak and {WINDOWS}", *BY_FILES),
        )
    )
    if failed:
        print(f"antrean test: failed: {', '.join(failed)} (see above)", file=sys.stderr)
    return 1 if failed else code


def passes(name: str, words: Sequence[str]) -> bool:
    """Run one check; its output only if it fails."""
    started = time.monotonic()
    done = subprocess.run(
        [TOOLS / words[0], *words[1:]],
        cwd=ROOT,
        env={**os.environ, **environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    good = done.returncode == 0
    print(
        f"{name:<8} {'ok' if good else 'FAILED'}  ({' '.join(words)}, {time.monotonic() - started:.1f} s)", flush=True
    )
    if not good:
        sys.stdout.flush()
        sys.stdout.buffer.write(done.stdout)
        sys.stdout.flush()
    return good


def pytest(parts: Sequence[Sequence[str]]) -> int:
    """Run pytest once for each list of arguments, on a virtual screen of our own. The first exit code that is not 0."""
    code = 0
    with tempfile.TemporaryDirectory(prefix="antrean-test-") as folder:
        screen, display = virtual_screen(*SCREEN, Path(folder) / "xvfb.log")
        with screen:
            env = {
                **os.environ,
                **environment(DISPLAY=display, KIVY_HOME=f"{folder}/kivy", KIVY_NO_ARGS="1"),
                "SDL_AUDIODRIVER": os.environ.get("SDL_AUDIODRIVER", "dummy"),
            }
            env.pop("WAYLAND_DISPLAY", None)
            for words in parts:
                done = subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT, env=env, check=False)
                code = code or done.returncode
    return code


def _end(_number: int, _frame: object) -> NoReturn:
    # As an exception, so that the screen is taken down on the way out.
    raise SystemExit(128 + signal.SIGTERM)
