"""Whether a number would be called too late: by the wait that is told, and by nothing else than what is certain without it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from contract.halls import Queues
from contract.lateness import closing_of, lateness
from contract.opening import HallHours, Holiday, Opening, Session
from contract.tickets import Estimate
from tests.unit.hub_hall import FAMILY_CARD, World, opening, service, small_book

ZONE = ZoneInfo("Asia/Makassar")
HOURS = HallHours("06:00", "17:00")
WHOLE = Opening((Session(("wednesday",), "08:00", "15:00", last_ticket="14:30"),))


def at(clock: str, day: int = 25) -> datetime:
    """A time of that Wednesday."""
    return datetime.fromisoformat(f"2026-11-{day}T{clock}:00").replace(tzinfo=ZONE)


def told(clock: str, low: int, high: int, hand_in_by: str | None = None) -> tuple[str, str, bool] | None:
    """What would be missed, as words."""
    late = lateness(WHOLE, hand_in_by, at(clock), Estimate(low, high), HOURS)
    return None if late is None else (late.limit, late.at.strftime("%H:%M"), late.surely)


@pytest.mark.parametrize(
    ("clock", "low", "high", "missed"),
    [
        ("08:12", 10, 20, None),
        ("14:20", 10, 40, None),
        ("14:20", 10, 41, ("closing", "15:00", False)),
        ("14:20", 40, 60, ("closing", "15:00", False)),
        ("14:20", 41, 60, ("closing", "15:00", True)),
    ],
)
def test_a_wait_past_the_closing_is_told_and_surely_only_when_its_earlier_end_is_past_it(clock, low, high, missed):
    assert told(clock, low, high) == missed


def test_of_two_limits_the_first_is_told():
    assert told("09:20", 5, 15, "09:30") == ("hand-in", "09:30", False)
    assert told("09:20", 5, 10, "09:30") is None
    assert told("14:50", 20, 30, "09:30") == ("hand-in", "09:30", True)


def test_without_an_estimate_only_a_time_that_has_passed_counts():
    assert lateness(WHOLE, "09:30", at("09:30"), None, HOURS) is None
    late = lateness(WHOLE, "09:30", at("09:31"), None, HOURS)
    assert late is not None
    assert (late.limit, late.surely) == ("hand-in", True)
    assert lateness(WHOLE, None, at("14:59"), None, HOURS) is None


def test_sessions_that_meet_are_one_and_the_halls_day_ends_them():
    two = Opening((Session(("wednesday",), "08:00", "12:00"), Session(("wednesday",), "12:00", "16:00")))
    apart = Opening((Session(("wednesday",), "08:00", "12:00"), Session(("wednesday",), "13:00", "16:00")))
    clock = {name: closing_of(one, at("11:00"), HOURS) for name, one in (("two", two), ("apart", apart))}
    assert {name: found.astimezone(ZONE).hour for name, found in clock.items() if found} == {"two": 16, "apart": 12}
    assert closing_of(Opening((Session(("wednesday",), "08:00", "24:00"),)), at("11:00"), HOURS) == at("17:00")
    assert closing_of(two, at("11:00", day=26), HOURS) is None


@pytest.mark.parametrize("inner_first", [False, True])
def test_a_session_within_another_sends_nobody_home_and_on_a_holiday_nobody_comes(inner_first):
    whole, inner = WHOLE.sessions[0], Session(("wednesday",), "09:00", "10:00", quota=10)
    nested = Opening((inner, whole) if inner_first else (whole, inner))
    assert closing_of(nested, at("09:30"), HOURS) == at("15:00")
    assert closing_of(nested, at("08:30"), HOURS) == at("15:00")
    holiday = replace(nested, holidays=(Holiday(at("09:30").date(), {}),))
    assert closing_of(holiday, at("09:30"), HOURS) is None


def late_world(*, refuse: bool) -> World:
    """It is 08:12, and papers had to be handed in by 08:10."""
    book = small_book(refuse_late=refuse)
    late = service(FAMILY_CARD, "K", opening())
    services = {**book.services, FAMILY_CARD: replace(late, hand_in_by="08:10")}
    return World(book=replace(book, services=services))


def test_a_hall_that_warns_gives_the_number():
    assert late_world(refuse=False).ask(FAMILY_CARD).ticket.number == "K001"


def test_a_hall_that_refuses_says_why_and_when_it_is_to_be_had_again():
    world = late_world(refuse=True)
    assert world.ask(FAMILY_CARD).reason == "too-late"
    queue = next(each for said in world.kiosk.all(Queues) for each in said.services if each.id == FAMILY_CARD)
    assert (queue.open, queue.why_closed) == (False, "too-late")
    assert queue.until == at("08:00", day=26)
