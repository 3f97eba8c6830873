"""Which key of a keypad does what, by the device file."""

from pathlib import Path
from typing import get_args

import pytest

from assets.reading import BadFile
from kiosk.config import KioskConfig, read_config
from kiosk.keys import CODES, KeyName, keys_of, may_be_logged

HEAD = """hall = "mpp-kukar"
[device]
id = "kiosk-1"
role = "kiosk"
password = "x"
[broker]
host = "127.0.0.1"
port = 1883
"""


def config(folder: Path, more: str = "") -> KioskConfig:
    file = folder / "kiosk-1.toml"
    file.write_text(HEAD + more)
    return read_config(file)[1]


def test_every_key_that_can_be_named_has_a_code_of_its_own():
    assert set(CODES) == set(get_args(KeyName))
    assert len(set(CODES.values())) == len(CODES)
    assert (CODES["enter"], CODES["f1"], CODES["f13"], CODES["f24"], CODES["up"]) == (40, 58, 104, 115, 82)
    assert (CODES["numpad-1"], CODES["numpad-0"], CODES["volume-up"]) == (89, 98, 128)


def test_out_of_the_box_arrows_enter_and_function_keys_lead(tmp_path):
    keys = keys_of(config(tmp_path).keypad)
    named = {name: keys.get(code) for name, code in CODES.items()}
    assert (named["up"], named["down"], named["enter"], named["left"]) == ("up", "down", "choose", "back")
    assert (named["volume-up"], named["volume-down"], named["f15"]) == ("louder", "softer", "plugged")
    assert named["escape"] is None
    assert set(keys.values()) == {"up", "down", "choose", "back", "louder", "softer", "plugged"}


def test_a_device_file_names_its_own_keys(tmp_path):
    keys = keys_of(config(tmp_path, '[keypad]\nchoose = ["f23"]\nguide = ["f24"]\n').keypad)
    assert keys[CODES["f24"]] == "guide"
    assert keys[CODES["f23"]] == "choose"
    assert CODES["enter"] not in keys


def test_a_device_file_tells_apart_plugging_in_and_pulling_out(tmp_path):
    keys = keys_of(config(tmp_path, '[keypad]\nunplugged = ["f16"]\n').keypad)
    assert (keys[CODES["f15"]], keys[CODES["f16"]]) == ("plugged", "unplugged")


def test_a_key_that_there_is_not_is_refused_with_its_place(tmp_path):
    with pytest.raises(BadFile) as bad:
        config(tmp_path, '[keypad]\nup = ["arrow-up"]\n[voice]\nvolume = 2.0\n')
    said = str(bad.value)
    assert "keypad.up" in said
    assert "voice.volume" in said


def test_what_somebody_types_stays_out_of_the_log():
    letters, digits = range(4, 30), range(30, 40)
    assert not any(may_be_logged(code) for code in (*letters, *digits, CODES["enter"], CODES["numpad-5"]))
    assert may_be_logged(CODES["f13"])
