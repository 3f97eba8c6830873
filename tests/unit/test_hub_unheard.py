"""A call that was dropped: its officer is told, and its ticket is no no-show until it was called again."""

import pytest

from assets.words import words_of
from contract.calls import Call, CallOutcome
from contract.names import Language
from contract.reasons import WhyRefused
from hub.desk.buttons import buttons_of
from hub.desk.door import CounterDesk, DeskRefusal, Look
from hub.desk.names import names_of
from hub.desk.views import counter_view
from tests.unit.hub_hall import THREE, TestDevice, World, called


def refusal(world: World) -> str | None:
    answer = world.act("no-show")
    return answer.reason if isinstance(answer, DeskRefusal) else None


def called_and(world: World, outcome: CallOutcome) -> TestDevice:
    display = world.display()
    called(world)
    world.report(display, display.last(Call).call, outcome)
    return display


def test_a_ticket_whose_call_was_dropped_is_no_no_show_and_changes_nothing() -> None:
    world = World()
    called_and(world, "dropped")
    assert refusal(world) == WhyRefused.NOT_HEARD
    assert world.hub.state.counter(THREE).state == "called"


@pytest.mark.parametrize("outcome", ["queued", "started", "spoken", "failed", "silent"])
def test_with_any_other_outcome_it_may_be(outcome: CallOutcome) -> None:
    world = World()
    called_and(world, outcome)
    assert refusal(world) is None


def test_called_again_it_may_be_a_no_show() -> None:
    world = World()
    called_and(world, "dropped")
    world.act("recall")
    assert refusal(world) is None


def test_called_again_and_dropped_again_it_may_not() -> None:
    world = World()
    display = called_and(world, "dropped")
    world.act("recall")
    world.report(display, display.last(Call).call, "dropped")
    assert refusal(world) == WhyRefused.NOT_HEARD


def test_after_three_calls_no_officer_is_held_up_any_longer() -> None:
    world = World()
    display = called_and(world, "dropped")
    for _ in range(2):
        world.act("recall")
        world.report(display, display.last(Call).call, "dropped")
    assert refusal(world) is None


def test_who_comes_all_the_same_is_served() -> None:
    world = World()
    called_and(world, "dropped")
    answer = world.act("arrive")
    assert isinstance(answer, CounterDesk)
    assert answer.state == "serving"


def test_it_still_holds_after_the_hub_was_killed() -> None:
    world = World()
    called_and(world, "dropped")
    world.kill_hub()
    world.start_hub()
    world.run()
    assert refusal(world) == WhyRefused.NOT_HEARD


def test_the_officers_page_says_that_it_was_not_heard_and_offers_no_absence() -> None:
    world = World()
    display = called_and(world, "dropped")
    desk = world.question(Look(THREE))
    assert isinstance(desk, CounterDesk)
    words = words_of(Language("id")).desk
    assert not buttons_of(desk, words)["no-show"].enabled
    assert buttons_of(desk, words)["recall"].enabled
    view = counter_view(desk, desk.holder, names_of(world.book.hall, world.book.agencies, Language("id")), words)
    assert view.hand.heard is not None
    assert (view.hand.heard.text, view.hand.heard.tone) == (words.heard_dropped, "attention")
    world.act("recall")
    world.report(display, display.last(Call).call, "spoken")
    desk = world.question(Look(THREE))
    assert isinstance(desk, CounterDesk)
    assert buttons_of(desk, words)["no-show"].enabled
