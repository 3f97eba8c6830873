"""Hours of the day that settings name: when they hold, and of which day they are."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from display.spans import day_of, holds

WEDNESDAY = date(2026, 11, 25)
CLOCKS = ("00:00", "05:59", "06:00", "19:59", "20:00", "23:59")


def at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 11, 25, int(hour), int(minute), tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.mark.parametrize(
    ("begins", "ends", "holding"),
    [
        ("06:00", "20:00", {"06:00", "19:59"}),
        ("20:00", "06:00", {"00:00", "05:59", "20:00", "23:59"}),
        ("20:00", "00:00", {"20:00", "23:59"}),
        ("00:00", "24:00", set(CLOCKS)),
        ("06:00", "06:00", set()),
        ("00:00", "00:00", set()),
    ],
)
def test_a_span_holds_from_its_first_minute_until_before_its_end_also_over_midnight(begins, ends, holding):
    assert {clock for clock in CLOCKS if holds(at(clock), begins, ends)} == holding


def test_hours_after_midnight_are_of_the_day_before():
    assert day_of(at("05:59"), "20:00", "06:00") == date(2026, 11, 24)
    assert day_of(at("20:00"), "20:00", "06:00") == WEDNESDAY
    assert holds(at("05:59"), "20:00", "06:00", ("tuesday",))
    assert not holds(at("20:00"), "20:00", "06:00", ("tuesday",))
