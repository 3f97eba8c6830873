"""Which picture of a playlist stands when, and what a folder wants to be shown."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from PIL import Image

from display.media import Item, Playlist, due, is_valid
from display.playlist import LIST, MOST_ITEMS, NotWhole, read_folder

HERE = ZoneInfo("Asia/Makassar")
WEDNESDAY = datetime(2026, 11, 25, 9, 30, tzinfo=HERE)
A, B, C = (Item(key, f"{key}.jpg", 10.0) for key in "abc")


def stood(playlist: Playlist, seconds: int, at: datetime | None = None) -> str:
    found = []
    for second in range(seconds):
        standing = due(playlist, at, float(second))
        found.append(standing.now.key if standing else "-")
    return "".join(found)


def test_pictures_take_turns_each_for_its_own_time():
    playlist = Playlist("1", (A, replace(B, seconds=3.0), C))
    assert stood(playlist, 46) == "a" * 10 + "b" * 3 + "c" * 10 + "a" * 10 + "b" * 3 + "c" * 10


def test_displays_that_hear_the_same_hub_show_the_same_picture_whenever_they_were_started():
    playlist = Playlist("1", (A, B, C))
    assert {due(playlist, WEDNESDAY, began_s).now.key for began_s in (0.0, 17.0, 999.0)} == {  # type: ignore[union-attr]  # something is due
        due(playlist, WEDNESDAY, 5.0).now.key  # type: ignore[union-attr]
    }


def test_the_next_one_is_known_before_its_turn():
    standing = due(Playlist("1", (A, B)), None, 12.0)
    assert standing is not None
    assert (standing.now.key, standing.next.key) == ("b", "a")


def test_an_empty_list_shows_nothing():
    assert due(Playlist(), WEDNESDAY, 0.0) is None


@pytest.mark.parametrize(
    ("how", "valid"),
    [
        ({}, True),
        ({"first_day": date(2026, 11, 25)}, True),
        ({"first_day": date(2026, 11, 26)}, False),
        ({"last_day": date(2026, 11, 25)}, True),
        ({"last_day": date(2026, 11, 24)}, False),
        ({"days": ("wednesday",)}, True),
        ({"days": ("monday", "friday")}, False),
        ({"begins": "09:30"}, True),
        ({"begins": "09:31"}, False),
        ({"ends": "09:30"}, False),
        ({"ends": "09:31"}, True),
        ({"begins": "22:00", "ends": "10:00"}, True),
        ({"begins": "22:00", "ends": "06:00"}, False),
    ],
)
def test_a_picture_is_shown_on_its_days_and_at_its_hours(how, valid):
    assert is_valid(replace(A, **how), WEDNESDAY) is valid


def test_while_the_halls_time_is_unknown_only_what_is_always_valid_is_shown():
    playlist = Playlist("1", (replace(A, last_day=date(2030, 1, 1)), B))
    assert stood(playlist, 20) == "b" * 20


@pytest.mark.parametrize(
    ("here", "valid"),
    [
        (datetime(2026, 11, 25, 1, 0, tzinfo=HERE), False),
        (datetime(2026, 11, 25, 22, 0, tzinfo=HERE), True),
        (datetime(2026, 11, 26, 1, 59, tzinfo=HERE), True),
        (datetime(2026, 11, 26, 2, 0, tzinfo=HERE), False),
    ],
)
@pytest.mark.parametrize(
    "days", [{"days": ("wednesday",)}, {"first_day": date(2026, 11, 25), "last_day": date(2026, 11, 25)}]
)
def test_a_pictures_hours_over_midnight_belong_to_the_day_they_begin_on(days, here, valid):
    assert is_valid(replace(A, begins="22:00", ends="02:00", **days), here) is valid


# --- folders ---


def painted(path: Path, size: tuple[int, int] = (60, 40), colour: str = "red") -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    Image.new("RGB", size, colour).save(path)
    return path


def files(folder: Path) -> list[str]:
    return [entry.file for entry, _ in read_folder(folder).entries]


def test_a_folder_without_a_list_shows_its_pictures_in_the_order_of_their_names(tmp_path):
    for name in ("2.png", "1.JPG", "3.webp"):
        painted(tmp_path / name)
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / ".hidden.png").write_bytes(b"")
    assert files(tmp_path) == ["1.JPG", "2.png", "3.webp"]


def test_a_list_says_which_pictures_in_which_order_and_when(tmp_path):
    for name in ("a.png", "b.png"):
        painted(tmp_path / name)
    (tmp_path / LIST).write_text(
        '[[picture]]\nfile = "b.png"\nseconds = 20\nlast_day = 2026-12-31\n[[picture]]\nfile = "a.png"\ndays = ["friday"]\n'
    )
    (first, _), (second, _) = read_folder(tmp_path).entries
    assert (first.file, first.seconds, first.last_day) == ("b.png", 20, date(2026, 12, 31))
    assert (second.file, second.days) == ("a.png", ("friday",))


def test_a_list_without_pictures_shows_nothing_and_that_is_whole(tmp_path):
    (tmp_path / LIST).write_text("")
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        ('[[picture]]\nfile = "gone.png"\n', "missing: gone.png"),
        ('[[picture]]\nfile = "../device.toml"\n', "not a name in this folder"),
        ('[[picture]]\nfile = "a.png"\nsecond = 5\n', "second"),
        ('[[picture]]\nfile = "a.p', "playlist.toml"),
        (
            '[[picture]]\nfile = "a.png"\nfirst_day = 2026-12-02\nlast_day = 2026-12-01\n',
            "last_day stands before first_day",
        ),
        ('[[picture]]\nfile = "a.png"\nbegins = "08:00"\nends = "08:00"\n', "its hours end when they begin"),
        ('[[picture]]\nfile = "a.png"\nends = "00:00"\n', "its hours end when they begin"),
    ],
)
def test_a_list_that_cannot_be_shown_whole_is_refused_and_says_why(tmp_path, listed, why):
    painted(tmp_path / "a.png")
    (tmp_path / LIST).write_text(listed)
    with pytest.raises(NotWhole, match=why):
        read_folder(tmp_path)


def test_a_folder_that_is_away_or_empty_takes_nothing_off_the_screen(tmp_path):
    with pytest.raises(NotWhole, match="folder empty"):
        read_folder(tmp_path)
    with pytest.raises(NotWhole, match="folder away"):
        read_folder(tmp_path / "gone")


def test_a_folder_has_no_more_pictures_than_the_limit(tmp_path):
    for count in range(MOST_ITEMS + 2):
        (tmp_path / f"{count:03}.png").write_bytes(b"")
    wanted = read_folder(tmp_path)
    assert (len(wanted.entries), wanted.left_out) == (MOST_ITEMS, 2)
