"""Copies, papers for trial and the roll: what the hub orders, what the visitor's paper says, what staff are warned of."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from contract.devices import CommandDone, DeviceCommand, DeviceHealth
from contract.names import RequestId, TicketId
from contract.tickets import TicketIssued, TicketPrinted
from kiosk.printing.picture import draw
from kiosk.printing.printer import PrinterStatus, PrintResult
from kiosk.printing.roll import KNIFE_MM, Roll, new_roll, seen, spent
from kiosk.spool import PAPERS_KEPT, Spool
from tests.unit.kiosk_rig import Rig
from tests.unit.kiosk_visit import BEGINS, ticket


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.outbox.close()


def order(rig: Rig, command: str, arguments: dict[str, Any] | None = None, name: str = "c-1") -> CommandDone:
    rig.say(DeviceCommand(RequestId(name), command, arguments or {}, BEGINS + timedelta(hours=1)))  # type: ignore[arg-type]
    rig.wait(1.2)
    done: CommandDone = rig.hub.of(CommandDone)[-1]
    return done


def papers(rig: Rig) -> list[TicketPrinted]:
    return rig.hub.of(TicketPrinted)


# --- copies ---


def test_a_ticket_of_today_is_printed_again_with_a_number_that_rises(rig):
    rig.answer(rig.take())
    rig.wait(1.2)
    for copy, name in ((2, "c-1"), (3, "c-2")):
        done = order(rig, "reprint", {"ticket": ticket().id}, name)
        assert (done.request, done.ok) == (name, True)
        assert done.detail == f"K069 copy {copy}: printed"
    assert [(said.copy, said.outcome) for said in papers(rig)] == [(1, "printed"), (2, "printed"), (3, "printed")]
    first, second, third = rig.printer.slips
    assert second.height > first.height
    assert second.tobytes() != third.tobytes()


def test_a_copy_says_that_it_is_one(rig):
    rig.answer(rig.take())
    job = rig.kiosk.paperwork.obey(
        DeviceCommand(RequestId("c-1"), "reprint", {"ticket": "K069"}, BEGINS + timedelta(hours=1)), rig.kiosk._state
    )
    assert job.paper.blocks[0].text == "CETAK ULANG / REPRINT 2"


def test_a_copy_leaves_the_visitor_who_stands_there_alone(rig):
    rig.answer(rig.take())
    rig.wait(1.2)
    before = rig.kiosk._state.told
    rig.printer.paper = "out"
    order(rig, "reprint", {"ticket": ticket().id})
    assert rig.kiosk._state.told == before
    assert rig.kiosk._state.printer == "paper-out"


def test_a_copy_of_which_no_byte_went_does_not_count(rig):
    rig.answer(rig.take())
    rig.printer.paper = "out"
    failed = order(rig, "reprint", {"ticket": ticket().id})
    assert (failed.ok, "failed" in failed.detail) == (False, True)
    rig.printer.fill_paper()
    order(rig, "reprint", {"ticket": ticket().id}, "c-2")
    assert [(said.copy, said.outcome) for said in papers(rig)] == [(1, "printed"), (2, "failed"), (2, "printed")]


def test_a_first_paper_that_failed_is_printed_later_as_the_first(rig):
    rig.printer.paper = "out"
    rig.answer(rig.take())
    rig.printer.fill_paper()
    order(rig, "reprint", {"ticket": ticket().id})
    assert [(said.copy, said.outcome) for said in papers(rig)] == [(1, "failed"), (1, "printed")]


def test_what_was_printed_before_a_sudden_death_is_printed_again_with_the_next_number(rig):
    rig.answer(rig.take())
    order(rig, "reprint", {"ticket": ticket().id})
    rig.reboot()
    order(rig, "reprint", {"ticket": ticket().id}, "c-2")
    assert [said.copy for said in papers(rig)][-1] == 3


def test_a_ticket_of_another_kiosk_is_printed_from_what_the_hub_sends(rig):
    other = msgspec.to_builtins(replace(ticket(70), id=TicketId("t-elsewhere")))
    done = order(rig, "reprint", {"ticket": other, "copy": 4})
    assert (done.ok, done.detail) == (True, "K070 copy 4: printed")
    assert [(said.ticket, said.copy) for said in papers(rig)] == [("t-elsewhere", 4)]


@pytest.mark.parametrize(
    ("command", "arguments", "why"),
    [
        ("reprint", {"ticket": "K999"}, "no ticket K999 was printed here today"),
        ("reprint", {}, "reprint needs a ticket"),
        ("reprint", {"ticket": 7}, "reprint needs a ticket"),
        ("identify", {}, "a kiosk does not do identify yet"),
    ],
)
def test_what_cannot_be_done_is_answered_with_why(rig, command, arguments, why):
    done = order(rig, command, arguments)
    assert (done.ok, why in done.detail) == (False, True)
    assert not rig.printer.slips


def test_a_command_that_comes_too_late_is_not_done(rig):
    rig.say(DeviceCommand(RequestId("c-1"), "test-print", {}, BEGINS - timedelta(seconds=1)))
    assert [(done.ok, done.detail) for done in rig.hub.of(CommandDone)] == [(False, "expired")]
    assert not rig.printer.slips


def test_a_visitors_reason_for_priority_is_not_kept(tmp_path):
    spool = Spool(tmp_path)
    spool.remember((TicketIssued(RequestId("r-1"), replace(ticket(), visitor="pregnant")),), 1)
    assert b"pregnant" not in (tmp_path / "kiosk.printed.jsonl").read_bytes()


def test_only_todays_papers_are_kept_and_not_more_than_a_busy_day_has(tmp_path):
    spool = Spool(tmp_path)
    for number in range(1, PAPERS_KEPT + 20):
        issued = (TicketIssued(RequestId(f"r-{number}"), replace(ticket(number), id=TicketId(f"t-{number}"))),)
        spool.remember(issued, 1)
    assert (spool.printed("t-5"), Spool(tmp_path).printed("t-5")) == (None, None)
    assert Spool(tmp_path).printed(f"t-{PAPERS_KEPT}") is not None
    assert (tmp_path / "kiosk.printed.jsonl").read_bytes().count(b"\n") <= 2 * PAPERS_KEPT
    tomorrow = replace(ticket(1), id=TicketId("t-new"), issued_at=ticket().issued_at + timedelta(days=1))
    spool.remember((TicketIssued(RequestId("r-new"), tomorrow),), 1)
    again = Spool(tmp_path)
    assert again.printed("t-new") is not None
    assert again.printed(f"t-{PAPERS_KEPT}") is None


@pytest.mark.parametrize("torn", [b"{ torn", b'{"issued":[{"request":"\xff"}],"printers":{"\xff":{}},"paper":"\xff"}'])
def test_files_that_cannot_be_read_are_begun_anew(tmp_path, torn):
    for name in ("kiosk.roll.json", "kiosk.printed.jsonl", "kiosk.printers.json"):
        (tmp_path / name).write_bytes(torn)
    spool = Spool(tmp_path)
    spool.keep_roll(Roll(80, 100))
    spool.remember((TicketIssued(RequestId("r-1"), ticket()),), 1)
    again = Spool(tmp_path)
    assert again.roll == Roll(80, 100)
    assert again.printed(ticket().id) is not None


# --- trial ---


def test_a_paper_for_trial_has_no_number_that_somebody_could_take_for_his(rig):
    done = order(rig, "test-print")
    assert (done.ok, done.detail) == (True, "test print: printed")
    assert len(rig.printer.slips) == 1
    assert papers(rig) == []
    blocks = rig.kiosk.paperwork.trial(rig.kiosk._state).paper.blocks
    assert blocks[0].text == "CETAK UJI / TEST PRINT"
    assert not any(type(block).__name__ == "Numeral" for block in blocks)
    assert draw(rig.kiosk.paperwork.trial(rig.kiosk._state).paper).width == 576


def test_only_one_trial_from_the_set_up_page_is_under_way_at_a_time(rig):
    paperwork, state = rig.kiosk.paperwork, rig.kiosk._state
    job = paperwork.page_trial(state)
    assert paperwork.page_trial(state) is None
    paperwork.heard(job.ended(PrintResult("printed", "", PrinterStatus("ready"))))
    assert paperwork.page_trial(state) is not None


def test_a_trial_on_a_printer_without_paper_says_why(rig):
    rig.printer.paper = "out"
    done = order(rig, "test-print")
    assert (done.ok, done.detail) == (False, "test print: failed, paper-out")


# --- the roll ---


def test_paper_is_counted_by_what_came_out_the_cut_included_and_kept_over_a_restart(rig):
    rig.roll_m = 50.0
    rig.reboot()
    rig.answer(rig.take())
    (slip,) = rig.printer.slips
    used = rig.kiosk.paperwork.roll.used_mm
    assert used == pytest.approx(slip.height / 8 + KNIFE_MM, abs=0.1)
    rig.reboot()
    assert rig.kiosk.paperwork.roll.used_mm == used
    assert rig.kiosk.paperwork.roll.left_m == pytest.approx(50 - used / 1000, abs=0.06)
    rig.kiosk.paperwork.new_roll()
    rig.reboot()
    assert rig.kiosk.paperwork.roll.left_m == 50


def test_a_job_of_which_nothing_came_out_uses_no_paper(rig):
    rig.printer.paper = "out"
    rig.answer(rig.take())
    assert rig.kiosk.paperwork.roll.used_mm == 0


def test_staff_and_hub_are_warned_before_the_paper_ends_by_count_alone(rig):
    rig.roll_m = 1.0
    rig.reboot()
    rig.kiosk.paperwork._spool.keep_roll(spent(rig.kiosk.paperwork.roll, 850))
    rig.answer(rig.take())
    rig.wait(31)
    assert rig.kiosk._state.paper_left == "near-end"
    health = rig.hub.of(DeviceHealth)[-1]
    assert (health.printer, health.paper) == ("ready", "near-end")
    assert health.paper_left_m is not None
    assert health.paper_left_m <= 0.1


def test_the_printers_own_sensor_warns_as_well(rig):
    rig.printer.paper = "near-end"
    rig.wait(31)
    assert rig.hub.of(DeviceHealth)[-1].paper == "near-end"


READY = PrinterStatus("ready", "ok")


def test_after_paper_out_a_printer_that_is_well_has_a_new_roll():
    roll = spent(Roll(80), 79_000)
    assert (roll.left_m, roll.near_end) == (1.0, True)
    out = seen(roll, PrinterStatus("paper-out", "out"))
    assert seen(out, READY) == new_roll(80)


def test_a_wavering_sensor_is_no_new_roll_unless_the_cover_was_open():
    roll = seen(spent(Roll(80), 70_000), PrinterStatus("ready", "near-end"))
    assert seen(roll, READY).used_mm == 70_000
    opened = seen(roll, PrinterStatus("cover-open", "out"))
    assert seen(opened, READY) == new_roll(80)


def test_a_printer_that_says_nothing_leaves_the_count_as_it_is():
    roll = spent(Roll(80), 5_000)
    assert seen(roll, PrinterStatus("unknown")) == roll


def test_a_roll_of_unknown_length_is_counted_and_warns_by_the_sensor_only():
    roll = spent(Roll(), 500_000)
    assert (roll.left_m, roll.near_end) == (None, False)
    assert seen(roll, PrinterStatus("ready", "near-end")).near_end
