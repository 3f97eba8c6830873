import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.printer_bytes import (
    AutomaticStatus,
    CodePage,
    CommandReader,
    Cut,
    EchoAsked,
    Feed,
    Initialise,
    LineFeed,
    PaperAsked,
    PassedOver,
    RasterRow,
    Text,
)
from simulator.printer_engine import PrinterEngine, Slip
from simulator.printer_paper import KNIFE_DOTS


def read(data: bytes):
    reader, buffer, commands = CommandReader(), bytearray(data), []
    while taken := reader.take(buffer):
        commands.append(taken[1])
    return commands


@pytest.mark.parametrize(
    ("data", "command"),
    [
        (b"\x1b@", Initialise()),
        (b"\x1bt\x10", CodePage(16)),
        (b"\x1bd\x03", LineFeed(3)),
        (b"\x1bJ\x20", Feed(32)),
        (b"\n", LineFeed()),
        (b"\x1dV\x00", Cut()),
        (b"\x1dVB\x00", Cut(0)),
        (b"\x1dVA\x10", Cut(16)),
        (b"\x1dr\x01", PaperAsked(1)),
        (b"\x1da\xff", AutomaticStatus(255)),
        (b"\x1d(H\x06\x00\x30\x300042", EchoAsked(b"0042")),
        (b"\x1bp\x00\x19\xfa", PassedOver(b"\x1bp\x00\x19\xfa")),
        (b"\x1b*\x21\x02\x00abcdef", PassedOver(b"\x1b*\x21\x02\x00abcdef")),
        (b"\x1d(k\x03\x00\x31\x43\x08", PassedOver(b"\x1d(k\x03\x00\x31\x43\x08")),
        (b"\x00", PassedOver(b"\x00")),
        (b"\x10\x04\x01", PassedOver(b"\x10\x04\x01")),
        (b"KTP asli", Text(b"KTP asli")),
    ],
)
def test_each_command_is_known_whole_and_not_before(data, command):
    assert read(data) == [command]
    if not isinstance(command, Text):
        assert all(read(data[:size]) == [] for size in range(len(data)))


def test_a_picture_comes_row_by_row_and_its_dots_are_never_commands():
    rows = b"\x1b@" + b"\x1dVB" + b"\n\x10\x04"
    assert read(b"\x1dv0\x00\x02\x00\x04\x00" + rows + b"x")[1:] == [
        RasterRow(b"\x1b@"),
        RasterRow(b"\x1dV"),
        RasterRow(b"B\n"),
        RasterRow(b"\x10\x04"),
        Text(b"x"),
    ]


@given(st.binary(max_size=200))
def test_any_bytes_are_taken_without_complaint_and_none_is_taken_twice(data):
    reader, buffer, size = CommandReader(), bytearray(data), 0
    while taken := reader.take(buffer):
        size += len(taken[0])
    assert size + len(buffer) == len(data)


def engine_with_slips():
    slips: list[Slip] = []
    return PrinterEngine(slips.append), slips


def test_text_is_printed_in_letters_of_24_dots_on_lines_of_30():
    engine, slips = engine_with_slips()
    engine.receive(b"\x1b@KTP\n\nasli\n\x1dVB\x00")
    engine.run(1000)
    (slip,) = slips
    assert slip.printed.height == 3 * 30
    assert slip.printed.crop((0, 0, 36, 24)).histogram()[0] > 50
    assert slip.printed.crop((0, 30, 576, 60)).histogram()[0] == 0


def test_a_cut_without_feeding_leaves_the_last_twelve_millimetres_on_the_next_slip():
    engine, slips = engine_with_slips()
    engine.receive(b"\x1dv0\x00\x48\x00\xc8\x00" + b"\xff" * 72 * 200 + b"\x1dV\x00" + b"\x1dVB\x00")
    engine.run(100_000)
    first, second = slips
    assert first.whole.height == 200
    assert second.whole.height == KNIFE_DOTS
    assert second.whole.histogram()[0] == KNIFE_DOTS * 576


def test_a_question_is_answered_from_within_a_picture_with_the_paper_out():
    engine, _ = engine_with_slips()
    engine.paper_out = True
    assert engine.receive(b"\x1dv0\x00\x48\x00\x80\x00" + b"\xff" * 50 + b"\x10\x04") == b""
    assert engine.receive(b"\x04") == b"\x7e"
    assert engine.run(1000) == b""


def test_the_paper_in_the_hand_has_margins_and_cut_edges():
    engine, slips = engine_with_slips()
    engine.receive(b"\x1dv0\x00\x48\x00\x64\x00" + b"\x00" * 72 * 100 + b"\x1dVB\x00")
    engine.run(100_000)
    paper = slips[0].paper
    assert (paper.mode, paper.width) == ("1", 640)
    assert paper.height > 100 + KNIFE_DOTS
    assert 0 < paper.crop((0, 0, 640, 8)).histogram()[0] < 640 * 8
    assert 0 < paper.crop((0, paper.height - 8, 640, paper.height)).histogram()[0] < 640 * 8
