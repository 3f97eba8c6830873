"""The hall display's states beside their approved pictures."""

from pathlib import Path

import pytest

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
