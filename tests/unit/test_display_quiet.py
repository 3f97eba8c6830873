"""Quiet hours: which hold when, and what may still be heard."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from contract.names import DeviceId
from display.quiet import QuietHours, manner_at
from display.turns import Manner
from tests.display_world import World

MANNER = Manner(me=DeviceId("display-1"))
FRIDAY = QuietHours("11:45", "12:30", "none", ("friday",))
NIGHT = QuietHours("22:00", "06:00", "chime", ("monday",))


def at(day: int, clock: str) -> datetime:
    """November 2026; the 27th is a Friday."""
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.mark.parametrize(
    ("day", "clock", "heard"),
    [(27, "11:44", True), (27, "11:45", False), (27, "12:29", False), (27, "12:30", True), (26, "12:00", True)],
)
def test_quiet_hours_hold_from_their_beginning_until_before_their_end_on_their_days(day, clock, heard):
    manner = manner_at(MANNER, (FRIDAY,), at(day, clock))
    assert (manner.speech, manner.chime) == (heard, heard)


@pytest.mark.parametrize(
    ("day", "clock", "speech"),
    [(23, "21:59", True), (23, "22:00", False), (24, "05:59", False), (24, "06:00", True), (24, "22:00", True)],
)
def test_hours_over_midnight_belong_to_the_day_they_begin_on(day, clock, speech):
    manner = manner_at(MANNER, (NIGHT,), at(day, clock))
    assert (manner.speech, manner.chime) == (speech, True)


def test_where_two_hold_the_quietest_does():
    both = (QuietHours("00:00", "23:59", "chime"), FRIDAY)
    assert not manner_at(MANNER, both, at(27, "12:00")).chime
    assert manner_at(MANNER, both, at(27, "13:00")).chime


def test_nothing_is_quiet_while_the_time_is_not_known():
    assert manner_at(MANNER, (FRIDAY,), None) == MANNER


@pytest.mark.parametrize(("sound", "rings"), [("chime", 1), ("none", 0)])
def test_in_quiet_hours_a_call_is_shown_and_reported_silent(tmp_path, sound, rings):
    world = World(tmp_path, quiet=(QuietHours("09:30", "10:00", sound),))
    world.begin()
    call = world.call(1)
    world.run(4)
    assert [row.number for row in world.board().lit] == [call.number]
    assert world.reports()[-1] == (call.call, "silent")
    assert len(world.player.played) == rings
    assert world.speaker.made == []
    world.device.close()
