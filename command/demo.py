"""`./antrean demo`: a hall at work before your eyes, every part of it real.

With a screen: broker, hub, a kiosk window, a display window and the officer's page, until it is closed. Without one,
or with --headless: the same programs on a virtual screen, and one scripted visit by real touches and real clicks that
leaves its pictures, bytes and sound in --out.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from command.hall import add_broker_options
from command.practice import HEADLESS, WINDOWED, PracticeHall
from command.programs import ProgramFailed, virtual_screen

LONGEST_S = 60
"""A headless demo that is not done by then has failed: its programs are ended and it says where it stood."""


LEFT_BEHIND = ("kiosk-*.png", "ticket*.bin", "ticket*.png", "desk.png", "display.png", "announcement.wav", "story.md")


def run(words: list[str]) -> int:
    """The command. 0 when the visit went through (headless) or when it was closed (windows); 1 with the reason otherwise."""
    parser = argparse.ArgumentParser(
        prog="antrean demo", description="Shows a hall at work: kiosk, ticket, call, voice."
    )
    parser.add_argument(
        "--headless", action="store_true", help="on a virtual screen, one scripted visit, ends by itself"
    )
    parser.add_argument(
        "--out", type=Path, default=None, help="where --headless leaves its pictures (default: demo-out)"
    )
    add_broker_options(parser)
    arguments = parser.parse_args(words)
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    headless = arguments.headless or arguments.out is not None or not screen
    lacking = [name for name in (("Xvfb", "xdotool") if headless else ()) if shutil.which(name) is None]
    if lacking:
        print(f"demo: needs {' and '.join(lacking)}: apt-get install xvfb xdotool", file=sys.stderr)
        return 1
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _told_to_end)
    try:
        with tempfile.TemporaryDirectory(prefix="antrean-demo-") as folder:
            broker = ("--broker", arguments.broker, "--mqtt", arguments.mqtt)
            if headless:
                return scripted(Path(folder), arguments.out or Path("demo-out"), broker)
            return watched(Path(folder), broker)
    except ProgramFailed as failure:
        print(f"demo: {failure}", file=sys.stderr)
        return 1


def scripted(folder: Path, out: Path, broker: Sequence[str]) -> int:
    """One visit without anybody watching; its pictures, bytes and sound go to `out`."""
    # The browser's library is a test requirement, and only this way needs it.
    from command.visit import Visit, VisitFailed

    out.mkdir(parents=True, exist_ok=True)
    for left in LEFT_BEHIND:
        # Of a former visit: what is there afterwards must be of this one.
        for path in out.glob(left):
            path.unlink()
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
    screen, display = virtual_screen(HEADLESS.screen_width, HEADLESS.screen_height, folder / "xvfb.log")
    try:
        with screen, PracticeHall(folder, HEADLESS, out, broker) as hall:
            hall.start(display)
            Visit(hall, out).go()
    except VisitFailed as failure:
        print(f"demo: {failure}", file=sys.stderr)
        for program in hall.programs.values():
            print(f"the last words of {program.name}:\n{program.last_words()}", file=sys.stderr)
        return 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    print(f"demo: done; see {out}/story.md")
    return 0


def _told_to_end(number: int, _frame: object) -> None:
    """On the way out every program that was started is ended, and the hall's folder removed."""
    raise SystemExit(128 + number)


def _too_long(_signal: int, _frame: object) -> None:
    raise ProgramFailed(f"the visit took longer than {LONGEST_S} s")


def watched(folder: Path, broker: Sequence[str]) -> int:
    """Windows on this screen, until one is closed or Ctrl+C."""
    with PracticeHall(folder, WINDOWED, None, broker) as hall:
        hall.start(None)
        print(f"The officer's page: {hall.desk_address}")
        print("Take a number at the kiosk, open a counter on the page, call it. Close a window or press Ctrl+C to end.")
        try:
            hall.wait_until_closed()
        except KeyboardInterrupt:
            print("closing")
    return 0
