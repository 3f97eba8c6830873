"""An error in a screen leaves no dead window: it goes on from its first screen, and ends to be started anew when that does not help."""

from collections.abc import Iterator

import pytest

from tests.closing import ask_to_close, only_window
from tests.pictures.harness import x_server
from tests.pictures.test_touching import Stage, middle
from tests.waiting import wait_for

pytestmark = pytest.mark.screen

RESTART = 75
"""ui.public_app.RESTART, which cannot be imported without a window."""


@pytest.fixture
def stage() -> Iterator[Stage]:
    with x_server(540, 960) as display:
        running = Stage(display, module="tests.pictures.broken_stage")
        yield running
        running.program.kill()
        running.program.wait(10)


def do(stage: Stage, how: str) -> None:
    assert stage.program.stdin is not None
    stage.program.stdin.write(f"{how}\n")
    stage.program.stdin.flush()


def mended(stage: Stage, times: int) -> None:
    wait_for(lambda: [line for line in stage.lines if line.get("mended") == times], f"mended {times} times")


def touch(stage: Stage) -> None:
    shown = [line for line in stage.lines if "shown" in line][-1]
    stage.hand("mousemove", *middle(shown["targets"]["on"]), "click", "1")


def count(stage: Stage, what: str) -> int:
    return len([line for line in stage.lines if what in line])


def until(stage: Stage, what: str, times: int) -> None:
    wait_for(lambda: count(stage, what) >= times, f"{what}, {times} times")


def test_whatever_raises_the_first_screen_comes_again_and_listens(stage):
    stage.listens(0)
    for times, how in enumerate(("show", "clock", "touch"), 1):
        shown = count(stage, "shown")
        do(stage, how)
        if how == "touch":
            touch(stage)
        mended(stage, times)
        until(stage, "shown", shown + 1)
        touch(stage)
        until(stage, "chose", times)
        until(stage, "shown", shown + 2)
    assert stage.program.poll() is None


def test_one_error_after_another_ends_the_program_to_be_started_anew(stage):
    stage.listens(0)
    for _ in range(6):
        do(stage, "clock")
    assert stage.program.wait(10) == RESTART


def test_in_a_window_on_a_desk_it_may_be_closed(stage):
    stage.listens(0)
    ask_to_close(stage.display, only_window(stage.display))
    assert stage.program.wait(10) == 0
