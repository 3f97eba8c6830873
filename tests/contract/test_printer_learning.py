"""What a printer can is found out by asking it, outlives the program, and does not outlive the printer."""

from functools import partial

import pytest

from kiosk.printing.abilities import Abilities, identity_of
from kiosk.printing.escpos_printer import EscposPrinter
from kiosk.printing.kinds import Fence
from kiosk.printing.wire import NetworkWire
from kiosk.spool import PRINTERS_KEPT, Spool
from simulator.printer_emulator import PrinterEmulator
from tests.contract.printer_rigs import RIGS
from tests.contract.test_printer_promises import LETTERS, PICTURE
from tests.unit.test_printer_section import read

EVERYTHING = Abilities(answers=True, fences=True, echoes=True, cuts=True)


@pytest.fixture
def emulator():
    with PrinterEmulator() as made:
        yield made


def driver(emulator, spool, name="printer", fence: Fence | None = None):
    made = EscposPrinter(
        partial(NetworkWire, "127.0.0.1", emulator.port),
        fence=fence,
        abilities=spool.abilities(name),
        learnt=partial(spool.learn, name),
    )
    made.open()
    return made


def change(emulator, **changes):
    """Another printer at the same place: what it knows and has."""
    for name, value in changes.items():
        emulator._make(partial(setattr, emulator._engine, name, value))


@pytest.mark.parametrize("wire", RIGS)
def test_over_every_wire_a_printer_that_can_everything_says_so(wire):
    rig = RIGS[wire]()
    found: list[Abilities] = []
    rig.printer = EscposPrinter(rig.reach() if wire in {"network", "usb"} else rig.wire(), learnt=found.append)  # type: ignore[attr-defined]
    rig.printer.open()
    rig.printer.learn()
    assert found == [EVERYTHING]
    assert rig.printer.print(PICTURE).outcome == "printed"
    rig.close()


def test_what_was_learnt_is_kept_for_the_next_start(emulator, tmp_path):
    driver(emulator, Spool(tmp_path)).learn()
    assert Spool(tmp_path).abilities("printer") == EVERYTHING
    assert Spool(tmp_path).abilities("another") == Abilities()


def test_that_it_answers_and_confirms_is_learnt_from_the_first_ticket_without_asking_more(emulator, tmp_path):
    assert driver(emulator, Spool(tmp_path)).print(PICTURE).outcome == "printed"
    assert Spool(tmp_path).abilities("printer") == Abilities(answers=True, fences=True)


def test_after_a_restart_a_printer_that_once_answered_gets_nothing_while_it_is_silent(emulator, tmp_path):
    driver(emulator, Spool(tmp_path)).status()
    emulator.fall_silent()
    assert driver(emulator, Spool(tmp_path)).print(LETTERS).outcome == "failed"
    assert not emulator.slips


def test_a_mute_printer_in_its_place_prints_again_after_a_test_print(emulator, tmp_path):
    driver(emulator, Spool(tmp_path)).status()
    emulator.fall_silent()
    printer = driver(emulator, Spool(tmp_path))
    printer.learn()
    assert Spool(tmp_path).abilities("printer") == Abilities()
    assert printer.print(LETTERS).outcome == "sent"


def test_a_printer_that_knows_no_echo_is_not_asked_for_one_with_tickets(emulator, tmp_path):
    change(emulator, echoes=False, has_knife=False)
    printer = driver(emulator, Spool(tmp_path))
    printer.learn()
    assert Spool(tmp_path).abilities("printer") == Abilities(answers=True, fences=True, echoes=False, cuts=False)
    assert printer.print(PICTURE).outcome == "printed"
    slip = emulator.wait_for_slips(1)[0]
    assert b"\x1d(H" not in slip.data
    assert slip.data.endswith(b"\x1bd\x06\x1dVB\x00"), "without a knife it is fed so far that it can be torn off"


def test_one_that_knows_the_echo_names_each_job_with_it_unless_the_device_file_says_otherwise(emulator, tmp_path):
    asked: list[bytes] = []
    printer = driver(emulator, Spool(tmp_path))
    printer.learn()
    told = driver(emulator, Spool(tmp_path), fence="paper-sensor")
    for each in (printer, told):
        asked.append(each._fence_bytes(b"0001"))
        assert each.print(PICTURE).outcome == "printed"
    assert [each[:3] for each in asked] == [b"\x1d(H", b"\x1dr\x01"]


def test_a_stopped_printer_stays_as_it_is_known(emulator, tmp_path):
    printer = driver(emulator, Spool(tmp_path))
    printer.learn()
    emulator.run_out_of_paper()
    printer.learn()
    emulator.unplug()
    printer.learn()
    assert Spool(tmp_path).abilities("printer") == EVERYTHING


def test_another_printer_by_the_settings_is_one_of_which_nothing_is_known(tmp_path):
    lines = (
        'kind = "network"\nhost = "192.168.1.60"',
        'kind = "network"\nhost = "192.168.1.61"',
        'kind = "usb"\nvendor = 0x04b8\nproduct = 0x0e15',
        'kind = "usb"\nvendor = 0x04b8\nproduct = 0x0e15\nserial_number = "X1"',
        'kind = "serial"\ndevice = "/dev/ttyUSB0"',
        'kind = "file"\ndevice = "/dev/usb/lp0"',
        'kind = "file"\ndevice = "/dev/usb/lp0"\nprofile = "simple"',
        'kind = "cups"\nqueue = "ticket"',
        'kind = "simulated"',
    )
    assert len({identity_of(read(tmp_path, each)) for each in lines}) == len(lines)


def test_only_the_last_printers_are_remembered(tmp_path):
    spool = Spool(tmp_path)
    for number in range(PRINTERS_KEPT + 3):
        spool.learn(f"p-{number}", EVERYTHING)
    assert spool.abilities("p-0") == Abilities()
    assert spool.abilities(f"p-{PRINTERS_KEPT + 2}") == EVERYTHING
