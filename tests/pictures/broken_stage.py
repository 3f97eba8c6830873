"""A program whose screen breaks on request, on an X server: `python -m tests.pictures.broken_stage`.

Each line of its input is one of "show", "clock", "touch": what is to raise next ("touch": the next one). Each line of its
output is JSON: {"shown": turn, "targets": {...}} when a screen listens, {"chose": name}, {"mended": times}. It ends when
its input does, or with the exit code of a program that broke too often.
"""

import sys
import tempfile
from pathlib import Path

from tests.pictures.touched_stage import SCREEN
from ui.window import PORTRAIT, prepare


def main() -> int:
    """Until the input ends; the exit code."""
    with tempfile.TemporaryDirectory() as home:
        prepare(SCREEN, PORTRAIT, Path(home))
        from tests.pictures.breaking import BreakingApp

        app = BreakingApp()
        app.run()
        return app.exit_code


if __name__ == "__main__":
    sys.exit(main())
