"""What an ESC/POS printer says back, read byte by byte and believed only where its fixed bits are right.

Pure but for `ask_status`, which asks over a wire it is given. It must never know a library: the field's own readers
take a closed socket for paper and an unsolicited frame for an answer. Bits as in Epson's ESC/POS command reference:
DLE EOT n, GS a (automatic status back), GS r, GS ( H.
"""

import time
from collections.abc import Mapping

from msgspec import Struct

from kiosk.printing.printer import PaperLeft, PrinterStatus
from kiosk.printing.wire import Wire, WireBroken

FIRST_ANSWER_S = 0.8
"""How long the first answer may take. A printer on the hall's network needs some 10 ms, over Wi-Fi some 100."""
NEXT_ANSWER_S = 0.4
FLOW_CONTROL = b"\x11\x13"
"""XON and XOFF, which some boxes between network and printer let through."""
ECHO_BEGINS = b"\x37\x22"


class RealTime(Struct, frozen=True):
    """The answer to DLE EOT n: 0xx1xx10. Which n it answers, only the asker knows."""

    value: int


class Automatic(Struct, frozen=True):
    """Four bytes that come unasked when something changes: 0xx1xx00, then three of 0xx0xxxx."""

    frame: bytes


class PaperSensor(Struct, frozen=True):
    """The answer to GS r 1: 0xx0xxxx. It comes in order, when all before it has been dealt with."""

    value: int


class Echo(Struct, frozen=True):
    """The answer to GS ( H 48: the four characters that the job bore, in order as well."""

    token: bytes


class Garbage(Struct, frozen=True):
    """A byte that is none of these."""

    value: int


Reply = RealTime | Automatic | PaperSensor | Echo | Garbage


class ReplyReader:
    """Bytes in, replies out. Keeps the beginning of what has not come whole."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> tuple[Reply, ...]:
        """All replies that are whole now."""
        self._held += data.translate(None, FLOW_CONTROL)
        replies: list[Reply] = []
        while self._held:
            size, reply = _first_reply(self._held)
            if reply is None:
                break
            replies.append(reply)
            self._held = self._held[size:]
        return tuple(replies)


def _first_reply(data: bytes) -> tuple[int, Reply | None]:
    """How many bytes the first reply takes, and it; None while more must come."""
    first = data[0]
    if first & 0x93 == 0x12:
        return 1, RealTime(first)
    if first & 0x90 == 0:
        return 1, PaperSensor(first)
    if first & 0x93 == 0x10 and not any(byte & 0x90 for byte in data[1:4]):
        return (4, Automatic(data[:4])) if len(data) >= 4 else (0, None)
    if data[:2] in {ECHO_BEGINS, ECHO_BEGINS[:1]} and data[6:7] in {b"", b"\0"}:
        return (7, Echo(data[2:6])) if len(data) >= 7 else (0, None)
    return 1, Garbage(first)


def status_of(answers: Mapping[int, int]) -> PrinterStatus:
    """The status that the answers to DLE EOT 1 to 4 add up to. Ready needs 1 and 4; one bad sign is enough for not."""
    online, stopped, fault, roll = (answers.get(n) for n in (1, 2, 3, 4))
    return _added_up(
        offline=bool((online or 0) & 0x28),
        cover_open=bool((stopped or 0) & 0x04),
        faults=((fault or 0) & 0x6C) | ((stopped or 0) & 0x40),
        out=bool((roll or 0) & 0x60) or bool((stopped or 0) & 0x20),
        near_end=bool((roll or 0) & 0x0C),
        paper_known=roll is not None,
        complete=online is not None and roll is not None,
    )


def status_of_frame(frame: bytes) -> PrinterStatus:
    """The status that an automatic frame tells; the printer keeps its bits in other places there."""
    first, second, third = frame[0], frame[1], frame[2]
    return _added_up(
        offline=bool(first & 0x08),
        cover_open=bool(first & 0x20),
        faults=second & 0x6C,
        out=bool(third & 0x0C),
        near_end=bool(third & 0x03),
        paper_known=True,
        complete=True,
    )


def _added_up(
    *, offline: bool, cover_open: bool, faults: int, out: bool, near_end: bool, paper_known: bool, complete: bool
) -> PrinterStatus:
    """The first cause that somebody can do something about. `faults` has the bits of DLE EOT 3."""
    paper: PaperLeft = "out" if out else "near-end" if near_end else "ok" if paper_known else "unknown"
    if cover_open:
        return PrinterStatus("cover-open", paper)
    if out:
        return PrinterStatus("paper-out", paper)
    if faults:
        return PrinterStatus("error", paper, _fault(faults))
    if offline:
        return PrinterStatus("offline", paper, "says it is offline")
    return PrinterStatus("ready", paper) if complete else PrinterStatus("unknown", paper, "did not answer everything")


def _fault(bits: int) -> str:
    if bits & 0x08:
        return "cutter jammed"
    if bits & 0x20:
        return "cannot go on without being switched off"
    if bits & 0x04:
        return "stopped by a fault"
    return "pauses (hot print head)"


def ask_status(wire: Wire, until: float) -> PrinterStatus:
    """Ask the four questions one by one, so that each answer has its question. Never later than `until` (monotonic).

    One byte that means nothing, and none of the others is believed: a wrong baud rate also makes bytes that look right.
    """
    reader = ReplyReader()
    answers: dict[int, int] = {}
    for n in (1, 2, 3, 4):
        patience = NEXT_ANSWER_S if answers else FIRST_ANSWER_S
        enough = min(until, time.monotonic() + patience)
        if trouble := wire.send(bytes((0x10, 0x04, n)), enough).trouble:
            return PrinterStatus("offline", detail=trouble)
        try:
            answer = _answer(wire, reader, enough)
        except WireBroken as broken:
            return PrinterStatus("offline", detail=str(broken))
        match answer:
            case RealTime(value=value):
                answers[n] = value
            case Garbage(value=value):
                return PrinterStatus("unknown", detail=f"answers what means nothing (0x{value:02x})")
            case None if not answers:
                return PrinterStatus("unknown", detail="silent")
            case None:
                pass
    return status_of(answers)


def _answer(wire: Wire, reader: ReplyReader, until: float) -> RealTime | Garbage | None:
    """The first answer, or the first byte that cannot be one. Unasked frames and late answers to others pass by."""
    while data := wire.receive(until):
        for reply in reader.feed(data):
            if isinstance(reply, RealTime | Garbage):
                return reply
    return None
