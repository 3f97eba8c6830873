"""Programs that die at the worst moment: around a write to disk, and around a page that prints.

Each is the production thing with a blow of luck around it. SuddenDeath comes out of the program's own call, as if its
process were gone: whoever runs the program must not touch it any more.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from hub.batch import FactsKept
from hub.domain.facts import Fact
from kiosk.printing.printer import Printer, PrinterStatus, PrintResult, Ticket
from link.outbox import Outbox, OutboxFull

Blow = Callable[[], bool]
"""Whether it strikes now: luck, asked once before and once after."""


class SuddenDeath(Exception):
    """The process is gone. What was written is written, what was not is not."""


class MortalJournal:
    """A journal whose hub may die just before a commit (nothing of it is kept) or just after it (nobody was told)."""

    def __init__(self, journal: FactsKept, blow: Blow) -> None:
        self._journal = journal
        self._blow = blow

    def append(self, facts: Sequence[Fact]) -> None:
        """See hub.batch.FactsKept."""
        if self._blow():
            raise SuddenDeath
        self._journal.append(facts)
        if self._blow():
            raise SuddenDeath


class MortalOutbox(Outbox):
    """An outbox whose kiosk may die just before or just after a write, or whose disk may take nothing (`full`)."""

    def __init__(self, path: Path, limit: int, blow: Blow, full: Blow) -> None:
        super().__init__(path, limit)
        self._blow = blow
        self._full = full

    def put(self, key: str, kind: str, body: bytes) -> None:
        """See Outbox.put."""
        if self._blow():
            raise SuddenDeath
        if self._full():
            raise OutboxFull("the simulated disk is full")
        super().put(key, kind, body)
        if self._blow():
            raise SuddenDeath

    def settle(self, key: str) -> None:
        """See Outbox.settle."""
        super().settle(key)
        if self._blow():
            raise SuddenDeath


class MortalPrinter:
    """A printer whose kiosk may die just before or just after a page. The printer itself lives on, with its paper."""

    def __init__(self, printer: Printer, blow: Blow) -> None:
        self._printer = printer
        self._blow = blow

    def open(self) -> None:
        """See Printer.open."""
        self._printer.open()

    def status(self, deadline_s: float = 2.0) -> PrinterStatus:
        """See Printer.status."""
        return self._printer.status(deadline_s)

    def print(self, ticket: Ticket, deadline_s: float = 6.0) -> PrintResult:
        """See Printer.print."""
        if self._blow():
            raise SuddenDeath
        result = self._printer.print(ticket, deadline_s)
        if self._blow():
            raise SuddenDeath
        return result

    def close(self) -> None:
        """See Printer.close."""
        self._printer.close()
