"""The judge's own clock: what is true of a simulated hall at a time, so that a screen that lies is found out."""

from datetime import datetime

import pytest

from assets.words import words_of
from contract.names import Language, ServiceId
from simulator.hall import hall_for
from simulator.hours import is_true, is_true_of_service, true_of

BOOK = hall_for(0, 1.0).book


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-25T{clock}:00+08:00")


@pytest.mark.parametrize(
    ("clock", "found"),
    [
        ("07:10", {"not-begun"}),
        ("07:25", {"not-begun"}),
        ("07:31", set()),
        ("11:50", set()),
        ("14:55", set()),
        ("15:07", {"closed"}),
    ],
)
def test_the_hall_begins_and_closes_by_the_wall_clock(clock: str, found: set[str]) -> None:
    assert true_of(BOOK, at(clock)) == found


def test_what_was_true_a_moment_ago_is_no_lie_and_what_was_true_an_hour_ago_is_one() -> None:
    assert is_true("not-begun", BOOK, at("07:32"))
    assert not is_true("not-begun", BOOK, at("08:30"))
    assert not is_true("closed", BOOK, at("08:30"))
    assert is_true("no-numbers", BOOK, at("08:30")), "no clock can tell that"


@pytest.mark.parametrize(
    ("clock", "reason", "true"),
    [
        ("07:40", "why_before_hours", True),
        ("09:00", "why_before_hours", False),
        ("11:50", "why_break", True),
        ("13:00", "why_break", False),
        ("15:02", "why_after_hours", True),
        ("13:00", "why_after_hours", False),
        ("16:00", "why_hall_closed", True),
        ("13:00", "why_hall_closed", False),
        ("13:00", "why_paused", True),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_a_services_page_says_is_held_against_its_own_hours(
    clock: str, reason: str, true: bool, language: str
) -> None:
    said = getattr(words_of(Language(language)).kiosk, reason)
    assert is_true_of_service(f"{said}\nmore", BOOK, ServiceId("kartu-keluarga"), at(clock)) is true
