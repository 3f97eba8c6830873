"""A display that loses its hub, its network or its clock: what it says meanwhile, and that it is right again at once."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from contract.calls import Board, RecentCall
from contract.devices import DeviceHealth
from contract.halls import HubHeartbeat
from contract.names import CallId, CounterId, Number, ServiceId, ZoneId
from display.care import CareManner, DarkView
from display.views import BoardView, StartingView, View
from tests.display_world import World

HOUR = 3600


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    made.begin()
    yield made
    made.device.close()


def recent(world: World, count: int, ago_s: float) -> RecentCall:
    at = world.hub_time - timedelta(seconds=ago_s)
    return RecentCall(
        CallId(f"call-{count}"), Number(f"K{count:03}"), ServiceId("kk"), CounterId("loket-3"), ZoneId("a"), at
    )


def say_board(world: World, seq: int, *calls: RecentCall) -> None:
    world.hub.say(Board(1, seq, world.hub_time, "2026-11-25", (), calls))


def in_steps(world: World, seconds: int, step_s: int = 5) -> list[View]:
    """What was to be seen at each step, while the hub is silent."""
    views = []
    for _ in range(0, seconds, step_s):
        world.frame(step_s)
        views.append(world.device.view(world.now_s))
    return views


def kinds(views: list[View]) -> list[str]:
    """The states in their order, each once."""
    found: list[str] = []
    for view in views:
        assert isinstance(view, BoardView)
        kind = "asks to heed" if view.sign is not None and view.sign.warning else "aged" if view.stale else "fresh"
        if not found or found[-1] != kind:
            found.append(kind)
    return found


def test_an_hour_without_network_passes_through_three_states_and_is_over_within_a_second(world):
    say_board(world, 2, recent(world, 2, 100), recent(world, 1, 200))
    world.frame()
    world.broker.stop()
    views = in_steps(world, HOUR)
    assert kinds(views) == ["fresh", "aged", "asks to heed"]
    boards = [view for view in views if isinstance(view, BoardView)]
    assert all([row.number for row in (*board.lit, *board.rows)] == ["K002", "K001"] for board in boards)
    assert sum(not board.stale for board in boards) in {2, 3}, "12 s"
    world.broker.start()
    heard, said = len(world.statuses()), False
    for _ in range(19):
        world.frame(0.05)
        # The hub as it is: what it retains it says on its connection, its time to whoever comes.
        said = said or world.hub.say(
            Board(1, 3, world.hub_time, "2026-11-25", (), (recent(world, 9, 1700), recent(world, 2, 3700)))
        )
        if len(world.statuses()) > heard:
            heard = len(world.statuses())
            world.beat()
    assert not world.board().stale
    assert [row.number for row in (*world.board().lit, *world.board().rows)] == ["K009", "K002"]
    assert world.player.played == [], "nothing of what was missed is spoken"


def test_what_it_had_to_report_is_said_when_the_network_is_back(world):
    world.call(1)
    world.frame()
    world.broker.stop()
    world.run(12)
    world.broker.start()
    world.run(1)
    assert [outcome for call, outcome in world.reports() if call == "call-1"][-1] == "spoken"


def test_an_age_in_seconds_becomes_one_in_minutes_and_is_drawn_anew_only_in_steps(world):
    world.broker.stop()
    lines = [view.line.alert for view in in_steps(world, 10 * 60, 1) if isinstance(view, BoardView) and view.stale]
    assert {"Papan pukul 09.30, 25 detik lalu", "Papan pukul 09.30, 9 menit lalu"} <= set(lines)
    assert len(set(lines)) < 2 * (24 + 10), "not one a second"


def test_a_device_clock_that_jumps_changes_nothing_that_is_seen_and_is_told_to_the_hub(world):
    before = world.board()
    skew = timedelta(days=-400)
    world.device._world = replace(world.device._world, wall_clock=lambda: world.hub_time + skew)
    for _ in range(7):
        world.frame(5)
        world.beat()
        world.frame()
    after = world.board()
    assert (after.clock, after.date.split()[-1], after.stale) == (before.clock, before.date.split()[-1], False)
    health = [each for each in world.heard if isinstance(each, DeviceHealth)]
    assert health[-1].clock_offset_s == pytest.approx(skew.total_seconds(), abs=1)


def test_a_hub_whose_clock_is_set_takes_the_board_with_it(world):
    world.beat()
    world.frame()
    moved = world.hub_time + timedelta(hours=3)
    world.hub.say(HubHeartbeat("online", 1, moved, 99))
    world.frame()
    assert world.board().clock == "12.30"
    world.hub.say(HubHeartbeat("online", 1, moved - timedelta(hours=5), 100))
    world.frame()
    assert world.board().clock == "07.30"
    assert not world.board().stale


def test_a_machine_that_slept_for_an_hour_says_so_until_the_hub_is_heard_and_speaks_nothing_old(world):
    world.call(1)
    world.frame()
    world.call(2)
    world.frame()
    played = len(world.player.played)
    world.frame(HOUR)
    assert world.board().stale
    world.beat()
    world.frame()
    assert not world.board().stale
    world.run(20)
    assert ("call-2", "dropped") in world.reports()
    assert len(world.player.played) <= played + 1, "the end of what was being said, at most"


def test_a_night_of_care_over_the_wire(tmp_path):
    world = World(tmp_path)
    care = CareManner(shift_px=8, rest_after_s=1200.0, dark_begins="21:00", dark_ends="05:00")
    world.device._manner = replace(world.device._manner, care=care)
    world.begin()
    seen: list[str] = []
    for _ in range(24 * 60):
        world.frame(60)
        world.beat()
        world.frame()
        view = world.device.view(world.now_s)
        name = type(view).__name__
        if not seen or seen[-1] != name:
            seen.append(name)
        hour = (world.hub_time + timedelta(hours=8)).hour
        assert isinstance(view, DarkView) == (hour >= 21 or hour < 5), world.hub_time
    assert {"BoardView", "RestView", "DarkView"} == set(seen)
    assert seen.count("DarkView") == 1
    world.now_s += 13 * HOUR  # midnight or so
    world.beat()
    world.frame()
    assert isinstance(world.device.view(world.now_s), DarkView)
    world.call(7)
    world.frame()
    assert [row.number for row in world.board().lit] == ["K007"]
    world.device.close()


def test_before_the_hall_is_known_there_is_neither_rest_nor_night(tmp_path):
    world = World(tmp_path)
    world.device._manner = replace(world.device._manner, care=CareManner(rest_after_s=10.0))
    world.device.open()
    world.frame(HOUR)
    assert isinstance(world.device.view(world.now_s), StartingView)
    world.device.close()
