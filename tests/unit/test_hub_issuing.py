"""Whether a visitor gets a number, and which."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from contract.names import DeviceId, Language, RequestId, ServiceId, TicketId
from contract.opening import Opening, Session
from contract.reasons import WhyClosed, WhyRefused
from contract.tickets import TicketAbandoned, TicketIssued, TicketPrinted, TicketRequested
from hub.domain import reports
from hub.domain.facts import Issued, RequestAbandoned, Voided
from hub.domain.hall import REMEMBERED, HallState, evolve
from hub.domain.issuing import Repeated, availability_of, issue
from hub.domain.refusals import Refusal
from tests.unit.hub_hall import DAYS, FAMILY_CARD, ID_CARD, KIOSK, MORNING, PASSPORT, THREE, World, small_book
from tests.unit.test_hub_calling import BOOK, NOW, do, give, hall, take


def request_of(service=FAMILY_CARD, request="r", **more):
    filled: dict[str, Any] = {
        "visitor": "regular",
        "needs": (),
        "language": Language("id"),
        "expires_at": NOW + timedelta(seconds=12),
    }
    return TicketRequested(request=RequestId(request), service=service, **(filled | more))


def ask(state: HallState, service=FAMILY_CARD, request="r", *, now=NOW, book=BOOK, device=KIOSK, **more):
    wanted = request_of(service, request, **more)
    return issue(state, book, device, wanted, now=now, ticket=TicketId(f"of-{request}"), code=None)


def refused(decided) -> str:
    assert isinstance(decided, Refusal), decided
    return decided.reason


def test_numbers_of_one_prefix_follow_each_other_and_another_prefix_has_its_own() -> None:
    state = hall(waiting=0)
    numbers = [
        state.tickets[give(state, service)].number for service in (FAMILY_CARD, FAMILY_CARD, ID_CARD, FAMILY_CARD)
    ]
    assert numbers == ["K001", "K002", "F001", "K003"]


def test_a_repeated_request_gets_the_very_same_ticket() -> None:
    world = World()
    first = world.ask(request="same")
    world.ask(request="other")
    world.act("open")
    world.act("next")
    again = world.ask(request="same")
    assert isinstance(first, TicketIssued)
    assert again == first


def test_a_repeated_request_gets_its_ticket_although_the_service_has_closed_and_the_request_expired() -> None:
    world = World()
    first = world.ask(PASSPORT, request="same")
    world.run(seconds=5 * 3600)
    assert world.ask(PASSPORT, request="same") == first


def test_a_refusal_is_not_remembered() -> None:
    world = World(now=MORNING - timedelta(minutes=30))
    assert world.ask(request="early").reason == WhyClosed.BEFORE_HOURS
    world.now = MORNING
    assert isinstance(world.ask(request="early"), TicketIssued)


def test_the_same_request_id_of_another_device_is_another_request() -> None:
    state = hall(waiting=0)
    take(state, (ask(state, request="r"),))
    second = issue(state, BOOK, DeviceId("kiosk-2"), request_of(request="r"), now=NOW, ticket=TicketId("t2"), code=None)
    assert isinstance(second, Issued)


def test_an_expired_request_is_refused() -> None:
    state = hall()
    assert refused(ask(state, expires_at=NOW)) == WhyRefused.EXPIRED
    assert refused(ask(state, expires_at=NOW - timedelta(seconds=1))) == WhyRefused.EXPIRED


def test_an_unknown_service_is_refused() -> None:
    assert refused(ask(hall(), ServiceId("nikah"))) == WhyRefused.UNKNOWN_SERVICE


def test_a_clock_that_is_set_back_by_a_small_step_sends_nobody_away_and_keeps_the_order() -> None:
    world = World()
    first = world.ask()
    world.run(seconds=-0.9)
    second = world.ask()
    assert (second.ticket.number, second.ticket.issued_at) == ("K002", first.ticket.issued_at)
    world.run(seconds=-0.2)
    assert world.ask().reason == "clock-behind"


def test_nothing_is_issued_while_the_clock_stands_before_the_last_fact() -> None:
    world = World()
    world.ask()
    facts = len(world.journal.facts)
    world.now -= timedelta(hours=1)
    assert world.ask(request="behind").reason == WhyRefused.CLOCK_BEHIND
    assert len(world.journal.facts) == facts
    assert world.hub.counts["refused clock-behind"] == 1
    world.now += timedelta(hours=1)
    assert isinstance(world.ask(request="behind"), TicketIssued)


def test_a_quota_is_kept_and_a_number_that_was_given_back_is_free_again() -> None:
    state = hall(waiting=0)
    first = give(state, PASSPORT)
    give(state, PASSPORT)
    assert availability_of(state, BOOK, PASSPORT, NOW).left_today == 1
    give(state, PASSPORT)
    assert refused(ask(state, PASSPORT)) == WhyClosed.QUOTA_USED_UP
    ticket = state.tickets[first]
    take(state, reports.abandon(state, KIOSK, TicketAbandoned(ticket.request), NOW))
    issued = ask(state, PASSPORT)
    assert isinstance(issued, Issued)
    assert issued.number == "X004"


def test_each_session_has_a_quota_of_its_own_and_the_next_one_begins_anew() -> None:
    book = small_book()
    sessions = (Session(DAYS, "08:00", "11:00", quota=1), Session(DAYS, "11:00", "15:00", quota=2))
    services = replace(book.services[PASSPORT], opening=Opening(sessions=sessions))
    book = replace(book, services={**book.services, PASSPORT: services})
    state = hall(waiting=0)
    later = NOW.replace(hour=11)
    take(state, (ask(state, PASSPORT, "a", book=book),))
    assert refused(ask(state, PASSPORT, "b", book=book)) == WhyClosed.QUOTA_USED_UP
    for request in ("c", "d"):
        until = later + timedelta(seconds=9)
        take(state, (ask(state, PASSPORT, request, book=book, now=later, expires_at=until),))
    assert availability_of(state, book, PASSPORT, later).left_today == 0


def test_before_the_day_begins_and_after_it_closed_nothing_is_issued() -> None:
    state = hall()
    assert refused(ask(state, now=NOW.replace(hour=17), expires_at=NOW.replace(hour=23))) == WhyClosed.HALL_CLOSED
    assert refused(ask(HallState())) == WhyClosed.HALL_CLOSED


@pytest.mark.parametrize(("counter_state", "why"), [("closed", WhyClosed.NO_OFFICER), ("paused", WhyClosed.PAUSED)])
def test_a_hall_may_issue_only_where_an_officer_sits(counter_state: str, why: WhyClosed) -> None:
    book = small_book(issue_without_officer=False)
    state = hall(counter_state, waiting=0)
    assert refused(ask(state, book=book)) == why
    take(state, do(state, "open"))
    assert isinstance(ask(state, book=book), Issued)


def test_ahead_counts_all_who_may_be_called_before() -> None:
    state = hall(waiting=0)
    give(state, ID_CARD)
    give(state, PASSPORT)
    give(state, FAMILY_CARD)
    issued = ask(state, FAMILY_CARD)
    assert isinstance(issued, Issued)
    assert issued.ahead == 2


def test_a_language_that_the_hall_lacks_becomes_its_first() -> None:
    issued = ask(hall(), language=Language("x" * 9000))
    assert isinstance(issued, Issued)
    assert issued.language == "id"


def test_an_abandoned_number_is_voided_and_never_called() -> None:
    world = World()
    world.ask(request="gone")
    kept = world.ask(request="kept")
    world.kiosk.say(TicketAbandoned(RequestId("gone")))
    world.act("open")
    called = world.act("next")
    assert called.ticket.number == kept.ticket.number == "K002"


def test_an_abandoned_number_that_was_just_called_leaves_the_officer_free() -> None:
    state = hall("called", waiting=0)
    ticket = state.in_hand(THREE)
    assert ticket is not None
    facts = take(state, reports.abandon(state, KIOSK, TicketAbandoned(ticket.request), NOW))
    assert [type(fact) for fact in facts] == [Voided]
    assert (state.counter(THREE).state, state.counter(THREE).ticket) == ("open", None)


def test_nobody_is_thrown_out_who_stands_at_the_counter() -> None:
    state = hall("serving", waiting=0)
    ticket = state.in_hand(THREE)
    assert ticket is not None
    assert reports.abandon(state, KIOSK, TicketAbandoned(ticket.request), NOW) == ()


def test_abandoned_may_overtake_its_request_which_then_gets_no_number() -> None:
    world = World()
    world.kiosk.say(TicketAbandoned(RequestId("r-late")))
    world.run()
    assert world.ask(request="r-late").reason == WhyRefused.EXPIRED
    issued = world.ask()
    assert issued.ticket.number == "K001"


def test_an_overtaken_request_is_remembered_over_a_restart() -> None:
    world = World()
    world.kiosk.say(TicketAbandoned(RequestId("r-late")))
    world.run()
    world.kill_hub()
    world.start_hub()
    world.run()
    assert world.ask(request="r-late").reason == WhyRefused.EXPIRED


def test_the_memory_of_abandoned_requests_is_bounded() -> None:
    state = hall()
    for index in range(REMEMBERED + 5):
        evolve(state, RequestAbandoned(at=NOW, device=KIOSK, request=RequestId(f"a-{index}")))
    assert len(state.abandoned) == REMEMBERED
    assert (KIOSK, "a-0") not in state.abandoned


def test_a_ticket_is_followed_under_an_upper_case_address_where_the_hall_has_one() -> None:
    world = World(book=small_book(public_url="https://antre.example"))
    issued = world.ask()
    assert issued.ticket.follow_url == "HTTPS://ANTRE.EXAMPLE/CODE-1"
    assert World().ask().ticket.follow_url is None


def test_a_report_on_paper_is_kept_once_and_only_from_the_kiosk_that_asked() -> None:
    state = hall(waiting=0)
    ticket = give(state)
    said = TicketPrinted(ticket, "printed")
    assert reports.printed(state, DeviceId("kiosk-2"), said, NOW) == ()
    take(state, reports.printed(state, KIOSK, said, NOW))
    assert reports.printed(state, KIOSK, said, NOW) == ()
    assert state.tickets[ticket].paper == "printed"
    for copy in range(2, 100):
        take(state, reports.printed(state, KIOSK, replace(said, copy=copy), NOW))
    assert state.tickets[ticket].paper_reports == reports.PAPER_REPORTS


def test_a_ticket_whose_paper_failed_stays_valid() -> None:
    state = hall("open", waiting=0)
    ticket = give(state)
    take(state, reports.printed(state, KIOSK, TicketPrinted(ticket, "failed"), NOW))
    take(state, do(state, "next"))
    assert state.counter(THREE).ticket == ticket


def test_a_repeated_request_of_a_voided_number_is_refused() -> None:
    state = hall(waiting=0)
    take(state, (ask(state, request="r"),))
    assert isinstance(ask(state, request="r"), Repeated)
    take(state, reports.abandon(state, KIOSK, TicketAbandoned(RequestId("r")), NOW))
    assert refused(ask(state, request="r")) == WhyRefused.EXPIRED
