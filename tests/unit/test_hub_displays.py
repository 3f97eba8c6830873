"""Displays come, go, start anew and are taken away: who is asked to speak then."""

from msgspec.structs import replace

from contract.calls import Call
from contract.halls import HubHeartbeat
from contract.names import DeviceId
from hub.register import RegisteredDevice
from tests.unit.hub_hall import DISPLAY, DISPLAY_2, REGISTER, TestDevice, World, called, status_of_display


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


def grouped() -> tuple[World, TestDevice, TestDevice, TestDevice]:
    """A hall whose first two displays begin their calls together; the third stands for itself."""
    third = DeviceId("display-3")
    register = {
        **REGISTER,
        **{name: RegisteredDevice(name, "display", group="hall-a") for name in (DISPLAY, DISPLAY_2)},
        third: RegisteredDevice(third, "display"),
    }
    world = World(register=register)
    return world, world.display(DISPLAY), world.display(DISPLAY_2), world.display(third)


def announcers(device: TestDevice) -> list[tuple[str, ...]]:
    return [call.announcers for call in device.all(Call)]


def outcome(world: World) -> str | None:
    (call,) = world.hub.state.calls.values()
    return call.outcome


def test_a_group_is_named_together() -> None:
    world, _, _, third = grouped()
    called(world)
    assert announcers(third) == [(DISPLAY, DISPLAY_2)]


def test_a_group_has_spoken_when_one_of_it_has_and_the_others_word_changes_nothing() -> None:
    world, first, second, third = grouped()
    called(world)
    call = third.last(Call).call
    for device in (first, second):
        world.report(device, call, "started")
    world.report(first, call, "failed")
    assert outcome(world) == "started"
    world.report(second, call, "spoken")
    assert outcome(world) == "spoken"
    world.report(first, call, "failed")
    assert outcome(world) == "spoken"
    assert announcers(third) == [(DISPLAY, DISPLAY_2)]
    assert world.hub.counts["report-not-asked-for"] == 0


def test_another_takes_over_when_all_of_a_group_have_failed_or_are_lost() -> None:
    world, first, second, third = grouped()
    called(world)
    call = third.last(Call).call
    for device in (first, second):
        world.report(device, call, "started")
    first.link.die()
    world.run()
    assert len(third.all(Call)) == 1
    world.report(second, call, "failed")
    assert third.last(Call).announcers == (third.name,)


def test_a_group_of_which_one_took_the_call_and_died_is_asked_for_the_other_within_three_seconds() -> None:
    world, first, _second, third = grouped()
    called(world)
    world.report(first, third.last(Call).call, "queued")
    world.run(seconds=2)
    first.link.die()
    world.run(seconds=1.1)
    assert third.last(Call).announcers == (third.name,)


def test_a_group_that_dropped_a_call_has_dropped_it() -> None:
    world, first, second, third = grouped()
    called(world)
    call = third.last(Call).call
    world.report(first, call, "dropped")
    assert outcome(world) is None
    world.report(second, call, "dropped")
    assert outcome(world) == "dropped"
    world.run(seconds=20)
    assert announcers(third) == [(DISPLAY, DISPLAY_2)]


def cut_off_in_mid_sentence() -> tuple[World, TestDevice, TestDevice]:
    """The first of two displays speaks a call, and the broker goes away."""
    world = World()
    first, second = world.display(DISPLAY), world.display(DISPLAY_2)
    called(world)
    world.report(first, second.last(Call).call, "started")
    world.broker.stop()
    world.run()
    return world, first, second


def test_a_display_that_took_a_call_and_does_not_come_back_with_the_broker_is_replaced() -> None:
    world, first, second = cut_off_in_mid_sentence()
    first.link.die()
    world.broker.start()
    world.run()
    second.say(status_of_display())
    world.run(seconds=9.9)
    assert len(second.all(Call)) == 1
    world.run(seconds=0.2)
    assert second.last(Call).announcers == (DISPLAY_2,)


def test_a_display_that_took_a_call_and_comes_back_with_the_broker_is_left_alone() -> None:
    world, first, second = cut_off_in_mid_sentence()
    world.broker.start()
    world.run()
    for device in (first, second):
        device.say(status_of_display())
    world.run(seconds=15)
    assert len(second.all(Call)) == 1


def test_a_call_that_was_spoken_after_all_is_believed() -> None:
    world = World()
    display = world.display()
    called(world)
    world.run(seconds=31)
    assert outcome(world) == "dropped"
    world.report(display, display.last(Call).call, "spoken")
    assert outcome(world) == "spoken"
