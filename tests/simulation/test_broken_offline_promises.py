"""The checkers find what may go wrong with numbers that kiosks give by themselves: programs that are broken on purpose."""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from contract.tickets import TicketRequested
from hub.domain.facts import BlockLent, Fact, Issued
from hub.service import HubEvent, HubService
from kiosk.device import KioskDevice
from kiosk.ledger import Ledger
from link.link import Heard
from simulator.programs import Made
from simulator.trouble import Trouble
from simulator.world import Story, World

AWAY = Trouble(hub_away=30.0)


def day(folder: Path, made: Made, trouble: Trouble = AWAY, seed: int = 1, hours: float = 0.6) -> Story:
    return World(seed, hours, trouble, folder, made).run()


class KioskThatBeginsItsBlockAnew(KioskDevice):
    """Forgets at each number what it gave of its block before."""

    def pump(self, now_s: float) -> bool:
        reserve = self._state.reserve
        if reserve is not None and reserve.next:
            self._state = replace(self._state, reserve=replace(reserve, next={}))
        return super().pump(now_s)


class KioskThatForgetsWhatItGave(KioskDevice):
    """Tells its own numbers and keeps nothing of them."""

    def pump(self, now_s: float) -> bool:
        self._ledger.gave = lambda given, reserve: self._ledger.recall.keep_reserve(reserve)  # type: ignore[method-assign]
        return super().pump(now_s)


class KioskThatIsSlow(KioskDevice):
    """Says that it gave its numbers half an hour earlier than it did."""

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        gave = self._ledger.gave

        def earlier(ledger: Ledger, given, reserve):
            moved = []
            for each in given:
                offline = each.offline
                moved.append(replace(each, offline=replace(offline, issued_at=offline.issued_at.replace(year=2020))))
            return gave(tuple(moved), reserve)

        self._ledger.gave = earlier.__get__(self._ledger)  # type: ignore[method-assign]


class HubThatLendsTwice(HubService):
    """Lends every kiosk the same numbers."""

    def handle(self, events: Sequence[HubEvent]) -> None:
        take = self._batch.take

        def lend(facts: Sequence[Fact]) -> None:
            take([replace(fact, first=501, last=550) if isinstance(fact, BlockLent) else fact for fact in facts])

        self._batch.take = lend  # type: ignore[method-assign]
        super().handle(events)
        self._batch.take = take  # type: ignore[method-assign]


class HubThatForgetsItsBlocks(HubService):
    """Knows nothing of what it lent when a number of it comes in."""

    def handle(self, events: Sequence[HubEvent]) -> None:
        lent = self.state.blocks
        brought = [
            event
            for event in events
            if isinstance(event, Heard) and isinstance(event.message, TicketRequested) and event.message.offline
        ]
        if brought:
            self.state.blocks = {}
            super().handle(brought[:1])
            self.state.blocks = lent
        super().handle([event for event in events if event not in brought])


class JournalThatMovesNumbers:
    """Writes of each number of a kiosk's own that it was given by the hub."""

    def __init__(self, journal) -> None:
        self._journal = journal

    def append(self, facts: Sequence[Fact]) -> None:
        self._journal.append([replace(fact, block=None) if isinstance(fact, Issued) else fact for fact in facts])


def test_a_number_of_a_kiosks_own_for_two_visitors_breaks_promise_1(tmp_path: Path) -> None:
    story = day(tmp_path, Made(kiosk=KioskThatBeginsItsBlockAnew), hours=1.5)
    assert story.broken_promise == 1
    assert "to a second visitor" in story.broken[0]


def test_a_number_of_a_kiosks_own_that_the_hub_never_hears_of_breaks_promise_2(tmp_path: Path) -> None:
    story = day(tmp_path, Made(kiosk=KioskThatForgetsWhatItGave))
    assert (story.broken_promise, "the hub has not heard of it" in story.broken[0]) == (2, True)


def test_a_number_of_a_kiosks_own_that_is_refused_breaks_promise_2(tmp_path: Path) -> None:
    story = day(tmp_path, Made(service=HubThatForgetsItsBlocks))
    assert (story.broken_promise, "was refused" in story.broken[0]) == (2, True)


def test_a_number_that_is_placed_long_before_it_was_told_breaks_promise_2(tmp_path: Path) -> None:
    story = day(tmp_path, Made(kiosk=KioskThatIsSlow), hours=1.5)
    assert (story.broken_promise, "away from when" in story.broken[0]) == (2, True)


def test_the_same_numbers_for_two_kiosks_break_promise_1(tmp_path: Path) -> None:
    story = day(tmp_path, Made(service=HubThatLendsTwice))
    assert (story.broken_promise, "share numbers" in story.broken[0]) == (1, True)


def test_a_number_of_a_kiosks_own_among_the_hubs_breaks_promise_1(tmp_path: Path) -> None:
    story = day(tmp_path, Made(journal=JournalThatMovesNumbers))
    assert (story.broken_promise, "a gap that no fact explains" in story.broken[0]) == (1, True)


def test_whole_programs_break_nothing_in_a_day_without_a_hub(tmp_path: Path) -> None:
    story = day(tmp_path, Made(), Trouble(hub_away=40.0, kiosk_dies=10.0, kiosk_swapped=3.0))
    assert story.broken == ()
    assert story.happened["own"] >= 3
