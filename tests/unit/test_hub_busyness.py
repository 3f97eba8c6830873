"""The hub says how busy each agency was over the last thirty hall days, and never reads old facts for it."""

from datetime import date, timedelta
from pathlib import Path

from contract.halls import Queues
from contract.names import AgencyId
from contract.tickets import TicketAbandoned, TicketIssued
from hub.domain.busyness import DAYS, given_lately, past_days
from hub.domain.facts import DayBegan
from hub.domain.hall import HallState
from hub.domain.things import PastDay
from hub.journal import Journal, sqlite_url
from tests.unit.hub_hall import FAMILY_CARD, MORNING, PASSPORT, World, small_book

DISDUKCAPIL, IMMIGRATION = AgencyId("disdukcapil"), AgencyId("imigrasi")
A_DAY = timedelta(days=1)


def said(world: World) -> dict[AgencyId | None, int | None]:
    """What was said last of each agency."""
    return {each.agency: each.given_30_days for each in world.kiosk.all(Queues)}


def day_of(world: World, family_cards: int, passports: int) -> None:
    """A whole day with so many numbers, and the next morning."""
    for _ in range(family_cards):
        assert isinstance(world.ask(FAMILY_CARD), TicketIssued)
    for _ in range(passports):
        assert isinstance(world.ask(PASSPORT), TicketIssued)
    world.run(A_DAY.total_seconds())


def test_a_hall_without_a_past_says_that_nothing_was_given():
    assert said(World()) == {DISDUKCAPIL: 0, IMMIGRATION: 0}


def test_what_was_given_counts_from_the_next_day_on_and_adds_up():
    world = World()
    day_of(world, 4, 2)
    assert said(world) == {DISDUKCAPIL: 4, IMMIGRATION: 2}
    day_of(world, 1, 3)
    assert said(world) == {DISDUKCAPIL: 5, IMMIGRATION: 5}


def test_a_number_that_was_given_back_does_not_count():
    world = World()
    issued = world.ask(FAMILY_CARD)
    world.kiosk.say(TicketAbandoned(issued.request))
    day_of(world, 1, 0)
    assert said(world)[DISDUKCAPIL] == 1


def test_thirty_hall_days_count_and_the_day_before_them_does_not():
    begins = date(2026, 10, 1)
    past = tuple(PastDay(begins + A_DAY * count, {DISDUKCAPIL: 1}) for count in range(DAYS))
    state = HallState(day=begins + A_DAY * DAYS, past=past, given={FAMILY_CARD: 5, PASSPORT: 0})
    after = past_days(state, small_book())
    assert len(after) == DAYS
    assert after[0].day == begins + A_DAY
    assert given_lately(after, DISDUKCAPIL) == DAYS - 1 + 5
    assert given_lately(after, IMMIGRATION) == 0


def test_it_survives_a_new_start_that_reads_only_the_facts_of_the_day(tmp_path: Path):
    journal = Journal(sqlite_url(tmp_path / "journal.sqlite"))
    world = World(journal=journal)
    day_of(world, 3, 1)
    world.kill_hub()
    world.start_hub()
    world.run()
    assert said(world) == {DISDUKCAPIL: 3, IMMIGRATION: 1}
    began = [fact for _, fact in journal.facts() if isinstance(fact, DayBegan)][-1]
    assert began.carried.past == (PastDay(MORNING.date(), {DISDUKCAPIL: 3, IMMIGRATION: 1}),)
    journal.close()
