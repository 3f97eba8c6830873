"""How a number is asked for at the kiosk and what comes of it, sentence by sentence."""

import pytest

from contract.names import Language, Number, RequestId
from contract.tickets import TicketIssued
from kiosk import choices
from kiosk.happenings import (
    Abandon,
    AskAgain,
    HubSaid,
    Kept,
    Print,
    PrintEnded,
    Report,
    Settle,
)
from kiosk.places import AskingPriority, AtService, Cancelled, Choosing, Refusal, StillThere, Taking, Waiting, Welcome
from kiosk.printing.printer import PrinterStatus, PrintResult
from tests.unit.kiosk_visit import BEGINS, SERVICE, Visit, refused, ticket


@pytest.fixture
def visit() -> Visit:
    return Visit()


def ended(request: RequestId, outcome: str, state: str = "ready") -> PrintEnded:
    status = PrinterStatus(state)  # type: ignore[arg-type]
    return PrintEnded(request, (TicketIssued(request, ticket()),), PrintResult(outcome, "", status))  # type: ignore[arg-type]


# --- asking ---


def test_a_visitor_who_takes_a_number_asks_once(visit):
    request = visit.to_waiting()
    assert visit.asked() == [request]
    assert request.service == SERVICE
    assert request.language == "id"
    assert (request.expires_at - BEGINS).total_seconds() == 8
    assert visit.place() == Waiting()


def test_a_double_tap_asks_once(visit):
    visit.to_service()
    turn = visit.state.turn
    visit.choose(choices.Take("regular"), turn)
    visit.choose(choices.Take("regular"), turn)
    assert len(visit.asked()) == 1


def test_whoever_taps_while_waiting_changes_nothing(visit):
    visit.to_waiting()
    before = visit.state
    for choice in (choices.Take("regular"), choices.Home(), choices.Back(), choices.Start()):
        visit.choose(choice)
    assert visit.state == before
    assert len(visit.asked()) == 1


def test_a_choice_of_an_older_screen_does_nothing(visit):
    visit.choose(choices.Start())
    visit.choose(choices.Home(), turn=visit.state.turn - 1)
    assert isinstance(visit.place(), Choosing)


def test_no_answer_in_two_seconds_asks_the_same_again_until_it_expires(visit):
    request = visit.to_waiting()
    visit.wait(7.9)
    assert visit.did(AskAgain) == [AskAgain(request)] * 3
    visit.wait(0.3)
    assert visit.place() == Refusal("no-answer")
    assert visit.did(Abandon) == [Abandon(request.request)]
    visit.wait(5)
    assert len(visit.did(AskAgain)) == 3


def test_an_answer_is_told_and_printed_once(visit):
    request = visit.to_ticket()
    assert visit.place() == Taking()
    assert visit.did(Print) == [Print((TicketIssued(request.request, ticket()),))]
    visit.happen(HubSaid(TicketIssued(request.request, ticket())))
    assert len(visit.did(Print)) == 1
    assert not visit.did(Abandon)


def test_an_answer_after_the_visitor_was_sent_away_prints_nothing_and_is_abandoned(visit):
    request = visit.to_waiting()
    visit.wait(8.1)
    visit.effects.clear()
    visit.happen(HubSaid(TicketIssued(request.request, ticket())))
    assert visit.did(Abandon) == [Abandon(request.request)]
    assert not visit.did(Print)
    assert visit.state.told is None


def test_an_answer_told_already_that_comes_again_much_later_is_not_abandoned(visit):
    request = visit.to_ticket()
    visit.choose(choices.Done())
    visit.effects.clear()
    visit.happen(HubSaid(TicketIssued(request.request, ticket())))
    assert visit.effects == []


def test_an_answer_to_nobody_here_changes_nothing(visit):
    visit.happen(HubSaid(TicketIssued(RequestId("another-start"), ticket())))
    assert visit.effects == []
    assert visit.place() == Welcome()


def test_a_refusal_is_shown_with_its_reason_and_the_request_is_over(visit):
    request = visit.to_waiting()
    visit.happen(HubSaid(refused(request.request)))
    assert isinstance(visit.place(), Refusal)
    assert getattr(visit.place(), "reason", None) == "quota-used-up"
    assert visit.did(Settle) == [Settle(request.request)]
    visit.choose(choices.Back())
    assert visit.place() == AtService(SERVICE)


def test_a_refusal_of_another_request_does_not_concern_this_visitor(visit):
    visit.to_waiting()
    visit.happen(HubSaid(refused(RequestId("older"))))
    assert visit.place() == Waiting()


def test_what_the_disk_does_not_take_is_not_asked(visit):
    request = visit.to_waiting()
    visit.happen(Kept(request.request, kept=False))
    assert visit.place() == Refusal("cannot-keep")
    visit.wait(3)
    assert not visit.did(AskAgain)


def test_a_number_that_the_disk_does_not_take_is_abandoned_and_not_shown(visit):
    request = visit.to_ticket()
    visit.happen(Kept(request.request, kept=False))
    assert visit.place() == Refusal("cannot-keep")
    assert visit.did(Abandon) == [Abandon(request.request)]


def test_with_the_hub_away_a_number_is_refused_at_once_and_not_asked_for(visit):
    visit.to_service()
    visit.wait(12.1, hub=False)
    visit.choose(choices.Take("regular"))
    assert visit.place() == Refusal("hub-away")
    assert not visit.asked()


def test_priority_asks_which_and_tells_the_hub(visit):
    visit.to_service()
    visit.choose(choices.AskPriority())
    assert visit.place() == AskingPriority(SERVICE)
    visit.choose(choices.Take("pregnant"))
    assert visit.asked()[0].visitor == "pregnant"


def test_the_request_carries_the_language_that_was_chosen(visit):
    visit.choose(choices.Speak(Language("en")))
    assert visit.to_waiting().language == "en"


# --- the ticket ---


def test_what_became_of_the_paper_is_reported_though_the_visitor_has_gone(visit):
    request = visit.to_ticket()
    visit.choose(choices.Done())
    visit.happen(ended(request.request, "printed"))
    [report] = visit.did(Report)
    assert report.printed.outcome == "printed"
    assert report.printed.ticket == ticket().id


@pytest.mark.parametrize(
    ("outcome", "state", "note"),
    [
        ("printed", "ready", False),
        ("sent", "unknown", False),
        ("failed", "paper-out", True),
        ("failed", "offline", True),
        ("unknown", "cover-open", True),
        ("unknown", "ready", True),
    ],
)
def test_a_number_without_paper_is_to_be_noted(visit, outcome, state, note):
    request = visit.to_ticket()
    visit.happen(ended(request.request, outcome, state))
    assert visit.state.told is not None
    assert visit.state.told.must_be_noted is note


def test_a_number_to_be_noted_stays_longer_and_asks_before_it_goes(visit):
    request = visit.to_ticket()
    visit.happen(ended(request.request, "failed", "paper-out"))
    visit.wait(59)
    assert visit.place() == Taking()
    visit.wait(2)
    assert isinstance(visit.place(), StillThere)
    visit.choose(choices.Stay())
    assert visit.place() == Taking()


def test_a_printed_ticket_goes_home_by_itself(visit):
    request = visit.to_ticket()
    visit.happen(ended(request.request, "printed"))
    visit.wait(30.1)
    assert visit.place() == Welcome()
    assert visit.state.told is None


def test_cancelling_is_asked_once_more_and_abandons(visit):
    request = visit.to_ticket()
    visit.choose(choices.Cancel())
    assert not visit.did(Abandon)
    visit.choose(choices.CancelForSure())
    assert visit.did(Abandon) == [Abandon(request.request)]
    assert visit.place() == Cancelled((Number("K069"),))
    assert visit.state.told is None


def test_not_cancelling_after_all_keeps_the_number(visit):
    visit.to_ticket()
    visit.choose(choices.Cancel())
    visit.choose(choices.Back())
    assert visit.place() == Taking()
    assert not visit.did(Abandon)
