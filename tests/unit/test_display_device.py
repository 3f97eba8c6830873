"""The display at work over the memory link, with the twins of speaker and player: what it says, shows and sounds."""

from datetime import timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from contract.calls import Board, RecentCall
from contract.devices import CommandDone, DeviceCommand, DeviceHealth, DeviceStatus
from contract.halls import QueueOfService, Queues
from contract.names import (
    AgencyId,
    CallId,
    CounterId,
    DeviceId,
    Language,
    Number,
    RequestId,
    ServiceId,
    ZoneId,
)
from display.views import StartingView
from link.link import Heard
from tests.display_world import AT, FRAME_S, INDONESIAN, ME, THE_HALL, World


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    made.begin()
    yield made
    made.device.close()


def test_it_says_who_it_is_what_it_shows_and_that_it_can_speak(world):
    last = world.statuses()[-1]
    assert (last.state, last.role, last.boot, last.zones, last.can_speak) == ("online", "display", 4, ("a",), True)


def test_a_display_of_the_whole_hall_says_all_its_zones(tmp_path):
    world = World(tmp_path, zones=())
    world.begin()
    world.frame()
    assert world.statuses()[-1].zones == ("a", "b")


def test_it_says_its_status_again_when_the_hub_has_started_anew(world):
    before = len(world.statuses())
    world.beat(boot=1)
    world.frame()
    assert len(world.statuses()) == before
    world.beat(boot=2)
    world.frame()
    assert len(world.statuses()) == before + 1


def test_a_call_is_on_the_board_and_its_chime_sounds_in_the_same_frame(world):
    world.call(7)
    world.frame()
    assert [row.number for row in world.board().lit] == ["K007"]
    assert world.sounds() == [("call-7", "chime", "started")]
    assert world.reports() == [("call-7", "queued"), ("call-7", "started")]


def test_a_call_is_spoken_after_its_chime_in_its_own_words(world):
    world.call(7)
    world.run(9)
    assert world.sounds() == [
        ("call-7", "chime", "started"),
        ("call-7", "chime", "ended"),
        ("call-7", "speech", "started"),
        ("call-7", "speech", "ended"),
    ]
    assert world.reports()[-1] == ("call-7", "spoken")
    (said,) = world.speaker.made
    assert said.language == INDONESIAN
    assert "loket tiga" in said.text
    chime_played, speech_played = world.player.played
    assert chime_played.ends_s <= speech_played.began_s <= chime_played.ends_s + 2 * FRAME_S


def test_calls_close_upon_each_other_are_spoken_one_after_another(world):
    for count in (1, 2):
        world.call(count)
        world.run(0.5)
    assert [row.number for row in world.board().lit] == ["K002", "K001"]
    world.run(16)
    assert [report for report in world.reports() if report[1] == "spoken"] == [
        ("call-1", "spoken"),
        ("call-2", "spoken"),
    ]
    played = world.player.played
    assert all(one.ends_s <= other.began_s for one, other in pairwise(played))


def test_forty_calls_in_twenty_seconds_each_end_spoken_or_dropped_and_nothing_overlaps(world):
    for count in range(1, 41):
        world.call(count)
        world.run(0.5)
        assert f"K{count:03}" in [row.number for row in world.board().lit]
        if count % 10 == 0:
            world.beat()
    world.run(45)
    endings = [report for report in world.reports() if report[1] in {"spoken", "dropped", "failed"}]
    assert sorted(call for call, _ in endings) == sorted(f"call-{count}" for count in range(1, 41))
    assert {outcome for _, outcome in endings} == {"spoken", "dropped"}
    assert sum(outcome == "spoken" for _, outcome in endings) >= 8
    played = world.player.played
    assert all(one.ends_s <= other.began_s for one, other in pairwise(played))


def test_a_call_of_another_zone_is_neither_shown_nor_spoken(world):
    world.call(3, zone="b", announcers=(DeviceId("display-2"),))
    world.run(1)
    assert world.board().lit == ()
    assert world.player.played == []
    assert world.reports() == []


def test_a_stale_call_is_shown_and_reported_dropped(world):
    world.now_s += 40
    stale = world.call(5)
    world.now_s += 40
    world.beat()
    world.frame()
    assert world.reports() == [("call-5", "queued"), ("call-5", "dropped")]
    assert [row.call for row in world.board().lit] == [stale.call]
    assert world.player.played == []


def test_reports_made_while_the_broker_is_away_are_said_in_order_when_it_is_back(world):
    world.call(7)
    world.frame()
    world.broker.stop()
    world.run(9)
    assert ("call-7", "spoken") not in world.reports()
    world.broker.start()
    world.frame()
    world.frame()
    assert world.reports() == [("call-7", "queued"), ("call-7", "started"), ("call-7", "spoken")]


def test_after_an_outage_the_board_is_the_hubs_again(world):
    world.call(1)
    world.run(1)
    world.broker.stop()
    world.run(2)
    world.broker.start()
    world.broker.settle()
    recent = tuple(
        RecentCall(CallId(f"call-{n}"), Number(f"K{n:03}"), ServiceId("kk"), CounterId("loket-3"), ZoneId("a"), AT)
        for n in (3, 2, 1)
    )
    world.hub.say(Board(1, 9, world.hub_time, "2026-11-25", (), recent))
    world.frame()
    assert [row.number for row in (*world.board().lit, *world.board().rows)] == ["K003", "K002", "K001"]


def test_an_engine_that_fails_is_reported_and_the_next_call_is_spoken(world):
    world.speaker.fail_next = 1
    world.call(1)
    world.run(2)
    world.call(2)
    world.run(10)
    assert ("call-1", "failed") in world.reports()
    assert ("call-2", "spoken") in world.reports()


def test_an_unplugged_loudspeaker_is_reported_and_told_in_its_health(world):
    world.player.deaf = True
    world.call(1)
    world.run(2)
    assert world.reports()[-1] == ("call-1", "failed")
    world.run(31)
    health = [each for each in world.heard if isinstance(each, DeviceHealth)][-1]
    assert health.audio is not None
    assert "unplugged" in health.audio


def test_a_machine_without_an_engine_says_that_it_cannot_speak(tmp_path):
    world = World(tmp_path)
    world.speaker.missing = True
    world.begin()
    assert world.statuses()[-1].can_speak is False
    world.call(1)
    world.run(4)
    assert world.reports()[-1] == ("call-1", "failed")


def test_a_machine_without_a_loudspeaker_says_that_it_cannot_speak(tmp_path):
    world = World(tmp_path)
    (tmp_path / "chime.wav").unlink()
    world.begin()
    assert world.statuses()[-1].can_speak is False
    world.run(31)
    assert [each.audio for each in world.heard if isinstance(each, DeviceHealth)] == ["no loudspeaker"]


def test_health_is_told_every_thirty_seconds_with_the_clocks_offset(world):
    world.run(91)
    health = [each for each in world.heard if isinstance(each, DeviceHealth)]
    assert len(health) == 3
    assert health[-1].audio == "ready: id en"
    assert health[-1].clock_offset_s == pytest.approx(0, abs=0.1)


def test_a_silent_hub_leaves_the_board_with_its_age_and_then_asks_to_heed_the_staff(world):
    world.call(1)
    world.run(11)
    assert not world.board().stale
    world.run(2)
    assert world.board().stale
    assert [row.number for row in world.board().lit] == ["K001"]
    assert world.board().line.alert in {"Papan pukul 09.30, 10 detik lalu", "Board of 09:30, 10 seconds ago"}
    world.run(60)
    sign = world.board().sign
    assert sign is not None
    assert sign.title == "Mohon perhatikan petugas"
    assert [row.number for row in world.board().rows] == ["K001"]
    world.beat()
    world.frame()
    assert not world.board().stale
    assert world.board().sign is None


def test_the_clock_is_the_hubs_in_the_halls_own_time_zone(world):
    assert world.board().clock == "09.30"
    dates = {world.device.view(world.now_s + later).date for later in range(0, 40, 10)}
    assert dates == {"Rabu, 25 November", "Wednesday, 25 November"}


def test_before_the_hall_is_known_the_screen_says_so(tmp_path):
    world = World(tmp_path)
    world.device.open()
    world.frame()
    view = world.device.view(world.now_s)
    assert isinstance(view, StartingView)
    assert view.device == "display-1"


def test_the_queues_of_the_halls_agencies_are_heard_once_the_hall_is_known(world):
    world.hub.say(
        Queues(1, 1, world.hub_time, (QueueOfService(ServiceId("stnk"), open=True, waiting=11),), AgencyId("samsat"))
    )
    world.frame()
    assert [(row.agency, row.count) for row in world.board().waiting.rows] == [("Samsat", "11")]


def test_what_did_not_fit_into_the_inbox_is_asked_for_once_more(world):
    recent = RecentCall(CallId("call-8"), Number("K008"), ServiceId("kk"), CounterId("loket-3"), ZoneId("a"), AT)
    world.hub.say(Board(1, 90, world.hub_time, "2026-11-25", (), (recent,)))
    inbox = world.device._inbox
    inbox._limit, limit = 0, inbox._limit
    world.broker.settle()
    inbox._limit = limit
    assert inbox.dropped
    world.run(0.2)
    assert world.board().lit[0].number == "K008"


def test_a_hall_that_speaks_a_language_without_words_here_is_shown_in_those_that_have(world):
    name = {Language("jv"): "Bale", INDONESIAN: "Balai"}
    world.hub.say(replace(THE_HALL, languages=(Language("jv"), INDONESIAN), name=name))
    world.run(0.2)
    assert world.board().hall == "Balai"
    world.hub.say(replace(THE_HALL, languages=(Language("jv"),), name={Language("jv"): "Bale"}))
    world.run(0.2)
    assert world.board().hall == "Bale"


def test_a_panel_that_is_turned_or_takes_another_resolution_has_another_board_at_once(world):
    world.call(1)
    world.run(0.1)
    lying = world.board().placed
    world.device.fit(1280, 720)
    assert world.board().placed == lying, "the same shape"
    world.device.fit(1080, 1920)
    upright = world.board().placed
    assert (upright.across, upright.down) == (1080, 1920)
    world.device.fit(0, 0)
    assert world.board().placed == upright, "a window that is hidden is no panel"


def test_closing_says_goodbye(tmp_path):
    world = World(tmp_path)
    world.begin()
    world.device.close()
    world.broker.settle()
    last = [event.message for event in world.hub_inbox.drain() if isinstance(event, Heard)][-1]
    assert isinstance(last, DeviceStatus)
    assert last.state == "offline"


def test_a_technician_can_turn_the_volume_down_and_hears_what_is_not_done(world):
    later = world.hub_time + timedelta(seconds=30)
    command = DeviceCommand(RequestId("r1"), "set-volume", {"percent": 40}, later)
    world.hub.say(command, to=ME)
    world.hub.say(replace(command, request=RequestId("r2"), command="screenshot"), to=ME)
    world.hub.say(replace(command, request=RequestId("r3"), expires_at=AT - timedelta(seconds=1)), to=ME)
    world.frame()
    done = {each.request: each.ok for each in world.heard if isinstance(each, CommandDone)}
    assert done == {"r1": True, "r2": False, "r3": False}
    world.call(1)
    world.frame()
    assert world.player.played[0].volume == 0.4
