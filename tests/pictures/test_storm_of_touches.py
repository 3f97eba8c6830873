"""Palms, four fingers, points that never end and a mouse that taps about on the real kiosk; and then somebody who wants a number."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from command.told import Told
from tests.pictures.harness import ROOT, x_server
from tests.waiting import wait_for

pytestmark = pytest.mark.screen

SEED = 5
PATIENT_S = 25.0
"""A point that never ends is forgotten after 10 s, or with the next screen: so long somebody taps again."""


class Kiosk:
    """The program, what it said, and a mouse on its window."""

    def __init__(self, display: str, tells: Path) -> None:
        self.env = os.environ | {"DISPLAY": display, "PYTHONPATH": str(ROOT), "LIBGL_ALWAYS_SOFTWARE": "1"}
        self.told = Told(tells)
        self.lines: list[dict[str, Any]] = []
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tests.pictures.tapped_kiosk", str(tells), str(SEED)],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.program.stdout is not None
        for line in self.program.stdout:
            if line.startswith("{"):
                self.lines.append(json.loads(line))

    def asked(self) -> list[str]:
        """Every number that was asked for, by its request."""
        return [line["asked"] for line in self.lines if "asked" in line]

    def shown(self) -> dict[str, Any]:
        """The screen that listens now."""
        found = [line for line in self.told.look() if line["what"] == "shown"]
        return found[-1] if found else {"screen": "", "targets": {}}

    def tap(self, x: float, y: float, times: int = 1) -> None:
        words = [
            "xdotool",
            "mousemove",
            str(int(x)),
            str(int(y)),
            "click",
            "--repeat",
            str(times),
            "--delay",
            "40",
            "1",
        ]
        subprocess.run(words, env=self.env, check=True)

    def until(self, screen: str, *targets: str) -> None:
        """Tap the first of these targets that is there, now and again, until that screen is there.

        The storm may have turned the guidance on: then the first tap speaks, and a double one chooses.
        """
        ends, tries = time.monotonic() + PATIENT_S, 0
        while self.shown()["screen"] != screen:
            assert time.monotonic() < ends, f"{self.shown()['screen']} stays, and {screen} does not come"
            before, again = len(self.told.look()), time.monotonic() + 1.5
            boxes = [box for target in targets if (box := self.shown()["targets"].get(target)) is not None]
            for x, y, width, height in boxes[:1]:
                self.tap(x + width / 2, y + height / 2, times=1 + tries % 2)
                tries += 1
            wait_for(partial(self._is_new, before, again), "another screen")

    def _is_new(self, before: int, again: float) -> bool:
        return len(self.told.look()) > before or time.monotonic() > again

    def end(self) -> None:
        assert self.program.stdin is not None
        self.program.stdin.close()
        assert self.program.wait(10) == 0


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    with x_server(540, 960) as display:
        running = Kiosk(display, tmp_path / "kiosk.jsonl")
        yield running
        running.end()


def test_after_a_storm_of_touches_one_visit_is_as_ever_and_one_tap_one_ticket(kiosk: Kiosk) -> None:
    wait_for(lambda: kiosk.shown()["screen"], "the first screen", 25)
    luck = Random(SEED)
    while not any("calm" in line for line in kiosk.lines):
        kiosk.tap(luck.randrange(540), luck.randrange(960), luck.choice((1, 1, 2, 5)))
    assert kiosk.program.poll() is None
    kiosk.until("welcome", "home", "done", "stay", "go-on", "cancel-no", "back")
    assert len(set(kiosk.asked())) == len(kiosk.asked()), "one request was asked as two"
    before = len(kiosk.asked())
    kiosk.until("errands", "start")
    kiosk.until("agency", "agency:disdukcapil", "next-page")
    kiosk.until("service", "service:kartu-keluarga", "next-page")
    kiosk.until("ticket", "take")
    assert len(kiosk.asked()) == before + 1
    kiosk.until("welcome", "done")
