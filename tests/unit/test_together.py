"""A group of displays that speak a call at once: the instants they agree on, by what each knows of the hub's clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contract.calls import Call
from contract.names import CallId, CounterId, DeviceId, Language, Number, ServiceId, TicketId, ZoneId
from display.together import CALL_PAUSE_S, GRID_S, JUMP_S, LEAD_S, LOST_S, PAUSE_S, Pace, begin, heard

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
CHIME_S, SPEECH_S = 1.15, 5.2


def call(name: str = "call-1", after_s: float = 0.0, announcers: int = 2) -> Call:
    at = NOON + timedelta(seconds=after_s)
    return Call(
        boot=1,
        seq=1,
        call=CallId(name),
        at=at,
        expires_at=at + timedelta(seconds=30),
        ticket=TicketId("ticket-1"),
        number=Number("K007"),
        service=ServiceId("service-1"),
        counter=CounterId("loket-3"),
        zone=ZoneId("a"),
        repeat=1,
        languages=(Language("id"),),
        announcers=tuple(DeviceId(f"display-{number}") for number in range(announcers)),
    )


class Member:
    """A display of a group, whose own clock shows `ahead_s` more than the hub's seconds of the day."""

    def __init__(self, ahead_s: float, delays_s: tuple[float, ...] = (0.0,)) -> None:
        self.ahead_s = ahead_s
        self.pace = Pace()
        for number, delay_s in enumerate(delays_s):
            beat_s = -60.0 + 5 * number
            self.pace = heard(self.pace, NOON + timedelta(seconds=beat_s), self.own(beat_s + delay_s))

    def own(self, hubs_s: float) -> float:
        """Seconds after noon by the hub, by this display's clock."""
        return hubs_s + self.ahead_s

    def begin(self, of: Call, lasts_s: float, hubs_s: float) -> float:
        """When it begins, in seconds after noon by the hub, if it is ready at `hubs_s`."""
        self.pace, at_s = begin(self.pace, of, lasts_s, self.own(hubs_s))
        assert at_s is not None
        return at_s - self.ahead_s


def test_a_hub_whose_clock_was_set_forward_just_before_a_call_silences_nobody():
    members = (Member(5.0), Member(-3.0))
    hour_s = 3600.0
    begun = [member.begin(call(after_s=hour_s), CHIME_S, 0.02) for member in members]
    assert max(begun) < LEAD_S, "the call is of another hour than the last heartbeat, and nobody waits for that hour"
    for member in members:
        member.pace = heard(member.pace, NOON + timedelta(seconds=hour_s + 4), member.own(4.0))
    later = [member.begin(call("call-2", hour_s + 8), CHIME_S, 8.02) for member in members]
    assert later == pytest.approx([8 + LEAD_S, 8 + LEAD_S]), "the next call is begun by the new clock"


def test_who_speaks_alone_begins_at_once():
    member = Member(5.0)
    assert begin(member.pace, call(announcers=1), CHIME_S, 7.0)[1] is None
    assert begin(Pace(), call(), CHIME_S, 7.0)[1] is None  # nobody knows the hub's clock yet


def test_two_displays_with_other_clocks_begin_at_one_instant():
    one, other = Member(5.0), Member(-81_000.0)
    assert one.begin(call(), CHIME_S, 0.02) == pytest.approx(LEAD_S, abs=1e-4)
    assert other.begin(call(), CHIME_S, 0.31) == pytest.approx(LEAD_S, abs=1e-4)


def test_the_heartbeat_that_came_least_late_tells_the_hubs_clock():
    quick = Member(5.0, (0.001,) * 12)
    busy = Member(9.0, (0.09, 0.04, 0.2, 0.012, 0.05))
    assert abs(quick.begin(call(), CHIME_S, 0.1) - busy.begin(call(), CHIME_S, 0.1)) < 0.012


def test_heartbeats_from_before_the_hubs_clock_was_set_are_forgotten():
    member = Member(5.0, (0.0,) * 12)
    late = timedelta(seconds=3600)
    pace = heard(member.pace, NOON + late, member.own(0.01))
    assert len(pace.clock.ahead_s) == 1
    assert pace.clock.ours(NOON + late) == pytest.approx(member.own(0.01), abs=1e-4)
    slightly = heard(member.pace, NOON + timedelta(seconds=JUMP_S / 2), member.own(0.0))
    assert len(slightly.clock.ahead_s) == 12


def test_speech_follows_the_chime_at_one_instant_too():
    one, other = Member(5.0), Member(9.0)
    for member, ready_s in ((one, LEAD_S + CHIME_S + 0.01), (other, LEAD_S + CHIME_S + 0.06)):
        member.begin(call(), CHIME_S, 0.02)
        assert member.begin(call(), SPEECH_S, ready_s) == pytest.approx(LEAD_S + CHIME_S + PAUSE_S, abs=1e-4)


def test_the_next_call_follows_the_one_before_and_never_lies_over_it():
    one, other = Member(5.0), Member(9.0)
    ends_s = LEAD_S + CHIME_S + PAUSE_S + SPEECH_S
    for member, late_s in ((one, 0.01), (other, 0.05)):
        member.begin(call(), CHIME_S, 0.02)
        member.begin(call(), SPEECH_S, LEAD_S + CHIME_S)
        begins_s = member.begin(call("call-2", after_s=1.0), CHIME_S, ends_s + late_s)
        assert begins_s == pytest.approx(ends_s + CALL_PAUSE_S, abs=1e-4)


def test_a_display_that_is_late_joins_at_the_next_beat_of_the_grid():
    slow, slower = Member(5.0), Member(9.0)
    beats = [member.begin(call(), CHIME_S, ready_s) for member, ready_s in ((slow, 0.60), (slower, 0.70))]
    assert beats == [pytest.approx(LEAD_S + GRID_S, abs=1e-4)] * 2


@given(
    ready=st.lists(st.floats(0.0, 0.46), min_size=2, max_size=5),
    ahead=st.lists(st.floats(-1e5, 1e5), min_size=5, max_size=5),
    delays=st.lists(st.floats(0.0, 0.02), min_size=5, max_size=5),
)
def test_whoever_is_ready_in_time_begins_within_fifty_milliseconds_of_the_others(
    ready: list[float], ahead: list[float], delays: list[float]
) -> None:
    members = [Member(each, (delay,)) for each, delay in zip(ahead, delays, strict=True)]
    begun = [member.begin(call(), CHIME_S, ready_s) for member, ready_s in zip(members, ready, strict=False)]
    assert max(begun) - min(begun) < 0.05


@given(ready_s=st.floats(-5.0, 40.0), previous_s=st.floats(0.0, 20.0))
def test_no_sound_begins_before_it_is_ready_or_over_another(ready_s: float, previous_s: float) -> None:
    member = Member(5.0)
    first_s = member.begin(call(), previous_s, 0.0)
    second_s = member.begin(call("call-2", after_s=1.0), CHIME_S, ready_s)
    assert second_s > ready_s
    assert second_s >= first_s + previous_s
    assert second_s - max(ready_s, first_s + previous_s, 1.0 + LEAD_S) <= GRID_S + CALL_PAUSE_S


def test_a_display_that_speaks_alone_in_between_forgets_the_groups_pace() -> None:
    member = Member(5.0)
    member.begin(call(), 20.0, 0.0)
    pace: Any = begin(member.pace, replace(call("call-2"), announcers=(DeviceId("display-0"),)), CHIME_S, 6.0)[0]
    assert pace.planned_end_s is None


def test_a_display_that_fell_behind_within_a_call_is_with_the_others_at_the_next() -> None:
    prompt, slow = Member(5.0), Member(9.0)
    for member in (prompt, slow):
        member.begin(call(), CHIME_S, 0.02)
    chimed_s = LEAD_S + CHIME_S
    assert prompt.begin(call(), SPEECH_S, chimed_s + 0.05) == pytest.approx(chimed_s + PAUSE_S, abs=1e-4)
    assert slow.begin(call(), SPEECH_S, chimed_s + 0.31) == pytest.approx(chimed_s + PAUSE_S + GRID_S, abs=1e-4)
    ends_s = chimed_s + PAUSE_S + SPEECH_S
    begun = [
        prompt.begin(call("call-2", after_s=1.0), CHIME_S, ends_s + 0.05),
        slow.begin(call("call-2", after_s=1.0), CHIME_S, ends_s + GRID_S + 0.3),
    ]
    assert begun == [pytest.approx(ends_s + CALL_PAUSE_S, abs=1e-4)] * 2


def test_a_display_that_is_lost_makes_a_plan_of_its_own() -> None:
    lost = Member(5.0)
    first_s = lost.begin(call(), CHIME_S, 10.0)
    assert first_s - 10.0 < GRID_S + 0.1
    speech_s = lost.begin(call(), SPEECH_S, first_s + CHIME_S + 0.05)
    assert speech_s == pytest.approx(first_s + CHIME_S + PAUSE_S, abs=1e-4)
    assert first_s > LEAD_S + LOST_S
