"""Check my number: typing it, scanning it, asking, and every way in which no answer comes."""

import pytest
from msgspec.structs import replace

from contract.names import CounterId, Number, RequestId
from contract.tickets import Estimate, NumberAsked, NumberTold, TicketIssued
from kiosk import choices
from kiosk.checking import letters_of, may_follow, number_in, prefixes_of
from kiosk.happenings import Abandon, Ask, HubSaid, SayNumberAsked, Ticked
from kiosk.places import (
    Cancelled,
    Checked,
    CheckFailed,
    Checking,
    Choosing,
    ConfirmingCancel,
    Seeking,
    Taking,
    Welcome,
)
from tests.unit.kiosk_services import FAMILY_CARD, PASSPORT, Visitor
from tests.unit.kiosk_visit import refused, ticket


@pytest.fixture
def visitor():
    return Visitor()


def type_in(visitor: Visitor, signs: str) -> None:
    visitor.choose(choices.CheckNumber())
    for sign in signs:
        visitor.choose(choices.Type(sign))


def ask(visitor: Visitor, number: str = "K069") -> NumberAsked:
    type_in(visitor, number)
    visitor.choose(choices.Check())
    [*_, said] = visitor.did(SayNumberAsked)
    asked: NumberAsked = said.asked
    return asked


def told(asked: NumberAsked, state: str | None = "waiting", **more: object) -> HubSaid:
    return HubSaid(NumberTold(asked.request, asked.number, state, **more))  # type: ignore[arg-type]


# --- typing -------------------------------------------------------------------------------------------------------------


def test_the_keys_are_the_letters_of_the_halls_own_prefixes(visitor):
    assert letters_of(visitor.state) == ("K", "R", "X")


@pytest.mark.parametrize(
    ("typed", "key", "may"),
    [
        ("", "K", True),
        ("", "A", False),
        ("", "0", False),
        ("K", "K", False),
        ("K", "0", True),
        ("K0", "X", False),
        ("K0000000000", "1", True),
        ("K00000000000", "1", False),
    ],
)
def test_only_what_a_number_of_this_hall_can_go_on_with_is_taken(visitor, typed, key, may):
    assert may_follow(typed, key, prefixes_of(visitor.state)) is may


def test_a_prefix_of_several_signs_may_hold_a_digit():
    prefixes = frozenset({"4KX", "A"})
    assert may_follow("", "4", prefixes)
    assert may_follow("4", "K", prefixes)
    assert not may_follow("4", "0", prefixes)
    assert number_in("4KX010", prefixes) == "4KX010"


@pytest.mark.parametrize(
    ("typed", "whole"), [("", False), ("K", False), ("K06", False), ("K069", True), ("K000", False)]
)
def test_a_number_is_asked_about_once_it_is_whole(visitor, typed, whole):
    type_in(visitor, typed)
    visitor.choose(choices.Check())
    assert bool(visitor.did(SayNumberAsked)) is whole


def test_the_last_sign_can_be_rubbed_out(visitor):
    type_in(visitor, "K07")
    visitor.choose(choices.Rubout())
    assert visitor.place() == Checking("K0")


def test_it_is_offered_from_the_welcome_and_from_where_a_visit_begins(visitor):
    type_in(visitor, "K")
    assert visitor.state.trail == (Welcome(), Checking("K"))
    visitor.choose(choices.Home())
    visitor.choose(choices.Start())
    visitor.choose(choices.CheckNumber())
    assert isinstance(visitor.state.trail[-2], Choosing)


def test_nothing_that_was_typed_is_left_for_the_next_visitor(visitor):
    type_in(visitor, "K06")
    visitor.wait(visitor.state.timing.idle_s + visitor.state.timing.still_there_s + 0.2)
    assert visitor.state.trail == (Welcome(),)


# --- asking and hearing -------------------------------------------------------------------------------------------------


def test_the_answer_is_shown_and_goes_home_by_itself(visitor):
    asked = ask(visitor)
    visitor.happen(told(asked, ahead=7, wait_min=Estimate(10, 20)))
    assert isinstance(visitor.place(), Checked)
    visitor.wait(visitor.state.timing.ticket_s + 0.2)
    assert visitor.state.trail == (Welcome(),)


def test_it_is_asked_again_once_after_two_seconds_and_given_up_after_eight(visitor):
    asked = ask(visitor)
    visitor.wait(1.8)
    assert len(visitor.did(SayNumberAsked)) == 1
    visitor.wait(0.4)
    assert [said.asked for said in visitor.did(SayNumberAsked)] == [asked, asked]
    visitor.wait(5.7)
    assert isinstance(visitor.place(), Seeking)
    visitor.wait(0.3)
    assert visitor.place() == CheckFailed("no-answer")
    assert len(visitor.did(SayNumberAsked)) == 2


def test_an_answer_that_comes_too_late_shows_nothing(visitor):
    asked = ask(visitor)
    visitor.wait(8.2)
    visitor.choose(choices.Home())
    visitor.happen(told(asked))
    assert visitor.state.trail == (Welcome(),)


def test_an_answer_to_somebody_elses_question_shows_nothing(visitor):
    asked = ask(visitor)
    visitor.happen(told(NumberAsked(RequestId("another"), asked.number)))
    assert isinstance(visitor.place(), Seeking)


def test_the_same_answer_twice_changes_nothing(visitor):
    asked = ask(visitor)
    visitor.happen(told(asked))
    before = visitor.state
    visitor.happen(told(asked, "called"))
    assert visitor.state == before


def test_without_the_hub_it_says_so_at_once_and_asks_nothing(visitor):
    visitor.wait(12.5, hub=False)
    type_in(visitor, "K069")
    visitor.choose(choices.Check())
    assert visitor.place() == CheckFailed("hub-away")
    assert not visitor.did(SayNumberAsked)


def test_a_hub_that_takes_no_such_question_is_heard_as_no_answer(visitor):
    asked = ask(visitor)
    visitor.happen(HubSaid(refused(RequestId(asked.request), "broken-message")))
    assert visitor.place() == CheckFailed("no-answer")


def test_checking_asks_for_no_number_and_gives_none_up(visitor):
    asked = ask(visitor)
    visitor.happen(told(asked, None))
    assert not visitor.did(Ask)
    assert not visitor.did(Abandon)


# --- giving a number back for a minute ----------------------------------------------------------------------------------


def leave_with_a_number(visitor: Visitor) -> RequestId:
    visitor.take(FAMILY_CARD)
    request = visitor.answer()
    visitor.choose(choices.Done())
    return request


def test_a_number_can_be_given_back_where_it_was_told_for_a_minute(visitor):
    request = leave_with_a_number(visitor)
    visitor.wait(50.0)
    visitor.happen(told(ask(visitor)))
    visitor.choose(choices.Cancel())
    assert visitor.place() == ConfirmingCancel(Number("K069"))
    visitor.choose(choices.CancelForSure(Number("K069")))
    assert visitor.did(Abandon) == [Abandon(request)]
    assert visitor.state.trail == (Welcome(), Cancelled((Number("K069"),)))


def test_who_begins_to_give_a_number_back_in_time_may_think_about_it(visitor):
    request = leave_with_a_number(visitor)
    visitor.wait(59.5)
    visitor.happen(told(ask(visitor)))
    visitor.choose(choices.Cancel())
    visitor.wait(20.0)
    visitor.choose(choices.CancelForSure(Number("K069")))
    assert visitor.did(Abandon) == [Abandon(request)]


def test_who_begins_too_late_is_not_led_to_believe_that_it_was_given_back(visitor):
    leave_with_a_number(visitor)
    visitor.wait(59.5)
    visitor.happen(told(ask(visitor)))
    visitor.wait(1.0)
    visitor.choose(choices.Cancel())
    assert isinstance(visitor.place(), Checked)


def test_after_a_minute_a_number_is_not_given_back_any_more(visitor):
    leave_with_a_number(visitor)
    visitor.wait(61.0)
    visitor.choose(choices.CancelForSure(Number("K069")))
    assert not visitor.did(Abandon)


def test_once_the_next_number_was_told_the_one_before_is_not_given_back_any_more(visitor):
    leave_with_a_number(visitor)
    visitor.take(FAMILY_CARD)
    second = replace(ticket(70), id="t-K070")
    visitor.happen(HubSaid(TicketIssued(visitor.asked()[-1].request, second)))
    visitor.choose(choices.Done())
    visitor.choose(choices.CancelForSure(Number("K069")))
    assert not visitor.did(Abandon)


def test_once_the_next_visitor_has_chosen_a_service_the_last_ones_number_is_out_of_reach(visitor):
    leave_with_a_number(visitor)
    visitor.want(PASSPORT)
    visitor.choose(choices.Home())
    visitor.happen(told(ask(visitor)))
    visitor.choose(choices.Cancel())
    assert isinstance(visitor.place(), Checked)
    visitor.choose(choices.CancelForSure(Number("K069")))
    assert not visitor.did(Abandon)


def test_a_number_of_another_kiosk_is_not_given_back_here(visitor):
    leave_with_a_number(visitor)
    visitor.happen(told(ask(visitor, "X017")))
    visitor.choose(choices.Cancel())
    visitor.choose(choices.CancelForSure(Number("X017")))
    assert not visitor.did(Abandon)


def test_a_number_is_given_back_once(visitor):
    leave_with_a_number(visitor)
    for _ in range(2):
        visitor.choose(choices.CancelForSure(Number("K069")))
    assert len(visitor.did(Abandon)) == 1


def test_what_stands_on_the_screen_can_be_given_back_as_long_as_it_stands_there(visitor):
    visitor.take(FAMILY_CARD)
    request = visitor.answer()
    visitor.happen(Ticked(visitor.state.at + 25.0))
    visitor.state = replace(visitor.state, recent=())
    assert visitor.place() == Taking()
    visitor.choose(choices.Cancel())
    visitor.choose(choices.CancelForSure())
    assert visitor.did(Abandon) == [Abandon(request)]


def test_a_called_number_says_where_to_go(visitor):
    asked = ask(visitor)
    visitor.happen(told(asked, "called", counter=CounterId("loket-1")))
    place = visitor.place()
    assert isinstance(place, Checked)
    assert place.told.counter == "loket-1"
