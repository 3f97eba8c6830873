"""`./antrean bench`: what things take here, beside the least that they could take, in one run; and whether the bars hold.

A missed bar is no failure of the command: it exits with 0, and with 1 only if something could not be measured.
"""

import argparse
import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

from command import bench_history, bench_hub, bench_idle, bench_screens
from command.bench_figures import Figure, as_json, as_text
from command.bench_history import HistorySizes
from command.bench_hub import HubSizes
from command.bench_idle import IdleSizes
from command.bench_page import Measured, page
from command.bench_screens import ScreenSizes
from command.failing import CommandFailed
from command.finger import NotThere
from command.programs import ProgramFailed


class Sizes(Struct, frozen=True):
    """How much is measured."""

    hub: HubSizes = HubSizes()
    history: HistorySizes = HistorySizes()
    screens: ScreenSizes = ScreenSizes()
    idle: IdleSizes = IdleSizes()


QUICK = Sizes(
    HubSizes(rounds=1, requests=60, calls=20, seconds=1.0),
    HistorySizes(facts=2000, replays=2, days=3, calls=25),
    ScreenSizes(calls=4, sounds=1, taps=2, apart_s=0.5),
    IdleSizes(starts=1, settle_s=3.0, rest_s=12.0),
)
"""To see whether it works, not to learn anything."""

PARTS: Mapping[str, Callable[[Path, Sizes], list[Figure]]] = {
    "hub": lambda folder, sizes: bench_hub.measure(folder, sizes.hub),
    "history": lambda folder, sizes: bench_history.measure(folder, sizes.history),
    "calls": lambda folder, sizes: bench_screens.measure(folder, sizes.screens),
    "taps": lambda folder, sizes: bench_screens.taps(folder, sizes.screens),
    "starts": lambda folder, sizes: bench_idle.starts(folder, sizes.idle),
    "idle": lambda folder, sizes: bench_idle.idle(folder, sizes.idle),
}


def run(words: list[str]) -> int:
    """The command."""
    arguments = _parser().parse_args(words)
    if arguments.page is not None and (arguments.only or arguments.quick):
        raise CommandFailed("--page wants the whole run: leave --only and --quick out")
    signal.signal(signal.SIGTERM, _end)
    machine = _machine()
    print(machine, flush=True)
    figures, took_s, failed = _measure(arguments.only or list(PARTS), QUICK if arguments.quick else Sizes())
    print(f"\n{as_text(figures)}\n" if figures else "", flush=True)
    print("took: " + ", ".join(f"{part} {seconds:.0f} s" for part, seconds in took_s.items()))
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(as_json(figures), indent=2) + "\n")
    if arguments.page is not None and not failed:
        old = arguments.page.read_text() if arguments.page.exists() else ""
        measured = Measured(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", machine, tuple(figures), took_s)
        arguments.page.write_text(page(old, measured))
    for part, why in failed.items():
        print(f"antrean bench: {part} could not be measured: {why}", file=sys.stderr)
    return 1 if failed else 0


def _measure(parts: Sequence[str], sizes: Sizes) -> tuple[list[Figure], dict[str, float], dict[str, str]]:
    """Part by part: the figures, how long each part took, and why one could not be measured."""
    figures: list[Figure] = []
    took_s: dict[str, float] = {}
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="antrean-bench-") as folder:
        for part in parts:
            print(f"measuring {part} ...", flush=True)
            began = time.monotonic()
            (Path(folder) / part).mkdir()
            try:
                figures += PARTS[part](Path(folder) / part, sizes)
            except (ProgramFailed, NotThere, TimeoutError, OSError) as error:
                failed[part] = str(error)
            took_s[part] = time.monotonic() - began
    return figures, took_s, failed


def _machine() -> str:
    """What it was measured on, in one line."""
    model = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        names = [line.partition(":")[2] for line in described.read_text().splitlines() if line.startswith("model name")]
        model = names[0].strip() if names else model
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({model}), {platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"windows by software on Xvfb; load before the run {load}"
    )


def _end(_number: int, _frame: object) -> NoReturn:
    # As an exception, so that everything that was started is ended on the way out.
    raise SystemExit(128 + signal.SIGTERM)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="antrean bench",
        description="Measures the hub, the screens and the whole way from a tap to paper beside the least they could take. "
        "About seven minutes; let nothing else run meanwhile.",
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="write every figure as JSON")
    parser.add_argument(
        "--page", metavar="FILE", type=Path, help="put the table into a page, such as docs/performance.md"
    )
    parser.add_argument("--only", metavar="NAME", action="append", choices=PARTS, help=f"one part: {', '.join(PARTS)}")
    parser.add_argument(
        "--quick", action="store_true", help="a minute, to see whether it works; the figures mean little"
    )
    return parser
