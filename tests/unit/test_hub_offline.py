"""Numbers that kiosks give while the hub is away: who is lent which, and how they come into the queue."""

from datetime import timedelta
from itertools import chain
from typing import Any

import pytest

from contract.devices import DeviceStatus
from contract.names import DeviceId, Number, RequestId, ServiceId
from contract.reasons import WhyRefused
from contract.tickets import Offline, OfflineNumbers, Refused, TicketAbandoned, TicketIssued
from hub.domain import entering, lending
from hub.domain.facts import BlockLent, BlockRetired, Issued, OfflineNumberRefused, RequestAbandoned, Unserved, Voided
from hub.journal import Journal, sqlite_url
from hub.proof import prove
from hub.register import RegisteredDevice
from tests.unit.hub_hall import FAMILY_CARD, ID_CARD, KIOSK, PASSPORT, REGISTER, TestDevice, World, small_book

KIOSK_2 = DeviceId("kiosk-2")
TWO = {**REGISTER, KIOSK_2: RegisteredDevice(KIOSK_2, "kiosk")}


def here(world: World, installation: str = "one", device: TestDevice | None = None, boot: int = 1, **more: Any) -> None:
    state = more.pop("state", "online")
    world.broker.settle()
    (device or world.kiosk).say(DeviceStatus(state, "kiosk", boot, installation, "1"))
    world.run()


def lent(world: World) -> OfflineNumbers:
    return world.kiosk.last(OfflineNumbers)


def hall(**more: Any) -> World:
    """A hall whose kiosk was lent numbers."""
    world = World(**more)
    here(world)
    return world


def brought(world: World, number: str, wanted=FAMILY_CARD, request: str | None = None, **more: Any) -> Any:
    """The kiosk brings a number that it gave by itself; what the hub says to it."""
    offline = Offline(
        number=Number(number),
        block=more.pop("block", None) or lent(world).block,
        issued_at=more.pop("issued_at", world.now),
        clock=more.pop("clock", "hub"),
        instead_of=more.pop("instead_of", None),
    )
    more.setdefault("expires_at", offline.issued_at + timedelta(seconds=8))
    return world.ask(wanted, request, offline=offline, **more)


def facts(world: World, kind: type[Any]) -> list[Any]:
    return [fact for fact in world.journal.facts if isinstance(fact, kind)]


def waiting(world: World, service=FAMILY_CARD) -> list[str]:
    return [world.hub.state.tickets[place[2]].number for place in world.hub.state.waiting.get(service, [])]


# --- who is lent which -------------------------------------------------------------------------------------------------


def test_a_kiosk_that_says_who_it_is_is_lent_numbers_of_every_prefix_for_today() -> None:
    world = hall()
    said = lent(world)
    assert (said.day, said.installation) == ("2026-11-25", "one")
    assert {prefix: (block.first, block.last) for prefix, block in said.blocks.items()} == {
        "K": (501, 550),
        "F": (501, 550),
        "X": (501, 550),
    }
    assert [(fact.device, fact.block) for fact in facts(world, BlockLent)] == [(KIOSK, said.block)]


def test_a_display_and_a_kiosk_that_never_spoke_are_lent_nothing() -> None:
    world = World()
    world.display()
    assert facts(world, BlockLent) == []
    assert world.kiosk.all(OfflineNumbers) == []


def test_two_kiosks_are_lent_different_numbers() -> None:
    world = hall(register=TWO)
    here(world, "two", TestDevice(world.broker, KIOSK_2, "kiosk"))
    first, second = facts(world, BlockLent)
    assert (first.first, first.last, second.first, second.last) == (501, 550, 551, 600)
    assert (first.device, second.device) == (KIOSK, KIOSK_2)


def test_a_new_installation_gets_a_new_block_and_the_old_one_is_retired_on_record() -> None:
    world = hall()
    old = lent(world)
    here(world, "two", boot=1)
    new = lent(world)
    assert (new.installation, new.blocks["K"].first) == ("two", 551)
    assert [(fact.block, fact.why) for fact in facts(world, BlockRetired)] == [(old.block, "new-installation")]
    assert new.block != old.block


@pytest.mark.parametrize("state", ["lost", "offline"])
def test_a_will_or_a_farewell_of_another_installation_changes_nothing(state: str) -> None:
    world = hall()
    here(world, "before", state=state)
    assert len(facts(world, BlockLent)) == 1


def test_a_repeated_status_lends_nothing_more() -> None:
    world = hall()
    here(world)
    here(world, boot=2)
    assert len(facts(world, BlockLent)) == 1


def test_two_machines_that_throw_each_other_out_do_not_use_up_all_numbers() -> None:
    world = hall()
    for turn in range(40):
        here(world, f"i-{turn % 2}")
    assert len(facts(world, BlockLent)) == lending.MOST_A_DAY


def test_a_new_day_brings_new_blocks_to_the_installations_of_the_day_before() -> None:
    world = hall()
    world.run(seconds=24 * 3600)
    today = lent(world)
    assert (today.day, today.installation, today.blocks["K"].first) == ("2026-11-26", "one", 501)


def test_a_hub_that_starts_again_says_the_same_block_again_and_lends_none() -> None:
    world = hall()
    before = lent(world)
    world.kill_hub()
    world.start_hub()
    world.run()
    assert lent(world) == before
    assert len(world.kiosk.all(OfflineNumbers)) == 2
    assert len(facts(world, BlockLent)) == 1


def test_a_kiosk_that_is_added_while_the_hall_runs_is_lent_numbers() -> None:
    world = hall()
    world.hub.take_register(TWO)
    here(world, "two", TestDevice(world.broker, KIOSK_2, "kiosk"))
    assert [fact.device for fact in facts(world, BlockLent)] == [KIOSK, KIOSK_2]


def test_the_block_of_a_kiosk_that_was_taken_out_of_the_register_is_retired() -> None:
    world = hall()
    world.hub.take_register({name: device for name, device in REGISTER.items() if name != KIOSK})
    world.run()
    assert [fact.why for fact in facts(world, BlockRetired)] == ["removed"]


def test_a_hall_may_lend_none_and_may_choose_where_they_lie() -> None:
    assert facts(hall(book=small_book(offline_size=0)), BlockLent) == []
    world = hall(book=small_book(offline_size=10, offline_first=901))
    assert (lent(world).blocks["K"].first, lent(world).blocks["K"].last) == (901, 910)


def test_nothing_is_lent_before_the_day_begins() -> None:
    world = World()
    world.now -= timedelta(hours=3)
    world = hall(now=world.now)
    assert facts(world, BlockLent) == []
    world.run(seconds=2 * 3600)
    assert lent(world).day == "2026-11-25"


def test_the_hubs_own_numbers_step_over_what_was_lent() -> None:
    world = hall(book=small_book(offline_first=3, offline_size=4))
    numbers = [world.ask().ticket.number for _ in range(4)]
    assert numbers == ["K001", "K002", "K007", "K008"]
    here(world, "two")
    assert lent(world).blocks["K"].first == 9


def test_a_kiosk_that_has_used_half_of_a_prefix_gets_a_further_block_and_may_go_on_with_the_old() -> None:
    world = hall(book=small_book(offline_size=4))
    old = lent(world)
    for count in (501, 502):
        assert isinstance(brought(world, f"K{count}"), TicketIssued)
    assert len(facts(world, BlockLent)) == 1
    brought(world, "K503")
    assert lent(world).blocks["K"].first == 505
    assert facts(world, BlockRetired) == []
    assert isinstance(brought(world, "K504", block=old.block), TicketIssued)


def test_a_prefix_that_the_hall_was_given_today_is_lent_too() -> None:
    world = hall()
    block = lending.block_of(world.hub.state, KIOSK)
    assert block is not None
    world.hub.state.blocks[block.name] = type(block)(
        block.name, KIOSK, "one", block.day, 501, 550, ("K", "F"), block.lent_at
    )
    [more] = lending.due(world.hub.state, world.book, {KIOSK: "one"}, world.now)
    assert isinstance(more, BlockLent)
    assert "X" in more.prefixes


# --- how they come in --------------------------------------------------------------------------------------------------


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
    issued_at = world.now
    world.run(seconds=10 * 3600)
    answer = brought(world, "K501", issued_at=issued_at)
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


def test_one_of_an_earlier_day_is_known_again_after_another_day() -> None:
    world = hall()
    first_day, issued_at = lent(world).block, world.now
    first = brought(world, "K501", issued_at=issued_at, request="o-1")
    world.run(seconds=24 * 3600)
    world.run(seconds=24 * 3600)
    again = brought(world, "K501", block=first_day, issued_at=issued_at, request="o-1")
    assert (again.ticket.id, again.ticket.number) == (first.ticket.id, "K501")
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


# --- what cannot be true -----------------------------------------------------------------------------------------------


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


# --- the journal -------------------------------------------------------------------------------------------------------


def test_a_start_from_any_day_gives_the_same_state(tmp_path) -> None:
    world = World(journal=Journal(sqlite_url(tmp_path / "j")), register=TWO)
    here(world)
    for day in range(3):
        block, issued_at = lent(world).block, world.now
        brought(world, "K501", request=f"o-{day}", issued_at=issued_at)
        brought(world, "K502", request=f"late-{day}", issued_at=issued_at)
        here(world, f"i-{day}")
        world.run(seconds=24 * 3600)
        brought(world, "K503", block=block, request=f"old-{day}", issued_at=issued_at)
    assert world.journal.replay() == world.hub.state
    world.journal.close()
    assert prove(sqlite_url(tmp_path / "j")).holds


def test_every_number_of_a_day_is_the_hubs_next_or_out_of_a_block_that_was_lent() -> None:
    world = hall(book=small_book(offline_first=4, offline_size=3))
    for turn in range(12):
        world.ask()
        if turn % 5 == 0:
            here(world, f"i-{turn}")
    spans = [range(fact.first, fact.last + 1) for fact in facts(world, BlockLent)]
    held = set(chain.from_iterable(spans))
    counts = [fact.count for fact in facts(world, Issued)]
    assert not held & set(counts)
    assert set(range(1, max(counts) + 1)) <= held | set(counts)
    assert len(held) == sum(map(len, spans)), "no two blocks share a number"
    assert [fact for fact in world.journal.facts if isinstance(fact, Unserved)] == []
