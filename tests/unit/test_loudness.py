"""How loud a display is at which hour; the chime of a hall where nobody speaks."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from contract.names import CallId, DeviceId
from display.loudness import RING_GAP_S, Rung, VolumeHours, ring_alone, volume_at
from tests.unit.test_together import call

HOURS = (VolumeHours("09:00", "11:30", 0.9), VolumeHours("19:00", "07:00", 0.2), VolumeHours("09:00", "17:00", 0.6))


@pytest.mark.parametrize(
    ("clock", "volume"),
    [
        ("07:00", 0.7),
        ("08:59", 0.7),
        ("09:00", 0.9),
        ("11:29", 0.9),
        ("11:30", 0.6),
        ("17:00", 0.7),
        ("23:10", 0.2),
        ("06:59", 0.2),
    ],
)
def test_the_volume_is_that_of_the_hour_and_else_the_usual_one(clock, volume):
    now = datetime.strptime(f"2026-11-25 {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Asia/Makassar"))
    assert volume_at(0.7, HOURS, now) == volume


def test_before_the_halls_clock_is_known_it_is_the_usual_one():
    assert volume_at(0.7, HOURS, None) == 0.7


def test_a_call_that_nobody_speaks_rings_once():
    rung, rings = ring_alone(Rung(), call(announcers=0), 5.0)
    assert rings
    assert not ring_alone(rung, call(announcers=0), 60.0)[1]
    assert ring_alone(rung, call("call-2", announcers=0), 60.0)[1]


def test_a_call_that_is_spoken_by_another_display_does_not_ring():
    spoken = replace(call(), announcers=(DeviceId("display-9"),))
    assert ring_alone(Rung(), spoken, 5.0) == (Rung(), False)


def test_two_calls_at_once_ring_once_and_the_later_ones_are_not_rung_for_afterwards():
    rung, _ = ring_alone(Rung(), call(announcers=0), 5.0)
    rung, rings = ring_alone(rung, call("call-2", announcers=0), 5.0 + RING_GAP_S / 2)
    assert not rings
    assert not ring_alone(rung, call("call-2", announcers=0), 90.0)[1]


def test_what_was_rung_for_is_not_remembered_for_ever():
    rung = Rung()
    for number in range(500):
        rung, _ = ring_alone(rung, call(f"call-{number}", announcers=0), 10.0 * number)
    assert len(rung.calls) == 100
    assert rung.calls[-1] == CallId("call-499")
