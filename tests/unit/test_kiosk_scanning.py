"""A scanner's burst of keys, what is in it, and what the kiosk asks about it."""

import pytest

from contract.names import Number, RequestId
from contract.tickets import NumberAsked, NumberTold
from kiosk import choices, scanning
from kiosk.happenings import HubSaid, Print, PrintEnded, SayNumberAsked, Scanned
from kiosk.places import AtService, CheckFailed, StillThere, Taking, Waiting
from kiosk.printing.printer import PrinterStatus, PrintResult
from kiosk.scanner import Scanner
from kiosk.scanning import ENTER, MEAN_S, Burst, Scan, struck
from tests.unit.kiosk_services import FAMILY_CARD, Visitor


@pytest.fixture
def visitor():
    return Visitor()


def burst(text: str, gap_s: float = 0.01) -> str | None:
    """What a scanner, or a person, types like this."""
    keys, at = Burst(), 100.0
    for sign in text:
        keys, _ = struck(keys, sign, at)
        at += gap_s
    return struck(keys, ENTER, at)[1]


@pytest.mark.parametrize("text", ["K069", "HTTPS://ANTREAN.EXAMPLE.GO.ID/7K3M-9QXD-2W5RA"])
def test_a_fast_burst_that_ends_in_enter_is_a_scan(text):
    assert burst(text) == text
    assert burst(text, MEAN_S * 0.9) == text


def test_keys_that_a_window_hears_frame_by_frame_are_a_scan():
    keys = Burst()
    for place, sign in enumerate("HTTPS://ANTREAN.EXAMPLE.GO.ID/7K3M-9QXD-2W5RA"):
        keys, _ = struck(keys, sign, 100.0 + place // 9 * 0.054)
    assert struck(keys, ENTER, 100.27)[1] is not None


@pytest.mark.parametrize("gap_s", [0.06, 0.12, 0.4])
def test_what_a_person_types_is_no_scan(gap_s):
    assert burst("K069", gap_s) is None


def test_a_pause_in_the_middle_leaves_only_what_came_after_it():
    keys, _ = struck(Burst(), "K", 100.0)
    for count, sign in enumerate("X01769"):
        keys, _ = struck(keys, sign, 101.0 + count * 0.01)
    assert struck(keys, ENTER, 101.06)[1] == "X01769"


def test_a_key_that_bounced_and_a_thing_laid_on_a_keyboard_are_no_scans():
    assert burst("K") is None
    assert burst("A" * 1000) is None


def test_one_scan_is_read_once():
    keys = Burst()
    for count, sign in enumerate("K069"):
        keys, _ = struck(keys, sign, 100.0 + count * 0.01)
    keys, first = struck(keys, ENTER, 100.05)
    assert first == "K069"
    assert struck(keys, ENTER, 100.06)[1] is None


@pytest.mark.parametrize(
    ("text", "scan"),
    [
        ("K069", Scan(number="K069")),
        ("k069", Scan(number="K069")),
        ("https://antrean.example.go.id/7k3m-9qxd-2w5ra", Scan(code="7K3M-9QXD-2W5RA")),
        ("HTTPS://ANTREAN.EXAMPLE.GO.ID/7K3M-9QXD-2W5RA/", Scan(code="7K3M-9QXD-2W5RA")),
        ("https://x/7K3M?from=paper", Scan(code="7K3M")),
        ("https://", None),
        ("a bottle of water", None),
        ("8991234567890X", None),
        ("", None),
    ],
)
def test_a_scanned_text_asks_by_number_or_by_code(text, scan):
    assert scanning.read(text) == scan


def test_a_scanned_code_is_asked_about_wherever_the_visitor_stands(visitor):
    visitor.want(FAMILY_CARD)
    visitor.happen(Scanned("https://antrean.example.go.id/7K3M-9QXD-2W5RA", RequestId("s-1")))
    assert [said.asked for said in visitor.did(SayNumberAsked)] == [
        NumberAsked(RequestId("s-1"), code="7K3M-9QXD-2W5RA")
    ]
    visitor.happen(HubSaid(NumberTold(RequestId("s-1"), Number("K069"), "waiting", 3)))
    visitor.choose(choices.Back())
    assert visitor.place() == AtService(FAMILY_CARD)


def test_a_scan_while_a_number_is_on_its_way_is_not_read(visitor):
    visitor.take(FAMILY_CARD)
    visitor.happen(Scanned("K069", RequestId("s-1")))
    assert isinstance(visitor.place(), Waiting)
    assert not visitor.did(SayNumberAsked)


@pytest.mark.parametrize("text", ["8991234567890", "A001", "nothing at all"])
def test_what_is_no_ticket_of_this_hall_is_said_to_be_none(visitor, text):
    visitor.happen(Scanned(text, RequestId("s-1")))
    assert visitor.place() == CheckFailed("unreadable")
    assert not visitor.did(SayNumberAsked)


def test_one_paper_after_another_can_be_scanned_and_back_leads_to_the_start(visitor):
    for count in range(3):
        visitor.happen(Scanned("K069", RequestId(f"s-{count}")))
        visitor.happen(HubSaid(NumberTold(RequestId(f"s-{count}"), Number("K069"), "waiting", 3)))
    assert len(visitor.state.trail) == 2


@pytest.mark.parametrize("text", ["K069", "nothing at all"])
def test_whoever_scans_at_the_question_is_still_there_and_finds_the_visit_again(visitor, text):
    visitor.want(FAMILY_CARD)
    visitor.wait(visitor.state.timing.idle_s + 1)
    assert isinstance(visitor.place(), StillThere)
    visitor.happen(Scanned(text, RequestId("s-1")))
    visitor.happen(HubSaid(NumberTold(RequestId("s-1"), Number("K069"), "waiting", 3)))
    visitor.wait(visitor.state.timing.still_there_s + 1)
    visitor.choose(choices.Back())
    visitor.wait(1)
    assert visitor.place() == AtService(FAMILY_CARD)


def test_a_number_that_must_be_noted_is_not_lost_behind_a_paper_that_was_scanned(visitor):
    visitor.take(FAMILY_CARD)
    visitor.answer()
    issued = visitor.did(Print)[-1].issued
    visitor.happen(PrintEnded(issued[0].request, issued, PrintResult("failed", "", PrinterStatus("paper-out"))))
    visitor.happen(Scanned("K070", RequestId("s-1")))
    visitor.happen(HubSaid(NumberTold(RequestId("s-1"), Number("K070"), "waiting", 3)))
    visitor.wait(visitor.state.timing.idle_s + 1)
    assert isinstance(visitor.place(), StillThere)
    visitor.choose(choices.Stay())
    visitor.choose(choices.Back())
    assert visitor.place() == Taking()


@pytest.mark.parametrize("scan", ["K069", "HTTPS://ANTRE.EXAMPLE/T/7KQ-2M", "HTTPS://" + "X" * 60 + "/7KQ2M"])
@pytest.mark.parametrize("typed", ["", "pas", "kartu k"])
def test_a_paper_that_is_scanned_in_a_search_leaves_what_was_typed_there(visitor, typed, scan):
    visitor.choose(choices.Start())
    visitor.choose(choices.Search())
    for letter in typed:
        visitor.choose(choices.Type(letter))
    before = visitor.place()
    for key in scan:
        visitor.choose(choices.Type(key))  # nobody knows yet that it is none of somebody's
    visitor.happen(Scanned(scan, RequestId("s-1")))
    visitor.happen(HubSaid(NumberTold(RequestId("s-1"), Number("K069"), "waiting", 3)))
    visitor.choose(choices.Back())
    assert visitor.place() == before


def test_a_kiosk_without_a_scanner_reads_nothing():
    for present, read in ((True, "K069"), (False, None)):
        scanner = Scanner(present=present)
        scanner.typed("K0", 100.0)
        scanner.typed("69", 100.01)
        assert scanner.entered(100.02) == read
