"""The display that speaks is killed in the middle of a sentence: another says the call, and none is lost."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

import pytest

from command.programs import Program, antrean, environment
from command.told import Told
from contract.desk import DeskView
from tests.end_to_end.peers import Peer
from tests.halls import Hall, new_hall
from tests.waiting import wait_for

pytestmark = [pytest.mark.broker, pytest.mark.screen, pytest.mark.long]

DISPLAYS = ("display-1", "display-2")


class Displays:
    """Two displays in small windows that both can speak; they can be killed and started again."""

    def __init__(self, hall: Hall, folder: Path, stack: ExitStack) -> None:
        self._hall = hall
        self._folder = folder
        self._stack = stack
        self.running: dict[str, Program] = {}
        self.tellings = {name: Told(folder / f"{name}.jsonl") for name in DISPLAYS}
        for name in DISPLAYS:
            with hall.add(name, "display", "--zones", "a,b,c").open("a") as file:
                file.write("\n[screen]\nwidth = 960\nheight = 540\ndiagonal_inch = 32\nfullscreen = false\n")

    def start(self, name: str) -> None:
        words = antrean("display", str(self._hall.folder / "devices" / f"{name}.toml"))
        words += ["--tell", str(self._folder / f"{name}.jsonl")]
        env = environment(SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE=str(self._folder / f"{name}.raw"))
        program = Program(name, words, self._folder / f"{name}.log", env)
        self.running[name] = self._stack.enter_context(program)
        program.ready(40)

    def sounds(self, kind: str, state: str) -> list[tuple[float, str, str]]:
        """When, on which display, of which call."""
        return sorted(
            (line["at"], name, line["call"])
            for name, told in self.tellings.items()
            for line in told.look()
            if line["what"] == "sound" and line["kind"] == kind and line["state"] == state
        )

    def spoken(self) -> dict[str, str]:
        """The display that spoke each number to its end."""
        return {
            line["number"]: name
            for name, told in self.tellings.items()
            for line in told.look()
            if line["what"] == "call-ended" and line["outcome"] == "spoken"
        }


def number_of(view: Any) -> str:
    assert isinstance(view, DeskView), view
    assert view.ticket is not None
    return str(view.ticket.number)


def silence_after_a_death(displays: Displays, kiosk: Peer, pad: Peer, luck: Random, visitor: str) -> float:
    """Kills whoever speaks the next call in its first sentence; the seconds until another display rings for it."""
    kiosk.ask_number("kartu-keluarga", visitor)
    before = len(displays.sounds("speech", "started"))
    number = number_of(pad.act("next"))
    wait_for(lambda: len(displays.sounds("speech", "started")) > before, "its first word", 20)
    began_s, victim, _ = displays.sounds("speech", "started")[-1]
    dies_s = began_s + luck.uniform(0.1, 1.5)
    wait_for(lambda: time.time() >= dies_s, "the moment of its death", 10)
    killed_s = time.time()
    displays.running[victim].kill()
    wait_for(lambda: number in displays.spoken(), f"{number} from the other display", 20)
    assert displays.spoken()[number] != victim
    rings = [at for at, name, _ in displays.sounds("chime", "started") if name != victim and at > killed_s]
    displays.start(victim)
    for action in ("arrive", "finish"):
        assert isinstance(pad.act(action), DeskView)
    return rings[0] - killed_s


@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_an_announcer_killed_in_mid_sentence_loses_no_call(
    tmp_path: Path, times: int, record_property: Callable[[str, object], None]
) -> None:
    hall, luck = new_hall(tmp_path / "hall", "mqtt-5"), Random(5)
    kiosk_file = hall.add("kiosk-9", "kiosk")
    pad_file = hall.add("pad-1", "counter", "--counter", "loket-1")
    with ExitStack() as stack:
        displays = Displays(hall, tmp_path, stack)
        serve = stack.enter_context(hall.program("serve"))
        for name in DISPLAYS:
            displays.start(name)
        serve.ready(25)
        kiosk, pad = stack.enter_context(Peer(kiosk_file)), stack.enter_context(Peer(pad_file))
        assert isinstance(pad.act("open"), DeskView)
        silences = [silence_after_a_death(displays, kiosk, pad, luck, f"visitor-{n}") for n in range(times)]
        record_property("death_to_next_chime_s", [round(silence, 2) for silence in silences])
        assert max(silences) <= 3.0
