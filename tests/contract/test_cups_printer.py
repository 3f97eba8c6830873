"""The CUPS printer before stand-ins of CUPS' own three programs, which keep their queue in a folder."""

import time

import pytest

from kiosk.printing.cups_printer import CupsPrinter
from kiosk.printing.job import JobBuilder
from kiosk.printing.letters import columns_of, letters_of
from kiosk.printing.printer import PrinterClosed, TicketUnfit
from simulator.printer_emulator import PrinterEmulator
from tests.contract.cups_stand_in import IDLE, stand_in
from tests.paper_examples import paper, small_picture

PICTURE = small_picture()
LETTERS = letters_of(paper(), columns_of(576))
LIMIT_S = 6.0


@pytest.fixture
def emulator():
    with PrinterEmulator() as made:
        yield made


@pytest.fixture
def cups(tmp_path, monkeypatch, emulator):
    """The folder of the stand-in: files in it are its faults."""
    return stand_in(tmp_path, emulator.port, monkeypatch)


@pytest.fixture
def printer(cups):
    made = CupsPrinter("ticket")
    made.open()
    return made


def timed(printer, ticket=PICTURE, deadline_s=LIMIT_S):
    began = time.monotonic()
    result = printer.print(ticket, deadline_s)
    assert time.monotonic() - began < LIMIT_S
    return result


@pytest.mark.parametrize("ticket", [PICTURE, LETTERS], ids=["picture", "letters"])
def test_a_job_that_leaves_the_queue_is_sent_and_never_more(printer, emulator, cups, ticket):
    assert printer.status().state == "unknown"
    result = timed(printer, ticket)
    assert (result.outcome, result.status.state) == ("sent", "unknown")
    (slip,) = emulator.wait_for_slips(1)
    assert slip.data == JobBuilder("TM-T20II").build(ticket)
    assert "lp -d ticket -o raw" in (cups / "calls").read_text()


@pytest.mark.parametrize(
    ("alerts", "state", "paper_left"),
    [
        ("media-empty-error", "paper-out", "out"),
        ("cover-open", "cover-open", "unknown"),
        ("media-jam-error", "error", "unknown"),
        ("offline-report", "offline", "unknown"),
        ("connecting-to-device", "offline", "unknown"),
    ],
)
def test_a_stopped_printer_says_why_and_nothing_is_queued(printer, cups, alerts, state, paper_left):
    (cups / "state").write_text(IDLE.format(alerts=alerts))
    assert (printer.status().state, printer.status().paper) == (state, paper_left)
    result = timed(printer)
    assert (result.outcome, result.status.state) == ("failed", state)
    assert not (cups / "calls").exists()


def test_paper_near_its_end_is_told_and_printed_on(printer, cups):
    (cups / "state").write_text(IDLE.format(alerts="media-low-warning"))
    result = timed(printer)
    assert (result.outcome, result.status.paper) == ("sent", "near-end")


def test_a_stopped_queue_says_how_it_is_started(printer, cups):
    (cups / "state").write_text("printer ticket disabled since Tue Nov 24 07:00:00 2026 -\n\tPaused\n")
    result = timed(printer)
    assert (result.outcome, result.status.state) == ("failed", "offline")
    assert "cupsenable ticket" in result.detail


def test_nothing_is_queued_behind_a_job_that_waits(printer, cups):
    (cups / "jobs" / "ticket-3").write_bytes(b"of yesterday")
    result = timed(printer)
    assert (result.outcome, result.detail) == ("failed", "jobs wait in the queue already: ticket-3")
    assert not (cups / "calls").exists()


def test_a_job_that_stays_in_the_queue_is_cancelled_and_unknown(printer, cups):
    (cups / "stuck").touch()
    result = timed(printer, deadline_s=2.5)
    assert result.outcome == "unknown"
    assert "cancel ticket-7" in (cups / "calls").read_text()
    assert not list((cups / "jobs").iterdir())


def test_a_program_of_cups_that_hangs_holds_nobody_up(printer, cups):
    (cups / "lp-hangs").touch()
    assert timed(printer, deadline_s=2.5).outcome == "unknown"
    (cups / "lpstat-hangs").touch()
    result = timed(printer, deadline_s=2.0)
    assert (result.outcome, result.detail) == ("failed", "CUPS does not answer")


def test_a_queue_that_is_not_there_is_offline(cups):
    printer = CupsPrinter("tickets")
    printer.open()
    result = timed(printer)
    assert (result.outcome, result.status.state) == ("failed", "offline")
    assert "Invalid destination" in result.detail


def test_a_machine_without_cups_is_offline_and_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    printer = CupsPrinter("ticket")
    printer.open()
    assert printer.status().detail == "CUPS is not on this machine: no lp, lpstat, cancel"
    assert timed(printer).outcome == "failed"


def test_it_is_used_as_every_printer(cups):
    printer = CupsPrinter("ticket", width_dots=384, profile="POS-5890")
    with pytest.raises(PrinterClosed):
        printer.status()
    printer.open()
    with pytest.raises(TicketUnfit):
        printer.print(PICTURE)
    printer.close()
    printer.close()
    with pytest.raises(PrinterClosed):
        printer.print(LETTERS)
