"""Several numbers of one visit at the hub, what a visitor needs on the way, and how far a number is."""

import pytest
from msgspec.structs import replace

from contract.names import Number, RequestId, TicketId
from contract.tickets import NumberAsked, NumberTold, TicketAbandoned, TicketIssued
from hub.domain.facts import Issued
from hub.domain.hall import evolve
from hub.domain.hall_state import HallState
from tests.unit.hub_hall import FAMILY_CARD, ID_CARD, PASSPORT, THREE, World, small_book


def issued(answer: object) -> TicketIssued:
    assert isinstance(answer, TicketIssued), answer
    return answer


def replayed(world: World) -> HallState:
    """What the next start of the hub will know."""
    state = HallState()
    for fact in world.journal.facts:
        evolve(state, fact)
    return state


def test_a_later_number_of_a_visit_names_the_first_ones_ticket_in_the_answer_and_in_the_journal() -> None:
    world = World()
    first = issued(world.ask(FAMILY_CARD))
    second = issued(world.ask(PASSPORT, visit=first.ticket.id))
    assert (first.ticket.visit, second.ticket.visit) == (None, first.ticket.id)
    facts = [fact for fact in world.journal.facts if isinstance(fact, Issued)]
    assert [fact.visit for fact in facts] == [None, first.ticket.id]
    assert replayed(world).tickets[second.ticket.id].visit == first.ticket.id


def test_a_visit_goes_by_its_first_ticket_although_a_later_one_is_named() -> None:
    world = World()
    first = issued(world.ask(FAMILY_CARD))
    second = issued(world.ask(PASSPORT, visit=first.ticket.id))
    third = issued(world.ask(ID_CARD, visit=second.ticket.id))
    assert third.ticket.visit == first.ticket.id


def test_a_visit_that_nobody_knows_is_none_and_the_number_is_given_all_the_same() -> None:
    world = World()
    assert issued(world.ask(visit=TicketId("of-yesterday"))).ticket.visit is None


def test_a_repeated_request_of_a_visit_gets_the_same_ticket_also_after_the_hubs_death() -> None:
    world = World()
    first = issued(world.ask(FAMILY_CARD))
    second = world.ask(PASSPORT, request="r-1.2", visit=first.ticket.id)
    world.kill_hub()
    world.start_hub()
    world.run()
    assert world.ask(PASSPORT, request="r-1.2", visit=first.ticket.id) == second


def test_giving_back_one_number_of_a_visit_leaves_the_others() -> None:
    world = World()
    first = issued(world.ask(FAMILY_CARD, request="r-1"))
    second = issued(world.ask(PASSPORT, request="r-1.2", visit=first.ticket.id))
    world.kiosk.say(TicketAbandoned(RequestId("r-1")))
    world.run()
    states = {ticket.id: ticket.state for ticket in world.hub.state.tickets.values()}
    assert states == {first.ticket.id: "voided", second.ticket.id: "waiting"}


def test_what_a_visitor_needs_is_kept_once_each_and_shown_to_the_officer() -> None:
    world = World()
    world.kiosk.say(replace(world.requested(), needs=("escort", "visual-call", "escort")))
    world.run()
    [ticket] = world.hub.state.tickets.values()
    assert ticket.needs == ("escort", "visual-call")
    desk = world.act("open")
    assert desk.waiting[0].needs == ("escort", "visual-call")


def test_what_a_visitor_needs_is_not_in_the_answer_and_so_on_no_paper() -> None:
    world = World()
    world.kiosk.say(replace(world.requested(), needs=("step-free",)))
    world.run()
    assert not hasattr(world.kiosk.last(TicketIssued).ticket, "needs")


# --- how far a number is ------------------------------------------------------------------------------------------------


def ask_about(world: World, **what: object) -> NumberTold:
    world.kiosk.say(NumberAsked(RequestId("n-1"), **what))  # type: ignore[arg-type]
    world.run()
    told = world.kiosk.last(NumberTold)
    assert isinstance(told, NumberTold)
    return told


def test_a_number_is_told_with_its_service() -> None:
    world = World()
    world.ask(PASSPORT)
    told = ask_about(world, number=Number("X001"))
    assert (told.number, told.state, told.ahead, told.service) == ("X001", "waiting", 0, PASSPORT)


def test_the_code_on_a_paper_tells_its_number() -> None:
    world = World(small_book(public_url="https://antrean.example.go.id"))
    world.ask(FAMILY_CARD)
    url = issued(world.ask(FAMILY_CARD)).ticket.follow_url
    assert url is not None
    told = ask_about(world, code=url.rsplit("/", 1)[-1])
    assert (told.number, told.state, told.ahead) == ("K002", "waiting", 1)


@pytest.mark.parametrize("asked", [{"code": "7K3M-9QXD-2W5RA"}, {"number": Number("K999")}, {}])
def test_what_is_not_of_today_has_no_state(asked: dict[str, object]) -> None:
    world = World(small_book(public_url="https://antrean.example.go.id"))
    world.ask()
    told = ask_about(world, **asked)
    assert (told.state, told.service) == (None, None)
    assert told.number == asked.get("number")


def test_without_codes_no_question_finds_a_ticket_that_has_none() -> None:
    world = World()
    world.ask()
    assert ask_about(world).state is None


def test_a_number_that_was_given_back_is_told_to_be_void_and_one_that_was_called_where() -> None:
    world = World()
    world.ask(request="r-1")
    world.ask(request="r-2")
    world.kiosk.say(TicketAbandoned(RequestId("r-1")))
    world.act("open")
    world.act("next")
    assert ask_about(world, number=Number("K001")).state == "voided"
    told = ask_about(world, number=Number("K002"))
    assert (told.state, told.counter) == ("called", THREE)
