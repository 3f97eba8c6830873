"""Tickets in the printer's own letters: ASCII whatever came, nothing cut off, no byte of a name a command."""

from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing.job import JobBuilder
from kiosk.printing.kinds import Profile
from kiosk.printing.letters import Code, Letters, Words, columns_of, letters_of, plain
from simulator.printer_bytes import CodePage, CommandReader, Cut, Feed, Initialise, LineFeed, PassedOver, Text
from tests.paper_examples import SERVICE, TICKET, long, paper, text

BUILDER = JobBuilder("TM-T20II")


def commands(job: bytes):
    reader, buffer, found = CommandReader(), bytearray(job), []
    while taken := reader.take(buffer):
        found.append(taken[1])
    assert not buffer
    return found


def lines(letters: Letters) -> list[str]:
    return [line.text.strip() for line in letters.lines if isinstance(line, Words)]


def test_the_ticket_says_in_letters_what_it_says_as_a_picture():
    said = lines(letters_of(paper(), 47))
    for words in (
        "K069",
        "ka - nol - enam - sembilan",
        "Kartu Keluarga",
        "Zona A - Loket 1-4",
        "[ ] KTP asli",
        "7K3M-9QXD",
    ):
        assert words in said
    assert any(line.startswith("Dipanggil sekitar / About") and line.endswith("08.40-08.55") for line in said)


@pytest.mark.parametrize(("number", "strokes"), [("K069", "=="), ("K012", ""), ("K666", "==="), ("K909", "==")])
def test_six_and_nine_have_strokes_under_them(number, strokes):
    letters = letters_of(paper(ticket=msgspec.structs.replace(TICKET, number=number)), 47)
    at = next(at for at, line in enumerate(letters.lines) if isinstance(line, Words) and line.text == number)
    below = letters.lines[at + 1]
    assert isinstance(below, Words)
    drawn = below.text if set(below.text) <= {"=", " "} else ""
    assert drawn.replace(" ", "") == strokes
    assert all((figure in "69") == (stroke == "=") for figure, stroke in zip(number, drawn, strict=bool(drawn)))


@pytest.mark.parametrize("columns", [31, 41, 47])
@pytest.mark.parametrize("make", [paper, long])
def test_no_line_is_longer_than_the_paper_is_wide(make, columns):
    for line in letters_of(make(), columns).lines:
        if isinstance(line, Words):
            assert len(line.text) * line.wide <= columns


@pytest.mark.parametrize("columns", range(24, 48))
def test_no_line_begins_with_a_dash_between_two_words(columns):
    assert not [line for line in lines(letters_of(long(), columns)) if line.startswith("- ")]


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Café São Tomé", "Cafe Sao Tome"),
        ("Jum’at – “pagi” · 09.00…", 'Jum\'at - "pagi" - 09.00...'),
        ("户口簿", "???"),
        ("a\x1dVB\x00b\x1b@", "a VB b @"),
        ("ﬁ ² ½ €", "fi 2 1/2 EUR"),
    ],
)
def test_letters_beyond_ascii_become_their_nearest(said, printed):
    assert plain(said) == printed


def test_the_number_is_as_large_as_the_paper_allows():
    sizes = {}
    for number in ("K069", "WWW123456789"):
        letters = letters_of(paper(ticket=msgspec.structs.replace(TICKET, number=number)), 31)
        sizes[number] = next(line.wide for line in letters.lines if isinstance(line, Words) and line.text == number)
    assert sizes == {"K069": 6, "WWW123456789": 2}


@given(st.text(max_size=80))
def test_no_name_whatever_it_holds_puts_a_command_into_the_job(name):
    plain_job = commands(BUILDER.build(Letters(47, (Words("x"),))))
    hostile = commands(BUILDER.build(Letters(47, (Words(name),))))
    marks = [command for command in hostile if not isinstance(command, Text)]
    assert marks == [command for command in plain_job if not isinstance(command, Text)]
    assert all(0x20 <= byte < 0x7F for command in hostile if isinstance(command, Text) for byte in command.data)


@given(st.text(max_size=120))
def test_no_service_whatever_it_is_called_does_either(name):
    service = msgspec.structs.replace(SERVICE, name=text(name or "x"))
    job = commands(BUILDER.build(letters_of(paper(service=service), 47)))
    assert sum(isinstance(command, Cut) for command in job) == 1
    assert {type(command) for command in job} <= {Initialise, CodePage, PassedOver, Text, LineFeed, Cut}


def test_a_job_in_letters_begins_clean_in_american_ascii_and_on_code_page_0():
    assert BUILDER.build(Letters(47, (Words("K069"),))).startswith(b"\x1b@\x1bR\x00\x1bt\x00")


def test_a_qr_code_is_made_only_by_printers_whose_profile_can():
    letters = Letters(31, (Code("HTTPS://ANTREAN.MPP.GO.ID/7K3M-9QXD", 7), Words("7K3M-9QXD")))
    having = {profile: b"\x1d(k" in JobBuilder(profile).build(letters) for profile in get_args(Profile)}
    assert [having["TM-T20II"], having["Sunmi-V2"]] == [True, True]
    assert [having["POS-5890"], having["simple"], having["ZJ-5870"]] == [False] * 3


def test_every_profile_is_known_to_the_library_and_ends_its_tickets_with_a_cut():
    for profile in get_args(Profile):
        job = commands(JobBuilder(profile).build(Letters(31, (Words("K069"),))))
        assert isinstance(job[-1], Cut), profile


def test_where_no_knife_is_known_paper_is_fed_so_far_that_it_can_be_torn_off():
    with_knife, without = (
        commands(JobBuilder(each).build(Letters(31, (Words("K069"),)))) for each in ("TM-T20II", "POS-5890")
    )
    assert LineFeed(6) not in with_knife
    assert LineFeed(6) in without
    assert not any(isinstance(command, Feed) for command in without)


def test_a_ticket_in_letters_goes_over_a_slow_line_in_time():
    job = BUILDER.build(letters_of(long(), columns_of(576)))
    assert len(job) / (9600 / 10) < 2.0  # seconds: ten bits on the line for each byte
