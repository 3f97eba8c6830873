"""The display's real window while its screen takes another resolution, is switched off and comes back.

As far as an X server without a screen goes: its resolutions and its output are changed as xrandr changes them, and the test
gives the window its size as a window manager does (on a server without one nobody does). That a real panel sleeps by itself,
and what a graphics driver does then, is not seen here.
"""

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

from tests.end_to_end.test_display_program import program
from tests.pictures.harness import x_server
from tests.screens_on_x import XScreen, screen_of
from tests.waiting import wait_for

pytestmark = pytest.mark.screen

MORE = '[screen]\nfullscreen = true\n[voice]\nengine = "none"\n[care]\nshift_px = 0\n'


def drawn(name: str) -> Image.Image:
    return ImageGrab.grab(xdisplay=name).convert("L")


def is_drawn_for(picture: Image.Image, width: int, height: int) -> bool:
    """The ground up to all four corners, and the mark in the middle of this width, as large as this height wants it."""
    if picture.size != (width, height):
        return False
    corners = [picture.getpixel((x, y)) for x in (0, width - 1) for y in (0, height - 1)]
    mark = picture.crop((0, 0, width, height // 2)).point([255 if value > 150 else 0 for value in range(256)]).getbbox()
    if mark is None or len(set(corners)) != 1 or corners[0] == 0:
        return False
    middle, wide = (mark[0] + mark[2]) / 2, mark[2] - mark[0]
    return abs(middle - width / 2) < 2 and abs(wide - 110 * min(width / 1920, height / 1080)) < 4


def change(name: str, screen: XScreen, width: int, height: int) -> None:
    """Another resolution; the window gets the size of the screen."""
    screen.size(width, height)
    told = os.environ | {"DISPLAY": name}
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--class", ".*"], env=told, check=True, capture_output=True, text=True
    )
    window = found.stdout.split()[-1]
    subprocess.run(["xdotool", "windowsize", window, str(width), str(height)], env=told, check=True)


def test_the_window_follows_its_screen_through_resolutions_and_a_switch_that_was_turned_off(tmp_path: Path) -> None:
    with x_server(1920, 1080) as name, screen_of(name) as screen, program(tmp_path, name, MORE) as display:
        display.ready(25)
        wait_for(lambda: is_drawn_for(drawn(name), 1920, 1080), "the first picture")
        before = drawn(name).tobytes()
        change(name, screen, 1280, 720)
        wait_for(lambda: is_drawn_for(drawn(name), 1280, 720), "the picture at 720 lines")
        change(name, screen, 1080, 1080)
        wait_for(lambda: is_drawn_for(drawn(name), 1080, 1080), "the picture on a square")
        change(name, screen, 1920, 1080)
        wait_for(lambda: drawn(name).tobytes() == before, "the first picture again")
        screen.off()
        screen.size(1920, 1080)
        wait_for(lambda: drawn(name).tobytes() == before, "the picture after the screen was off")
        assert display.process.poll() is None
        log = display.log.read_text()
        assert "panel-changed width=1280 height=720" in log
        assert "screen-broke" not in log
