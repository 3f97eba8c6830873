"""The checkers can fail: programs that are broken on purpose are found out, and the promise that they break is named."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import command.simulate
from contract.calls import Board
from contract.catalogue import Message
from contract.tickets import TicketIssued, TicketRequested
from display.device import DisplayDevice
from hub.batch import FactsKept
from hub.domain.facts import Called, CallOutcomeReported, Fact, Issued
from hub.service import HubEvent, HubService
from kiosk.device import KioskDevice
from kiosk.happenings import Print
from kiosk.state import Timing
from link.link import Heard
from simulator.programs import HubProgram, Made
from simulator.trouble import Trouble
from simulator.world import Story, World

QUIET = Trouble()


def broken_day(folder: Path, made: Made, trouble: Trouble = QUIET, hours: float = 0.6) -> Story:
    story = World(1, hours, trouble, folder, made).run()
    assert story.broken_promise is not None, "nobody noticed"
    return story


class HubThatGivesANumberTwice(HubService):
    """Counts one where it should count three, and does not look at what it gave."""

    def handle(self, events: Sequence[HubEvent]) -> None:
        state = self.state
        asked = any(isinstance(event, Heard) and isinstance(event.message, TicketRequested) for event in events)
        twice = {prefix: count for prefix, count in state.last_count.items() if asked and count == 3}
        numbers = dict(state.numbers)
        for prefix, count in twice.items():
            state.last_count[prefix] = count - 1
            state.numbers = {number: each for number, each in state.numbers.items() if not number.startswith(prefix)}
        super().handle(events)
        state.numbers = numbers | state.numbers
        for prefix, count in twice.items():
            state.last_count[prefix] = max(count, state.last_count[prefix])


class HubThatSkipsANumber(HubService):
    """Counts two where it should count one."""

    def handle(self, events: Sequence[HubEvent]) -> None:
        for prefix, count in self.state.last_count.items():
            if count == 2:
                self.state.last_count[prefix] = 3
        super().handle(events)


class HubThatForgetsWhomItAnswered(HubService):
    """Takes each repeated request for a new one."""

    def handle(self, events: Sequence[HubEvent]) -> None:
        for event in events:
            self.state.requests.clear()
            super().handle([event])


class ForgetfulJournal:
    """Loses one fact of a kind, and says that it is safe."""

    def __init__(self, journal: FactsKept, kind: type[Fact]) -> None:
        self._journal = journal
        self._kind = kind
        self._seen = 0

    def append(self, facts: Sequence[Fact]) -> None:
        kept = []
        for fact in facts:
            self._seen += isinstance(fact, self._kind)
            if not (isinstance(fact, self._kind) and self._seen == 3):
                kept.append(fact)
        if kept:
            self._journal.append(kept)


class DisplayThatIgnoresTheBoard(DisplayDevice):
    """Shows what it saw first, for ever, and calls as they come."""

    def _hear(self, message: Message, *, retained: bool) -> None:
        if not (isinstance(message, Board) and self._known.board is not None and self._known.board.recent):
            super()._hear(message, retained=retained)


class DisplayThatNeverDoubts(DisplayDevice):
    """Believes its own clock when the hub is silent."""

    def view(self, now_s: float) -> Any:
        return super().view(self._known.hub.heard_s if self._known.hub else now_s)


class KioskThatPrintsLateAnswers(KioskDevice):
    """Takes any number that comes for the one that it asked for, also when its visitor is gone."""

    def _take(self, event: Any) -> None:
        if isinstance(event, Heard) and isinstance(event.message, TicketIssued):
            self._hands.carry_out(Print((event.message,)), self._state)
        else:
            super()._take(event)


class KioskThatWaitsForEver(KioskDevice):
    """Lets its visitor stand there for a minute."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more, timing=Timing(expires_s=60))


class KioskThatGivesUpWhatItTold(KioskDevice):
    """Says of each printed number that nobody has it."""

    def pump(self, now_s: float) -> bool:
        told = self._state.told
        if told is not None and told.outcome is not None:
            self._reporter.abandoned(told.request)
        return super().pump(now_s)


def test_a_number_given_twice_breaks_promise_1(tmp_path: Path) -> None:
    story = broken_day(tmp_path, Made(service=HubThatGivesANumberTwice))
    assert story.broken_promise == 1
    assert "given twice" in story.broken[0]
    assert any('"issued"' in line for line in story.broken[1:]), "what led to it is told"
    assert "seed 1, step" in story.broken[0]


def test_a_gap_in_the_numbers_breaks_promise_1(tmp_path: Path) -> None:
    story = broken_day(tmp_path, Made(service=HubThatSkipsANumber))
    assert (story.broken_promise, "a gap that no fact explains" in story.broken[0]) == (1, True)


@pytest.mark.parametrize("kind", [Issued, Called])
def test_a_forgotten_row_breaks_promise_2(tmp_path: Path, kind: type[Fact]) -> None:
    story = broken_day(tmp_path, Made(journal=lambda journal: ForgetfulJournal(journal, kind)))
    assert (story.broken_promise, "the journal" in story.broken[0]) == (2, True)


def test_a_row_that_is_gone_after_a_death_breaks_promise_2(tmp_path: Path) -> None:
    class HubWhoseDiskForgets(HubProgram):
        def start(self) -> None:
            if self.path.exists():
                with sqlite3.connect(self.path) as file:
                    file.execute("DELETE FROM facts WHERE sequence = (SELECT max(sequence) FROM facts)")
                    [dropped[0]] = file.execute("SELECT max(sequence) FROM facts").fetchone()
            super().start()

    dropped = [0]
    world = World(1, 0.6, Trouble(hub_dies=10.0), tmp_path)
    world.hub.__class__ = HubWhoseDiskForgets
    story = world.run()
    assert dropped[0] > 0
    assert (story.broken_promise, "of the journal are gone or changed" in story.broken[0]) == (2, True)


def test_another_ticket_for_a_repeated_request_breaks_promise_4(tmp_path: Path) -> None:
    story = broken_day(tmp_path, Made(service=HubThatForgetsWhomItAnswered), Trouble(double=0.2))
    assert (story.broken_promise, "was given" in story.broken[0]) == (4, True)


def test_a_late_answer_that_prints_breaks_promise_4(tmp_path: Path) -> None:
    story = broken_day(tmp_path, Made(kiosk=KioskThatPrintsLateAnswers), Trouble(double=0.3, lose=0.3))
    assert story.broken_promise == 4


def test_a_visitor_who_is_left_waiting_breaks_promise_3(tmp_path: Path) -> None:
    story = broken_day(tmp_path, Made(kiosk=KioskThatWaitsForEver), Trouble(lose=0.6))
    assert (story.broken_promise, "wait" in story.broken[0]) == (3, True)


def test_a_call_of_whose_voice_nothing_is_known_breaks_promise_5(tmp_path: Path) -> None:
    story = broken_day(tmp_path, Made(journal=lambda journal: ForgetfulJournal(journal, CallOutcomeReported)))
    assert (story.broken_promise, "is not on record" in story.broken[0]) == (5, True)


def test_a_told_number_that_is_given_up_breaks_promise_2(tmp_path: Path) -> None:
    story = broken_day(tmp_path, Made(kiosk=KioskThatGivesUpWhatItTold))
    assert (story.broken_promise, "which its visitor was told" in story.broken[0]) == (2, True)


def test_a_display_that_ignores_the_board_breaks_promise_6(tmp_path: Path) -> None:
    story = broken_day(tmp_path, Made(display=DisplayThatIgnoresTheBoard), Trouble(lose=0.3), hours=1.0)
    assert story.broken_promise == 6
    assert "display-" in story.broken[0]


def test_a_display_that_never_says_it_may_be_wrong_breaks_promise_6(tmp_path: Path) -> None:
    story = broken_day(tmp_path, Made(display=DisplayThatNeverDoubts), Trouble(machine_dies=20.0))
    assert (story.broken_promise, "does not say so" in story.broken[0]) == (6, True)


def test_the_command_says_what_was_broken_and_ends_with_1(monkeypatch, capsys) -> None:
    made = Made(service=HubThatSkipsANumber)
    monkeypatch.setattr(
        command.simulate, "World", lambda seed, hours, trouble, folder: World(seed, hours, trouble, folder, made)
    )
    assert command.simulate.run(["--seed", "1", "--hours", "0.3", "--trouble", "calm"]) == 1
    said = capsys.readouterr().out
    assert "promise 1 is broken: " in said
    assert "(seed 1, step " in said


def test_whole_programs_break_nothing_in_the_same_days(tmp_path: Path) -> None:
    for name, trouble in (
        ("quiet", QUIET),
        ("doubled", Trouble(double=0.3, lose=0.3)),
        ("dying", Trouble(machine_dies=20.0)),
    ):
        folder = tmp_path / name
        folder.mkdir()
        story = World(1, 0.3, trouble, folder).run()
        assert story.broken == ()
