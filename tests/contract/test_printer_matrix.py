"""Everything that can befall a printer, over every wire: the table of docs/operating.md, cell for cell, as it is read there.

Each cell goes the whole way: a ticket's paper to the real driver before an emulated printer, what became of it through the
kiosk's flow to the visitor's screen and into what the hub hears. The wires of one row are tried side by side, because
each mostly waits.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from assets.tongues import known_words
from contract.names import RequestId
from kiosk.faces import screen_name
from kiosk.happenings import Print, PrintEnded, Report
from kiosk.press import Job, PressEvent, carry_out
from kiosk.printing.cups_printer import CupsPrinter
from kiosk.printing.job import JobBuilder
from kiosk.printing.picture import draw
from kiosk.printing.printer import Printer, PrinterStatus, PrintResult, Ticket
from kiosk.state import now_of
from kiosk.views import view_of
from simulator.printer_emulator import PrinterEmulator
from tests.contract.cups_stand_in import IDLE, stand_in
from tests.contract.printer_rigs import RIGS, EmulatedRig
from tests.paper_examples import paper
from tests.unit.kiosk_visit import Visit

LIMIT_S = 6.0
"""By then the visitor has the truth."""
SHORT_S = 2.0
"""A deadline for rows that must wait for it, so that nobody waits for six seconds."""
PAGE = Path(__file__).resolve().parents[2] / "docs" / "operating.md"
PAPER = msgspec.structs.replace(paper(), blocks=paper().blocks[:6])
JOB_BYTES = len(JobBuilder("TM-T20II").build(draw(PAPER)))
MIDWAY = 9_000
QUESTION_BYTES = 12
WIRES = ("network", "usb", "serial", "file", "cups")


class Cell(Struct, frozen=True):
    """What became of one ticket: as the hub hears it, and the screen that the visitor reads."""

    hub: str
    screen: str

    def __str__(self) -> str:
        return f"{self.hub}, {SCREENS[self.screen]}"


SCREENS = {"ticket": "paper", "no-paper": "number"}
"""In the table: take the paper; note the number."""


class Limited:
    """A printer whose jobs have a deadline of their own."""

    def __init__(self, printer: Printer, deadline_s: float) -> None:
        self._printer = printer
        self._deadline_s = deadline_s

    def open(self) -> None:
        self._printer.open()

    def status(self, deadline_s: float = 2.0) -> PrinterStatus:
        return self._printer.status(deadline_s)

    def print(self, ticket: Ticket, deadline_s: float = 6.0) -> PrintResult:
        return self._printer.print(ticket, min(deadline_s, self._deadline_s))

    def close(self) -> None:
        self._printer.close()


def printed(printer: Printer, deadline_s: float = LIMIT_S) -> Cell:
    """One visitor's ticket, all the way."""
    visit = Visit()
    visit.to_ticket()
    (issued,) = visit.did(Print)[-1].issued
    events: list[PressEvent] = []
    began = time.monotonic()
    carry_out(Job(RequestId(issued.request), (issued,), PAPER), Limited(printer, deadline_s), events.append)
    assert time.monotonic() - began < LIMIT_S
    ended = events[-1]
    assert isinstance(ended, PrintEnded)
    visit.happen(ended)
    face = view_of(visit.state, known_words, now_of(visit.state), None)
    return Cell(visit.did(Report)[-1].printed.outcome, screen_name(face))


# --- what befalls it ---------------------------------------------------------------------------------------------------

Trouble = Callable[[EmulatedRig], object]


class Row(Struct, frozen=True):
    """How a row's trouble is made. `known`: the printer has answered before. `cups`: what CUPS would say or do, if it can."""

    trouble: Trouble
    known: bool = True
    deadline_s: float = LIMIT_S
    cups: tuple[str, ...] = ()
    mended: Trouble | None = None
    """After it one ticket is printed whole; where it stays broken, None."""


ROWS: dict[str, Row] = {
    "paper out before": Row(
        EmulatedRig.run_out_of_paper, cups=("alert media-empty-error",), mended=EmulatedRig.fill_paper
    ),
    "paper out in the middle": Row(
        lambda rig: rig.emulator.run_out_of_paper_after(MIDWAY), cups=("stuck",), mended=EmulatedRig.fill_paper
    ),
    "paper out after the last dot": Row(
        lambda rig: rig.emulator.run_out_of_paper_after(QUESTION_BYTES + JOB_BYTES - 2), mended=EmulatedRig.fill_paper
    ),
    "cover open before": Row(EmulatedRig.open_cover, cups=("alert cover-open",), mended=EmulatedRig.close_cover),
    "cover opened in the middle": Row(
        lambda rig: rig.emulator.open_cover_after(MIDWAY), cups=("stuck",), mended=EmulatedRig.close_cover
    ),
    "knife jammed": Row(
        EmulatedRig.jam_cutter, cups=("alert cutter-error",), mended=lambda rig: rig.emulator.clear_cutter()
    ),
    "unplugged before": Row(lambda rig: rig.unplug(), cups=("alert offline-report",), mended=lambda rig: rig.plug_in()),
    "unplugged in the middle": Row(
        lambda rig: rig.break_off_after(MIDWAY),
        deadline_s=SHORT_S,
        cups=("stuck",),
        mended=lambda rig: rig.mend_way(),
    ),
    "power cut in the middle": Row(
        lambda rig: rig.emulator.lose_power_after(MIDWAY),
        deadline_s=SHORT_S,
        cups=("stuck",),
        mended=lambda rig: rig.restore_power(),
    ),
    "silent since it was plugged in": Row(lambda rig: rig.fall_silent(), known=False, cups=("well",)),
    "silent, and has answered before": Row(lambda rig: rig.fall_silent(), mended=lambda rig: rig.talk()),
    "slow, done in time": Row(lambda rig: rig.emulator.drain(60_000), cups=("well",)),
    "slow, not done in time": Row(lambda rig: rig.emulator.drain(2_000), deadline_s=SHORT_S, cups=("stuck",)),
    "answers garbage from the first": Row(lambda rig: rig.emulator.talk_nonsense(), known=False, cups=("well",)),
    "answers garbage, and was well before": Row(
        lambda rig: rig.emulator.talk_nonsense(), mended=lambda rig: rig.talk()
    ),
    "nothing wrong": Row(lambda _: None, cups=("well",)),
}
"""By the first column of the table."""


def over_a_wire(wire: str, row: Row) -> Cell:
    rig = RIGS[wire]()
    rig.printer.open()
    try:
        if row.known:
            assert rig.printer.status().state == "ready"
        row.trouble(rig)
        cell = printed(rig.printer, row.deadline_s)
        if cell.hub == "failed":
            assert rig.emulator.slips == (), f"{wire}: something came out that nobody was told of"
        if row.mended is not None:
            row.mended(rig)
            assert printed(rig.printer) == Cell("printed", "ticket"), f"{wire}: mended, it does not print again"
        if row.mended is not None and cell.hub == "failed":
            assert len(rig.emulator.wait_for_slips(1)) == 1, f"{wire}: the ticket that failed came out in the end"
        return cell
    finally:
        rig.close()


def over_cups(folder: Path, row: Row) -> Cell:
    (kind, *rest) = row.cups[0].split()
    if kind == "alert":
        (folder / "state").write_text(IDLE.format(alerts=rest[0]))
    elif kind == "stuck":
        (folder / "stuck").touch()
    printer = CupsPrinter("ticket")
    printer.open()
    return printed(printer, row.deadline_s if kind != "stuck" else SHORT_S + 0.5)


# --- the table ---------------------------------------------------------------------------------------------------------


def table() -> dict[str, dict[str, str]]:
    """The page's cells, by row and wire."""
    page = PAGE.read_text()
    lines = page[page.index("| What befalls the printer") :].split("\n\n")[0].splitlines()
    head = [cell.strip() for cell in lines[0].strip("|").split("|")][1:]
    assert head == ["network", "USB", "serial line", "device node", "CUPS"]
    rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:])
    return {name: dict(zip(WIRES, cells, strict=True)) for name, *cells in rows}


TABLE = table()


@pytest.fixture
def cups_folder(tmp_path, monkeypatch) -> Iterator[Path]:
    with PrinterEmulator() as emulator:
        yield stand_in(tmp_path, emulator.port, monkeypatch)


def test_the_table_has_a_row_for_everything_that_is_tried():
    assert list(TABLE) == list(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_visitor_and_hub_hear_the_truth_as_the_table_says(name, cups_folder):
    row = ROWS[name]
    with ThreadPoolExecutor(len(WIRES)) as side_by_side:
        cells = {wire: side_by_side.submit(over_a_wire, wire, row) for wire in RIGS}
        if row.cups:
            cells["cups"] = side_by_side.submit(over_cups, cups_folder, row)
        found = {wire: str(cells[wire].result()) if wire in cells else "–" for wire in WIRES}
    assert found == TABLE[name]
