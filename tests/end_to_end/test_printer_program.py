"""The emulated printer as a program of its own, as the demo starts it."""

import re
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from kiosk.printing.escpos_printer import EscposPrinter
from kiosk.printing.letters import columns_of, letters_of
from kiosk.printing.serial_wire import SerialWire
from kiosk.printing.wire import NetworkWire
from tests.paper_examples import paper, small_picture
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]
PICTURE = small_picture()


@pytest.fixture
def program(tmp_path):
    words = [
        sys.executable,
        "-m",
        "simulator.printer_emulator",
        "--port",
        "0",
        "--control",
        "0",
        "--out",
        tmp_path / "out",
    ]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            ready = process.stdout.readline()
            found = re.fullmatch(r"printer ready: 127\.0\.0\.1:(\d+) control: 127\.0\.0\.1:(\d+)\n", ready)
            assert found, ready
            yield process, int(found[1]), int(found[2]), tmp_path / "out"
        finally:
            process.kill()


def command(port, *lines):
    """What the control port answers to each line."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as control, control.makefile("rw") as talk:
        answers = []
        for line in lines:
            talk.write(f"{line}\n")
            talk.flush()
            answers.append(talk.readline().strip())
        return answers


def test_each_slip_leaves_its_bytes_and_its_picture(program):
    _, port, _, out = program
    printer = EscposPrinter(partial(NetworkWire, "127.0.0.1", port))
    printer.open()
    assert [printer.print(PICTURE).outcome for _ in range(2)] == ["printed"] * 2
    names = {"ticket.bin", "ticket.png", "ticket-1.bin", "ticket-1.png", "ticket-2.bin", "ticket-2.png"}
    wait_for(lambda: {file.name for file in out.iterdir()} == names, "the files of two slips")
    assert (out / "ticket.bin").read_bytes() == (out / "ticket-2.bin").read_bytes()
    assert (out / "ticket.bin").read_bytes().startswith(b"\x1b@\x1dv0")
    with Image.open(out / "ticket.png") as paper:
        assert (paper.mode, paper.width) == ("1", 640)
        assert paper.crop((32, 96, 608, 96 + PICTURE.height)).tobytes() == PICTURE.tobytes()


def test_faults_are_made_over_the_control_port(program):
    _, port, control, _ = program
    printer = EscposPrinter(partial(NetworkWire, "127.0.0.1", port))
    printer.open()
    assert command(control, "run-out-of-paper") == ["ok"]
    assert printer.print(PICTURE).status.state == "paper-out"
    assert command(control, "fill-paper", "drain 0") == ["ok", "ok"]
    assert printer.print(PICTURE).outcome == "printed"
    (answer,) = command(control, "stop-thread")
    assert answer.startswith("not understood: 'stop-thread'; there are: run-out-of-paper")
    assert command(control, "drain many", "")[0].startswith("not understood")


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told_to(program, signal_number):
    process, *_ = program
    process.send_signal(signal_number)
    _, errors = process.communicate(timeout=5)
    assert (process.returncode, errors) == (0, "")


def test_it_also_hangs_on_a_serial_line(tmp_path):
    line = tmp_path / "ttyS9"
    words = [sys.executable, "-m", "simulator.printer_emulator", "--port", "0", "--dots", "384"]
    words += ["--line", str(line), "--out", str(tmp_path)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline().startswith("printer ready")
            printer = EscposPrinter(partial(SerialWire, str(line), 9600, "none"), width_dots=384, profile="POS-5890")
            printer.open()
            ticket = letters_of(paper(width_dots=384), columns_of(384))
            assert printer.print(ticket).outcome == "printed"
            with Image.open(tmp_path / "ticket.png") as slip:
                assert slip.width == 464
        finally:
            process.terminate()
            process.wait(5)
    assert not line.exists()
