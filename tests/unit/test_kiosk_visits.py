"""Several services of one visit: which are wanted, how they are asked for, and what the visitor is told whatever happens."""

import pytest
from msgspec.structs import replace

from contract.names import Number, RequestId, ServiceId
from contract.tickets import TicketIssued
from kiosk import choices
from kiosk.happenings import Abandon, Ask, AskAgain, HubSaid, Kept, Print, PrintEnded, Report, Settle
from kiosk.places import AskingPriority, AtService, Cancelled, Choosing, Refusal, Taking, Waiting, Welcome
from kiosk.printing.printer import PrinterStatus, PrintResult
from kiosk.visiting import MOST_SERVICES, wanted
from tests.unit.kiosk_services import FAMILY_CARD, PASSPORT, PERMIT, Visitor, ticket_for
from tests.unit.kiosk_visit import AGENCY, refused


@pytest.fixture
def visitor():
    return Visitor()


def test_a_visit_of_one_service_asks_at_once_and_prints_at_once(visitor):
    visitor.take(FAMILY_CARD)
    request = visitor.answer()
    [printed] = visitor.did(Print)
    assert [each.request for each in printed.issued] == [request]
    assert visitor.asked()[0].visit is None


def test_nothing_is_asked_for_before_the_list_is_whole(visitor):
    visitor.want(FAMILY_CARD, PASSPORT)
    assert not visitor.did(Ask)
    assert wanted(visitor.state.trail) == (FAMILY_CARD, PASSPORT)


def test_numbers_are_asked_for_one_after_another_and_the_later_name_the_first_ones_ticket(visitor):
    visitor.take(FAMILY_CARD, PASSPORT, PERMIT)
    for _ in range(3):
        visitor.answer()
    first, second, third = visitor.asked()
    assert (first.service, second.service, third.service) == (FAMILY_CARD, PASSPORT, PERMIT)
    assert (first.visit, second.visit, third.visit) == (None, "t-K069", "t-K069")
    assert len({first.request, second.request, third.request}) == 3


def test_all_numbers_of_a_visit_are_told_together_on_one_paper(visitor):
    visitor.take(FAMILY_CARD, PASSPORT)
    visitor.answer()
    assert isinstance(visitor.place(), Waiting)
    assert not visitor.did(Print)
    visitor.answer()
    [printed] = visitor.did(Print)
    assert [each.ticket.number for each in printed.issued] == ["K069", "X069"]
    assert visitor.place() == Taking()
    assert [each.ticket.number for each in visitor.state.told.issued] == ["K069", "X069"]


def test_the_same_service_is_wanted_once(visitor):
    visitor.want(FAMILY_CARD, FAMILY_CARD, PASSPORT)
    assert wanted(visitor.state.trail) == (FAMILY_CARD, PASSPORT)


def test_back_takes_a_service_off_the_list(visitor):
    visitor.want(FAMILY_CARD, PASSPORT)
    visitor.choose(choices.Back())
    assert wanted(visitor.state.trail) == (FAMILY_CARD,)
    for _ in range(2):
        visitor.choose(choices.Back())
    assert visitor.place() == AtService(FAMILY_CARD)


def test_home_forgets_the_list(visitor):
    visitor.want(FAMILY_CARD, PASSPORT)
    visitor.choose(choices.Home())
    assert wanted(visitor.state.trail) == ()


def test_no_more_than_four_services_go_on_one_paper(visitor):
    trail = tuple(AtService(ServiceId(f"service-{count}")) for count in range(MOST_SERVICES))
    visitor.state = replace(visitor.state, trail=(Welcome(), *trail))
    visitor.choose(choices.AddAnother())
    assert isinstance(visitor.place(), AtService)


def test_one_more_service_is_chosen_from_the_beginning(visitor):
    visitor.want(FAMILY_CARD)
    visitor.choose(choices.AddAnother())
    assert isinstance(visitor.place(), Choosing)


def test_priority_counts_for_every_service_of_the_visit(visitor):
    visitor.want(FAMILY_CARD, PASSPORT)
    visitor.choose(choices.AskPriority())
    assert visitor.place() == AskingPriority(PASSPORT)
    visitor.choose(choices.Take("elderly"))
    visitor.answer()
    assert [asked.visitor for asked in visitor.asked()] == ["elderly", "elderly"]


# --- what is not to be had ----------------------------------------------------------------------------------------------


def test_a_second_service_that_is_refused_still_gives_the_first_and_the_reason(visitor):
    visitor.take(FAMILY_CARD, PASSPORT)
    first = visitor.answer()
    second = visitor.asked()[-1].request
    visitor.happen(HubSaid(refused(second)))
    [printed] = visitor.did(Print)
    assert [each.request for each in printed.issued] == [first]
    assert [(one.service, one.reason) for one in visitor.state.told.missed] == [(PASSPORT, "quota-used-up")]
    assert Settle(second) in visitor.effects


def test_a_first_service_that_is_refused_leaves_the_second_to_begin_the_visit(visitor):
    visitor.take(FAMILY_CARD, PASSPORT, PERMIT)
    visitor.happen(HubSaid(refused(visitor.asked()[-1].request)))
    visitor.answer()
    visitor.answer()
    assert [asked.visit for asked in visitor.asked()] == [None, None, "t-X069"]
    assert [each.ticket.number for each in visitor.state.told.issued] == ["X069", "R069"]


def test_when_none_is_to_be_had_each_reason_is_told(visitor):
    visitor.take(FAMILY_CARD, PASSPORT)
    visitor.happen(HubSaid(refused(visitor.asked()[-1].request)))
    visitor.happen(HubSaid(refused(visitor.asked()[-1].request, "not-today")))
    place = visitor.place()
    assert isinstance(place, Refusal)
    assert [(one.service, one.reason) for one in place.several] == [
        (FAMILY_CARD, "quota-used-up"),
        (PASSPORT, "not-today"),
    ]
    assert not visitor.did(Print)


def test_a_second_service_without_an_answer_is_given_up_and_the_first_is_told(visitor):
    visitor.take(FAMILY_CARD, PASSPORT, PERMIT)
    first = visitor.answer()
    unanswered = visitor.asked()[-1].request
    visitor.wait(8.1)
    assert visitor.did(Abandon) == [Abandon(unanswered)]
    [printed] = visitor.did(Print)
    assert [each.request for each in printed.issued] == [first]
    assert [(one.service, one.reason) for one in visitor.state.told.missed] == [
        (PASSPORT, "no-answer"),
        (PERMIT, "no-answer"),
    ]


def test_no_visitor_waits_longer_for_several_services_than_for_one(visitor):
    visitor.take(FAMILY_CARD, PASSPORT)
    visitor.wait(6.0)
    visitor.answer()
    visitor.wait(2.1)
    assert visitor.place() == Taking()
    second = visitor.asked()[-1]
    assert (second.expires_at - visitor.asked()[0].expires_at).total_seconds() == pytest.approx(0, abs=0.2)


def test_a_late_answer_to_a_second_service_prints_nothing_and_is_abandoned_once_more(visitor):
    visitor.take(FAMILY_CARD, PASSPORT)
    visitor.answer()
    visitor.wait(8.1)
    visitor.answer()
    assert len(visitor.did(Print)) == 1
    assert [gone.request for gone in visitor.did(Abandon)] == [visitor.asked()[-1].request] * 2


def test_the_second_request_is_asked_again_with_its_own_id(visitor):
    visitor.take(FAMILY_CARD, PASSPORT)
    visitor.answer()
    visitor.wait(2.1)
    assert visitor.did(AskAgain) == [AskAgain(visitor.asked()[-1])]


def test_an_answer_that_comes_twice_gives_one_number(visitor):
    visitor.take(FAMILY_CARD, PASSPORT)
    first = visitor.answer()
    visitor.happen(HubSaid(TicketIssued(first, ticket_for(FAMILY_CARD))))
    visitor.answer()
    [printed] = visitor.did(Print)
    assert len(printed.issued) == 2


def test_a_second_request_that_the_disk_does_not_take_is_told_so_and_the_first_is_kept(visitor):
    visitor.take(FAMILY_CARD, PASSPORT)
    visitor.answer()
    visitor.happen(Kept(visitor.asked()[-1].request, kept=False))
    assert [one.reason for one in visitor.state.told.missed] == ["cannot-keep"]
    assert len(visitor.did(Print)) == 1


def test_numbers_that_the_disk_does_not_take_are_told_to_nobody_and_all_abandoned(visitor):
    visitor.take(FAMILY_CARD, PASSPORT)
    first, second = visitor.answer(), visitor.answer()
    visitor.happen(Kept(second, kept=False))
    assert visitor.did(Abandon) == [Abandon(first), Abandon(second)]
    assert visitor.place() == Refusal("cannot-keep")


# --- the paper, and giving numbers back ---------------------------------------------------------------------------------


def told(visitor: Visitor, *services: object) -> tuple[RequestId, ...]:
    visitor.take(*services)  # type: ignore[arg-type]
    return tuple(visitor.answer() for _ in services)


def test_what_became_of_the_paper_is_reported_for_every_number_on_it(visitor):
    told(visitor, FAMILY_CARD, PASSPORT)
    [printed] = visitor.did(Print)
    ended = PrintEnded(printed.issued[0].request, printed.issued, PrintResult("failed", "", PrinterStatus("paper-out")))
    visitor.happen(ended)
    assert [(one.printed.ticket, one.printed.outcome) for one in visitor.did(Report)] == [
        ("t-K069", "failed"),
        ("t-X069", "failed"),
    ]
    assert visitor.state.told.must_be_noted


def test_of_several_numbers_one_can_be_given_back_and_the_others_stay(visitor):
    first, _ = told(visitor, FAMILY_CARD, PASSPORT)
    visitor.choose(choices.Cancel())
    visitor.choose(choices.CancelForSure(Number("K069")))
    assert visitor.did(Abandon) == [Abandon(first)]
    assert visitor.place() == Cancelled((Number("K069"),))
    visitor.choose(choices.Back())
    assert visitor.place() == Taking()
    assert [each.ticket.number for each in visitor.state.told.issued] == ["X069"]


def test_all_numbers_of_a_visit_can_be_given_back_at_once(visitor):
    requests = told(visitor, FAMILY_CARD, PASSPORT)
    visitor.choose(choices.Cancel())
    visitor.choose(choices.CancelForSure())
    assert visitor.did(Abandon) == [Abandon(request) for request in requests]
    assert visitor.state.trail == (Welcome(), Cancelled((Number("K069"), Number("X069"))))
    assert visitor.state.told is None


def test_the_paper_of_a_number_that_was_given_back_is_still_reported(visitor):
    first, _ = told(visitor, FAMILY_CARD, PASSPORT)
    visitor.choose(choices.CancelForSure(Number("K069")))
    [printed] = visitor.did(Print)
    visitor.happen(PrintEnded(first, printed.issued, PrintResult("failed", "", PrinterStatus("paper-out"))))
    assert visitor.state.told.outcome == "failed"


# --- help on the way ----------------------------------------------------------------------------------------------------


def test_needs_go_with_every_request_of_the_visit_in_one_order(visitor):
    visitor.want(FAMILY_CARD, PASSPORT)
    visitor.choose(choices.AskNeeds())
    visitor.choose(choices.ToggleNeed("step-free"))
    visitor.choose(choices.ToggleNeed("escort"))
    visitor.choose(choices.Back())
    visitor.choose(choices.Take("regular"))
    visitor.answer()
    assert [asked.needs for asked in visitor.asked()] == [("escort", "step-free")] * 2


def test_a_need_that_is_touched_twice_is_none(visitor):
    visitor.want(FAMILY_CARD)
    visitor.choose(choices.AskNeeds())
    visitor.choose(choices.ToggleNeed("visual-call"))
    visitor.choose(choices.ToggleNeed("visual-call"))
    assert visitor.state.needs == ()


def test_needs_are_the_visitors_own_and_the_next_finds_none(visitor):
    visitor.want(FAMILY_CARD)
    visitor.choose(choices.AskNeeds())
    visitor.choose(choices.ToggleNeed("visual-call"))
    visitor.choose(choices.Home())
    assert visitor.state.needs == ()


def test_needs_do_not_outlive_the_way_back_to_the_start(visitor):
    visitor.want(FAMILY_CARD)
    visitor.choose(choices.AskNeeds())
    visitor.choose(choices.ToggleNeed("escort"))
    for _ in range(5):
        visitor.choose(choices.Back())
    assert visitor.state.trail == (Welcome(),)
    assert visitor.state.needs == ()


def test_nobody_is_asked_for_needs_and_the_four_touches_stay_four(visitor):
    for choice in (choices.Start(), choices.ChooseAgency(AGENCY), choices.ChooseService(FAMILY_CARD)):
        visitor.choose(choice)
    visitor.choose(choices.Take("regular"))
    assert visitor.asked()[0].needs == ()
