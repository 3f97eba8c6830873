"""The kiosk's screens on every panel and in every look, by geometry: nothing is clipped, small, or laid over another."""

import pytest

from tests.pictures.kiosk_fitting import found

pytestmark = [pytest.mark.screen, pytest.mark.long]


def test_every_list_and_every_service_of_the_example_hall_keeps_inside_its_boxes_in_both_languages() -> None:
    assert found() == []
