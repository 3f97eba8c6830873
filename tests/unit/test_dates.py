from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from assets import dates
from contract.names import Language

ID = Language("id")
EN = Language("en")
DAY = date(2026, 11, 25)


def test_a_day_in_indonesian():
    assert dates.long_date(DAY, ID) == "Rabu, 25 November 2026"
    assert dates.day_date(DAY, ID) == "Rabu, 25 November"
    assert dates.short_date(date(2026, 3, 5), ID) == "05-03-2026"


def test_a_day_in_english():
    assert dates.long_date(DAY, EN) == "Wednesday, 25 November 2026"


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (23, "Senin", "Monday"),
        (24, "Selasa", "Tuesday"),
        (25, "Rabu", "Wednesday"),
        (26, "Kamis", "Thursday"),
        (27, "Jumat", "Friday"),
        (28, "Sabtu", "Saturday"),
        (29, "Minggu", "Sunday"),
    ],
)
def test_weekdays_have_their_names(day, indonesian, english):
    assert dates.weekday_name(date(2026, 11, day), ID) == indonesian
    assert dates.weekday_name(date(2026, 11, day), EN) == english


def test_the_clock_has_a_point_in_indonesian_and_a_colon_in_english():
    at = datetime(2026, 11, 25, 8, 5, 59, tzinfo=ZoneInfo("Asia/Makassar"))
    assert dates.clock(at, ID) == "08.05"
    assert dates.clock(at, EN) == "08:05"
    assert dates.clock(time(15, 0), ID) == "15.00"
    assert dates.clock("24:00", ID) == "24.00"


def test_a_span_of_time_is_joined_by_a_dash():
    assert dates.clock_span("08:40", "08:55", ID) == "08.40–08.55"


def test_a_moment_names_its_zone_as_people_there_do():
    assert dates.zone_name(datetime(2026, 11, 25, 8, 12, tzinfo=ZoneInfo("Asia/Makassar"))) == "WITA"
    assert dates.zone_name(datetime(2026, 11, 25, 8, 12, tzinfo=UTC)) == "UTC"
    assert dates.zone_name(datetime(2026, 11, 25, 8, 12)) == ""
