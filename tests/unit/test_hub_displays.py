"""Displays come, go, start anew and are taken away: who is asked to speak then."""

from msgspec.structs import replace

from contract.calls import Call
from contract.halls import HubHeartbeat
from tests.unit.hub_hall import DISPLAY, DISPLAY_2, TestDevice, World, called, status_of_display


def test_a_display_that_was_taken_away_is_asked_no_more_and_its_call_goes_to_another() -> None:
    world = World()
    first, second = world.display(DISPLAY), world.display(DISPLAY_2)
    called(world)
    world.report(first, second.last(Call).call, "queued")
    world.hub.take_register({name: device for name, device in world.register.items() if name != DISPLAY})
    world.run()
    assert second.last(Call).announcers == (DISPLAY_2,)
    world.act("recall")
    assert second.last(Call).announcers == (DISPLAY_2,)


def test_a_display_that_started_anew_while_the_broker_was_away_is_asked_again() -> None:
    world = World()
    display = world.display(DISPLAY)
    called(world)
    world.report(display, display.last(Call).call, "queued")
    world.broker.stop()
    world.run()
    world.broker.start()
    world.run()
    before = len(display.all(Call))
    display.say(status_of_display(boot=2))
    world.run()
    assert [each.announcers for each in display.all(Call)[before:]] == [(DISPLAY,)]


def test_a_display_that_comes_while_the_call_is_fresh_speaks_it() -> None:
    world = World()
    called(world)
    world.run(seconds=10)
    display = world.display()
    assert display.last(Call).announcers == (DISPLAY,)


def test_a_display_that_comes_too_late_is_not_asked() -> None:
    world = World()
    called(world)
    world.run(seconds=31)
    assert world.display().all(Call) == []


def test_a_stale_will_does_not_make_a_display_lost() -> None:
    world = World()
    display = world.display(boot=4)
    display.say(status_of_display(boot=3, state="lost"))
    world.run()
    called(world)
    assert display.last(Call).announcers == (DISPLAY,)


def test_the_end_of_an_older_installation_does_not_count() -> None:
    world = World()
    display = world.display(boot=4)
    display.say(status_of_display(boot=1, installation="two"))
    display.say(status_of_display(boot=9, state="lost", installation="one"))
    world.run()
    called(world)
    assert display.last(Call).announcers == (DISPLAY,)


def test_a_display_that_started_anew_has_forgotten_what_it_queued() -> None:
    world = World()
    display = world.display()
    called(world)
    world.report(display, display.last(Call).call, "queued")
    display.say(status_of_display(boot=2))
    world.run()
    assert len(display.all(Call)) == 2
    assert display.last(Call).announcers == (DISPLAY,)


def test_a_device_that_is_no_display_does_not_become_one() -> None:
    world = World()
    kiosk: TestDevice = world.kiosk
    kiosk.say(status_of_display())
    world.run()
    called(world)
    assert world.hub.counts["wrong-role"] == 1


def test_the_pulse_says_what_every_display_that_speaks_has_a_voice_for() -> None:
    world = World()
    kiosk = world.kiosk
    world.run(seconds=5)
    assert kiosk.last(HubHeartbeat).spoken is None
    first, second = world.display(DISPLAY), world.display(DISPLAY_2)
    first.say(replace(status_of_display(), speaks=("id", "en")))
    world.run(seconds=5)
    assert kiosk.last(HubHeartbeat).spoken is None, "the other one has not said what it speaks"
    second.say(replace(status_of_display(), speaks=("en",)))
    world.run(seconds=5)
    assert kiosk.last(HubHeartbeat).spoken == ("en",)
    second.say(status_of_display(can_speak=False))
    world.run(seconds=5)
    assert kiosk.last(HubHeartbeat).spoken == ("id", "en")
    first.say(status_of_display(state="lost"))
    world.run(seconds=5)
    assert kiosk.last(HubHeartbeat).spoken == ()
