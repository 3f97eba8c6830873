"""The kiosk's screens beside their approved pictures."""

from pathlib import Path

import pytest

from tests.pictures import kiosk_gallery, kiosk_panels
from tests.pictures.harness import GOLDEN, difference, photographs

pytestmark = [pytest.mark.screen, pytest.mark.long]

APPROVED, APPROVED_PANELS = GOLDEN / "kiosk", GOLDEN / "kiosk-panels"
OFF_BY = 0.004
"""The share of pixels that another build of the font or graphics library may draw otherwise."""

LARGEST_BYTES = 150 * 1024

NAMES, ON_PANELS = tuple(kiosk_gallery.states()), tuple(kiosk_panels.states())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kiosk")
    photographs("tests.pictures.kiosk_gallery", kiosk_gallery.SCREEN, folder)
    return folder


@pytest.fixture(scope="module")
def drawn_on_panels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kiosk-panels")
    photographs("tests.pictures.kiosk_panels", kiosk_panels.SCREEN, folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_the_kiosk_looks_as_it_was_last_approved(drawn: Path, name: str) -> None:
    assert difference(drawn / f"{name}.png", APPROVED / f"{name}.png") <= OFF_BY


@pytest.mark.parametrize("name", ON_PANELS)
def test_the_kiosk_looks_as_approved_on_other_panels_and_in_other_looks(drawn_on_panels: Path, name: str) -> None:
    assert difference(drawn_on_panels / f"{name}.png", APPROVED_PANELS / f"{name}.png") <= OFF_BY


def test_no_approved_picture_of_the_kiosk_is_left_unused() -> None:
    assert {file.stem for file in APPROVED.glob("*.png")} == set(NAMES)
    assert {file.stem for file in APPROVED_PANELS.glob("*.png")} == set(ON_PANELS)


def test_pictures_stay_small() -> None:
    files = [*APPROVED.glob("*.png"), *APPROVED_PANELS.glob("*.png")]
    assert [file.name for file in files if file.stat().st_size > LARGEST_BYTES] == []


def test_pictures_of_two_screens_differ_far_more_than_is_allowed(drawn: Path) -> None:
    assert difference(drawn / "errands-1.png", drawn / "errands-2.png") > 4 * OFF_BY
    assert difference(drawn / "ticket.png", drawn / "no-paper.png") > 10 * OFF_BY
