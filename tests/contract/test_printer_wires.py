"""Each wire's own ways to fail: always in time, always honest."""

import os
import pty
import termios
import threading
import time
import tty
from functools import partial

import pytest
import serial

from kiosk.printing.escpos_printer import EscposPrinter
from kiosk.printing.file_wire import FileWire
from kiosk.printing.job import JobBuilder
from kiosk.printing.letters import columns_of, letters_of
from kiosk.printing.serial_wire import SerialWire
from kiosk.printing.usb_wire import UsbWire
from kiosk.printing.wire import OUT_OF_TIME, WireBroken
from tests.contract.printer_rigs import RIGS, SerialRig, UsbRig
from tests.contract.usb_emulation import PRODUCT, VENDOR, UsbBus
from tests.paper_examples import paper, small_picture
from tests.waiting import wait_for

LIMIT_S = 6.0
PICTURE = small_picture()
LETTERS = letters_of(paper(), columns_of(576))


def timed(printer, ticket=PICTURE, deadline_s=LIMIT_S):
    """The result, in time: what must wait for its deadline is given a shorter one, so that a busy machine spoils nothing."""
    began = time.monotonic()
    result = printer.print(ticket, deadline_s)
    assert time.monotonic() - began < LIMIT_S
    return result


@pytest.fixture(params=list(RIGS.values()), ids=list(RIGS))
def rig(request):
    made = request.param()
    made.printer.open()
    yield made
    made.close()


@pytest.fixture
def serial_rig():
    made = SerialRig()
    made.printer.open()
    yield made
    made.close()


@pytest.fixture
def usb_rig():
    made = UsbRig()
    made.printer.open()
    yield made
    made.close()


# --- over every wire that carries answers; what can befall a printer is in test_printer_matrix.py ---------------------


def test_a_job_broken_off_within_a_slice_does_not_spoil_the_next_ticket(rig):
    rig.printer.status()
    rig.break_off_after(9_000)
    assert timed(rig.printer, deadline_s=1.5).outcome == "unknown"
    rig.mend_way()
    assert timed(rig.printer).outcome == "printed"
    slip = rig.slips(1)[-1]
    assert slip.crop((0, slip.height - PICTURE.height, 576, slip.height)).tobytes() == PICTURE.tobytes()


def test_a_late_ticket_is_never_taken_for_the_next_one(rig):
    assert timed(rig.printer, LETTERS).outcome == "printed"
    rig.emulator.drain(400)
    assert timed(rig.printer, LETTERS, 1.0).outcome == "unknown"
    result = timed(rig.printer, LETTERS, 3.0)
    assert (result.outcome, result.detail) == ("failed", "still busy with the ticket before")
    rig.emulator.drain(0)
    assert rig.came_out(2) == 2
    assert timed(rig.printer, LETTERS).outcome == "printed"
    assert rig.came_out(3) == 3


# --- serial lines -----------------------------------------------------------------------------------------------------


def test_a_line_is_set_to_what_the_settings_say(serial_rig):
    wire = SerialWire(str(serial_rig.node), 9600, "xon-xoff", time.monotonic() + 1)
    read, _, control, _, _, speed, _ = termios.tcgetattr(wire._line.fileno())
    assert speed == termios.B9600
    assert read & termios.IXON
    assert control & termios.CS8
    wire.close()


def test_a_line_that_another_program_holds_is_offline_and_says_why(serial_rig):
    with serial.Serial(str(serial_rig.node), exclusive=True):
        result = timed(serial_rig.printer)
    assert (result.outcome, result.status.state) == ("failed", "offline")
    assert "another" in result.detail or "lock" in result.detail or "temporarily" in result.detail


def stopped_line():
    """A line whose printer never takes anything and never answers."""
    near, far = pty.openpty()
    tty.setraw(far)
    return near, far, os.ttyname(far)


def fill(descriptor):
    """So much that the line takes no more."""
    os.set_blocking(descriptor, False)

    def takes_nothing():
        try:
            return os.write(descriptor, bytes(4096)) == 0
        except BlockingIOError:
            return True

    for _ in range(3):  # the system moves on what waits a moment later
        wait_for(takes_nothing, "a full line")


@pytest.mark.parametrize(
    "wire", [lambda node: partial(SerialWire, node, 9600, "none"), lambda node: partial(FileWire, node)]
)
def test_a_stopped_line_gets_no_job_and_holds_nobody_up(wire):
    near, far, node = stopped_line()
    fill(far)
    printer = EscposPrinter(wire(node))
    printer.open()
    result = timed(printer, deadline_s=2.0)
    assert (result.outcome, result.status.state) == ("failed", "offline")
    os.close(near)
    os.close(far)


def test_bytes_that_never_left_the_line_are_not_counted_as_sent():
    near, far, node = stopped_line()
    wire = SerialWire(node, 9600, "none", time.monotonic() + 1)
    sent = wire.send(bytes(1_000_000), time.monotonic() + 0.3)
    assert sent.trouble == OUT_OF_TIME
    assert 0 < sent.accepted < 1_000_000
    wire.close()
    os.close(near)
    os.close(far)


def test_a_port_that_is_not_there_is_offline():
    printer = EscposPrinter(partial(SerialWire, "/dev/antrean-no-such-port", 9600, "none"))
    printer.open()
    result = timed(printer)
    assert (result.outcome, result.status.state) == ("failed", "offline")
    assert "No such file" in result.detail


# --- files ------------------------------------------------------------------------------------------------------------


def file_printer(path):
    printer = EscposPrinter(partial(FileWire, str(path)))
    printer.open()
    return printer


def test_a_plain_file_gets_each_ticket_behind_the_last_and_the_outcome_is_sent(tmp_path):
    file = tmp_path / "tickets.bin"
    file.touch()
    printer = file_printer(file)
    assert printer.status().state == "unknown"
    assert [timed(printer).outcome for _ in range(2)] == ["sent"] * 2
    assert file.read_bytes() == JobBuilder("TM-T20II").build(PICTURE) * 2


def test_a_missing_node_is_never_made_into_a_file(tmp_path):
    printer = file_printer(tmp_path / "lp0")
    result = timed(printer)
    assert (result.outcome, result.status.state) == ("failed", "offline")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["folder", "forbidden-loop"])
def test_what_is_no_device_is_offline(tmp_path, kind):
    path = tmp_path / "lp0"
    path.mkdir() if kind == "folder" else path.symlink_to(path)
    assert timed(file_printer(path)).outcome == "failed"


def test_a_pipe_that_nobody_reads_gets_nothing(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    result = timed(file_printer(pipe))
    assert (result.outcome, result.status.state) == ("failed", "offline")


def test_a_pipe_that_is_read_gets_the_whole_ticket(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    came = bytearray()
    job = JobBuilder("TM-T20II").build(PICTURE)

    def read():
        os.set_blocking(reader, True)
        while len(came) < len(job):
            came.extend(os.read(reader, 4096))

    thread = threading.Thread(target=read)
    thread.start()
    assert timed(file_printer(pipe)).outcome == "sent"
    thread.join(5)
    os.close(reader)
    assert bytes(came) == job


def test_a_pipe_whose_reader_falls_asleep_leaves_the_outcome_unknown_in_time(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    result = timed(file_printer(pipe), small_picture(1_500), deadline_s=1.0)
    assert (result.outcome, "of" in result.detail) == ("unknown", True)
    os.close(reader)


# --- USB --------------------------------------------------------------------------------------------------------------


def test_no_transfer_is_ever_asked_to_wait_for_ever(usb_rig):
    assert timed(usb_rig.printer).outcome == "printed"
    usb_rig.fall_silent()
    assert timed(usb_rig.printer, deadline_s=2.0).outcome == "failed"
    assert usb_rig.bus.timeouts_ms
    assert min(usb_rig.bus.timeouts_ms) > 0


def test_the_kernels_own_driver_is_let_go_of_and_the_printer_given_back(usb_rig):
    assert usb_rig.printer.status().state == "ready"
    assert (usb_rig.bus.kernel_driver, usb_rig.bus.claimed) == (False, False)


def test_a_user_who_may_not_is_told_where_to_read(usb_rig):
    usb_rig.bus.allowed = False
    result = timed(usb_rig.printer)
    assert (result.outcome, result.status.state) == ("failed", "offline")
    assert "docs/operating.md" in result.detail


def test_a_printer_pulled_out_in_the_middle_of_a_ticket_leaves_the_outcome_unknown(usb_rig):
    usb_rig.printer.status()
    usb_rig.emulator.drop_connection_after(9_000)
    result = timed(usb_rig.printer)
    assert (result.outcome, result.status.state) == ("unknown", "offline")
    assert "No such device" in result.detail


def test_a_printer_without_a_way_back_gets_tickets_that_are_sent(usb_rig):
    usb_rig.bus.answering = False
    assert usb_rig.printer.status().state == "unknown"
    assert timed(usb_rig.printer).outcome == "sent"
    assert usb_rig.came_out(1) == 1


def test_a_machine_without_libusb_says_which_package_is_missing(monkeypatch):
    import usb.backend.libusb0
    import usb.backend.libusb1
    import usb.backend.openusb

    for backend in (usb.backend.libusb0, usb.backend.libusb1, usb.backend.openusb):
        monkeypatch.setattr(backend, "get_backend", lambda *_, **__: None)
    with pytest.raises(WireBroken, match=r"libusb-1\.0-0"):
        UsbWire(VENDOR, PRODUCT, "", time.monotonic() + 1)


def test_another_device_on_the_bus_is_not_taken_for_the_printer():
    with pytest.raises(WireBroken, match="no such device is plugged in"):
        UsbWire(VENDOR, PRODUCT + 1, "", time.monotonic() + 1, backend=UsbBus(9))


def test_a_bus_that_fails_is_told_in_the_systems_words(usb_rig):
    usb_rig.bus.kernel_driver = True
    usb_rig.bus.detach_kernel_driver = lambda *_: None
    result = timed(usb_rig.printer)
    assert (result.outcome, result.detail) == ("failed", f"USB {VENDOR:04x}:{PRODUCT:04x}: Resource busy")
