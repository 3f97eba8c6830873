"""A display's settings become its pictures and its care: from a folder to pixels, with the real process between them."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from contract.names import DeviceId
from display.config import read_config
from display.furnishing import care_of, media_of
from display.media import NoMedia
from tests.unit.test_display_config import written
from tests.waiting import wait_for

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("Asia/Makassar"))


def test_a_display_that_names_no_folder_has_no_pictures(tmp_path: Path) -> None:
    _, config = read_config(written(tmp_path))
    assert isinstance(media_of(tmp_path / "display-1.toml", DeviceId("display-1"), config, lambda: None), NoMedia)


def test_a_layout_that_has_no_place_for_pictures_reads_none(tmp_path: Path) -> None:
    _, config = read_config(written(tmp_path, '[layout]\nkind = "calls"\n[media]\nfolder = "pictures"\n'))
    assert isinstance(media_of(tmp_path / "display-1.toml", DeviceId("display-1"), config, lambda: None), NoMedia)


def test_pictures_come_from_the_folder_in_the_size_of_their_place_and_stay_without_it(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.new("RGB", (3000, 4000), "blue").save(folder / "a.jpg")
    (folder / "b.jpg").write_bytes(b"broken")
    file = written(tmp_path, '[display]\ndata = "data"\n[media]\nfolder = "pictures"\nlook_s = 1\n')
    _, config = read_config(file)
    media = media_of(file, DeviceId("display-1"), config, lambda: None)
    media.open()
    try:
        picture = wait_for(lambda: media.look(NOW, 0.0), "the picture")
        assert picture is not None
        wait_for(lambda: media.state == "1 shown, 1 broken: b.jpg", "what became of the other")
    finally:
        media.close()
    assert 350 < picture.width < 700
    assert picture.width / picture.height == pytest.approx(0.75, abs=0.01)
    assert len(picture.rgb) == 3 * picture.width * picture.height
    assert (tmp_path / "data" / "display-1.media" / "list.json").is_file()


def test_the_picture_is_moved_no_farther_than_its_margins_whatever_the_panel(tmp_path: Path) -> None:
    assert care_of(read_config(written(tmp_path))[1]).shift_px == 8
    small = "[screen]\nwidth = 640\nheight = 360\n[care]\nshift_px = 12\n"
    assert care_of(read_config(written(tmp_path, small))[1]).shift_px == 5
