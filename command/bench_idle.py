"""What programs cost before and between visitors: the first frame, and then processor, frames and memory at rest.

Beside kiosk and display stands an empty window with the very same libraries.
"""

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from command.bench_figures import Figure, figure
from command.bench_hall import START_S, BenchHall, module
from command.finger import until
from command.programs import Program, antrean, virtual_screen
from command.told import Told

KIOSK_SIZE, DISPLAY_SIZE = (1080, 1920, 21.5), (1920, 1080, 55.0)
HEALTH_S = 5.0
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


class IdleSizes(Struct, frozen=True):
    """How many starts, and how many seconds of rest after how many that nobody looks at."""

    starts: int = 3
    settle_s: float = 6.0
    rest_s: float = 20.0


def starts(folder: Path, sizes: IdleSizes) -> list[Figure]:
    """Figures: start-hub and first-frame of each window, one after the other."""
    took: dict[str, list[float]] = {}
    with _Rest(folder) as rest:
        for _ in range(sizes.starts):
            for name, start in rest.programs().items():
                began = time.time()
                program, drawn_at = start()
                took.setdefault(name, []).append((drawn_at() - began) * 1000)
                program.stop()
    floors = {
        name: figure(f"first-frame-{name}", f"an empty window with the {name[6:]}'s libraries", "ms", took[name])
        for name in ("empty-kiosk", "empty-display")
    }
    return [
        figure("start-hub", "from start until the officers' page is there", "ms", took["hub"]),
        *floors.values(),
        *(
            figure(
                f"first-frame-{name}",
                "from start until its first frame",
                "ms",
                took[name],
                floor=floors[f"empty-{name}"],
            )
            for name in ("kiosk", "display")
        ),
    ]


def idle(folder: Path, sizes: IdleSizes) -> list[Figure]:
    """Figures: idle-cpu, idle-frames and memory of hub, kiosk, display and the empty windows, all at rest at once."""
    with _Rest(folder) as rest:
        running = {name: start()[0] for name, start in rest.programs().items()}
        time.sleep(sizes.settle_s)
        began, before = time.time(), {name: _processor_s(one.process.pid) for name, one in running.items()}
        time.sleep(sizes.rest_s)
        ended, after = time.time(), {name: _processor_s(one.process.pid) for name, one in running.items()}
        memory = {name: _memory_mb(one.process.pid) for name, one in running.items()}
        voice = [_memory_mb(child) for child in _children(running["display"].process.pid)]
        frames = {name: rest.frames(name, began) for name in ("kiosk", "display")}
    busy = {name: (after[name] - before[name]) / (ended - began) * 100 for name in running}
    return [
        *_costs("idle-cpu", "processor time at rest, its children's too", "% core", busy),
        *_frames(frames),
        *_costs("memory", "resident memory at rest", "MB", memory),
        *([figure("memory-voice", "the display's process that makes speech", "MB", voice)] if voice else []),
    ]


def _costs(kind: str, what: str, unit: str, measured: dict[str, float]) -> list[Figure]:
    floors = {
        name: figure(
            f"{kind}-{name}", f"an empty window with the {name[6:]}'s libraries: {what}", unit, [measured[name]]
        )
        for name in ("empty-kiosk", "empty-display")
    }
    return [
        figure(f"{kind}-hub", what, unit, [measured["hub"]]),
        *floors.values(),
        *(
            figure(f"{kind}-{name}", what, unit, [measured[name]], floor=floors[f"empty-{name}"])
            for name in ("kiosk", "display")
        ),
    ]


def _frames(frames: dict[str, list[float]]) -> list[Figure]:
    return [
        figure(f"idle-frames-{name}", "frames drawn in a second at rest, as its health tells", "1/s", each)
        for name, each in frames.items()
        if each
    ]


class _Rest(BenchHall):
    """A hall with a kiosk and a display side by side, and an empty window beside each."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._files = {
            "kiosk": self.add("kiosk-1", "kiosk", sections=_sections("kiosk", KIOSK_SIZE, 0)),
            "display": self.add("display-1", "display", sections=_sections("display", DISPLAY_SIZE, KIOSK_SIZE[0])),
        }
        self._screens = ExitStack()
        self._display = ""

    def programs(self) -> dict[str, Callable[[], tuple[Program, Callable[[], float]]]]:
        """How each is started; what it gives: the program, and (once asked) when its first frame, or its page, was there."""
        if not self._display:
            screen, self._display = virtual_screen(3000, 1920, self.folder / "screen.log")
            self._screens.enter_context(screen)
            self.broker()
        return {
            "hub": self._hub,
            "empty-kiosk": lambda: self._empty("kiosk", KIOSK_SIZE, 0),
            "empty-display": lambda: self._empty("display", DISPLAY_SIZE, KIOSK_SIZE[0]),
            "kiosk": lambda: self._device("kiosk"),
            "display": lambda: self._device("display"),
        }

    def frames(self, name: str, since: float) -> list[float]:
        """Frames a second, health by health, of those that began after `since`."""
        told = [line for line in Told(self.folder / f"{name}.jsonl").look() if line["what"] == "health"]
        return [line["frames_per_s"] for line in told if line["at"] - HEALTH_S >= since]

    def _hub(self) -> tuple[Program, Callable[[], float]]:
        program = self.start("hub", antrean("hub", str(self.hall)))
        at = time.time()
        return program, lambda: at

    def _empty(self, like: str, size: tuple[int, int, float], left: int) -> tuple[Program, Callable[[], float]]:
        words = module("command.bench_window", "empty", like, str(size[0]), str(size[1]), str(left), "0")
        program = self.start(f"empty-{like}", words, {"DISPLAY": self._display})
        at = time.time()
        return program, lambda: at

    def _device(self, role: str) -> tuple[Program, Callable[[], float]]:
        tell = self.folder / f"{role}.jsonl"
        tell.unlink(missing_ok=True)
        words = antrean(role, str(self._files[role]), "--tell", str(tell))
        program = self.start(role, words, {"DISPLAY": self._display, "SDL_AUDIODRIVER": "dummy"})
        told = Told(tell)

        def first_frame() -> float:
            return float(until(partial(_shown, told), f"the {role}'s first frame", START_S, program.check)["at"])

        return program, first_frame

    def __exit__(self, *what: object) -> None:
        super().__exit__(None, None, None)
        self._screens.close()


def _shown(told: Told) -> dict[str, Any] | None:
    """The first screen that was told of."""
    return next((line for line in told.look() if line["what"] == "shown"), None)


def _sections(role: str, size: tuple[int, int, float], left: int) -> str:
    return (
        f"\n[screen]\nwidth = {size[0]}\nheight = {size[1]}\ndiagonal_inch = {size[2]}\nfullscreen = false\n"
        f"left = {left}\ntop = 0\n\n[{role}]\nhealth_s = {HEALTH_S}\n"
    )


def _processor_s(pid: int) -> float:
    """Processor time of a process and its children, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(map(_processor_s, _children(pid)))


def _memory_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found
