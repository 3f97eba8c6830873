"""Real touches on a real stage: one tap is one choice, however it is tapped."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.pictures.harness import ROOT, x_server
from tests.waiting import wait_for

pytestmark = pytest.mark.screen


class Stage:
    """The program that is touched, and what it said."""

    def __init__(self, display: str, *words: str, module: str = "tests.pictures.touched_stage") -> None:
        self.display = display
        self._env = os.environ | {"DISPLAY": display, "PYTHONPATH": str(ROOT), "LIBGL_ALWAYS_SOFTWARE": "1"}
        self.program = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=self._env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.lines: list[dict[str, Any]] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.program.stdout is not None
        for line in self.program.stdout:
            self.lines.append(json.loads(line))

    def listens(self, turn: int) -> dict[str, list[int]]:
        """The targets of a turn, once its screen listens."""
        found = wait_for(
            lambda: [line for line in self.lines if line.get("shown") == turn], f"the screen of turn {turn}", 20
        )
        targets: dict[str, list[int]] = found[0]["targets"]
        return targets

    def choices(self) -> list[str]:
        return [f"{line['chose']} {line['choice']}" for line in self.lines if "chose" in line]

    def hand(self, *words: str) -> None:
        """xdotool's words."""
        subprocess.run(["xdotool", *words], env=self._env, check=True)

    def end(self) -> None:
        assert self.program.stdin is not None
        self.program.stdin.close()
        assert self.program.wait(10) == 0


@pytest.fixture
def stage() -> Iterator[Stage]:
    with x_server(540, 960) as display:
        running = Stage(display)
        yield running
        running.end()


@pytest.fixture
def keys() -> Iterator[Stage]:
    with x_server(540, 960) as display:
        running = Stage(display, "keys")
        yield running
        running.end()


def middle(box: list[int]) -> tuple[str, str]:
    x, y, width, height = box
    return str(x + width // 2), str(y + height // 2)


def test_a_tap_where_a_target_was_told_to_be_is_its_choice(stage):
    targets = stage.listens(0)
    stage.hand("mousemove", *middle(targets["upper"]), "click", "1")
    stage.listens(1)
    stage.hand("mousemove", *middle(targets["lower"]), "click", "1")
    stage.listens(2)
    assert stage.choices() == ["0 upper", "1 lower"]


def test_three_quick_taps_are_one_choice(stage):
    targets = stage.listens(0)
    stage.hand("mousemove", *middle(targets["upper"]), "click", "--repeat", "3", "--delay", "90", "1")
    stage.listens(1)
    assert stage.choices() == ["0 upper"]


def test_a_tap_beside_everything_or_dragged_off_is_none(stage):
    targets = stage.listens(0)
    stage.hand("mousemove", "20", "20", "click", "1")
    stage.hand("mousemove", *middle(targets["upper"]), "mousedown", "1", "mousemove", "20", "20", "mouseup", "1")
    stage.hand("mousemove", *middle(targets["lower"]), "click", "1")
    stage.listens(1)
    assert stage.choices() == ["0 lower"]


def test_only_the_left_button_chooses_no_other_and_no_wheel(stage):
    targets = stage.listens(0)
    stage.hand("mousemove", *middle(targets["upper"]), "click", "3", "click", "2", "click", "4", "click", "5")
    stage.hand("mousemove", *middle(targets["lower"]), "click", "1")
    stage.listens(1)
    assert stage.choices() == ["0 lower"]


def test_escape_and_f1_end_nothing_and_open_nothing(stage):
    targets = stage.listens(0)
    stage.hand("mousemove", *middle(targets["upper"]), "key", "Escape", "key", "F1")
    stage.hand("click", "1")
    stage.listens(1)
    assert stage.program.poll() is None
    assert stage.choices() == ["0 upper"]


def test_every_quick_touch_of_a_key_is_a_letter_also_while_the_finger_before_it_has_not_gone(keys):
    targets = keys.listens(0)
    quick = [word for name in ("upper", "lower") * 6 for word in ("mousemove", *middle(targets[name]), "click", "1")]
    keys.hand(*quick)
    wait_for(lambda: len(keys.choices()) >= 12, "all twelve letters")
    assert [choice.split()[1] for choice in keys.choices()] == ["upper", "lower"] * 6
    keys.hand("mousemove", *middle(targets["upper"]), "mousedown", "1")
    wait_for(lambda: len(keys.choices()) == 13, "a letter before its finger has gone")
    keys.hand("mousemove", "20", "20", "mouseup", "1")
    assert len(keys.choices()) == 13
