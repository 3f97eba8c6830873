"""From an officer's press, or a visitor's tap, to what people see, hear and hold: real windows on a virtual screen.

The display is played by the real program with its voice; the tap is a real one, through X; the printer is on the wire.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from command.bench_figures import Figure, figure
from command.bench_floor import Job, Result
from command.bench_hall import SERVICE, Asker, BenchHall, module
from command.finger import Finger, until
from command.programs import Program, antrean, environment, virtual_screen
from command.told import Told

WIDTH, HEIGHT = 1920, 1080
KIOSK_WIDTH, KIOSK_HEIGHT = 1080, 1920
AGENCY = "disdukcapil"
SEEN_WITHIN_S, HEARD_WITHIN_S, PRINTED_WITHIN_S = 15.0, 60.0, 15.0
SETTLED_S = 2.0
"""What a window does right after its start is not what is measured."""


class ScreenSizes(Struct, frozen=True):
    """How many calls are seen and heard, how many tickets are tapped for; seconds from one call to the next."""

    calls: int = 30
    sounds: int = 5
    taps: int = 12
    apart_s: float = 1.0


def measure(folder: Path, sizes: ScreenSizes) -> list[Figure]:
    """Figures: call-to-frame, scene, the same for three, call-to-sound."""
    one, sound = _calls(folder / "one", 1, sizes, sounds=sizes.sounds)
    scene = _scenes(folder / "scene", 1, sizes)
    three, _ = _calls(folder / "three", 3, sizes, sounds=0)
    scenes = _scenes(folder / "scenes", 3, sizes)
    scene_one = figure("scene", "the same board drawn without MQTT, one window", "ms", scene)
    scene_three = figure("scene-three", "the same board drawn without MQTT, three windows at once", "ms", scenes)
    figures = [
        scene_one,
        figure(
            "call-to-frame",
            "an officer's next until it is on the screen of the one display",
            "ms",
            one,
            floor=scene_one,
        ),
        scene_three,
        figure(
            "call-to-frame-three", "the same on each of three displays of one machine", "ms", three, floor=scene_three
        ),
    ]
    if sound:
        figures.append(
            figure("call-to-sound", "an officer's next until the chime begins, the loudspeaker being free", "ms", sound)
        )
    return figures


def taps(folder: Path, sizes: ScreenSizes) -> list[Figure]:
    """Figure: tap-to-paper."""
    from simulator.printer_emulator import PrinterEmulator

    with BenchHall(folder) as hall, PrinterEmulator() as printer, ExitStack() as stack:
        screen, display = virtual_screen(KIOSK_WIDTH, KIOSK_HEIGHT, folder / "screen.log")
        stack.enter_context(screen)
        sections = _place(KIOSK_WIDTH, KIOSK_HEIGHT, 0, 21.5)
        sections += f'\n[printer]\nkind = "network"\nhost = "127.0.0.1"\nport = {printer.port}\n'
        file = hall.add("kiosk-1", "kiosk", sections=sections)
        hall.broker()
        hall.hub()
        tells = folder / "kiosk.jsonl"
        kiosk = hall.start("kiosk", antrean("kiosk", str(file), "--tell", str(tells)), {"DISPLAY": display})
        finger = Finger(tells, display, kiosk.check)
        hand = stack.enter_context(
            Program("finger", ["xdotool", "-"], folder / "finger.log", environment(DISPLAY=display), speaks=True)
        )
        took = [
            _visit(finger, hand, partial(printer.wait_for_slips, count, PRINTED_WITHIN_S), tells)
            for count in range(1, sizes.taps + 1)
        ]
    what = "a finger on 'take' until the emulated printer has cut the ticket"
    return [figure("tap-to-paper", what, "ms", [one * 1000 for one in took])]


def _visit(finger: Finger, hand: Program, printed: Callable[[], object], tells: Path) -> float:
    """One visitor takes a number; seconds from the tap on `take` to the cut paper."""
    finger.screen("welcome")
    finger.touch("start")
    for target in (f"agency:{AGENCY}", f"service:{SERVICE}"):
        finger.find(target)
        finger.touch(target)
    finger.find("take")
    x, y, width, height = _last_targets(tells)["take"]
    assert hand.process.stdin is not None  # noqa: S101 - it was started with one
    # The hand is there already: what counts begins with the touch.
    hand.process.stdin.write(f"mousemove {x + width // 2} {y + height // 2}\n".encode())
    hand.process.stdin.flush()
    time.sleep(0.1)
    pressed = time.monotonic()
    hand.process.stdin.write(b"click 1\n")
    hand.process.stdin.flush()
    printed()
    took = time.monotonic() - pressed
    finger.screen("ticket")
    finger.touch("done")
    return took


def _last_targets(tells: Path) -> dict[str, list[int]]:
    targets: dict[str, list[int]] = [line for line in Told(tells).look() if line["what"] == "shown"][-1]["targets"]
    return targets


# --- calls on displays ---------------------------------------------------------------------------------------------


def _calls(folder: Path, displays: int, sizes: ScreenSizes, *, sounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds from press to frame on every display, and from press to sound on the first."""
    with BenchHall(folder) as hall, ExitStack() as stack:
        screen, display = virtual_screen(WIDTH * displays, HEIGHT, folder / "screen.log")
        stack.enter_context(screen)
        hall.add("kiosk-1", "kiosk")
        hall.add("pad-1", "counter", "--counter", "loket-1")
        files = [
            hall.add(f"display-{n + 1}", "display", "--zones", "a,b,c", sections=_place(WIDTH, HEIGHT, WIDTH * n, 55))
            for n in range(displays)
        ]
        hall.broker()
        hall.hub()
        tells = [folder / f"{file.stem}.jsonl" for file in files]
        loudspeaker = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(folder / "loudspeaker.raw")}
        for index, (file, tell) in enumerate(zip(files, tells, strict=True)):
            sound = loudspeaker if index == 0 else {"SDL_AUDIODRIVER": "dummy"}
            hall.start(file.stem, antrean("display", str(file), "--tell", str(tell)), {"DISPLAY": display, **sound})
        hall.asker("kiosk-1", service=SERVICE).work(Job("issue", count=sizes.calls + sounds + 1, outstanding=8))
        pad = hall.asker("pad-1")
        time.sleep(SETTLED_S)
        heard = _sounds(pad, Told(tells[0]), sounds)
        first = pad.work(Job("next", count=1, opens=not sounds))  # not measured: the first call makes its rows
        time.sleep(sizes.apart_s)
        result = pad.work(Job("next", count=sizes.calls, pause_s=sizes.apart_s))
        seen = [_seen(Told(tell), result.numbers) for tell in tells]
        assert first.numbers  # noqa: S101 - otherwise the job had failed
        shown = [
            shown[number] - at for shown in seen for at, number in zip(result.pressed, result.numbers, strict=True)
        ]
        return [one * 1000 for one in shown], [one * 1000 for one in heard]


def _sounds(pad: Asker, told: Told, count: int) -> list[float]:
    """Seconds from press to the chime, each with the loudspeaker free."""
    took = []
    for index in range(count):
        result: Result = pad.work(Job("next", count=1, opens=index == 0))
        chime = until(lambda: _after(told, "sound", result.pressed[0]), "the chime", HEARD_WITHIN_S, lambda: None)  # noqa: B023
        until(lambda: _after(told, "call-ended", result.pressed[0]), "its end", HEARD_WITHIN_S, lambda: None)  # noqa: B023
        took.append(chime["at"] - result.pressed[0])
    return took


def _after(told: Told, what: str, moment: float) -> dict[str, Any] | None:
    return next((line for line in told.look() if line["what"] == what and line["at"] >= moment), None)


def _seen(told: Told, numbers: Sequence[str]) -> dict[str, float]:
    """When each number was first on a screen, once all of them were."""

    def look() -> dict[str, float] | None:
        seen: dict[str, float] = {}
        for line in told.look():
            for call in line["calls"] if line["what"] == "shown" else ():
                seen.setdefault(call["number"], line["at"])
        return seen if set(numbers) <= set(seen) else None

    return until(look, "every call on screen", SEEN_WITHIN_S, lambda: None)


def _scenes(folder: Path, windows: int, sizes: ScreenSizes) -> list[float]:
    """Milliseconds from asking until the next call was on the screen, without hub and broker."""
    with BenchHall(folder) as hall, ExitStack() as stack:
        screen, display = virtual_screen(WIDTH * windows, HEIGHT, folder / "screen.log")
        stack.enter_context(screen)
        tells = [folder / f"scene-{n}.jsonl" for n in range(windows)]
        shown = [
            hall.start(
                f"scene-{n}",
                module("command.bench_window", "scene", str(hall.hall), *_box(WIDTH, HEIGHT, WIDTH * n), str(tell)),
                {"DISPLAY": display},
                speaks=True,
            )
            for n, tell in enumerate(tells)
        ]
        time.sleep(SETTLED_S)
        pressed = []
        for _ in range(sizes.calls + 1):
            time.sleep(sizes.apart_s)
            pressed.append(time.time())
            for program in shown:
                assert program.process.stdin is not None  # noqa: S101 - it was started with one
                program.process.stdin.write(b"\n")
                program.process.stdin.flush()
        numbers = [f"K{count:03d}" for count in range(2, sizes.calls + 2)]
        seen = [_seen(Told(tell), numbers) for tell in tells]
        return [(one[number] - at) * 1000 for one in seen for at, number in zip(pressed[1:], numbers, strict=True)]


def _box(width: int, height: int, left: int) -> list[str]:
    return [str(width), str(height), str(left), "0"]


def _place(width: int, height: int, left: int, diagonal_inch: float) -> str:
    """`[screen]` of a device file."""
    return (
        f"\n[screen]\nwidth = {width}\nheight = {height}\ndiagonal_inch = {diagonal_inch}\n"
        f"fullscreen = false\nleft = {left}\ntop = 0\n"
    )
