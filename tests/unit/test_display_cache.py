"""The display's own copy of a playlist is always one that is whole, and what comes from outside is opened with care."""

import os
import resource
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from display import intake
from display.cache import Cache, ProcessIntake
from display.intake import fit
from display.playlist import NotWhole, read_folder
from tests.unit.test_display_media import painted


class World:
    """A source folder and a cache, with an intake that may be made to break off."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "source"
        self.source.mkdir()
        self.folder = folder / "cache"
        self.made: list[str] = []
        self.before: Callable[[Path], None] = lambda _source: None
        self.cache = Cache(self.folder, self.intake, 15.0)

    def intake(self, source: Path, target: Path) -> str:
        self.before(source)
        self.made.append(source.name)
        try:
            fit(source, target, 640, 480)
        except ValueError as error:
            return str(error)
        return ""

    def take_in(self) -> dict[str, str]:
        broken = self.cache.take_in(self.source, read_folder(self.source), threading.Event())
        return {each.file: each.why for each in broken}

    def shown(self) -> list[str]:
        return [item.file for item in self.cache.playlist.items]

    def reborn(self) -> list[str]:
        """What a display that starts now shows, without its source."""
        return [item.file for item in Cache(self.folder, self.intake, 15.0).load().items]


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def test_the_list_outlives_the_display_and_its_source(world):
    painted(world.source / "a.png")
    painted(world.source / "b.png", colour="blue")
    assert world.take_in() == {}
    (world.source / "a.png").unlink()
    assert world.reborn() == ["a.png", "b.png"]


def test_a_picture_that_did_not_change_is_not_made_again(world):
    painted(world.source / "a.png")
    world.take_in()
    painted(world.source / "b.png", colour="blue")
    world.take_in()
    assert world.made == ["a.png", "b.png"]
    world.cache = Cache(world.folder, world.intake, 15.0)
    world.cache.load()
    world.take_in()
    assert world.made == ["a.png", "b.png"], "nor after a restart"


def test_a_pane_of_another_shape_has_its_pictures_made_anew(world):
    painted(world.source / "a.png")
    world.take_in()
    world.cache = Cache(world.folder, world.intake, 15.0, "400x300")
    assert [item.file for item in world.cache.load().items] == ["a.png"], "until then the old ones are shown"
    world.take_in()
    assert world.made == ["a.png", "a.png"]
    assert [path.stem.partition("-")[2] for path in world.folder.glob("*.jpg")] == ["400x300"]


def test_a_broken_file_is_left_out_and_reported_and_the_others_are_shown(world):
    painted(world.source / "a.png")
    whole = painted(world.source / "b.jpg", size=(400, 300)).read_bytes()
    (world.source / "b.jpg").write_bytes(whole[: len(whole) // 2])
    (world.source / "c.png").write_text("no picture at all")
    broken = world.take_in()
    assert world.shown() == ["a.png"]
    assert set(broken) == {"b.jpg", "c.png"}
    assert broken["c.png"] == "not a picture"
    assert set(world.take_in()) == {"b.jpg", "c.png"}
    assert world.made.count("b.jpg") == 1, "a file that did not change is not tried again"


def test_what_is_no_file_at_all_is_left_out_and_the_others_are_shown(world):
    painted(world.source / "a.png")
    (world.source / "album.png").mkdir()
    os.mkfifo(world.source / "pipe.png")
    (world.source / "loop.png").symlink_to("loop.png")
    (world.source / "endless.png").symlink_to("/dev/zero")
    broken = world.take_in()
    assert sorted(broken) == ["album.png", "endless.png", "loop.png", "pipe.png"]
    assert world.shown() == ["a.png"]


def test_a_picture_whose_name_is_not_utf8_is_left_out_and_the_others_are_shown(world):
    painted(world.source / "a.png")
    painted(world.source / os.fsdecode(b"caf\xe9.png"))
    assert list(world.take_in().values()) == ["the name is not UTF-8"]
    assert world.reborn() == ["a.png"]


def test_a_list_that_names_what_no_file_can_be_called_leaves_the_old_one(world):
    (world.source / "playlist.toml").write_text('[[picture]]\nfile = "a\\u0000.png"\n')
    with pytest.raises(NotWhole, match="is not a name"):
        world.take_in()


def test_a_broken_file_that_was_mended_is_shown(world):
    painted(world.source / "a.png")
    (world.source / "b.png").write_text("broken")
    world.take_in()
    painted(world.source / "b.png")
    assert world.take_in() == {}
    assert world.shown() == ["a.png", "b.png"]


def test_a_folder_of_broken_files_alone_takes_nothing_off_the_screen(world):
    painted(world.source / "a.png")
    world.take_in()
    (world.source / "a.png").write_text("broken")
    with pytest.raises(NotWhole, match=r"no picture of 1 can be shown: a\.png: not a picture"):
        world.take_in()
    assert world.shown() == world.reborn() == ["a.png"]


def test_the_old_list_stays_until_the_new_one_is_whole(world):
    painted(world.source / "a.png")
    world.take_in()
    (world.source / "a.png").unlink()
    painted(world.source / "b.png", colour="blue")
    painted(world.source / "c.png", colour="green")
    seen = []

    def look(source: Path) -> None:
        seen.append((source.name, world.shown(), world.reborn()))

    world.before = look
    world.take_in()
    assert seen == [("b.png", ["a.png"], ["a.png"]), ("c.png", ["a.png"], ["a.png"])]
    assert world.shown() == world.reborn() == ["b.png", "c.png"]


def test_a_display_that_dies_while_it_takes_in_still_has_the_old_list(world):
    painted(world.source / "a.png")
    world.take_in()
    painted(world.source / "b.png", colour="blue")

    def die(_source: Path) -> None:
        raise KeyboardInterrupt

    world.before = die
    with pytest.raises(KeyboardInterrupt):
        world.take_in()
    assert world.reborn() == ["a.png"]


def test_a_file_that_goes_while_it_is_read_leaves_the_old_list(world):
    painted(world.source / "a.png")
    world.take_in()
    wanted = read_folder(world.source)
    (world.source / "a.png").unlink()
    fresh = Cache(world.folder.with_name("other"), world.intake, 15.0)
    with pytest.raises(NotWhole, match=r"missing: a\.png"):
        fresh.take_in(world.source, wanted, threading.Event())


def test_the_cache_holds_the_list_and_its_pictures_and_nothing_else(world):
    for name, colour in (("a.png", "red"), ("b.png", "blue")):
        painted(world.source / name, colour=colour)
    world.take_in()
    (world.folder / "left.new").write_bytes(b"half")
    (world.source / "a.png").unlink()
    world.take_in()
    assert sorted(path.suffix for path in world.folder.iterdir()) == [".jpg", ".json"]


@pytest.mark.parametrize("written", [b"{", b"", b"\0" * 50, b'{"playlist": {"revision": "\xff"}}'])
def test_a_list_on_disk_that_cannot_be_read_is_none(world, written):
    painted(world.source / "a.png")
    world.take_in()
    (world.folder / "list.json").write_bytes(written)
    assert world.reborn() == []


def test_a_disk_that_is_full_leaves_the_old_list_and_says_so(world):
    painted(world.source / "a.png")
    world.take_in()
    painted(world.source / "b.png", colour="blue")

    def full(_source: Path) -> None:
        raise OSError(28, "No space left on device")

    world.before = full
    with pytest.raises(NotWhole, match="cache: No space left"):
        world.take_in()
    assert world.shown() == world.reborn() == ["a.png"]


# --- pictures from outside ---


def test_a_picture_is_made_to_fit_upright_and_without_transparency(tmp_path):
    camera = Image.new("RGB", (800, 400), "red")
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: to be turned by a quarter
    camera.save(tmp_path / "camera.jpg", exif=exif)
    fit(tmp_path / "camera.jpg", tmp_path / "made.jpg", 300, 300)
    with Image.open(tmp_path / "made.jpg") as made:
        assert made.size == (150, 300)
        assert not made.getexif()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    fit(tmp_path / "clear.png", tmp_path / "white.jpg", 300, 300)
    with Image.open(tmp_path / "white.jpg") as white:
        assert white.size == (50, 50), "a small one is not blown up"
        assert white.getpixel((25, 25)) == (255, 255, 255)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_read(tmp_path):
    Image.new("1", (9000, 9000)).save(tmp_path / "bomb.png")
    with pytest.raises(ValueError, match="9000x9000 pixels are too many"):
        fit(tmp_path / "bomb.png", tmp_path / "made.jpg", 300, 300)


def test_a_machine_that_grants_no_idle_time_limits_memory_and_time_all_the_same(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError

    limited: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(os, "sched_setscheduler", refuse)
    monkeypatch.setattr(resource, "setrlimit", limited.__setitem__)
    assert intake.main([str(painted(tmp_path / "a.png")), str(tmp_path / "a.jpg"), "300", "300"]) == 0
    assert set(limited) == {resource.RLIMIT_AS, resource.RLIMIT_CPU}


def test_the_process_that_opens_pictures_answers_and_is_ended_when_it_takes_too_long(tmp_path):
    good, bad = painted(tmp_path / "a.png"), tmp_path / "b.png"
    bad.write_text("no picture")
    made_fit = ProcessIntake((640, 480))
    assert made_fit(good, tmp_path / "a.jpg") == ""
    assert made_fit(bad, tmp_path / "b.jpg") == "not a picture"
    assert [path.name for path in tmp_path.glob("*.jpg")] == ["a.jpg"]
    assert "longer than" in ProcessIntake((640, 480), deadline_s=0.001)(good, tmp_path / "c.jpg")
