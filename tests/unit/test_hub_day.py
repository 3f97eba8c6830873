"""How a hall day begins, closes and turns into the next."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from contract.calls import Board
from contract.reasons import WhyClosed
from hub.desk.door import CounterDesk, DeskRefusal
from hub.domain.book import HallBook, book_of
from hub.domain.facts import CounterClosed, DayBegan, DayClosed, NoShow, Unserved
from tests.unit.hub_hall import FOUR, THREE, World, small_book

HOURS = 3600


def kinds(world: World) -> list[type]:
    return [type(fact) for fact in world.journal.facts]


def test_the_day_begins_by_the_halls_own_clock() -> None:
    world = World(now=datetime(2026, 11, 24, 22, 59, tzinfo=UTC))  # 06:59 of the 25th in the hall
    assert DayBegan not in kinds(world)
    world.run(seconds=60)
    assert str(world.hub.state.day) == "2026-11-25"
    assert kinds(world).count(DayBegan) == 1


def test_what_waits_when_the_day_closes_is_unserved_and_free_counters_close() -> None:
    world = World()
    world.act("open")
    world.ask()
    world.ask()
    world.run(seconds=8 * HOURS)
    assert kinds(world)[-4:] == [Unserved, Unserved, CounterClosed, DayClosed]
    assert {ticket.state for ticket in world.hub.state.tickets.values()} == {"unserved"}
    assert world.hub.state.counter(THREE).state == "closed"


def test_nobody_in_an_officers_hands_is_thrown_out_and_the_counter_closes_when_it_is_free() -> None:
    world = World()
    world.act("open")
    world.ask()
    world.act("next")
    world.run(seconds=8 * HOURS)
    assert world.hub.state.counter(THREE).state == "called"
    assert isinstance(world.act("arrive"), CounterDesk)
    done = world.act("finish")
    assert isinstance(done, CounterDesk)
    assert (done.state, done.served_today) == ("closed", 1)


def test_next_after_the_day_closed_finishes_and_closes() -> None:
    world = World()
    world.act("open")
    world.ask()
    world.act("next")
    world.act("arrive")
    world.run(seconds=8 * HOURS)
    done = world.act("next")
    assert isinstance(done, CounterDesk)
    assert done.state == "closed"


def test_a_closed_day_gives_no_numbers_and_opens_no_counter() -> None:
    world = World()
    world.run(seconds=8 * HOURS)
    assert world.ask().reason == WhyClosed.HALL_CLOSED
    refused = world.act("open")
    assert isinstance(refused, DeskRefusal)
    assert refused.reason == WhyClosed.HALL_CLOSED


def test_numbers_start_again_the_next_day() -> None:
    world = World()
    assert world.ask().ticket.number == "K001"
    assert world.ask().ticket.number == "K002"
    world.run(seconds=24 * HOURS)
    assert str(world.hub.state.day) == "2026-11-26"
    assert world.ask().ticket.number == "K001"


def test_a_hub_that_was_off_at_midnight_makes_up_for_it_at_its_start() -> None:
    world = World()
    world.act("open")
    world.ask()
    world.kill_hub()
    world.now += timedelta(days=1)
    world.start_hub()
    world.run()
    assert kinds(world).count(DayClosed) == 1
    assert kinds(world)[-1] is DayBegan
    assert world.hub.state.counter(THREE).state == "closed"
    assert world.ask().ticket.number == "K001"


def test_a_hall_that_never_closes_turns_at_midnight() -> None:
    book = small_book(closes="24:00")
    world = World(book=book, now=datetime(2026, 11, 25, 15, 59, 59, tzinfo=UTC))
    world.act("open")
    world.run(seconds=1)
    assert kinds(world)[-1] is DayClosed
    world.run(seconds=7 * HOURS)
    assert str(world.hub.state.day) == "2026-11-26"


def test_a_ticket_in_hand_goes_on_into_the_next_day_beside_one_of_the_same_number() -> None:
    world = World()
    world.act("open")
    world.ask()
    world.act("next")
    world.act("arrive")
    world.run(seconds=24 * HOURS)
    assert world.hub.state.counter(THREE).state == "serving"
    assert world.ask().ticket.number == "K001"
    done = world.act("finish")
    assert isinstance(done, CounterDesk)
    assert done.state == "closed"
    assert isinstance(world.act("open"), CounterDesk)
    again = world.act("next")
    assert isinstance(again, CounterDesk)
    assert again.ticket is not None
    assert again.ticket.number == "K001"


def test_a_request_is_answered_alike_over_the_change_of_the_day_while_it_has_not_expired() -> None:
    world = World()
    until = world.now + timedelta(days=2)
    first = world.ask(request="long", expires_at=until)
    world.run(seconds=24 * HOURS)
    assert world.ask(request="long", expires_at=until) == first


def test_the_day_does_not_turn_while_the_clock_is_behind() -> None:
    world = World()
    before = len(world.journal.facts)
    world.run(seconds=-24 * HOURS)
    assert len(world.journal.facts) == before
    assert world.hub.state.day_open


def test_no_day_begins_before_the_last_fact() -> None:
    """The hub started in the night of the 27th; then somebody set the clock to the morning of the 26th."""
    world = World()
    world.kill_hub()
    world.now += timedelta(hours=43)
    world.start_hub()
    world.run()
    before = len(world.journal.facts)
    world.run(seconds=-20 * HOURS)
    assert str(world.now.date()) == "2026-11-25"
    world.run(seconds=1 * HOURS)
    assert len(world.journal.facts) == before


def test_a_hub_that_starts_with_its_clock_behind_puts_only_its_start_on_record() -> None:
    world = World()
    world.ask(request="a")
    world.kill_hub()
    world.now -= timedelta(days=3)
    before = len(world.journal.facts)
    world.start_hub()
    world.run()
    assert kinds(world)[before:] == [kinds(world)[0]]
    assert world.ask(request="b").reason == "clock-behind"
    times = [fact.at for fact in world.journal.facts]
    assert times == sorted(times)


def test_the_hub_itself_never_finds_a_no_show() -> None:
    world = World()
    world.act("open")
    world.ask()
    world.act("next")
    for _ in range(20):
        world.run(seconds=HOURS)
    assert NoShow not in kinds(world)


def test_the_board_tells_the_day_and_what_every_counter_does() -> None:
    world = World()
    display = world.display()
    world.act("open")
    world.act("open", FOUR, "budi")
    world.act("pause", FOUR, "budi", reason="sholat")
    board = display.last(Board)
    assert board.day == "2026-11-25"
    assert [(each.id, each.state, each.reason) for each in board.counters][:2] == [
        (THREE, "open", None),
        (FOUR, "paused", "sholat"),
    ]


def test_daylight_saving_puts_no_fact_before_another() -> None:
    """At 03:00 the clocks go back to 02:00: the wall clock repeats an hour, the facts do not."""
    book = small_book(closes="24:00")
    hall = replace(book.hall, time_zone="Europe/Berlin", day_begins="00:00")
    world = World(book=book_of(hall, book.agencies), now=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    world.act("open")
    world.run(seconds=HOURS)
    assert isinstance(world.act("pause"), CounterDesk)
    opened, paused = world.journal.facts[-2:]
    assert (opened.at.hour, paused.at.hour) == (2, 2)
    assert paused.at - opened.at == timedelta(hours=1)


def without_counter_3() -> HallBook:
    book = small_book()
    counters = tuple(counter for counter in book.hall.counters if counter.id != THREE)
    return book_of(replace(book.hall, counters=counters), book.agencies)


@pytest.mark.parametrize("came", [False, True])
def test_a_ticket_in_hand_at_a_counter_that_was_taken_away_is_unserved_when_the_day_closes(came: bool) -> None:
    world = World()
    world.act("open")
    ticket = world.ask().ticket.id
    world.act("next")
    if came:
        world.act("arrive")
    world.kill_hub()
    world.book = without_counter_3()
    world.start_hub()
    world.run(seconds=60)
    assert world.hub.state.tickets[ticket].state == ("serving" if came else "called")  # the counter may come back yet
    world.run(seconds=8 * HOURS)
    assert world.hub.state.tickets[ticket].state == "unserved"
    assert kinds(world)[-3:] == [DayClosed, Unserved, CounterClosed]
    assert world.hub.state.counter(THREE).ticket is None
    world.run(seconds=16 * HOURS)
    began = [fact for fact in world.journal.facts if isinstance(fact, DayBegan)][-1]
    assert began.carried.tickets == ()
    assert world.journal.replay() == world.hub.state


def test_a_counter_that_was_taken_away_after_its_day_gives_its_ticket_up_at_the_start() -> None:
    world = World()
    world.act("open")
    ticket = world.ask().ticket.id
    world.act("next")
    world.run(seconds=8 * HOURS)
    world.kill_hub()
    world.book = without_counter_3()
    world.start_hub()
    assert world.hub.state.tickets[ticket].state == "unserved"
    assert kinds(world)[-2:] == [Unserved, CounterClosed]


def test_a_counter_that_came_back_before_the_day_closed_keeps_its_ticket() -> None:
    world = World()
    whole = world.book
    world.act("open")
    world.ask()
    world.act("next")
    for book in (without_counter_3(), whole):
        world.kill_hub()
        world.book = book
        world.start_hub()
    world.run(seconds=8 * HOURS)
    assert world.hub.state.counter(THREE).state == "called"
    assert isinstance(world.act("finish"), CounterDesk)
