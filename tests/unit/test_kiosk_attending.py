"""A technician before a whole kiosk: what the device does of what is wished for, with a technician's thread that is real."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from contract.tickets import NumberAsked, NumberTold
from kiosk import corners
from kiosk.attending import PROBE
from kiosk.choices import Tend
from kiosk.gate import Gate
from kiosk.pin import fits, hash_of
from kiosk.printing import nearby
from kiosk.technician import ThreadTechnician
from kiosk.tending import Around, Side
from tests.unit.kiosk_rig import Rig
from tests.waiting import wait_for

PIN = "271828"
HASH = hash_of(PIN)
NOW = datetime(2026, 11, 25, 0, 12, tzinfo=UTC)


class AttendedRig(Rig):
    """The rig with a technician and a loudspeaker."""

    def start(self) -> None:
        self.heard: list[tuple[Side, float]] = []
        about = Around("kiosk-1", "mpp-kukar", "i-1", "0.1.0", 7, "127.0.0.1:1", False, "network", NOW)
        gate = Gate(partial(fits, HASH), self.folder / "kiosk-1.tries")
        self.technician = ThreadTechnician(
            gate, about, broker=("127.0.0.1", 1), data=self.folder, clock=lambda: NOW, came=lambda: None
        )
        self.loudspeaker = self._play
        super().start()

    def _play(self, side: Side, volume: float) -> bool:
        self.heard.append((side, volume))
        return True

    def enter(self, pin: str = PIN) -> None:
        for corner in corners.SEQUENCE:
            self.kiosk.touched(corner)
            self.settle()
        self.tend(*(("digit", int(digit)) for digit in pin), ("enter", 0))

    def tend(self, *acts: tuple[Any, int]) -> None:
        self.choose(*(Tend(act, value) for act, value in acts))

    def until(self, screen: str) -> None:
        def there() -> bool:
            self.settle()
            return self.screen == screen

        wait_for(there, screen, 10)


@pytest.fixture
def rig(tmp_path: Path) -> AttendedRig:
    return AttendedRig(tmp_path)


def test_by_sequence_and_pin_to_the_page_and_back(rig, caplog):
    caplog.set_level("INFO")
    rig.enter()
    rig.until("setup-overview")
    rig.tend(("leave", 0))
    assert rig.screen == "welcome"
    assert "setup-asked" in caplog.text
    assert "setup-opened" in caplog.text
    assert "setup-left" in caplog.text


def test_a_wrong_pin_stays_at_the_pad(rig):
    rig.enter("999000")
    wait_for(lambda: rig.settle() or "tidak cocok" in rig.kiosk.view().text, "the answer", 10)
    assert rig.screen == "pin"


def test_after_a_restart_the_whole_delay_begins_anew(rig):
    for _ in range(4):
        rig.technician._gate.judge("000111")
    rig.reboot()
    rig.enter()
    assert rig.screen == "pin"
    assert "Tunggu" in rig.kiosk.view().text


def test_the_overview_looks_around_without_broker_and_hub(rig):
    rig.enter()
    rig.until("setup-overview")
    wait_for(lambda: rig.settle() or rig.kiosk._state.setup.around, "the look around", 10)
    lines = {reading.label: (reading.value, reading.well) for reading in rig.kiosk.view().readings}
    assert lines["Alamat mesin ini"][0] == "127.0.0.1"
    assert lines["Broker menjawab dalam"] == ("Connection refused", False)
    assert lines["Versi"][0] == "0.1.0, mulai ke-7"


def test_the_hub_is_asked_about_a_number_that_nobody_has_and_its_answer_is_timed(rig):
    rig.enter()
    rig.until("setup-overview")
    (asked,) = rig.hub.of(NumberAsked)
    assert asked.number == PROBE
    rig.say(NumberTold(asked.request, PROBE))
    assert rig.kiosk._state.setup.round_trip_ms is not None
    assert rig.screen == "setup-overview"


def test_a_test_print_prints_and_gives_no_number(rig):
    rig.enter()
    rig.until("setup-overview")
    rig.tend(("printer", 0), ("test-print", 0))
    assert len(rig.printer.slips) == 1
    assert rig.kiosk._state.told is None


def test_a_new_roll_is_noted(rig):
    rig.kiosk.paperwork._roll_m = 80.0
    rig.enter()
    rig.until("setup-overview")
    rig.tend(("printer", 0), ("new-roll", 0))
    assert rig.kiosk.paperwork.roll.left_m == 80.0


def test_each_side_is_played_as_loud_as_it_is_set(rig):
    rig.enter()
    rig.until("setup-overview")
    rig.tend(("sound", 0), ("left", 0), ("softer", 0), ("both", 0))
    assert rig.heard == [("left", 0.6), ("both", 0.4)]


def test_a_restart_ends_the_program_only_when_asked_twice(rig):
    rig.enter()
    rig.until("setup-overview")
    rig.tend(("restart", 0))
    assert not rig.kiosk.attendant.ending
    rig.tend(("restart-sure", 0))
    assert rig.kiosk.attendant.ending


def test_what_nobody_foresaw_while_a_pin_is_judged_is_said_and_on_record_and_the_next_one_comes_in(rig, caplog):
    gate = rig.technician._gate
    judge = gate.judge

    def breaks(_pin: str) -> None:
        raise RuntimeError("a library of another version")

    gate.judge = breaks
    rig.enter()
    wait_for(lambda: rig.settle() or "PIN tidak dapat diperiksa." in rig.kiosk.view().text, "the answer", 10)
    assert rig.screen == "pin"
    assert "setup-wish-broke wish=JudgePin" in caplog.text
    assert "another version" in caplog.text
    assert PIN not in caplog.text
    gate.judge = judge
    rig.wait(6.0)
    rig.tend(*(("digit", int(digit)) for digit in PIN), ("enter", 0))
    rig.until("setup-overview")


def test_a_look_around_that_breaks_says_what_is_known_without_one(rig, monkeypatch):
    monkeypatch.setattr("kiosk.technician.memory_mb", lambda: 1 / 0)
    rig.enter()
    rig.until("setup-overview")
    wait_for(lambda: rig.settle() or rig.kiosk._state.setup.around is not None, "the answer", 10)
    assert rig.kiosk._state.setup.around.device == "kiosk-1"


def test_where_the_disk_is_full_the_technician_who_mends_it_comes_in(rig):
    (rig.folder / "kiosk-1.tries").mkdir()
    rig.enter()
    rig.until("setup-overview")


def test_printers_are_found_as_the_kernel_tells_of_them(tmp_path: Path) -> None:
    for name, number, kind in (("1-2", "04b8", "07"), ("1-3", "046d", "03")):
        device = tmp_path / "usb" / name
        (tmp_path / "usb" / f"{name}:1.0").mkdir(parents=True)
        device.mkdir()
        (device / "idVendor").write_text(f"{number}\n")
        (device / "idProduct").write_text("0e15\n")
        (device / "product").write_text("TM-T20II\n")
        (tmp_path / "usb" / f"{name}:1.0" / "bInterfaceClass").write_text(f"{kind}\n")
    (found,) = nearby.printers(tmp_path / "usb", tmp_path / "none")
    assert found.name == "TM-T20II"
    assert found.keys == 'kind = "usb", vendor = 0x04b8, product = 0x0e15'
    assert nearby.printers(tmp_path / "none", tmp_path / "none") == ()


def test_a_kiosk_without_a_technician_never_shows_the_pad(tmp_path: Path) -> None:
    rig = Rig(tmp_path)
    for corner in corners.SEQUENCE:
        rig.kiosk.touched(corner)
        rig.settle()
    assert rig.screen == "welcome"
    assert rig.kiosk._state.setup.can is False
