"""Finding out what a printer can, by asking it: its status, its knife (GS I 2), and both fences.

A printer that does not know `GS ( H` prints some of its bytes as letters: so this is asked only when a paper for trial
follows, and the next job begins by clearing the line (ESC @). Commands as in Epson's ESC/POS reference.
"""

import time

from kiosk.printing.abilities import Abilities
from kiosk.printing.status import Echo, PaperSensor, ReplyReader, ask_status
from kiosk.printing.wire import Wire

ASK_S = 1.5
PATIENCE_S = 0.6
"""How long a printer may take to answer in order, with nothing to print before."""
ASK_KIND = b"\x1dI\x02"
HAS_KNIFE = 0x02
ASK_PAPER = b"\x1dr\x01"
TOKEN = b"LRN1"
ASK_ECHO = b"\x1d(H\x06\x00\x30\x30" + TOKEN


def learnt_of(wire: Wire, until: float) -> Abilities | None:
    """What it can; None where it is stopped and so answers nothing in order. Raises WireBroken."""
    if not wire.answers:
        return Abilities()
    status = ask_status(wire, min(until, time.monotonic() + ASK_S))
    if status.blocked:
        return None
    if status.state == "unknown":
        return Abilities()
    kind = _sensor(wire, ASK_KIND, until)
    fences = _sensor(wire, ASK_PAPER, until) is not None
    return Abilities(
        answers=True, fences=fences, echoes=_echoes(wire, until), cuts=None if kind is None else bool(kind & HAS_KNIFE)
    )


def _sensor(wire: Wire, question: bytes, until: float) -> int | None:
    """The one byte that comes back; both questions are answered in the form of a paper sensor's."""
    end = min(until, time.monotonic() + PATIENCE_S)
    if wire.send(question, end).trouble:
        return None
    reader = ReplyReader()
    while data := wire.receive(end):
        for reply in reader.feed(data):
            if isinstance(reply, PaperSensor):
                return reply.value
    return None


def _echoes(wire: Wire, until: float) -> bool:
    end = min(until, time.monotonic() + PATIENCE_S)
    if wire.send(ASK_ECHO, end).trouble:
        return False
    reader = ReplyReader()
    while data := wire.receive(end):
        if any(reply == Echo(TOKEN) for reply in reader.feed(data)):
            return True
    return False
