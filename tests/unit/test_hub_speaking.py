"""Who speaks a call, when another takes over, and what is put on record when nobody did."""

from datetime import timedelta

import pytest

from contract.calls import Call
from contract.desk import Action
from contract.tickets import TicketAbandoned
from hub.desk.door import CounterDesk, Look
from hub.domain.facts import CallOutcomeReported, CallWentUnspoken
from tests.unit.hub_hall import DISPLAY, DISPLAY_2, FIVE, PASSPORT, THREE, B, World, called, status_of_display


def unspoken(world: World) -> list[str]:
    return [fact.why for fact in world.journal.facts if isinstance(fact, CallWentUnspoken)]


def outcome(world: World) -> str | None:
    desk = world.question(Look(THREE))
    assert isinstance(desk, CounterDesk)
    assert desk.ticket is not None
    return desk.ticket.call_outcome


def test_one_display_of_the_zone_is_named_the_first_by_its_id() -> None:
    world = World()
    second, first = world.display(DISPLAY_2), world.display(DISPLAY)
    called(world)
    assert first.last(Call).announcers == (DISPLAY,)
    assert len(second.all(Call)) == 1


def test_a_display_of_another_zone_or_without_a_voice_is_not_asked() -> None:
    world = World()
    world.display(DISPLAY, zones=(B,))
    mute = world.display(DISPLAY_2)
    mute.say(status_of_display(can_speak=False))
    world.run()
    called(world)
    assert mute.last(Call).announcers == ()


def test_another_takes_over_when_the_first_does_not_say_queued_within_three_seconds() -> None:
    world = World()
    first = world.display(DISPLAY)
    second = world.display(DISPLAY_2)
    called(world)
    world.run(seconds=2.9)
    assert len(first.all(Call)) == 1
    world.run(seconds=0.2)
    before, after = second.all(Call)
    assert (after.call, after.announcers) == (before.call, (DISPLAY_2,))
    assert (after.seq, after.repeat, after.expires_at) == (before.seq + 1, before.repeat, before.expires_at)


def test_who_was_deaf_is_asked_after_the_others_until_it_says_something() -> None:
    world = World()
    first, second = world.display(DISPLAY), world.display(DISPLAY_2)
    called(world)
    deaf_to = second.last(Call).call
    world.run(seconds=3.1)
    world.report(second, deaf_to, "queued")
    world.act("recall")
    assert second.last(Call).announcers == (DISPLAY_2,)
    world.report(first, deaf_to, "queued")
    world.act("recall")
    assert second.last(Call).announcers == (DISPLAY,)


def test_an_announcer_that_said_queued_is_left_alone() -> None:
    world = World()
    display = world.display()
    world.display(DISPLAY_2)
    called(world)
    world.report(display, display.last(Call).call, "queued")
    world.run(seconds=20)
    assert len(display.all(Call)) == 1


def test_another_takes_over_when_the_first_is_lost() -> None:
    world = World()
    first = world.display(DISPLAY)
    second = world.display(DISPLAY_2)
    called(world)
    world.report(first, first.last(Call).call, "queued")
    first.link.die()
    world.run()
    assert second.last(Call).announcers == (DISPLAY_2,)


def test_another_takes_over_at_once_when_the_first_failed() -> None:
    world = World()
    first = world.display(DISPLAY)
    second = world.display(DISPLAY_2)
    called(world)
    world.report(first, first.last(Call).call, "failed")
    assert second.last(Call).announcers == (DISPLAY_2,)
    world.report(second, second.last(Call).call, "failed")
    assert second.last(Call).announcers == ()
    assert outcome(world) == "failed"


def test_a_lone_display_that_was_deaf_is_asked_again_while_the_call_is_fresh() -> None:
    world = World()
    display = world.display()
    called(world)
    for _ in range(40):
        world.run(seconds=1)
    calls = display.all(Call)
    assert {call.announcers for call in calls} == {(DISPLAY,)}
    assert {call.call for call in calls} == {calls[0].call}
    assert 5 <= len(calls) <= 10
    assert unspoken(world) == ["too-old"]
    assert outcome(world) == "dropped"


def test_a_call_that_nobody_can_speak_is_shown_and_on_record() -> None:
    world = World()
    called(world)
    world.run(seconds=29)
    assert unspoken(world) == []
    world.run(seconds=1)
    assert unspoken(world) == ["no-announcer"]
    assert outcome(world) == "failed"
    assert world.hub.state.counter(THREE).state == "called"


def test_a_call_that_was_queued_and_never_reported_is_on_record_in_the_end() -> None:
    world = World()
    display = world.display()
    called(world)
    world.report(display, display.last(Call).call, "queued")
    world.run(seconds=60)
    assert unspoken(world) == []
    world.run(seconds=31)
    assert unspoken(world) == ["no-report"]


def test_a_recall_is_a_call_of_its_own() -> None:
    world = World()
    display = world.display()
    called(world)
    world.act("recall")
    first, second = display.all(Call)
    assert first.call != second.call
    assert (first.repeat, second.repeat) == (1, 2)


def test_only_who_was_asked_may_report() -> None:
    world = World()
    display = world.display(DISPLAY)
    other = world.display(DISPLAY_2)
    called(world)
    world.report(other, display.last(Call).call, "spoken")
    assert outcome(world) is None
    assert world.hub.counts["report-not-asked-for"] == 1


def test_the_same_report_twice_is_one_fact() -> None:
    world = World()
    display = world.display()
    called(world)
    for _ in range(3):
        world.report(display, display.last(Call).call, "queued")
    assert sum(isinstance(fact, CallOutcomeReported) for fact in world.journal.facts) == 1


def test_a_call_that_was_journalled_and_not_said_is_said_after_the_restart() -> None:
    world = World()
    display = world.display()
    called(world)
    heard = display.last(Call)
    world.kill_hub()
    world.now += timedelta(seconds=5)
    world.start_hub()
    world.run()
    again = display.last(Call)
    assert (again.call, again.announcers) == (heard.call, (DISPLAY,))
    assert again.boot == heard.boot + 1


def test_a_call_that_was_queued_before_the_restart_is_left_to_its_announcer() -> None:
    world = World()
    display = world.display()
    called(world)
    call = display.last(Call).call
    world.report(display, call, "queued")
    world.kill_hub()
    world.start_hub()
    world.run(seconds=4)
    assert len(display.all(Call)) == 1
    world.report(display, call, "spoken")
    assert outcome(world) == "spoken"


def test_what_was_spoken_while_the_hub_was_dead_is_believed() -> None:
    world = World()
    display = world.display()
    called(world)
    call = display.last(Call).call
    world.kill_hub()
    world.start_hub()
    world.broker.settle()
    world.report(display, call, "spoken")
    assert outcome(world) == "spoken"


def test_a_call_made_while_the_broker_was_away_is_said_when_it_is_back() -> None:
    world = World()
    display = world.display()
    world.act("open")
    world.ask()
    world.broker.stop()
    world.run()
    world.act("next")
    world.broker.start()
    world.broker.settle()
    display.say(status_of_display())
    world.run()
    assert display.last(Call).announcers == (DISPLAY,)


def test_a_call_made_while_the_broker_was_long_away_is_not_said_any_more() -> None:
    world = World()
    display = world.display()
    world.act("open")
    world.ask()
    world.broker.stop()
    world.run()
    world.act("next")
    world.run(seconds=31)
    world.broker.start()
    world.broker.settle()
    display.say(status_of_display())
    world.run()
    assert display.all(Call) == []
    assert unspoken(world) == ["too-old"]


def test_a_foreign_visitor_is_called_in_both_languages() -> None:
    world = World()
    display = world.display()
    world.act("open", FIVE)
    world.ask(PASSPORT, language="en")
    world.act("next", FIVE)
    assert display.last(Call).languages == ("id", "en")


ENDS: tuple[tuple[Action, ...], ...] = (("no-show",), ("finish",), ("arrive", "finish"))


@pytest.mark.parametrize("ends", ENDS)
def test_a_call_whose_ticket_has_ended_is_given_to_nobody_else(ends: tuple[Action, ...]) -> None:
    world = World()
    first, second = world.display(DISPLAY), world.display(DISPLAY_2)
    called(world)
    for action in ends:
        world.act(action)
    world.run(seconds=3.1)  # the first was deaf
    first.say(status_of_display(state="lost"))
    second.say(status_of_display(boot=2))
    world.run(seconds=5)
    assert len(second.all(Call)) == 1
    world.run(seconds=30)
    assert unspoken(world) == ["too-old"]  # and on record it is what it was


def test_a_call_of_a_number_that_was_given_back_is_given_to_nobody_else() -> None:
    world = World()
    first, second = world.display(DISPLAY), world.display(DISPLAY_2)
    world.act("open")
    asked = world.ask()
    world.act("next")
    world.kiosk.say(TicketAbandoned(request=asked.request))
    world.run()
    world.report(first, first.last(Call).call, "failed")
    world.run(seconds=4)
    assert len(second.all(Call)) == 1


def test_a_call_of_a_ticket_that_has_ended_is_not_said_again_after_a_restart_or_a_broken_connection() -> None:
    world = World()
    called(world)
    world.act("no-show")
    world.kill_hub()
    world.start_hub()
    display = world.display()
    world.run(seconds=4)
    assert display.all(Call) == []
    world.act("open")
    world.ask()
    world.act("next")
    assert len(display.all(Call)) == 1


def test_who_took_a_call_before_its_ticket_ended_is_still_believed() -> None:
    world = World()
    display = world.display()
    called(world)
    call = display.last(Call).call
    world.report(display, call, "started")
    world.act("finish")
    world.report(display, call, "spoken")
    assert world.hub.state.calls[call].outcome == "spoken"
