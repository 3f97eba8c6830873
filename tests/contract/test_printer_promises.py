"""What every printer promises, whichever it is: the real driver is held to it before a printer emulated down to the wire."""

from collections.abc import Iterator

import pytest
from PIL import Image

from kiosk.printing.letters import Letters, Words, columns_of, letters_of
from kiosk.printing.printer import PrinterClosed, TicketUnfit
from tests.contract.printer_rigs import RIGS, Rig, TwinRig
from tests.paper_examples import paper, small_picture

PICTURE = small_picture()
LETTERS = letters_of(paper(), columns_of(576))


@pytest.fixture(params=[PICTURE, LETTERS], ids=["picture", "letters"])
def ticket(request):
    return request.param


@pytest.fixture(params=[TwinRig, *RIGS.values()], ids=["twin", *RIGS])
def rig(request) -> Iterator[Rig]:
    made = request.param()
    made.printer.open()
    yield made
    made.close()


def test_a_well_printer_is_ready_and_prints_the_very_picture(rig):
    assert rig.printer.status().state == "ready"
    assert rig.printer.status().paper == "ok"
    result = rig.printer.print(PICTURE)
    assert result.outcome == "printed"
    assert result.status.state == "ready"
    (slip,) = rig.slips(1)
    assert slip.tobytes() == PICTURE.tobytes()


def test_a_well_printer_prints_letters_too(rig):
    assert rig.printer.print(LETTERS).outcome == "printed"
    assert rig.came_out(1) == 1


def test_each_job_is_a_slip_of_its_own(rig):
    other = small_picture(90)
    assert [rig.printer.print(each).outcome for each in (PICTURE, other, PICTURE)] == ["printed"] * 3
    assert [slip.height for slip in rig.slips(3)] == [PICTURE.height, 90, PICTURE.height]


def test_letters_and_pictures_may_follow_each_other(rig):
    assert [rig.printer.print(each).outcome for each in (LETTERS, PICTURE, LETTERS)] == ["printed"] * 3
    assert rig.came_out(3) == 3


def test_paper_near_its_end_still_prints_and_says_so(rig):
    rig.come_near_the_end()
    result = rig.printer.print(LETTERS)
    assert (result.outcome, result.status.paper) == ("printed", "near-end")


@pytest.mark.parametrize(
    ("trouble", "state"),
    [("run_out_of_paper", "paper-out"), ("open_cover", "cover-open"), ("jam_cutter", "error"), ("unplug", "offline")],
)
def test_a_stopped_printer_says_why_and_gets_not_one_byte(rig, trouble, state):
    getattr(rig, trouble)()
    assert rig.printer.status().state == state
    assert rig.printer.status().blocked
    result = rig.printer.print(PICTURE)
    assert (result.outcome, result.status.state) == ("failed", state)
    assert result.detail
    assert rig.came_out(0) == 0


@pytest.mark.parametrize(
    ("trouble", "mended"),
    [("run_out_of_paper", "fill_paper"), ("open_cover", "close_cover"), ("unplug", "plug_in"), ("fall_silent", "talk")],
)
def test_once_mended_it_prints_again_and_only_the_new_job(rig, trouble, mended):
    assert rig.printer.status().state == "ready"
    getattr(rig, trouble)()
    assert rig.printer.print(LETTERS).outcome == "failed"
    getattr(rig, mended)()
    assert rig.printer.print(LETTERS).outcome == "printed"
    assert rig.came_out(1) == 1


def test_a_printer_that_never_answers_is_unknown_and_what_it_got_is_sent(rig):
    rig.fall_silent()
    status = rig.printer.status()
    assert (status.state, status.blocked) == ("unknown", False)
    assert rig.printer.print(PICTURE).outcome == "sent"
    assert rig.came_out(1) == 1


def test_a_printer_that_has_answered_and_falls_silent_gets_not_one_byte(rig):
    rig.printer.status()
    rig.fall_silent()
    result = rig.printer.print(LETTERS)
    assert (result.outcome, result.status.state) == ("failed", "unknown")
    assert rig.came_out(0) == 0


def test_paper_that_ends_midway_leaves_the_outcome_unknown_and_the_rest_comes_out_by_itself(rig, ticket):
    rig.run_out_midway()
    result = rig.printer.print(ticket)
    assert (result.outcome, result.status.state) == ("unknown", "paper-out")
    rig.fill_paper()
    assert rig.came_out(1) == 1


def test_a_ticket_after_one_that_was_late_is_not_taken_for_it(rig):
    assert rig.printer.print(PICTURE).outcome == "printed"
    rig.run_out_midway()
    assert rig.printer.print(PICTURE).outcome == "unknown"
    rig.fill_paper()
    assert rig.printer.print(PICTURE).outcome == "printed"
    assert rig.came_out(3) == 3


def test_a_power_cut_midway_leaves_the_outcome_unknown(rig, ticket):
    rig.printer.status()
    rig.lose_power_midway()
    assert rig.printer.print(ticket, deadline_s=2.0).outcome == "unknown"
    assert rig.printer.status().state == rig.dark
    assert rig.printer.print(ticket).outcome == "failed"
    rig.restore_power()
    assert rig.printer.status().state == "ready"
    assert rig.printer.print(ticket).outcome == "printed"


def test_a_printer_that_is_not_done_by_the_deadline_leaves_the_outcome_unknown(rig, ticket):
    rig.crawl()
    assert rig.printer.print(ticket, deadline_s=1.0).outcome == "unknown"


@pytest.mark.parametrize(
    "unfit",
    [
        Image.new("L", (576, 100), 255),
        Image.new("1", (384, 100), 1),
        Image.new("1", (576, 9_000), 1),
        Letters(48, (Words("K069"),)),
        Letters(47, ()),
        Letters(47, (Words("K069"),) * 300),
    ],
    ids=["grey", "narrow", "endless", "wide-lines", "empty", "endless-lines"],
)
def test_what_does_not_fit_the_paper_is_refused(rig, unfit):
    with pytest.raises(TicketUnfit):
        rig.printer.print(unfit)
    assert rig.came_out(0) == 0


def test_nothing_can_be_done_with_a_closed_printer(rig):
    rig.printer.close()
    rig.printer.close()
    with pytest.raises(PrinterClosed):
        rig.printer.status()
    with pytest.raises(PrinterClosed):
        rig.printer.print(PICTURE)
    rig.printer.open()
    assert rig.printer.status().state == "ready"
