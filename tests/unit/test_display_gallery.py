"""The gallery at work with its threads: whoever draws asks and gets an answer at once, whatever the folder does."""

import os
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from contract.codec import encode
from contract.devices import DeviceHealth
from display.cache import Cache
from display.gallery import Gallery
from display.intake import fit
from display.media import NoMedia, due
from display.playlist import MOST_ITEMS
from tests.waiting import wait_for

HERE = ZoneInfo("Asia/Makassar")
NINE = datetime(2026, 11, 25, 9, 0, tzinfo=HERE)


def painted(path: Path, colour: str, size: tuple[int, int] = (800, 400)) -> None:
    Image.new("RGB", size, colour).save(path)


class World:
    """A folder, a cache and a gallery over them."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "source"
        self.source.mkdir()
        self.cache_folder = folder / "cache"
        self.came = threading.Event()
        self.held = threading.Event()
        self.held.set()
        self.gallery = self.made()

    def made(self) -> Gallery:
        def intake(source: Path, target: Path) -> str:
            self.held.wait()
            try:
                fit(source, target, 640, 480)
            except ValueError as error:
                return str(error)
            return ""

        cache = Cache(self.cache_folder, intake, 10.0)
        return Gallery(self.source, cache, (200, 200), 0.02, self.came.set)

    def colours(self) -> set[tuple[int, ...]]:
        """What is shown at each second of a minute, by the colour of its first pixel, rounded for JPEG."""
        found = set()
        for second in range(60):
            picture = self.gallery.look(NINE.replace(second=second), 0.0)
            found.add(tuple(round(value / 64) for value in picture.rgb[:3]) if picture else ())
        return found


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    yield made
    made.held.set()
    made.gallery.close()


RED, BLUE = (4, 0, 0), (0, 0, 4)


def test_a_picture_is_ready_soon_fits_its_box_and_is_whole(world):
    painted(world.source / "a.png", "red")
    world.gallery.open()
    wait_for(lambda: world.gallery.look(NINE, 0.0) is not None, "the picture")
    picture = world.gallery.look(NINE, 0.0)
    assert picture is not None
    assert (picture.width, picture.height, len(picture.rgb)) == (200, 100, 200 * 100 * 3)
    assert world.gallery.state == "1 shown"
    assert world.came.is_set()


def test_while_a_new_list_is_made_the_old_one_is_shown_and_asking_takes_no_time(world):
    painted(world.source / "a.png", "red")
    world.gallery.open()
    wait_for(lambda: world.colours() == {RED}, "the red picture")
    world.held.clear()
    painted(world.source / "b.png", "blue")
    (world.source / "a.png").unlink()
    began = time.perf_counter()
    for _ in range(100):
        assert world.colours() == {RED}
    assert time.perf_counter() - began < 2, "six thousand looks"
    world.held.set()
    wait_for(lambda: world.colours() == {BLUE}, "the blue picture alone")


def test_a_folder_that_goes_away_takes_nothing_off_the_screen_and_the_health_says_so(world):
    painted(world.source / "a.png", "red")
    world.gallery.open()
    wait_for(lambda: world.colours() == {RED}, "the red picture")
    world.source.rename(world.source.with_name("gone"))
    wait_for(lambda: world.gallery.state == "1 kept, folder away: No such file or directory", "its state")
    assert world.colours() == {RED}


def test_a_display_without_its_folder_shows_what_it_showed_before_it_was_switched_off(world):
    painted(world.source / "a.png", "red")
    world.gallery.open()
    wait_for(lambda: world.gallery.state == "1 shown", "its state")
    world.gallery.close()
    world.source.rename(world.source.with_name("gone"))
    world.gallery = world.made()
    world.gallery.open()
    wait_for(lambda: world.colours() == {RED}, "the red picture")


def test_a_broken_file_is_named_in_the_health(world):
    painted(world.source / "a.png", "red")
    (world.source / "b.png").write_text("broken")
    world.gallery.open()
    wait_for(lambda: world.gallery.state == "1 shown, 1 broken: b.png", "its state")


def test_whatever_a_broken_file_is_called_the_health_can_be_sent(world):
    painted(world.source / "good.png", "red")
    (world.source / os.fsdecode(b"caf\xe9\n.png")).write_bytes(b"")
    world.gallery.open()
    wait_for(lambda: "broken" in (world.gallery.state or ""), "the health")
    assert encode(DeviceHealth(media=world.gallery.state)), "the display would end here, and with it the calls"
    assert "\n" not in world.gallery.state


def test_a_picture_that_was_spoilt_on_the_own_disk_is_taken_in_anew(world):
    painted(world.source / "a.png", "red")
    world.gallery.open()
    wait_for(lambda: world.gallery.state == "1 shown", "its state")
    (kept,) = world.cache_folder.glob("*.jpg")
    kept.write_bytes(b"spoilt")
    wait_for(lambda: world.colours() == {RED}, "the red picture")
    assert kept.stat().st_size > 100


def test_a_display_without_media_shows_none():
    none = NoMedia()
    none.open()
    assert (none.look(NINE, 0.0), none.state) == (None, None)
    none.close()


def test_a_list_as_long_as_can_be_keeps_no_more_than_three_pictures_ready(world):
    for count in range(MOST_ITEMS):
        painted(world.source / f"{count:03}.png", f"rgb({count}, 0, 0)", (8, 8))
    world.gallery.open()
    wait_for(lambda: world.gallery.state == f"{MOST_ITEMS} shown", "all of them")
    for turn in range(2 * MOST_ITEMS):
        now = NINE + timedelta(seconds=10 * turn)
        wanted = due(world.gallery._playlist, now, 0.0)
        assert wanted is not None
        key = wanted.now.key
        wait_for(lambda: (one := world.gallery.look(now, 0.0)) and one.key == key, "the picture")  # noqa: B023 - waited for here
        assert len(world.gallery._ready) <= 3
