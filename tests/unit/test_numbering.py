"""Numbers never repeat and parse back; the hall's day is the hall's own and never goes back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.names import Number
from contract.numbering import colliding_prefixes, hall_day, moment_of, number_of, parts_of
from tests.unit.calendars import ZONES, moments

prefixes = st.from_regex(r"[A-Z0-9]{1,3}", fullmatch=True)
counts = st.integers(1, 1_000_000)


def test_numbers_have_three_digits_and_grow_past_them():
    assert [number_of("K", count) for count in (1, 7, 999, 1000)] == ["K001", "K007", "K999", "K1000"]


@pytest.mark.parametrize(
    ("prefix", "count"), [("K", 0), ("K", -1), ("", 1), ("ABCD", 1), ("k", 1), ("K\n", 1), ("É", 1)]
)
def test_what_is_no_prefix_or_count_makes_no_number(prefix: str, count: int):
    with pytest.raises(ValueError):
        number_of(prefix, count)


@pytest.mark.parametrize(
    "no_number", ["", "K", "K07", "007", "K0007", "K000", "KLMN001", "k007", "K00७", "K007\n", "K 007", "K-07", "²001"]
)
def test_what_is_no_number_has_no_parts(no_number: str):
    with pytest.raises(ValueError):
        parts_of(Number(no_number))


def test_a_prefix_may_hold_digits():
    assert parts_of(Number("4K010")) == ("4K", 10)
    assert parts_of(Number("1007")) == ("1", 7)
    assert parts_of(Number("A1007"), ("A1", "K")) == ("A1", 7)
    assert parts_of(Number("A1007"), ("A", "K")) == ("A", 1007)


def test_a_number_of_another_hall_has_no_parts_here():
    with pytest.raises(ValueError):
        parts_of(Number("Z001"), ("A", "K"))


@given(prefixes.filter(lambda prefix: not prefix[-1].isdigit()), counts)
def test_a_number_parses_back_by_itself(prefix: str, count: int):
    assert parts_of(number_of(prefix, count)) == (prefix, count)


@given(st.sets(prefixes, min_size=1, max_size=8), st.data())
def test_numbers_of_a_hall_parse_back_and_never_repeat(chosen: set[str], data: st.DataObject):
    for short, _ in colliding_prefixes(chosen):
        chosen = chosen - {short}
    drawn = data.draw(st.lists(st.tuples(st.sampled_from(sorted(chosen)), counts), unique=True, max_size=30))
    numbers = [number_of(prefix, count) for prefix, count in drawn]
    assert len(set(numbers)) == len(numbers)
    assert [parts_of(number, chosen) for number in numbers] == drawn


def test_prefixes_whose_numbers_would_meet_are_found():
    assert colliding_prefixes(("A", "A1", "K", "AB", "4", "4K", "42")) == (("4", "42"), ("A", "A1"))


def test_the_hall_day_is_the_halls_own_whatever_zone_the_moment_is_told_in():
    makassar = ZoneInfo("Asia/Makassar")
    just_before, midnight = datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC), datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert hall_day(just_before, makassar) == date(2026, 11, 24)
    assert hall_day(midnight, makassar) == date(2026, 11, 25)
    assert hall_day(midnight.astimezone(ZoneInfo("America/New_York")), makassar) == date(2026, 11, 25)


def test_a_moment_without_a_zone_belongs_to_no_day():
    with pytest.raises(ValueError):
        hall_day(datetime(2026, 11, 24, 8, 0), ZoneInfo("Asia/Makassar"))


@given(
    st.sampled_from(ZONES).flatmap(
        lambda zone: st.tuples(st.just(zone), moments(zone), st.timedeltas(timedelta(0), timedelta(days=3)))
    )
)
def test_a_day_that_has_begun_does_not_end_again(drawn: tuple[ZoneInfo, datetime, timedelta]):
    zone, moment, later = drawn
    day, later_day = hall_day(moment, zone), hall_day(moment.astimezone(UTC) + later, zone)
    assert day <= later_day
    assert moment_of(day, "00:00", zone) <= moment.astimezone(UTC) < moment_of(day, "24:00", zone)


@given(
    st.sampled_from(ZONES).flatmap(lambda zone: st.tuples(st.just(zone), moments(zone))),
    st.tuples(st.integers(0, 1440), st.integers(0, 1440)),
)
def test_a_later_time_of_day_is_never_an_earlier_moment(drawn: tuple[ZoneInfo, datetime], minutes: tuple[int, int]):
    zone, moment = drawn
    early, late = (moment_of(moment.date(), f"{m // 60:02}:{m % 60:02}", zone) for m in sorted(minutes))
    assert early <= late
    face = datetime.combine(moment.date(), datetime.min.time()) + timedelta(minutes=max(minutes))
    assert late.astimezone(zone).replace(tzinfo=None) >= face
    assert (late - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < face


def test_a_time_that_clocks_jump_over_is_the_moment_of_the_jump():
    berlin = ZoneInfo("Europe/Berlin")
    jump = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert moment_of(date(2026, 3, 29), "02:00", berlin) == jump
    assert moment_of(date(2026, 3, 29), "02:30", berlin) == jump
    assert moment_of(date(2026, 3, 29), "03:00", berlin) == jump


def test_of_a_time_that_comes_twice_the_first_counts():
    assert moment_of(date(2026, 10, 25), "02:30", ZoneInfo("Europe/Berlin")) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )
