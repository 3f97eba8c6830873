"""When a service can be had: told in examples from real halls, then for any opening, zone and moment."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contract.numbering import hall_day, moment_of
from contract.opening import (
    Availability,
    Break,
    Given,
    HallHours,
    Holiday,
    Opening,
    Session,
    Weekday,
    availability,
    hall_open,
    session_at,
)
from contract.reasons import WhyClosed
from tests.unit.calendars import ZONES, moments

MAKASSAR = ZoneInfo("Asia/Makassar")
WEEK: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORKDAYS = WEEK[:5]
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = 23, 24, 25, 27

IMMIGRATION = Opening((Session(("monday", "wednesday"), "08:00", "12:00", last_ticket="11:30"),), quota=30)
REGISTRY = Opening(
    (
        Session(WORKDAYS, "08:00", "12:00", quota=20, last_ticket="11:45"),
        Session(WORKDAYS, "13:00", "16:00", quota=10),
    ),
    holidays=(Holiday(date(2026, 11, WEDNESDAY), {}),),
)
POLICE = Opening(
    (Session(WORKDAYS, "08:00", "15:00"),), breaks=(Break(("friday",), "11:30", "13:00", {}),)
)  # one session with Friday prayer in it


def at(day: int, clock: str) -> datetime:
    return datetime(2026, 11, day, int(clock[:2]), int(clock[3:]), tzinfo=MAKASSAR)


@pytest.mark.parametrize(
    ("opening", "now", "given_now", "expected"),
    [
        (IMMIGRATION, at(MONDAY, "07:59"), Given(), (WhyClosed.BEFORE_HOURS, at(MONDAY, "08:00"), 30)),
        (IMMIGRATION, at(MONDAY, "08:00"), Given(), (None, at(MONDAY, "11:30"), 30)),
        (IMMIGRATION, at(MONDAY, "11:29"), Given(29, 29), (None, at(MONDAY, "11:30"), 1)),
        (IMMIGRATION, at(MONDAY, "09:00"), Given(30, 30), (WhyClosed.QUOTA_USED_UP, at(WEDNESDAY, "08:00"), 0)),
        (IMMIGRATION, at(MONDAY, "09:00"), Given(31, 31), (WhyClosed.QUOTA_USED_UP, at(WEDNESDAY, "08:00"), 0)),
        (IMMIGRATION, at(MONDAY, "11:30"), Given(3, 3), (WhyClosed.LAST_TICKET_PASSED, at(WEDNESDAY, "08:00"), 0)),
        (IMMIGRATION, at(MONDAY, "12:00"), Given(3), (WhyClosed.AFTER_HOURS, at(WEDNESDAY, "08:00"), 0)),
        (IMMIGRATION, at(TUESDAY, "09:00"), Given(), (WhyClosed.NOT_TODAY, at(WEDNESDAY, "08:00"), 0)),
        (REGISTRY, at(MONDAY, "09:00"), Given(20, 20), (WhyClosed.QUOTA_USED_UP, at(MONDAY, "13:00"), 0)),
        (REGISTRY, at(MONDAY, "11:50"), Given(5, 5), (WhyClosed.LAST_TICKET_PASSED, at(MONDAY, "13:00"), 10)),
        (REGISTRY, at(MONDAY, "12:30"), Given(20, 0), (WhyClosed.BREAK, at(MONDAY, "13:00"), 10)),
        (REGISTRY, at(MONDAY, "13:00"), Given(20, 0), (None, at(MONDAY, "16:00"), 10)),
        (REGISTRY, at(TUESDAY, "16:00"), Given(20, 0), (WhyClosed.AFTER_HOURS, at(26, "08:00"), 0)),
        (REGISTRY, at(WEDNESDAY, "09:00"), Given(), (WhyClosed.NOT_TODAY, at(26, "08:00"), 0)),
        (POLICE, at(FRIDAY, "11:29"), Given(7, 7), (None, at(FRIDAY, "11:30"), None)),
        (POLICE, at(FRIDAY, "11:30"), Given(7, 7), (WhyClosed.BREAK, at(FRIDAY, "13:00"), None)),
        (POLICE, at(FRIDAY, "13:00"), Given(7, 7), (None, at(FRIDAY, "15:00"), None)),
        (POLICE, at(26, "11:30"), Given(7, 7), (None, at(26, "15:00"), None)),
        (POLICE, at(FRIDAY, "15:00"), Given(7), (WhyClosed.AFTER_HOURS, at(30, "08:00"), None)),
    ],
)
def test_a_real_service_is_to_be_had_as_its_notice_says(
    opening: Opening, now: datetime, given_now: Given, expected: tuple[WhyClosed | None, datetime, int | None]
):
    why, until, left = expected
    assert availability(opening, now, given_now) == Availability(why is None, why, until, left)


def test_a_break_with_the_days_quota_gone_is_not_worth_waiting_for():
    opening = Opening((Session(WORKDAYS, "08:00", "15:00"),), POLICE.breaks, quota=5)
    assert availability(opening, at(FRIDAY, "12:00"), Given(5, 5)).why_closed == WhyClosed.QUOTA_USED_UP


def test_a_break_that_nothing_follows_is_the_end_of_the_day():
    opening = Opening((Session(("friday",), "08:00", "12:00"),), POLICE.breaks)
    assert availability(opening, at(FRIDAY, "11:45"), Given()).why_closed == WhyClosed.AFTER_HOURS


def test_sessions_that_meet_are_one_stretch_but_their_quotas_are_their_own():
    opening = Opening((Session(WEEK, "08:00", "10:00", quota=3), Session(WEEK, "10:00", "12:00", quota=3)))
    assert availability(opening, at(MONDAY, "08:00"), Given()).until == at(MONDAY, "12:00")
    assert availability(opening, at(MONDAY, "09:00"), Given(3, 3)).until == at(MONDAY, "10:00")
    assert availability(opening, at(MONDAY, "10:00"), Given(3, 0)).left_today == 3


def test_a_session_may_end_with_the_day_and_meet_the_next_days():
    opening = Opening((Session(("monday",), "20:00", "24:00"), Session(("tuesday",), "00:00", "06:00")))
    assert availability(opening, at(MONDAY, "23:59"), Given()).until == at(TUESDAY, "06:00")


def test_what_never_closes_has_no_end_in_sight():
    assert availability(Opening((Session(WEEK, "00:00", "24:00"),)), at(MONDAY, "09:00"), Given()) == Availability(True)


def test_what_never_opens_has_no_beginning_in_sight():
    never = Opening(())
    assert availability(never, at(MONDAY, "09:00"), Given()) == Availability(False, WhyClosed.NOT_TODAY)


def test_a_beginning_further_than_sixty_days_ahead_is_not_told():
    holidays = tuple(Holiday(date(2026, 11, 24) + timedelta(days=ahead), {}) for ahead in range(60))
    opening = Opening((Session(WEEK, "08:00", "09:00"),), holidays=holidays)
    assert availability(opening, at(MONDAY, "10:00"), Given()).until is None
    assert availability(opening, at(TUESDAY, "10:00"), Given()).until == datetime(2027, 1, 23, 8, 0, tzinfo=MAKASSAR)


def test_where_two_sessions_overlap_the_first_in_the_list_is_on():
    opening = Opening((Session(WEEK, "10:00", "14:00"), Session(WEEK, "08:00", "12:00", quota=1)))
    assert [session_at(opening, at(MONDAY, clock)) for clock in ("07:59", "08:00", "10:00", "13:59", "14:00")] == [
        None,
        1,
        0,
        0,
        None,
    ]


def test_a_session_is_on_during_its_break_and_after_its_last_ticket():
    assert session_at(POLICE, at(FRIDAY, "12:00")) == 0
    assert session_at(IMMIGRATION, at(MONDAY, "11:59")) == 0
    assert session_at(REGISTRY, at(WEDNESDAY, "09:00")) is None


def test_the_halls_own_day_limits_every_service():
    hours = HallHours("07:30", "14:00")
    assert availability(POLICE, at(MONDAY, "10:00"), Given(), hours).until == at(MONDAY, "14:00")
    assert availability(POLICE, at(MONDAY, "14:00"), Given(), hours) == Availability(
        False, WhyClosed.HALL_CLOSED, at(TUESDAY, "08:00")
    )
    assert availability(POLICE, at(28, "10:00"), Given(), hours).why_closed == WhyClosed.NOT_TODAY
    assert hall_open(hours, at(MONDAY, "07:00")) == Availability(False, WhyClosed.HALL_CLOSED, at(MONDAY, "07:30"))
    assert hall_open(hours, at(28, "08:00")) == Availability(True, None, at(28, "14:00"))
    assert hall_open(HallHours("00:00", "24:00"), at(28, "08:00")) == Availability(True)


def test_a_time_without_the_halls_zone_is_our_own_mistake():
    for wrong in (datetime(2026, 11, 23, 9, 0), datetime(2026, 11, 23, 9, 0, tzinfo=UTC)):
        with pytest.raises(ValueError):
            availability(POLICE, wrong, Given())


def test_the_leap_day_is_a_day_like_any_other():
    leap = Opening((Session(("thursday",), "08:00", "12:00"),), holidays=(Holiday(date(2024, 2, 28), {}),))
    now = datetime(2024, 2, 28, 9, 0, tzinfo=MAKASSAR)
    assert availability(leap, now, Given()).until == datetime(2024, 2, 29, 8, 0, tzinfo=MAKASSAR)
    assert availability(leap, now + timedelta(days=1), Given()).open


def test_a_session_over_the_hour_that_comes_twice_is_on_once():
    berlin = ZoneInfo("Europe/Berlin")
    opening = Opening((Session(("sunday",), "01:00", "02:30"),))
    first = datetime(2026, 10, 25, 2, 15, tzinfo=berlin)
    assert availability(opening, first, Given()).open
    assert not availability(opening, first.replace(fold=1), Given()).open


# --- for any opening ---


def clocks(first: int = 0, last: int = 1440) -> st.SearchStrategy[str]:
    """Mostly whole and half hours, so that things meet."""
    minutes = st.one_of(st.integers(first // 30, last // 30).map(lambda half: half * 30), st.integers(first, last))
    return minutes.map(lambda m: f"{m // 60:02}:{m % 60:02}")


days = st.lists(st.sampled_from(WEEK), unique=True, max_size=7).map(tuple)
quotas = st.none() | st.integers(1, 3)
sessions = st.builds(Session, days, clocks(0, 1439), clocks(), st.none() | clocks(0, 1439), quotas)
breaks = st.builds(Break, days, clocks(0, 1439), clocks(), st.just({}))
hall_hours = st.none() | st.builds(HallHours, clocks(0, 720), clocks(720, 1440))


@st.composite
def openings(draw: st.DrawFn, near: date) -> Opening:
    return Opening(
        tuple(draw(st.lists(sessions, max_size=4))),
        tuple(draw(st.lists(breaks, max_size=2))),
        tuple(Holiday(near + timedelta(days=ahead), {}) for ahead in draw(st.lists(st.integers(-1, 9), max_size=3))),
        draw(quotas),
    )


@st.composite
def situations(draw: st.DrawFn) -> tuple[Opening, datetime, Given, HallHours | None]:
    now = draw(st.sampled_from(ZONES).flatmap(moments))
    in_session = draw(st.integers(0, 3))
    counted = Given(in_session + draw(st.integers(0, 2)), in_session)
    opening = draw(openings(now.date()))
    if session_at(opening, now) is None:
        counted = Given(counted.today, 0)
    return opening, now, counted, draw(hall_hours)


def counted_at(opening: Opening, now: datetime, counted: Given, later: datetime) -> Given:
    """What will have been given at a later moment if nobody takes a number until then."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    if hall_day(now, zone) != hall_day(later, zone):
        return Given()
    return counted if session_at(opening, now) == session_at(opening, later) else Given(counted.today, 0)


@given(situations(), st.lists(st.floats(0, 1, exclude_max=True), max_size=10))
@settings(max_examples=200)
def test_until_is_when_it_changes_and_not_before(
    situation: tuple[Opening, datetime, Given, HallHours | None], fractions: list[float]
):
    opening, now, counted, hours = situation
    told = availability(opening, now, counted, hours)
    horizon = told.until or (now.astimezone(UTC) + timedelta(days=58)).astimezone(now.tzinfo)
    length = horizon.astimezone(UTC) - now.astimezone(UTC)
    if told.until is not None:
        assert length > timedelta(0)
        at_until = availability(opening, told.until, counted_at(opening, now, counted, told.until), hours)
        assert at_until.open is not told.open
    seconds = [int(length.total_seconds() * fraction) for fraction in fractions]
    for second in [*seconds, max(0, int(length.total_seconds()) - 1)]:
        between = (now.astimezone(UTC) + timedelta(seconds=second)).astimezone(now.tzinfo)
        assert availability(opening, between, counted_at(opening, now, counted, between), hours).open is told.open


@given(situations())
@settings(max_examples=200)
def test_what_is_told_holds_together(situation: tuple[Opening, datetime, Given, HallHours | None]):
    opening, now, counted, hours = situation
    told = availability(opening, now, counted, hours)
    assert (told.why_closed is None) is told.open
    assert told.left_today is None or told.left_today >= (1 if told.open else 0)
    assert told.until is None or (told.until.tzinfo is now.tzinfo and told.until.second == 0)
    if told.open:
        assert session_at(opening, now) is not None


@given(situations())
@example((POLICE, at(FRIDAY, "11:30"), Given(), None))
@settings(max_examples=200)
def test_it_is_open_exactly_when_the_clock_on_the_wall_says_so(
    situation: tuple[Opening, datetime, Given, HallHours | None],
):
    """Told apart by faces of clocks alone, which is right on every day on which no clock jumps."""
    opening, now, _, hours = situation
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    day = now.date()
    if moment_of(day, "24:00", zone) - moment_of(day, "00:00", zone) != timedelta(days=1):
        return
    face, today = f"{now:%H:%M}", WEEK[day.weekday()]
    on = next((s for s in opening.sessions if today in s.days and s.begins <= face < s.ends), None)
    expected = (
        on is not None
        and (on.last_ticket is None or face < on.last_ticket)
        and not any(today in b.days and b.begins <= face < b.ends for b in opening.breaks)
        and all(holiday.on != day for holiday in opening.holidays)
        and (hours is None or hours.begins <= face < hours.closes)
    )
    assert availability(opening, now, Given(), hours).open is expected


@given(situations(), st.integers(1, 3))
def test_a_hub_that_was_off_at_midnight_begins_the_day_with_whole_quotas(
    situation: tuple[Opening, datetime, Given, HallHours | None], days_off: int
):
    opening, now, _, hours = situation
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    later = datetime.combine(now.date() + timedelta(days=days_off), time(9), tzinfo=zone)
    fresh = availability(opening, later, Given(), hours)
    assert fresh.why_closed != WhyClosed.QUOTA_USED_UP
    quotas_there = [opening.quota, *(session.quota for session in opening.sessions)]
    assert fresh.left_today is None or fresh.left_today in [0, *(quota for quota in quotas_there if quota)]
