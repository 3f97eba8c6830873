"""How numbers that kiosks gave while the hub was away come into the queue, and which do not."""

from datetime import timedelta
from typing import Any

from contract.names import Number, RequestId, ServiceId
from contract.reasons import WhyRefused
from contract.tickets import Offline, OfflineNumbers, Refused, TicketAbandoned, TicketIssued
from hub.domain import entering, lending
from hub.domain.facts import Issued, OfflineNumberRefused, RequestAbandoned, Voided
from tests.unit.hub_hall import FAMILY_CARD, ID_CARD, PASSPORT, TestDevice, World, small_book
from tests.unit.offline_hall import KIOSK_2, TWO, brought, facts, hall, here, lent, waiting


def test_a_number_that_was_given_offline_waits_by_its_time_of_issue() -> None:
    world = hall()
    early = world.ask().ticket.number
    gone = world.now + timedelta(minutes=5)
    world.run(seconds=600)
    late = world.ask().ticket.number
    world.run(seconds=300)
    answer = brought(world, "K501", issued_at=gone)
    assert (answer.ticket.number, answer.ticket.issued_at, answer.ticket.ahead) == ("K501", gone, 1)
    assert waiting(world) == [early, "K501", late]
    world.act("open")
    assert [world.act("next").ticket.number, world.act("finish") and world.act("next").ticket.number] == [early, "K501"]


def test_numbers_that_come_in_the_wrong_order_wait_in_the_right_one() -> None:
    world = hall()
    began = world.now
    world.run(seconds=1200)
    for minute, number in ((9, "K503"), (3, "K501"), (6, "K502")):
        brought(world, number, issued_at=began + timedelta(minutes=minute))
    assert waiting(world) == ["K501", "K502", "K503"]


def test_the_same_again_changes_nothing_and_gets_the_same_answer() -> None:
    world = hall()
    first = brought(world, "K501", request="o-1")
    before = len(world.journal.facts)
    again = brought(world, "K501", request="o-1")
    assert again == first
    assert len(world.journal.facts) == before


def test_a_time_in_the_future_is_now_and_one_before_the_block_is_when_it_was_lent() -> None:
    world = hall()
    began = world.hub.state.blocks[lent(world).block].lent_at
    world.run(seconds=60)
    late = brought(world, "K501", issued_at=world.now + timedelta(hours=2))
    early = brought(world, "K502", issued_at=began - timedelta(hours=2))
    assert (late.ticket.issued_at, early.ticket.issued_at) == (world.now, began)


def test_an_estimated_time_is_placed_as_late_as_it_may_have_been() -> None:
    world = hall()
    began = world.now
    world.run(seconds=4 * 3600)
    told = began + timedelta(minutes=50)
    sure = brought(world, "K501", issued_at=told)
    unsure = brought(world, "K502", issued_at=told, clock="estimated")
    hours = brought(world, "K503", issued_at=began + timedelta(hours=3.5), clock="estimated")
    assert sure.ticket.issued_at == told
    assert unsure.ticket.issued_at == told + timedelta(seconds=30)
    assert hours.ticket.issued_at == began + timedelta(hours=3.5) + entering.MOST_DOUBT


def test_it_counts_in_the_quota_and_comes_in_although_that_is_used_up_or_the_service_closed() -> None:
    world = hall(book=small_book(quota=2))
    issued_at = world.now
    for number in ("X501", "X502", "X503"):
        assert isinstance(brought(world, number, PASSPORT, issued_at=issued_at), TicketIssued)
    assert world.ask(PASSPORT).reason == "quota-used-up"
    world.run(seconds=4 * 3600)
    assert isinstance(brought(world, "X504", PASSPORT, issued_at=issued_at), TicketIssued)


def test_one_that_comes_after_the_day_closed_is_unserved() -> None:
    world = hall()
    block, issued_at = lent(world).block, world.now
    world.run(seconds=10 * 3600)
    answer = brought(world, "K501", block=block, issued_at=issued_at)
    assert isinstance(answer, TicketIssued)
    assert world.hub.state.tickets[answer.ticket.id].state == "unserved"


def test_one_of_an_earlier_day_enters_as_unserved_and_takes_nothing_from_today() -> None:
    world = hall()
    yesterday, issued_at = lent(world).block, world.now
    world.run(seconds=24 * 3600)
    given_today = world.ask().ticket.number
    answer = brought(world, "K501", block=yesterday, issued_at=issued_at, request="o-1")
    assert (given_today, answer.ticket.number) == ("K001", "K501")
    assert world.hub.state.tickets[answer.ticket.id].state == "unserved"
    assert waiting(world) == ["K001"]
    assert world.hub.state.given[FAMILY_CARD] == 1
    assert isinstance(brought(world, "K501"), TicketIssued), "today's K501 is another number"


def test_numbers_that_a_kiosk_gave_in_the_morning_without_the_hub_enter_when_it_comes() -> None:
    world = hall()
    world.run(seconds=10 * 3600)
    tomorrow = lent(world).block
    world.kill_hub()
    world.now += timedelta(hours=16)
    issued_at = world.now - timedelta(minutes=40)
    world.start_hub()
    world.run()
    answer = brought(world, "K501", block=tomorrow, issued_at=issued_at, clock="estimated")
    assert (answer.ticket.number, answer.ticket.issued_at) == ("K501", issued_at + entering.MOST_DOUBT)
    assert waiting(world) == ["K501"]
    assert world.ask().ticket.number == "K001"


def test_one_of_a_day_that_has_not_begun_by_the_hubs_clock_is_answered_once_it_has() -> None:
    world = hall()
    world.run(seconds=10 * 3600)
    tomorrow = lent(world).block
    asked = world.requested(
        request="early-1", offline=Offline(Number("K501"), tomorrow, world.now + timedelta(hours=12), "estimated")
    )
    world.kiosk.say(asked)
    world.run()
    assert facts(world, Issued) == []
    world.run(seconds=14 * 3600)
    world.kiosk.say(asked)
    world.run()
    assert [fact.number for fact in facts(world, Issued)] == ["K501"]
    assert waiting(world) == ["K501"]


def test_one_of_a_day_that_passed_without_the_hub_is_unserved() -> None:
    world = hall()
    world.run(seconds=10 * 3600)
    tomorrow = lent(world).block
    world.kill_hub()
    world.now += timedelta(hours=25)
    world.start_hub()
    world.run()
    answer = brought(world, "K501", block=tomorrow, issued_at=world.now - timedelta(hours=6))
    assert world.hub.state.tickets[answer.ticket.id].state == "unserved"


def test_one_of_an_earlier_day_is_known_again_after_another_day() -> None:
    world = hall()
    first_day = lent(world).block
    world.ask()
    world.run(seconds=300)
    first = brought(world, "K501", issued_at=world.now, request="o-1")
    assert first.ticket.ahead == 1
    issued_at = world.now
    world.run(seconds=24 * 3600)
    world.run(seconds=24 * 3600)
    again = brought(world, "K501", block=first_day, issued_at=issued_at, request="o-1")
    assert again == first
    refused = brought(world, "K501", block=first_day, issued_at=issued_at, request="o-2")
    assert refused.reason == WhyRefused.NOT_ALLOWED


def test_blocks_are_forgotten_after_some_days() -> None:
    world = hall()
    first_day, issued_at = lent(world).block, world.now
    for _ in range(lending.KEPT_DAYS + 1):
        world.run(seconds=24 * 3600)
    assert brought(world, "K501", block=first_day, issued_at=issued_at).reason == WhyRefused.NOT_ALLOWED
    assert len(world.hub.state.blocks) <= lending.KEPT_DAYS + 1


def test_the_request_that_was_given_up_for_it_is_voided_so_that_nobody_has_two_numbers() -> None:
    world = hall()
    lost = world.ask(request="r-1").ticket
    world.run(seconds=8)
    brought(world, "K501", request="r-1.2", instead_of=RequestId("r-1"))
    assert world.hub.state.tickets[lost.id].state == "voided"
    assert waiting(world) == ["K501"]
    assert len(facts(world, Voided)) == 1


def test_the_request_that_was_given_up_gets_no_number_when_it_comes_later() -> None:
    world = hall()
    brought(world, "K501", request="o-1", instead_of=RequestId("r-1"))
    assert isinstance(world.ask(request="r-1"), Refused)
    assert len(facts(world, RequestAbandoned)) == 1
    brought(world, "K501", request="o-1", instead_of=RequestId("r-1"))
    assert len(facts(world, RequestAbandoned)) == 1


def test_a_call_to_who_was_given_up_for_it_is_taken_back() -> None:
    world = hall()
    world.act("open")
    world.ask(request="r-1")
    world.act("next")
    brought(world, "K501", instead_of=RequestId("r-1"))
    assert world.hub.state.counter(next(iter(world.hub.state.counters))).ticket is None
    assert world.act("next").ticket.number == "K501"


def test_one_that_was_given_back_is_void() -> None:
    world = hall()
    brought(world, "K501", request="o-1")
    world.kiosk.say(TicketAbandoned(RequestId("o-1")))
    world.run()
    assert waiting(world) == []
    assert brought(world, "K501", request="o-1").reason == WhyRefused.EXPIRED


def not_entered(world: World, answer: Any) -> str:
    assert isinstance(answer, Refused)
    assert answer.reason in (WhyRefused.NOT_ALLOWED, WhyRefused.UNKNOWN_SERVICE)
    [fact] = facts(world, OfflineNumberRefused)
    assert facts(world, Issued) == [] or len(facts(world, Issued)) == 1
    return str(fact.why)


def test_a_number_twice_is_refused_and_on_record() -> None:
    world = hall()
    brought(world, "K501", request="o-1")
    assert not_entered(world, brought(world, "K501", request="o-2")) == "used-already"
    assert waiting(world) == ["K501"]


def test_a_number_outside_of_the_block_is_refused_and_on_record() -> None:
    world = hall()
    assert not_entered(world, brought(world, "K551")) == "not-of-the-block"


def test_a_number_of_another_service_is_refused_and_on_record() -> None:
    world = hall()
    assert not_entered(world, brought(world, "F501", FAMILY_CARD)) == "not-of-the-block"


def test_a_number_that_is_none_of_the_halls_is_refused_and_on_record() -> None:
    world = hall()
    assert not_entered(world, brought(world, "Q501", ID_CARD)) == "not-of-the-block"


def test_a_block_that_was_never_lent_is_refused_and_on_record() -> None:
    world = hall()
    assert not_entered(world, brought(world, "K501", block="forged")) == "unknown-block"


def test_another_kiosks_block_is_refused_and_on_record() -> None:
    world = hall(register=TWO)
    other = TestDevice(world.broker, KIOSK_2, "kiosk")
    here(world, "two", other)
    assert not_entered(world, brought(world, "K551", block=other.last(OfflineNumbers).block)) == "unknown-block"


def test_a_retired_block_gives_no_more_numbers_but_what_was_given_before_counts() -> None:
    world = hall()
    old, before = lent(world).block, world.now
    world.run(seconds=60)
    here(world, "two")
    world.run(seconds=60)
    assert isinstance(brought(world, "K501", block=old, issued_at=before), TicketIssued)
    assert not_entered(world, brought(world, "K502", block=old)) == "retired-block"


def test_an_estimated_time_may_have_been_before_its_block_was_retired() -> None:
    world = hall()
    old = lent(world).block
    here(world, "two")
    world.run(seconds=300)
    retired = world.hub.state.blocks[old].retired_at
    assert retired is not None
    within, beyond = retired + timedelta(seconds=90), retired + timedelta(seconds=150)
    assert isinstance(brought(world, "K501", block=old, issued_at=within, clock="estimated"), TicketIssued)
    assert brought(world, "K502", block=old, issued_at=within).reason == WhyRefused.NOT_ALLOWED
    assert brought(world, "K503", block=old, issued_at=beyond, clock="estimated").reason == WhyRefused.NOT_ALLOWED
    assert [fact.why for fact in facts(world, OfflineNumberRefused)] == ["retired-block", "retired-block"]


def test_a_service_that_the_hall_no_longer_has_is_refused_and_on_record() -> None:
    world = hall()
    answer = brought(world, "K501", ServiceId("gone"))
    assert not_entered(world, answer) == "unknown-service"


def test_a_kiosk_gone_wild_does_not_fill_the_journal() -> None:
    world = hall()
    for count in range(300):
        brought(world, "K501", request=f"wild-{count}", block="forged")
    assert len(facts(world, OfflineNumberRefused)) <= 120


def test_a_clock_that_stands_behind_does_not_keep_a_paper_out() -> None:
    world = hall()
    issued_at = world.now
    world.run(seconds=600)
    world.ask()
    last = world.hub.state.last_at
    world.now -= timedelta(seconds=300)
    answer = brought(world, "K501", issued_at=issued_at)
    assert isinstance(answer, TicketIssued)
    assert facts(world, Issued)[-1].at == last
