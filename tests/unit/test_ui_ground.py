"""What screens stand on, as far as it needs no window: sizes, dashes, telling, counted starts."""

import json
import math
import subprocess
import sys
import tempfile

import pytest

from ui.folders import own_folder
from ui.machine import MachineWatch
from ui.rounding import dashes, outline
from ui.starts import count_start
from ui.telling import Teller
from ui.window import PORTRAIT, ScreenSettings, density, dots_per_inch


def test_the_panel_of_the_drawing_has_one_pixel_for_one():
    assert density(ScreenSettings(1080, 1920, 21.5), PORTRAIT) == pytest.approx(1)


def test_twice_the_pixels_on_the_same_panel_draw_everything_twice_as_large():
    assert density(ScreenSettings(2160, 3840, 21.5), PORTRAIT) == pytest.approx(2)


def test_on_a_larger_panel_of_the_same_pixels_things_keep_their_millimetres():
    assert density(ScreenSettings(1080, 1920, 43.0), PORTRAIT) == pytest.approx(0.5)


def test_on_a_panel_too_small_for_the_smallest_shape_that_shape_is_scaled_down_to_fit():
    assert density(ScreenSettings(540, 960, 5.0), PORTRAIT) == pytest.approx(540 / 780)


def test_dots_per_inch_are_the_panels():
    assert dots_per_inch(ScreenSettings(1080, 1920, 21.5)) / 25.4 == pytest.approx(4.03, abs=0.01)


def test_an_outline_is_closed_and_keeps_within_its_box():
    points = outline(10, 20, 200, 100, 28)
    assert points[0] == points[-1]
    assert all(10 - 1e-9 <= x <= 210 + 1e-9 and 20 - 1e-9 <= y <= 120 + 1e-9 for x, y in points)


def test_dashes_go_once_around_and_leave_gaps():
    points = outline(0, 0, 300, 200, 30)
    around = sum(math.dist(points[place], points[place + 1]) for place in range(len(points) - 1))
    drawn = dashes(points, 9, 7)
    length = sum(
        math.dist(dash[place : place + 2], dash[place + 2 : place + 4])
        for dash in drawn
        for place in range(0, len(dash) - 2, 2)
    )
    assert length / around == pytest.approx(9 / 16, abs=0.01)
    assert len(drawn) == round(around / 16)


def test_dashes_of_nothing_are_none():
    assert dashes([(1, 1), (1, 1)], 9, 7) == []


def test_what_is_told_is_one_line_of_json_each(tmp_path):
    path = tmp_path / "told"
    with Teller(path) as teller:
        teller.tell("shown", screen="welcome", targets={"start": [1, 2, 3, 4]})
        teller.tell("sound", kind="chime")
    first, second = [json.loads(line) for line in path.read_text().splitlines()]
    assert (first["what"], first["screen"], first["targets"]) == ("shown", "welcome", {"start": [1, 2, 3, 4]})
    assert second["what"] == "sound"
    assert first["at"] <= second["at"]


def test_a_teller_without_a_file_says_nothing():
    with Teller(None) as teller:
        teller.tell("shown")


def test_each_start_counts_one_more_and_the_installation_stays(tmp_path):
    path = tmp_path / "kiosk-1.starts"
    starts = [count_start(path, lambda: "i-1") for _ in range(3)]
    assert [start.boot for start in starts] == [1, 2, 3]
    assert {start.installation for start in starts} == {"i-1"}


@pytest.mark.parametrize("torn", [b"{", b'{"boot":3,"installation":"\xff"}'])
def test_a_torn_count_of_starts_begins_a_new_installation(tmp_path, torn):
    path = tmp_path / "kiosk-1.starts"
    path.write_bytes(torn)
    start = count_start(path, lambda: "i-2")
    assert (start.boot, start.installation) == (1, "i-2")


def test_frames_are_counted_between_two_looks():
    now = [0.0]
    watch = MachineWatch(lambda: now[0])
    for _ in range(6):
        watch.frame_drawn()
    now[0] = 2.0
    assert watch.read().frames_per_s == 3.0
    now[0] = 4.0
    assert watch.read().frames_per_s == 0.0


def test_a_folder_of_ones_own_is_gone_afterwards_and_what_a_killed_program_left_is_swept_away(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = tmp_path / f"antrean-kiosk-{dead.pid}-abc"
    others = tmp_path / f"antrean-display-{dead.pid}-abc"
    left.mkdir()
    others.mkdir()
    with own_folder("kiosk") as folder:
        assert folder.is_dir()
        assert not left.exists()
        assert others.exists()
        with own_folder("kiosk"):
            assert folder.is_dir(), "a living program's folder stays"
    assert list(tmp_path.iterdir()) == [others]
