"""Calls close upon each other, on a real display window with a real voice: each is seen, each is heard or said to be too old."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from command.programs import Program, antrean, environment
from command.told import Told
from contract.desk import DeskView
from tests.end_to_end.peers import Peer
from tests.halls import ON_ALL_WHEN_SOAKED, Hall, new_hall
from tests.waiting import wait_for

pytestmark = [pytest.mark.broker, pytest.mark.screen, pytest.mark.long]

SERVICE = "kartu-keluarga"
DISPLAYS = ("display-1", "display-2", "display-3")
ENDED = {"spoken", "dropped", "failed"}


class Crowd:
    """A hall with three displays in real windows, of which the first speaks, a kiosk and two counter pads that a test plays."""

    def __init__(self, hall: Hall, folder: Path, kiosk: Peer, pads: tuple[Peer, Peer]) -> None:
        self.hall = hall
        self.tellings = {name: Told(folder / f"{name}.jsonl") for name in DISPLAYS}
        self.told = self.tellings["display-1"]
        self.kiosk = kiosk
        self.pads = pads
        self.pressed: list[tuple[float, str]] = []
        self._asked = 0

    def take_numbers(self, count: int) -> None:
        for _ in range(count):
            self._asked += 1
            self.kiosk.ask_number(SERVICE, f"visitor-{self._asked}")

    def call(self, pad: Peer) -> str:
        pressed = time.time()
        view = pad.act("next")
        assert isinstance(view, DeskView), view
        assert view.ticket is not None
        self.pressed.append((pressed, view.ticket.number))
        assert isinstance(pad.act("arrive"), DeskView)
        return view.ticket.number

    def call_pairs(self, pairs: int, apart_s: float, between_s: float) -> None:
        """Two calls `apart_s` apart, by two counters; then a pause; `pairs` times."""
        due = time.monotonic()
        for _ in range(pairs):
            for pad in self.pads:
                self.wait_until(due)
                self.call(pad)
                due += apart_s
            due += between_s

    def wait_until(self, due: float) -> None:
        """Until the monotonic clock shows `due`: the pace of the calls is what is tested here."""
        wait_for(lambda: time.monotonic() >= due, "the next call's time", 60)

    def first_shown(self, display: str = "display-1") -> dict[str, float]:
        """When each number was first drawn there."""
        seen: dict[str, float] = {}
        for line in self.tellings[display].look():
            if line["what"] == "shown":
                for call in line["calls"]:
                    seen.setdefault(call["number"], line["at"])
        return seen

    def outcomes(self) -> dict[str, str]:
        """What became of the sound of each number's call, as the display reported it."""
        return {
            line["number"]: line["outcome"]
            for line in self.told.look()
            if line["what"] == "call-ended" and line["outcome"] in ENDED
        }

    def sounds(self, kind: str, state: str) -> list[tuple[float, str]]:
        return [
            (line["at"], line["call"])
            for line in self.told.look()
            if line["what"] == "sound" and line["kind"] == kind and line["state"] == state
        ]


@pytest.fixture(params=ON_ALL_WHEN_SOAKED)
def crowd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Crowd]:
    hall = new_hall(tmp_path / "hall", request.param)
    kiosk_file = hall.add("kiosk-9", "kiosk")
    pad_files = [hall.add(f"pad-{n}", "counter", "--counter", f"loket-{n}") for n in (1, 2)]
    with ExitStack() as stack:
        serve = stack.enter_context(hall.program("serve"))
        displays = [stack.enter_context(a_display(hall, name, tmp_path)) for name in DISPLAYS]
        serve.ready(25)
        for display in displays:
            display.ready(40)
        with Peer(kiosk_file) as kiosk, Peer(pad_files[0]) as first, Peer(pad_files[1]) as second:
            for pad in (first, second):
                assert isinstance(pad.act("open"), DeskView)
            yield Crowd(hall, tmp_path, kiosk, (first, second))


def a_display(hall: Hall, name: str, folder: Path) -> Program:
    """A display in a real window. The first one speaks; the others are smaller, to leave the machine to it."""
    speaks = name == DISPLAYS[0]
    width, height = (1920, 1080) if speaks else (1280, 720)
    file = hall.add(name, "display", "--zones", "a,b,c")
    with file.open("a") as more:
        more.write(f"\n[screen]\nwidth = {width}\nheight = {height}\ndiagonal_inch = 55\nfullscreen = false\n")
        more.write("" if speaks else '\n[voice]\nengine = "none"\n')
    env = environment(SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE=str(folder / f"{name}.raw"))
    words = antrean("display", str(file), "--tell", str(folder / f"{name}.jsonl"))
    return Program(name, words, folder / f"{name}.log", env)


def in_order(crowd: Crowd) -> None:
    """Every call was drawn on every display, and in the order in which it was made."""
    for name in DISPLAYS:
        in_order_on(crowd, name)


def in_order_on(crowd: Crowd, display: str) -> None:
    numbers = [number for _, number in crowd.pressed]
    wait_for(lambda: set(numbers) <= set(crowd.first_shown(display)), f"every call on {display}")
    shown = crowd.first_shown(display)
    assert sorted(numbers, key=lambda number: shown[number]) == numbers, display


@pytest.mark.parametrize("pairs", [3, pytest.param(20, marks=pytest.mark.soak)])
def test_pairs_of_calls_half_a_second_apart_are_all_seen_and_all_spoken(
    crowd: Crowd, pairs: int, record_property: Callable[[str, object], None]
) -> None:
    crowd.take_numbers(2 * pairs)
    crowd.call_pairs(pairs, 0.5, 14.0)
    in_order(crowd)
    numbers = [number for _, number in crowd.pressed]
    wait_for(lambda: set(numbers) <= set(crowd.outcomes()), "the end of every announcement", 40)
    assert {crowd.outcomes()[number] for number in numbers} == {"spoken"}
    began = crowd.sounds("chime", "started")
    ended = crowd.sounds("speech", "ended")
    # One after the other: no announcement begins before the one before it has ended.
    assert len(began) == len(ended) == len(numbers)
    for (end, _), (begin, _) in zip(ended, began[1:], strict=False):
        assert end <= begin
    # How long is said, not judged: this machine is shared. The first call of each pair found the loudspeaker free.
    waits = [min(at for at, _ in began if at >= pressed) - pressed for pressed, _ in crowd.pressed[::2]]
    record_property("call_to_first_sound_ms", [round(wait * 1000) for wait in waits])


def test_twenty_pairs_without_pause_are_all_seen_in_order_and_each_is_spoken_or_too_old(
    crowd: Crowd, record_property: Callable[[str, object], None]
) -> None:
    crowd.take_numbers(40)
    crowd.call_pairs(20, 0.5, 0.0)
    in_order(crowd)
    numbers = [number for _, number in crowd.pressed]
    assert len(numbers) == 40
    shown = crowd.first_shown()
    waits = sorted(shown[number] - pressed for pressed, number in crowd.pressed)
    record_property("call_to_frame_p95_ms", round(waits[int(0.95 * len(waits))] * 1000))
    wait_for(lambda: set(numbers) <= set(crowd.outcomes()), "an outcome of every call", 60)
    outcomes = [crowd.outcomes()[number] for number in numbers]
    assert set(outcomes) <= {"spoken", "dropped"}
    assert outcomes.count("spoken") >= 4
