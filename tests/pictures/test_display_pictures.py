"""The hall display's states beside their approved pictures: the board in its usual window, and all other layouts and panels."""

from pathlib import Path

import pytest
from PIL import Image

from tests.pictures import display_gallery, display_large, display_layouts
from tests.pictures.harness import GOLDEN, difference, photographs
from tests.pictures.measuring import millimetres, newest

pytestmark = pytest.mark.screen

APPROVED = GOLDEN / "display"
APPROVED_LAYOUTS = GOLDEN / "display-layouts"
OFF_BY = 0.004
"""The share of pixels that another build of the font or graphics library may draw otherwise."""

NAMES = tuple(display_gallery.views())
LAYOUTS = tuple(display_layouts.states())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("display")
    photographs("tests.pictures.display_gallery", display_gallery.SCREEN, folder)
    return folder


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("display-layouts")
    photographs("tests.pictures.display_layouts", display_layouts.SCREEN, folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_the_display_looks_as_it_was_last_approved(drawn: Path, name: str) -> None:
    assert difference(drawn / f"{name}.png", APPROVED / f"{name}.png") <= OFF_BY


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_looks_as_it_was_last_approved(laid_out: Path, name: str) -> None:
    assert difference(laid_out / f"{name}.png", APPROVED_LAYOUTS / f"{name}.png") <= OFF_BY


def test_no_approved_picture_of_the_display_is_left_unused() -> None:
    assert {file.stem for file in APPROVED.glob("*.png")} == set(NAMES)
    assert {file.stem for file in APPROVED_LAYOUTS.glob("*.png")} == set(LAYOUTS)


def test_pictures_of_two_states_differ_far_more_than_is_allowed(drawn: Path) -> None:
    assert difference(drawn / "two-at-once.png", drawn / "three-at-once.png") > 10 * OFF_BY
    assert difference(drawn / "calls.png", drawn / "growing-old.png") > 10 * OFF_BY


# Millimetres that the farthest reader needs: 113 at 10 m and 218 at 20 m (ADA 703.5.5), 76 up to 6.4 m, 98 at 8.5 m.
READ_FROM = [
    ("far-media", 10.0, 113.0),
    ("large-hall", 20.0, 218.0),
    ("upright-calls", 10.0, 113.0),
    ("small-calls", 6.0, 76.0),
    ("small-media-at-once", 6.0, 76.0),
    ("calls-again-at-once", 8.5, 98.0),
    ("upright-media", 8.5, 98.0),
    ("upright-two-at-once", 8.5, 98.0),
    ("upright-eight-at-once", 8.5, 98.0),
    ("table-call", 8.5, 98.0),
    ("table-upright-call", 8.5, 98.0),
    ("sign-called", 4.0, 76.0),
    ("sign-upright-called", 4.0, 76.0),
]


@pytest.mark.parametrize(("name", "viewing_m", "needed_mm"), READ_FROM)
def test_the_newest_number_and_its_counter_are_as_tall_in_the_picture_as_their_farthest_reader_needs(
    laid_out: Path, name: str, viewing_m: float, needed_mm: float
) -> None:
    panel = display_layouts.states()[name][0]
    assert panel.viewing_m == viewing_m
    tall = newest(laid_out / f"{name}.png", stacked="upright" in name, sign=name.startswith("sign"))
    least = min(tall.number, tall.counter)
    # Half a pixel at either end of a letter is neither ink nor ground.
    assert millimetres(least + 1, panel.width, panel.height, panel.diagonal_inch) >= needed_mm
    # Digits without a curve are a hair lower than capitals, those with one a hair taller.
    assert tall.counter == pytest.approx(tall.number, rel=0.035)


@pytest.mark.parametrize(("name", "needed_mm"), [("two-digit-counter", 98.0), ("middle-readers", 113.0)])
def test_the_usual_board_is_as_tall_as_its_readers_need(drawn: Path, name: str, needed_mm: float) -> None:
    tall = newest(drawn / f"{name}.png")
    assert millimetres(min(tall.number, tall.counter) + 1, 1920, 1080, 55.0) >= needed_mm


def test_a_4k_window_shows_the_board_as_it_is_drawn_for_half_its_pixels(tmp_path: Path) -> None:
    photographs("tests.pictures.display_large", display_large.SCREEN, tmp_path)
    with Image.open(tmp_path / "calls.png") as picture:
        assert picture.size == (3840, 2160)
        halved = picture.convert("RGB").resize((1920, 1080), Image.Resampling.BOX)
    halved.save(tmp_path / "halved.png")
    assert difference(tmp_path / "halved.png", APPROVED / "calls.png") <= 2 * OFF_BY
