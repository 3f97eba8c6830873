"""A kiosk's device file whose settings could never work is refused, with what to do."""

from pathlib import Path

import pytest

from assets.reading import BadFile
from kiosk.config import KioskConfig, read_config
from tests.unit.test_kiosk_keys import HEAD


def read(folder: Path, more: str) -> KioskConfig:
    file = folder / "kiosk-1.toml"
    file.write_text(HEAD + more)
    return read_config(file)[1]


def wrong(folder: Path, more: str) -> str:
    with pytest.raises(BadFile) as caught:
        read(folder, more)
    return str(caught.value)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("[kiosk]\nidle_s = 0.1", "kiosk.idle_s: must be at least 10"),
        ("[kiosk]\nticket_s = 1", "kiosk.ticket_s: must be at least 10"),
        ("[kiosk]\nnote_s = 19", "kiosk.note_s: must be at least 20"),
        ("[kiosk]\nhealth_s = 0.001", "kiosk.health_s: must be at least 2"),
        ("[kiosk]\nlook_s = 0.001", "kiosk.look_s: must be at least 1"),
        ("[voice]\ndeadline_s = 0.01", "voice.deadline_s: must be at least 0.5"),
        ("[voice.languages.id]\nrate = 0", "voice.languages.id.rate: must be at least 80"),
        ("[voice.languages.id]\nrate = 9000", "voice.languages.id.rate: must be at most 450"),
        ("[voice.languages.id]\nvolume = 7.0", "voice.languages.id.volume: must be at most 1"),
        ('[voice.languages.id]\nvoice = ""', "voice.languages.id.voice: must not be empty"),
    ],
)
def test_a_setting_with_which_no_visit_comes_to_its_end_is_refused(tmp_path: Path, more: str, said: str) -> None:
    assert said in wrong(tmp_path, more)


@pytest.mark.parametrize(
    ("screen", "said"),
    [
        ("width = 240\nheight = 240\ndiagonal_inch = 100", "makes 0.13 pixels to a millimetre of 240 x 240"),
        ("width = 7680\nheight = 4320\ndiagonal_inch = 10", "makes 34.69 pixels to a millimetre"),
        (
            "width = 1280\nheight = 720\ndiagonal_inch = 7",
            "makes a panel of 155 x 87 mm: no side may be shorter than 100 mm",
        ),
    ],
)
def test_a_panel_that_there_cannot_be_is_refused(tmp_path: Path, screen: str, said: str) -> None:
    told = wrong(tmp_path, f"[screen]\n{screen}\n")
    assert said in told
    assert "kiosk-1.toml:12: screen.diagonal_inch" in told
    assert "is the panel's diagonal" in told


@pytest.mark.parametrize(
    ("width", "height", "inch"), [(1080, 1920, 21.5), (1280, 800, 10.1), (3840, 2160, 100), (394, 700, 21.5)]
)
def test_panels_that_there_are_are_taken(tmp_path: Path, width: int, height: int, inch: float) -> None:
    screen = read(tmp_path, f"[screen]\nwidth = {width}\nheight = {height}\ndiagonal_inch = {inch}\n").screen
    assert (screen.width, screen.height) == (width, height)


def test_one_key_for_two_things_is_refused(tmp_path: Path) -> None:
    told = wrong(tmp_path, '[keypad]\nchoose = ["f23"]\nguide = ["f23", "f24"]\n')
    assert 'kiosk-1.toml:11: keypad.guide: "f23" already means choose (name "f23" for one of them alone)' in told


def test_a_key_that_the_defaults_have_for_something_else_is_refused_with_what_to_write(tmp_path: Path) -> None:
    told = wrong(tmp_path, '[keypad]\ndown = ["f18"]\n')
    assert '"f18" already means up (name "f18" for one of them alone: write up too, without it)' in told
    assert read(tmp_path, '[keypad]\ndown = ["f18"]\nup = ["f19"]\n').keypad.down == ("f18",)
