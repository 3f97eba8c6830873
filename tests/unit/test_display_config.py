"""A display's own file over the defaults, and the count of its starts."""

import re
from pathlib import Path

import pytest

from assets.reading import BadFile
from command import displays
from display.config import DEFAULTS, DisplayConfig, first_language, read_config
from ui.starts import count_start

DEVICE = """
hall = "mpp-kukar"

[device]
id = "display-1"
role = "display"
password = "x"
zones = ["a"]

[broker]
host = "127.0.0.1"
port = 1883
"""


def written(folder: Path, more: str = "") -> Path:
    path = folder / "display-1.toml"
    path.write_text(DEVICE + more)
    return path


def test_a_plain_device_file_takes_all_the_defaults(tmp_path):
    device, config = read_config(written(tmp_path))
    assert device.device.zones == ("a",)
    assert (config.screen.width, config.layout.viewing_distance_m) == (1920, 8.5)
    assert config.voice.say_times == 1
    assert sorted(config.voice.languages) == ["en", "id"]
    assert first_language(config) == "id"


def test_what_a_device_file_says_stands_over_the_defaults(tmp_path):
    more = "[screen]\nwidth = 3840\nheight = 2160\n[voice]\nsay_times = 2\n[voice.languages.id]\nrate = 140\n"
    _, config = read_config(written(tmp_path, more))
    assert (config.screen.width, config.screen.diagonal_inch) == (3840, 55.0)
    assert (config.voice.say_times, config.voice.volume) == (2, 1.0)
    assert (config.voice.languages["id"].rate, config.voice.languages["id"].voice) == (140, "poz/id")  # type: ignore[index]  # a plain string names the language


def test_a_counters_sign_must_say_whose_it_is(tmp_path):
    sign = '[layout]\nkind = "counter-sign"\n'
    with pytest.raises(BadFile, match="whose sign is this"):
        read_config(written(tmp_path, sign))
    file = tmp_path / "sign.toml"
    file.write_text(DEVICE.replace('zones = ["a"]', 'counter = "loket-3"') + sign)
    device, config = read_config(file)
    assert (device.device.counter, config.layout.kind) == ("loket-3", "counter-sign")


def test_check_says_at_which_line_a_panel_is_too_small_for_its_distance(tmp_path):
    file = written(tmp_path, "[layout]\nviewing_distance_m = 20\n")
    (problem,) = displays.problems(file, read_config(file)[1])
    assert (problem.key, problem.line) == ("layout.viewing_distance_m", 14)
    assert "218 mm" in problem.what
    near = written(tmp_path, "[layout]\nviewing_distance_m = 10\n")
    assert list(displays.problems(near, read_config(near)[1])) == []
    (remark,) = displays.remarks_on(near, read_config(near)[1])
    assert remark.startswith("devices/display-1.toml: at 10 m there is no room for media")


def test_check_says_that_there_is_no_folder_of_clips(tmp_path):
    file = written(tmp_path, '[voice]\nengine = "clips"\nclips = "clips"\n')
    (problem,) = displays.problems(file, read_config(file)[1])
    assert (problem.key, problem.line, problem.what) == ("voice.clips", 15, f"there is no folder {tmp_path / 'clips'}")
    (tmp_path / "clips").mkdir()
    assert list(displays.problems(file, read_config(file)[1])) == []


def test_everything_that_is_wrong_is_said_at_once_with_its_line(tmp_path):
    file = written(
        tmp_path, '[screen]\nviewing_meters = 9\n[display]\nattention_s = 5\n[voice]\nengine = "espeak"\nvolume = 4.0\n'
    )
    with pytest.raises(BadFile) as caught:
        read_config(file)
    said = str(caught.value)
    assert "screen.viewing_meters" in said
    assert "display.attention_s" in said
    assert "voice.engine" in said
    assert "voice.volume" in said
    assert all(problem.line > 10 for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("[screen]\nleft = 100000000000000", "screen.left: must be at most 32767"),
        ("[display]\npage_s = 0.0001", "display.page_s: must be at least 3"),
        ("[display]\ncard_s = 0.0001", "display.card_s: must be at least 3"),
        ("[display]\nhub_silent_s = 0.01", "display.hub_silent_s: must be at least 10"),
        ("[display]\nhub_silent_s = 90", "display.heed_after_s: must be at least hub_silent_s, which is 90"),
        ("[display]\nhealth_s = 0.000001", "display.health_s: must be at least 2"),
        ("[care]\nshift_every_s = 0.00001", "care.shift_every_s: must be at least 10"),
        ("[care]\nrest_s = 600\nrest_every_s = 600", "care.rest_s: must be less than rest_every_s, which is 600"),
        ("[care]\nlit_s = 0.1", "care.lit_s: must be at least 8"),
        ("[voice]\ndeadline_s = 0.001", "voice.deadline_s: must be at least 0.5"),
        ("[voice]\nkept = 1", "voice.kept: must be at least 16"),
        ('[voice.languages.id]\nvoice = ""', "voice.languages.id.voice: must"),
        (
            '[[sound.hours]]\nbegins = "09:00"\nends = "09:00"\nvolume = 0.5',
            "sound.hours[1].ends: is 09:00, when they begin",
        ),
        (
            '[[voice.quiet]]\nbegins = "12:00"\nends = "12:00"\nsound = "none"',
            "voice.quiet[1].ends: is 12:00, when they",
        ),
    ],
)
def test_a_setting_that_cannot_work_is_refused_and_says_why(tmp_path, more, problem):
    with pytest.raises(BadFile, match=re.escape(problem)):
        read_config(written(tmp_path, more + "\n"))


def test_every_setting_has_its_default_and_its_meaning_in_the_defaults_file(tmp_path):
    text = DEFAULTS.read_text()
    settings = [line for line in text.splitlines() if " = " in line and not line.startswith("#")]
    unexplained = [line for line in settings if "#" not in line]
    allowed = ("height = ", "rate = ", "volume = ", "voice = ", "pause_s = ", "frames_per_s")
    assert [line for line in unexplained if not line.startswith(allowed)] == []
    assert isinstance(read_config(written(tmp_path))[1], DisplayConfig)


def test_each_start_counts_one_more_of_the_same_installation(tmp_path):
    file = tmp_path / "data" / "display-1.starts"
    first = count_start(file, lambda: "one")
    second = count_start(file, lambda: "two")
    assert (first.boot, second.boot) == (1, 2)
    assert first.installation == second.installation == "one"


def test_a_count_that_cannot_be_read_begins_a_new_installation(tmp_path):
    file = tmp_path / "display-1.starts"
    file.write_text("not json")
    assert count_start(file, lambda: "new").installation == "new"
    assert count_start(file, lambda: "newer").boot == 2


def test_a_folder_that_cannot_be_written_does_not_stop_the_display(tmp_path):
    (tmp_path / "data").write_text("a file where a folder should be")
    assert count_start(tmp_path / "data" / "display-1.starts", lambda: "x").boot == 1
