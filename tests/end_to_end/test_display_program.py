"""The display as a program: ready without a broker, a clean end, a death that costs nothing, a wrong file explained."""

import json
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from command.programs import Program, ProgramFailed, antrean, environment
from tests.halls import free_port
from tests.pictures.harness import x_server
from tests.waiting import wait_for

pytestmark = pytest.mark.screen

FILE = """
hall = "mpp-kukar"

[device]
id = "display-1"
role = "display"
password = "x"
zones = ["a"]

[broker]
host = "127.0.0.1"
port = {port}

[display]
data = "data"
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with x_server(1920, 1080) as name:
        yield name


def program(folder: Path, screen: str, more: str = "") -> Program:
    file = folder / "display-1.toml"
    file.write_text(FILE.format(port=free_port()) + more)
    env = environment(DISPLAY=screen, SDL_AUDIODRIVER="dummy", LIBGL_ALWAYS_SOFTWARE="1")
    words = antrean("display", str(file), "--tell", str(folder / "told.jsonl"))
    return Program("display", words, folder / "display.log", env)


def voice_of(display: Program) -> int:
    """The speech engine's process: the only child of any of the display's threads."""
    tasks = Path(f"/proc/{display.process.pid}/task").iterdir()
    found = [int(word) for task in tasks for word in (task / "children").read_text().split()]
    assert len(found) == 1
    return found[0]


def test_without_a_broker_it_is_ready_shows_its_first_screen_and_ends_within_two_seconds(
    tmp_path: Path, screen: str
) -> None:
    with program(tmp_path, screen) as display:
        assert display.ready(25) == "display-1 ready"
        shown = [json.loads(line) for line in (tmp_path / "told.jsonl").read_text().splitlines()]
        assert shown[0]["what"] == "shown"
        assert shown[0]["calls"] == []
        voice = voice_of(display)
        began = time.monotonic()
        display.process.terminate()
        assert display.process.wait(10) == 0
        assert time.monotonic() - began < 2.0
        wait_for(lambda: not Path(f"/proc/{voice}").exists(), "the end of the speech engine")


def test_a_killed_display_leaves_no_speech_engine_behind_and_counts_its_next_start(tmp_path: Path, screen: str) -> None:
    with program(tmp_path, screen) as display:
        display.ready(25)
        voice = voice_of(display)
        killed = display.process.pid
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: not Path(f"/proc/{voice}").exists(), "the end of the speech engine")
    first = json.loads((tmp_path / "data" / "display-1.starts").read_text())
    with program(tmp_path, screen) as display:
        display.ready(25)
    left = [folder.name for folder in Path(tempfile.gettempdir()).glob(f"antrean-*-{killed}-*")]
    assert left == []
    second = json.loads((tmp_path / "data" / "display-1.starts").read_text())
    assert second == {"boot": first["boot"] + 1, "installation": first["installation"]}


def test_a_display_that_is_set_to_be_silent_starts_no_speech_engine(tmp_path: Path, screen: str) -> None:
    with program(tmp_path, screen, '[voice]\nengine = "none"\n') as display:
        display.ready(25)
        tasks = Path(f"/proc/{display.process.pid}/task").iterdir()
        assert [(task / "children").read_text() for task in tasks if (task / "children").read_text()] == []


def test_a_wrong_file_is_refused_with_everything_that_is_wrong(tmp_path: Path, screen: str) -> None:
    with program(tmp_path, screen, "[screen]\nwidht = 1920\nheight = 5\n") as display:
        assert display.process.wait(20) not in (0, None)
        said = display.last_words(20)
    assert "screen.widht" in said
    assert "screen.height" in said
    assert 'did you mean "width"' in said


@pytest.mark.parametrize("name", [":9999", ""])
def test_without_a_screen_it_does_not_say_that_it_is_ready(tmp_path: Path, name: str) -> None:
    with program(tmp_path, name) as display:
        assert display.process.wait(25) == 1
        assert f"no screen answers (DISPLAY='{name}'" in display.log.read_text()
        with pytest.raises(ProgramFailed):
            display.ready(1)
