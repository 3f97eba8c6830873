"""The real driver before a printer that fails in every way a printer on a network can: always in time, always honest."""

import contextlib
import logging
import os
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from kiosk.printing.escpos_printer import EscposPrinter
from kiosk.printing.picture import draw
from kiosk.printing.wire import NetworkWire
from simulator.printer_emulator import PrinterEmulator
from tests.contract.test_printer_promises import PICTURE
from tests.paper_examples import SERVICE, paper, text

LIMIT_S = 6.0
ROOT = Path(__file__).resolve().parents[2]


def at(port):
    return partial(NetworkWire, "127.0.0.1", port)


@pytest.fixture
def emulator():
    with PrinterEmulator() as made:
        yield made


@pytest.fixture
def printer(emulator):
    made = EscposPrinter(at(emulator.port))
    made.open()
    yield made
    made.close()


def timed(printer, picture=PICTURE, deadline_s=LIMIT_S):
    began = time.monotonic()
    result = printer.print(picture, deadline_s)
    assert time.monotonic() - began < LIMIT_S
    return result


def test_a_whole_ticket_comes_out_dot_for_dot(emulator, printer):
    picture = draw(paper())
    assert timed(printer, picture).outcome == "printed"
    (slip,) = emulator.wait_for_slips(1)
    assert slip.printed.tobytes() == picture.tobytes()
    assert slip.data.startswith(b"\x1b@\x1dv0\x00\x48\x00\x80\x00")
    assert slip.data.endswith(b"\x1dVB\x00")


def test_a_slow_printer_is_left_at_the_deadline_and_finishes_by_itself(emulator, printer):
    emulator.drain(5_000)
    assert timed(printer, deadline_s=1.0).outcome == "unknown"
    emulator.drain(0)
    (slip,) = emulator.wait_for_slips(1)
    assert slip.printed.tobytes() == PICTURE.tobytes()


def test_a_connection_cut_within_a_slice_does_not_spoil_the_next_ticket(emulator, printer):
    printer.status()
    emulator.drop_connection_after(9_000)
    assert timed(printer).outcome == "unknown"
    assert timed(printer).outcome == "printed"
    (slip,) = emulator.wait_for_slips(1)
    end_of_new = slip.printed.crop((0, slip.printed.height - PICTURE.height, 576, slip.printed.height))
    assert end_of_new.tobytes() == PICTURE.tobytes()


def test_after_a_power_cut_nothing_of_the_old_job_follows_on_the_wire(emulator, printer):
    printer.status()
    emulator.lose_power_after(9_000)
    assert timed(printer).outcome == "unknown"
    emulator.restore_power()
    assert emulator.held_bytes == 0
    assert timed(printer).outcome == "printed"


def test_a_printer_with_a_small_memory_is_not_flooded():
    with PrinterEmulator(buffer_bytes=4_096) as small:
        small.drain(60_000)
        printer = EscposPrinter(at(small.port))
        printer.open()
        assert timed(printer).outcome == "printed"


def test_a_small_memory_full_of_an_unprinted_job_answers_nobody_and_that_is_told():
    with PrinterEmulator(buffer_bytes=4_096) as small:
        printer = EscposPrinter(at(small.port))
        printer.open()
        printer.status()
        small.run_out_of_paper_after(2_000)
        assert timed(printer, deadline_s=0.7).outcome == "unknown"
        assert printer.status().state == "unknown"
        assert timed(printer).outcome == "failed"
        small.fill_paper()
        assert len(small.wait_for_slips(1)) == 1
        assert timed(printer).outcome == "printed"


def test_an_address_that_swallows_everything_is_offline_in_time():
    with socket.socket() as deaf, contextlib.ExitStack() as stack:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(3):  # fill the queue of those who wait: the next to knock hears nothing at all
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(deaf.getsockname())
        printer = EscposPrinter(at(deaf.getsockname()[1]))
        printer.open()
        result = timed(printer)
    assert (result.outcome, result.status.state) == ("failed", "offline")


def test_a_name_that_nobody_has_is_offline():
    printer = EscposPrinter(partial(NetworkWire, "printer.invalid", 9100))
    printer.open()
    assert timed(printer).outcome == "failed"


def test_with_the_echo_fence_the_printer_names_the_job_it_has_done(emulator):
    printer = EscposPrinter(at(emulator.port), fence="echo")
    printer.open()
    assert [timed(printer).outcome for _ in range(2)] == ["printed"] * 2
    emulator.run_out_of_paper_after(3_000)
    assert timed(printer).outcome == "unknown"


def test_a_printer_that_speaks_unasked_is_understood(emulator, printer):
    with socket.create_connection(("127.0.0.1", emulator.port)) as other:
        other.sendall(b"\x1da\xff")
        assert other.recv(10) == b"\x10\x00\x00\x0f"
    assert printer.status().state == "ready"
    emulator.run_out_of_paper_after(3_000)
    result = timed(printer)
    assert (result.outcome, result.status.state) == ("unknown", "paper-out")
    emulator.fill_paper()
    emulator.wait_for_slips(1)
    assert timed(printer).outcome == "printed"


def test_dots_that_look_like_questions_to_the_printer_change_nothing(emulator, printer):
    row = (b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04" * 6)[:72]
    picture = Image.frombytes("1", (576, 200), bytes(byte ^ 0xFF for byte in row) * 200)
    assert timed(printer, picture).outcome == "printed"
    (slip,) = emulator.wait_for_slips(1)
    assert slip.printed.tobytes() == picture.tobytes()


def test_no_word_of_a_ticket_becomes_a_command(emulator, printer):
    hostile = "KTP\x1dVB\x00\x1b@\x1bp\x00\x19\xfa\x10\x04\x01 漢字 \x1dv0\x00"
    picture = draw(paper(service=msgspec.structs.replace(SERVICE, name=text(hostile))))
    assert timed(printer, picture).outcome == "printed"
    (slip,) = emulator.wait_for_slips(1)
    assert slip.printed.tobytes() == picture.tobytes()
    for command in (b"\x1bp", b"\x1dr", b"KTP"):
        assert command not in slip.data[: slip.data.index(b"\x1dv0")]


def test_the_library_leaves_no_trace(tmp_path):
    code = (
        "import logging, tempfile, os; from kiosk.printing.job import JobBuilder; from PIL import Image\n"
        "assert JobBuilder('TM-T20II').build(Image.new('1', (576, 300), 1))\n"
        "assert logging.getLogger().handlers == [], logging.getLogger().handlers\n"
        "assert 'ESCPOS_CAPABILITIES_PICKLE_DIR' not in os.environ\n"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False, timeout=30)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_each_job_is_logged_with_its_outcome(emulator, printer, caplog):
    with caplog.at_level(logging.INFO):
        printer.print(PICTURE)
    assert "job-ended outcome=printed state=ready" in caplog.text
