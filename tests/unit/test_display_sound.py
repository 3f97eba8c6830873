"""What a display is heard with: alone, in a group, at which hour, with a chime alone; and what it says when nothing is heard."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assets.chime import LENGTH_S
from contract.devices import DeviceHealth
from contract.names import DeviceId
from display import turns
from display.loudness import VolumeHours
from display.together import LEAD_S, PAUSE_S
from tests.display_world import ME, World
from voice.player import NotPlayed

OTHER = DeviceId("display-2")


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.begin()
    return made


def began(world: World) -> list[float]:
    return [each.began_s for each in world.player.played]


def test_a_display_that_speaks_alone_chimes_at_once(world):
    world.call(1)
    world.frame()
    assert began(world) == [pytest.approx(world.now_s)]


def test_displays_of_a_group_chime_and_speak_at_the_same_instants_however_their_loops_turn(tmp_path):
    heard = []
    for number, late_s in enumerate((0.001, 0.2, 0.04)):
        folder = tmp_path / str(number)
        folder.mkdir()
        world = World(folder)
        world.begin()
        world.call(1, announcers=(ME, OTHER))
        called_s = world.now_s
        world.frame(late_s)
        world.run(14)
        assert world.reports()[-1] == ("call-1", "spoken")
        heard.append([each - called_s for each in began(world)])
    for chime_s, speech_s in heard:
        assert chime_s == pytest.approx(LEAD_S, abs=0.04)
        assert speech_s == pytest.approx(chime_s + LENGTH_S + PAUSE_S, abs=0.001)
    first = [chime_s for chime_s, _ in heard]
    assert max(first) - min(first) < 0.05


def test_a_call_that_nobody_speaks_is_rung_for_once_and_in_its_own_zones_alone(world):
    world.call(1, announcers=())
    world.frame()
    world.call(1, announcers=())
    world.call(2, announcers=(), zone="b")
    world.run(4)
    assert len(world.player.played) == 1
    assert world.reports() == []


@dataclass
class Manner:
    chime: bool
    speech: bool


@pytest.mark.parametrize(
    ("manner", "sounds"),
    [
        (Manner(chime=True, speech=True), ["chime", "speech"]),
        (Manner(chime=False, speech=True), ["speech"]),
        (Manner(chime=True, speech=False), ["chime"]),
        (Manner(chime=False, speech=False), []),
    ],
)
def test_chime_and_speech_are_each_off_alone(world, manner, sounds):
    world.device._announcer._manner = turns.Manner(me=ME, chime=manner.chime, speech=manner.speech)
    world.call(1)
    world.run(12)
    heard = [kind for _, kind, state in world.sounds() if state == "started"]
    assert heard == sounds
    assert world.reports()[-1][1] == ("spoken" if manner.speech else "silent")


def test_without_a_chime_a_call_that_nobody_speaks_is_not_rung_for(world):
    world.device._announcer._manner = turns.Manner(me=ME, chime=False)
    world.call(1, announcers=())
    world.run(2)
    assert world.player.played == []


def test_the_volume_follows_the_halls_hours_and_a_technicians_word_holds_until_the_next_of_them(tmp_path):
    world = World(tmp_path)
    # The hall's clock shows 09:30 when the world begins.
    world.device._announcer._output._hours = (VolumeHours("09:00", "09:31", 0.9), VolumeHours("09:31", "12:00", 0.5))
    world.begin()
    world.call(1)
    world.run(10)
    world.device._announcer.set_volume(0.1)
    world.call(2)
    world.run(10)
    world.frame(60)
    world.beat()
    world.call(3)
    world.run(10)
    assert [each.volume for each in world.player.played] == [0.9, 0.9, 0.1, 0.1, 0.5, 0.5]


def test_a_sound_card_that_goes_is_told_at_once_and_so_is_its_return(world):
    world.player.troubled_by = "there is no sound device 'HDMI'; there are: 'USB'"
    world.frame()
    assert world.statuses()[-1].can_speak is False
    world.player.troubled_by = ""
    world.frame()
    assert world.statuses()[-1].can_speak is True
    world.player.reopened = 2
    world.run(31)
    health = [each for each in world.heard if isinstance(each, DeviceHealth)]
    assert health[-1].audio == "ready: id en; sound card opened anew 2 times"


def test_a_loudspeaker_that_plays_again_is_no_longer_told_as_one_that_does_not(world):
    world.player.deaf = True
    world.call(1)
    world.run(31)
    world.player.deaf = False
    world.call(2)
    world.run(31)
    told = [each.audio for each in world.heard if isinstance(each, DeviceHealth)]
    assert told[-2:] == ["not played: the simulated loudspeaker is unplugged", "ready: id en"]


def test_what_is_told_of_the_loudspeaker_is_never_longer_than_the_contract_lets_it_be(world, monkeypatch):
    def refuse(*_: object) -> None:
        raise NotPlayed("no sound device: there is no sound device 'HDMI 0'; there are: 'USB Audio', 'Built-in Audio'")

    monkeypatch.setattr(world.player, "play", refuse)
    world.call(1)
    world.run(31)
    audio = [each.audio for each in world.heard if isinstance(each, DeviceHealth)][-1]
    assert audio is not None
    assert audio.startswith("not played: no sound device")
    assert len(audio) <= 64
