"""Who is lent numbers for the time when the hub is away, which, and that they are nobody else's."""

from datetime import date, timedelta
from itertools import chain

import pytest
from msgspec.structs import replace

from contract.names import DeviceId
from contract.opening import Opening, Session
from contract.tickets import OfflineNumbers, TicketIssued
from hub.codes import RealChance
from hub.domain import lending
from hub.domain.facts import BlockLent, BlockRetired, Issued, Unserved
from hub.journal import Journal, sqlite_url
from hub.proof import prove
from tests.unit.hub_hall import DAYS, KIOSK, REGISTER, TestDevice, World, small_book
from tests.unit.offline_hall import KIOSK_2, TWO, brought, facts, hall, here, lent


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


def test_the_next_days_numbers_are_lent_once_the_day_has_closed() -> None:
    world = hall()
    world.run(seconds=10 * 3600)
    tomorrow = lent(world)
    assert (tomorrow.day, tomorrow.installation, tomorrow.blocks["K"].first) == ("2026-11-26", "one", 501)
    world.run(seconds=14 * 3600)
    assert lent(world) == tomorrow
    assert len(facts(world, BlockLent)) == 2


def test_before_a_weekend_without_opening_hours_mondays_are_lent() -> None:
    week = Opening((Session(DAYS[:5], "08:00", "15:00"),))
    book = small_book()
    open_on_weekdays = {name: replace(each, opening=week) for name, each in book.services.items()}
    world = hall(book=replace(book, services=open_on_weekdays))
    for _ in range(58):
        world.run(seconds=3600)
    assert world.hub.state.day == date(2026, 11, 27)
    monday = lent(world)
    assert monday.day == "2026-11-30"
    for _ in range(48):
        world.run(seconds=3600)
    assert world.hub.state.day == date(2026, 11, 29)
    assert lent(world) == monday, "a kiosk that came back meanwhile hears it again"
    world.run(seconds=14 * 3600)
    assert lent(world) == monday


def test_another_installation_in_the_night_gets_tomorrows_numbers_and_the_old_ones_are_retired() -> None:
    world = hall()
    world.run(seconds=10 * 3600)
    old = lent(world)
    here(world, "two", boot=2)
    new = lent(world)
    assert (new.day, new.installation, new.blocks["K"].first) == ("2026-11-26", "two", 551)
    assert [(fact.block, fact.why) for fact in facts(world, BlockRetired)] == [(old.block, "new-installation")]


def test_a_kiosk_that_is_taken_out_at_night_loses_tomorrows_block() -> None:
    world = hall()
    world.run(seconds=10 * 3600)
    tomorrow = lent(world).block
    world.hub.take_register({name: device for name, device in REGISTER.items() if name != KIOSK})
    world.run()
    assert tomorrow in [fact.block for fact in facts(world, BlockRetired)]


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
    [more] = lending.due(world.hub.state, world.book, {KIOSK: "one"}, world.now, str)
    assert isinstance(more, BlockLent)
    assert "X" in more.prefixes


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


def test_a_hub_whose_journal_was_set_back_gives_no_name_again_that_a_kiosk_knows() -> None:
    world = hall()
    before = lent(world)
    again = hall()  # the same day anew, from a backup of before the block was lent
    assert lent(again).blocks == before.blocks
    assert lent(again).block != before.block


def test_a_blocks_name_is_never_too_long_for_a_request() -> None:
    name = DeviceId("k" * 40)
    world = hall()
    due = lending.due(world.hub.state, world.book, {name: "one"}, world.now, RealChance().block)
    [block] = [fact.block for fact in due if isinstance(fact, BlockLent)]
    assert len(block) <= 64
    assert RealChance().block() != RealChance().block()
