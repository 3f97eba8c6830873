"""One batch at work: what was decided since the last commit, and what is to be said once it is safe.

The state has a fact at once (so that what is decided next builds on it), the journal has it with the batch, and
everybody else hears of it after that. It decides nothing and hears nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from hub import diary
from hub.announcing import Announcing
from hub.domain.facts import Called, Fact, Finished, NoShow, Unserved, Voided
from hub.domain.hall import HallState, evolve
from hub.speaking import SayCall, Speaking


class FactsKept(Protocol):
    """What is needed of a journal."""

    def append(self, facts: Sequence[Fact]) -> None:
        """Returns when the facts are safe; raises when they may not be."""
        ...


class Batch:
    """`now` is the moment of the whole batch, with the hall's offset."""

    def __init__(
        self, state: HallState, journal: FactsKept, announcing: Announcing, speaking: Speaking, now: datetime
    ) -> None:
        self.state = state
        self.now = now
        self._journal = journal
        self._announcing = announcing
        self._speaking = speaking
        self._facts: list[Fact] = []
        self._answers: list[Callable[[], object]] = []
        self._calls: list[Callable[[], object]] = []
        self._lines: list[diary.Line] = []
        self._safe_lines: list[diary.Line] = []

    def take(self, facts: Sequence[Fact]) -> None:
        """These were decided."""
        for fact in facts:
            evolve(self.state, fact)
            self._facts.append(fact)
            self._announcing.take_fact(fact, self.state)
            line = diary.line_of(fact, self.state)
            if line is not None:
                self._lines.append(line)
            if isinstance(fact, Called):
                self.say_calls([self._speaking.begin(self.state.calls[fact.call], fact.at)])
            elif isinstance(fact, Finished | NoShow | Voided | Unserved):
                self._speaking.end(fact.ticket)

    def later(self, say: Callable[[], object]) -> None:
        """An answer, to be said after the commit."""
        self._answers.append(say)

    def greet(self) -> None:
        """A device came: it is to hear the hub's time soon."""
        self._announcing.greet()

    def say_calls(self, calls: Sequence[SayCall]) -> None:
        """Calls to be said after the commit, and after the answers: whoever asked waits for one."""
        self._calls.extend(partial(self._announcing.say_call, call) for call in calls)

    def commit(self) -> bool:
        """Makes all of it safe, then says what waited for that. Whether there was any fact.

        What `journal.append` raises comes through, and nothing is said.
        """
        facts, self._facts = self._facts, []
        answers, self._answers = self._answers, []
        calls, self._calls = self._calls, []
        if facts:
            self._journal.append(facts)
        for each in (*answers, *calls):
            each()
        self._safe_lines += self._lines
        self._lines = []
        return bool(facts)

    def write_lines(self) -> None:
        """Puts into the log what became safe. Apart from the commit, since nobody waits for it."""
        lines, self._safe_lines = self._safe_lines, []
        for line in lines:
            line.write()
