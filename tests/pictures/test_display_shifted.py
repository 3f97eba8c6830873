"""A picture that is moved is the same picture: what leaves the panel at its edges is nothing but ground."""

from pathlib import Path

import pytest
from PIL import Image

from tests.pictures import display_gallery, display_shifted
from tests.pictures.display_shifted import FAR, NAMES
from tests.pictures.harness import difference, photographs

pytestmark = pytest.mark.screen

SMOOTHED = 0.002
"""The share of pixels that come out otherwise at the rim of a letter or of a picture."""


def test_a_picture_that_is_moved_loses_nothing_that_is_to_be_read(tmp_path: Path) -> None:
    photographs("tests.pictures.display_gallery", display_gallery.SCREEN, tmp_path / "still", *NAMES)
    photographs("tests.pictures.display_shifted", display_shifted.SCREEN, tmp_path / "moved")
    for name in NAMES:
        with (
            Image.open(tmp_path / "still" / f"{name}.png") as still,
            Image.open(tmp_path / "moved" / f"{name}.png") as moved,
        ):
            before, after = still.convert("RGB"), moved.convert("RGB")
        width, height = before.size
        # Moved to the right and up: the left and the foot come in, the right and the top go out.
        before.crop((0, FAR, width - FAR, height)).save(tmp_path / "stays.png")
        after.crop((FAR, 0, width, height - FAR)).save(tmp_path / "moved.png")
        assert difference(tmp_path / "stays.png", tmp_path / "moved.png") < SMOOTHED, name
        for lost in ((0, 0, width, FAR), (width - FAR, 0, width, height)):
            colours = before.crop(lost).getcolors(1000)
            assert colours is not None
            assert len(colours) <= 2, f"{name}: more than the grounds of a bar and of the board"
        # What came in is ground too, as it is within.
        corner = after.crop((0, height - FAR, FAR, height)).getcolors(1000)
        assert corner == [(FAR * FAR, before.getpixel((2, height - 3)))], name
