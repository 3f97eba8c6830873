from datetime import datetime, timedelta, timezone

import msgspec
import pytest

from contract.halls import Requirement
from contract.names import Language, ZoneId
from contract.tickets import Estimate
from kiosk.printing.blocks import Follow, Rule
from kiosk.printing.paper import sentences
from tests.paper_examples import HALL, SERVICE, TICKET, english, long, own_layout, paper, plain, text, visit


def changed_ticket(**changes):
    return sentences(paper(ticket=msgspec.structs.replace(TICKET, **changes)))


def test_a_ticket_says_all_that_its_holder_needs_in_this_order():
    assert sentences(paper()) == (
        "Mal Pelayanan Publik",
        "Kabupaten Kutai Kartanegara",
        "Nomor antrean / Your number",
        "K069",
        "ka · nol · enam · sembilan",
        "Kartu Keluarga",
        "Disdukcapil",
        "Zona A · Loket 1–4",
        "Di depan Anda / Ahead of you: 12",
        "Dipanggil sekitar / About: 08.40–08.55",
        "Siapkan / Please prepare",
        "KTP asli",
        "Kartu Keluarga lama",
        "Buku nikah atau akta lahir",
        "Pantau dari ponsel",
        "Follow on your phone",
        "antrean.mpp.go.id",
        "7K3M-9QXD",
        "Rabu 25-11-2026 · 08.12 WITA · kiosk-1",
        "Nomor terlewat? Lapor ke meja informasi.",
        "Nomor antrean gratis.",
    )


def test_a_visitor_who_chose_english_reads_english_beside_what_the_signs_say():
    lines = sentences(english())
    assert "Family card" in lines
    assert "Kartu Keluarga" in lines
    assert "Disdukcapil / Civil registry" in lines
    assert "Zone A · Counters 1–4" in lines
    assert "Original ID card (KTP)" in lines
    assert lines[lines.index("ka · nol · enam · sembilan") + 1] == "K · zero · six · nine"
    assert "Queue numbers are free." in lines


def test_a_copy_says_so_first():
    assert sentences(paper(copy=2))[0] == "CETAK ULANG / REPRINT 2"
    assert not any("REPRINT" in line for line in sentences(paper(copy=1)))


def test_what_a_ticket_lacks_is_left_out_with_its_rule():
    bare = plain()
    lines = sentences(bare)
    assert "Di depan Anda / Ahead of you: 0" in lines
    assert not any("sekitar" in line or "Siapkan" in line or "ponsel" in line for line in lines)
    assert not any(
        isinstance(one, Rule) and isinstance(other, Rule)
        for one, other in zip(bare.blocks, bare.blocks[1:], strict=False)
    )


def test_a_number_given_while_the_hub_was_away_promises_no_place_in_the_queue():
    lines = sentences(paper(ahead_known=False))
    assert not any("Di depan" in line or "sekitar" in line for line in lines)
    assert "K069" in lines


def test_expected_times_lean_outward_to_whole_five_minutes():
    assert "Dipanggil sekitar / About: 08.20–08.35" in changed_ticket(wait_min=Estimate(9, 21))
    assert "Dipanggil sekitar / About: 08.12–08.15" in changed_ticket(wait_min=Estimate(0, 1))


def test_times_are_the_halls_whatever_offset_the_message_had():
    in_jakarta = TICKET.issued_at.astimezone(timezone(timedelta(hours=7)))
    assert "Rabu 25-11-2026 · 08.12 WITA · kiosk-1" in changed_ticket(issued_at=in_jakarta)
    late = datetime(2026, 11, 25, 23, 30, tzinfo=timezone.utc)  # noqa: UP017 - said as the wire has it
    assert "Kamis 26-11-2026 · 07.30 WITA · kiosk-1" in changed_ticket(issued_at=late)


@pytest.mark.parametrize("visitor", ["elderly", "disabled", "pregnant", "with-child"])
def test_a_reason_for_priority_is_never_printed(visitor):
    assert changed_ticket(visitor=visitor) == changed_ticket(visitor="regular")


def test_a_hall_with_one_language_has_captions_in_one():
    hall = msgspec.structs.replace(HALL, languages=(Language("id"),))
    assert "Di depan Anda: 12" in sentences(paper(hall=hall))


def test_a_language_without_words_falls_back_to_the_halls_first():
    assert changed_ticket(language=Language("bjn")) == changed_ticket(language=Language("id"))


def test_the_address_in_the_qr_is_upper_case_and_its_path_is_kept():
    follow = next(block for block in paper().blocks if isinstance(block, Follow))
    assert follow.address == "HTTPS://ANTREAN.MPP.GO.ID/7K3M-9QXD"
    mixed = paper(ticket=msgspec.structs.replace(TICKET, follow_url="https://h.example:8443/t/aB-9?x=1"))
    follow = next(block for block in mixed.blocks if isinstance(block, Follow))
    assert (follow.address, follow.site, follow.code) == (
        "HTTPS://H.EXAMPLE:8443/t/aB-9?x=1",
        "h.example:8443/t",
        "aB-9",
    )


def test_an_unknown_zone_leaves_the_counters_alone():
    assert "Loket 1–4" in changed_ticket(zone=ZoneId("elsewhere"))


def test_the_halls_own_sentence_is_printed_once():
    own = msgspec.structs.replace(HALL, ticket_footer=text("Terima kasih atas kunjungan Anda."))
    same = msgspec.structs.replace(HALL, ticket_footer=text("Nomor antrean gratis."))
    assert sentences(paper(hall=own))[-2:] == ("Nomor antrean gratis.", "Terima kasih atas kunjungan Anda.")
    assert sentences(paper(hall=same)) == sentences(paper())


def test_notes_stand_with_what_they_are_notes_to():
    assert any(line.endswith("(Ijazah perguruan tinggi tidak dapat dipakai)") for line in sentences(long()))


def test_control_bytes_in_names_become_blanks():
    hostile = "KTP\x1b@\x1dV\x00 asli\n\r\x10\x04\x01"
    service = msgspec.structs.replace(SERVICE, name=text(hostile), requirements=(Requirement(text(hostile)),))
    for line in sentences(paper(service=service)):
        assert line.isprintable()


def test_a_layout_of_the_owners_decides_what_stands_where(tmp_path):
    made = paper(
        layout=own_layout(
            tmp_path, '{ show = "rule" }, { show = "number" }, { show = "rule" }, { show = "rule" }, { show = "free" }'
        )
    )
    assert sentences(made) == ("K069", "Nomor antrean gratis.")
    assert [type(block).__name__ for block in made.blocks] == ["Numeral", "Rule", "Line"]


def test_several_numbers_of_one_visit_stand_on_one_paper_each_with_what_is_its_own():
    lines = sentences(visit())
    assert [line for line in lines if line in {"K069", "X017"}] == ["K069", "X017"]
    assert [line for line in lines if "Nomor antrean /" in line] == [
        "Nomor antrean / Your number (1/2)",
        "Nomor antrean / Your number (2/2)",
    ]
    assert lines.count("Mal Pelayanan Publik") == lines.count("Nomor antrean gratis.") == 1
    assert lines.index("Di depan Anda / Ahead of you: 12") < lines.index("X017") < lines.index("Paspor")
    assert "Di depan Anda / Ahead of you: 3" in lines[lines.index("X017") :]
