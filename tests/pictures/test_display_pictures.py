"""The hall display's states beside their approved pictures."""

from pathlib import Path

import pytest
from PIL import Image

from display.sight import sight
from tests.pictures import display_gallery
from tests.pictures.harness import GOLDEN, difference, photographs

pytestmark = pytest.mark.screen

APPROVED = GOLDEN / "display"
OFF_BY = 0.004
"""The share of pixels that another build of the font or graphics library may draw otherwise."""

NAMES = tuple(display_gallery.views())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("display")
    photographs("tests.pictures.display_gallery", display_gallery.SCREEN, folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_the_display_looks_as_it_was_last_approved(drawn: Path, name: str) -> None:
    assert difference(drawn / f"{name}.png", APPROVED / f"{name}.png") <= OFF_BY


def test_no_approved_picture_of_the_display_is_left_unused() -> None:
    assert {file.stem for file in APPROVED.glob("*.png")} == set(NAMES)


def test_pictures_of_two_states_differ_far_more_than_is_allowed(drawn: Path) -> None:
    assert difference(drawn / "two-at-once.png", drawn / "three-at-once.png") > 10 * OFF_BY
    assert difference(drawn / "calls.png", drawn / "growing-old.png") > 10 * OFF_BY


@pytest.mark.parametrize(
    ("name", "viewing_m"), [("two-digit-counter", 8.5), ("middle-readers", 10.0), ("far-readers", 20.0)]
)
def test_the_newest_number_is_as_tall_as_its_readers_were_promised(drawn: Path, name: str, viewing_m: float) -> None:
    promised = sight(1920, 1080, 55.0, viewing_m)
    with Image.open(drawn / f"{name}.png") as picture:
        grey = picture.convert("L").crop((60, 130, 260, 640))
    # The lit card is light and the number dark; its first character, a capital X, stands at the card's left.
    light = grey.histogram()
    assert sum(light[140:]) > sum(light[:90])
    card = grey.crop((0, 0, 200, _card_height(grey)))
    ink = card.point([255 if value < 90 else 0 for value in range(256)]).getbbox()
    assert ink is not None
    assert (ink[3] - ink[1]) / 1080 == pytest.approx(promised.number_share, abs=0.004)


def _card_height(grey: Image.Image) -> int:
    """Down to where the lit card ends, looked for at its left edge, clear of the number."""
    column = [int(str(grey.getpixel((2, y)))) for y in range(grey.height)]
    return next((y for y, value in enumerate(column) if value < 90), grey.height)
