from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printing.status import (
    Automatic,
    Echo,
    Garbage,
    PaperSensor,
    RealTime,
    ReplyReader,
    ask_status,
    status_of,
    status_of_frame,
)
from kiosk.printing.wire import Sent, WireBroken

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


def read(data: bytes):
    return ReplyReader().feed(data)


class ScriptedWire:
    """Answers each question with the next of what it was given; None is silence, an exception is raised."""

    answers = True

    def __init__(self, *script: bytes | Exception | None) -> None:
        self.script = list(script)
        self.asked: list[bytes] = []
        self.waited_until: list[float] = []

    def send(self, data, until):
        self.asked.append(data)
        return Sent(len(data))

    def receive(self, until):
        self.waited_until.append(until)
        if not self.script:
            return b""
        answer = self.script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer or b""

    def close(self):
        pass


def test_every_byte_is_read_as_what_its_fixed_bits_say():
    kinds = {byte: type(reply) for byte in range(256) for reply in read(bytes((byte,)))}
    assert {byte for byte, kind in kinds.items() if kind is RealTime} == {
        0x12 | high << 5 | low << 2 for high, low in product(range(4), range(4))
    }
    assert {byte for byte, kind in kinds.items() if kind is PaperSensor} == {
        byte for byte in range(128) if byte & 0x10 == 0
    }
    assert all(kinds[byte] is Garbage for byte in range(128, 256))
    assert 0x11 not in kinds
    assert 0x13 not in kinds


def test_an_automatic_frame_is_four_bytes_and_not_four_answers():
    assert read(b"\x12\x18\x00\x0c\x0f\x12") == (RealTime(0x12), Automatic(b"\x18\x00\x0c\x0f"), RealTime(0x12))


def test_a_frame_that_is_not_whole_is_kept_until_it_is():
    reader = ReplyReader()
    assert reader.feed(b"\x10\x00") == ()
    assert reader.feed(b"\x00\x0f\x00") == (Automatic(b"\x10\x00\x00\x0f"), PaperSensor(0))


def test_a_frame_broken_by_an_answer_is_garbage_and_the_answer_stands():
    assert read(b"\x10\x12") == (Garbage(0x10), RealTime(0x12))


def test_an_echo_carries_the_mark_of_its_job():
    assert read(b"\x37\x220042\x00") == (Echo(b"0042"),)
    assert read(b"\x37\x220042\x01")[0] == Garbage(0x37)


@given(st.binary(max_size=40), st.integers(1, 8))
def test_replies_do_not_depend_on_how_the_bytes_come_in(data, size):
    reader = ReplyReader()
    pieces = [reply for at in range(0, len(data), size) for reply in reader.feed(data[at : at + size])]
    assert tuple(pieces) == read(data)


def test_a_well_printer_answers_0x12_four_times():
    assert (status_of(WELL).state, status_of(WELL).paper) == ("ready", "ok")


@pytest.mark.parametrize(
    ("changes", "state", "paper"),
    [
        ({4: 0x12 | 0x0C}, "ready", "near-end"),
        ({4: 0x12 | 0x60}, "paper-out", "out"),
        ({4: 0x12 | 0x6C, 1: 0x1A}, "paper-out", "out"),
        ({2: 0x12 | 0x20}, "paper-out", "out"),
        ({2: 0x12 | 0x04, 4: 0x12 | 0x60}, "cover-open", "out"),
        ({3: 0x12 | 0x08}, "error", "ok"),
        ({3: 0x12 | 0x20}, "error", "ok"),
        ({3: 0x12 | 0x04}, "error", "ok"),
        ({3: 0x12 | 0x40}, "error", "ok"),
        ({1: 0x12 | 0x08}, "offline", "ok"),
    ],
)
def test_each_bad_sign_is_told(changes, state, paper):
    status = status_of(WELL | changes)
    assert (status.state, status.paper) == (state, paper)


def test_ready_needs_both_the_printer_and_its_paper_to_have_answered():
    assert status_of({1: 0x12}).state == "unknown"
    assert status_of({4: 0x12}).state == "unknown"
    assert status_of({1: 0x12, 4: 0x12}).state == "ready"
    assert status_of({}).state == "unknown"


@pytest.mark.parametrize(
    ("frame", "state", "paper"),
    [
        (b"\x10\x00\x00\x0f", "ready", "ok"),
        (b"\x10\x00\x03\x0f", "ready", "near-end"),
        (b"\x18\x00\x0f\x0f", "paper-out", "out"),
        (b"\x38\x00\x00\x0f", "cover-open", "ok"),
        (b"\x18\x08\x00\x0f", "error", "ok"),
        (b"\x18\x00\x00\x0f", "offline", "ok"),
    ],
)
def test_an_automatic_frame_tells_the_same_in_its_own_bits(frame, state, paper):
    status = status_of_frame(frame)
    assert (status.state, status.paper) == (state, paper)


def test_the_four_questions_are_asked_one_by_one():
    wire = ScriptedWire(b"\x12", b"\x12", b"\x12", b"\x12")
    assert ask_status(wire, until=float("inf")).state == "ready"
    assert wire.asked == [b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04"]


def test_a_silent_printer_is_asked_once_and_is_unknown():
    wire = ScriptedWire(None)
    assert ask_status(wire, until=float("inf")).state == "unknown"
    assert len(wire.asked) == 1


def test_no_wait_ends_after_the_deadline():
    wire = ScriptedWire(b"\x12", None, b"\x12", b"\x12")
    ask_status(wire, until=-1.0)
    assert all(until == -1.0 for until in wire.waited_until)


def test_a_closed_connection_is_never_paper():
    status = ask_status(ScriptedWire(WireBroken("closed")), until=float("inf"))
    assert (status.state, status.paper) == ("offline", "unknown")


def test_one_senseless_byte_and_nothing_is_believed():
    assert ask_status(ScriptedWire(b"\x12", b"\xff\x12", b"\x12", b"\x12"), until=float("inf")).state == "unknown"


def test_a_frame_that_nobody_asked_for_is_not_taken_for_an_answer():
    wire = ScriptedWire(b"\x10\x00\x00\x0f\x12", b"\x12", b"\x12", b"\x72")
    assert ask_status(wire, until=float("inf")).state == "paper-out"
