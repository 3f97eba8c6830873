"""A real ESC/POS printer, on whatever wire it hangs: network, USB, serial line, device node.

The whole job is built in memory first (job.py); the bytes travel over our own wires, because the library's own printers
hand two megabytes to nobody without an error, or wait for ever. One job is one conversation: status first, nothing sent
when blocked, then the job, then a fence. `GS r 1` is answered in order, `GS ( H` with the job's own mark: only such an
answer makes a job *printed*. Nothing is tried twice here.
"""

import logging
import time
from collections.abc import Callable
from contextlib import closing

from msgspec.structs import replace

from kiosk.printing.abilities import Abilities
from kiosk.printing.job import JobBuilder, longest_command
from kiosk.printing.kinds import Fence, Profile
from kiosk.printing.learning import learnt_of
from kiosk.printing.printer import (
    PrinterClosed,
    PrinterStatus,
    PrintResult,
    Ticket,
    check_ticket,
    why_not_send,
)
from kiosk.printing.status import (
    Automatic,
    Echo,
    PaperSensor,
    RealTime,
    Reply,
    ReplyReader,
    ask_status,
    status_of,
    status_of_frame,
)
from kiosk.printing.wire import OUT_OF_TIME, Reach, Wire, WireBroken

logger = logging.getLogger(__name__)

REACH_S = 1.5
ASK_S = 1.5
POLL_S = 0.6
LATE_ANSWER_S = 0.3
"""How long the answer to an earlier question may come behind the fence; later it would pass for another's."""
WHY_STOPPED = 2
ASK_WHY_STOPPED = bytes((0x10, 0x04, WHY_STOPPED))
"""DLE EOT 2 tells of cover, paper and faults in one byte."""
SETTLE_S = 1.5
"""How long a job that was late may still take before the next is given up."""
QUIET_S = 1.0
"""How long a printer that has not answered before the job may take to answer after it."""

NO_ANSWERS = PrinterStatus("unknown", detail="its line carries no answers")


class EscposPrinter:
    """See kiosk.printing.printer.Printer. `width_dots`: 576 on 80 mm paper, 384 on 58 mm."""

    def __init__(
        self,
        reach: Reach,
        *,
        width_dots: int = 576,
        profile: Profile = "TM-T20II",
        fence: Fence | None = None,
        abilities: Abilities | None = None,
        learnt: Callable[[Abilities], object] = lambda _: None,
    ) -> None:
        """`fence` None: as `abilities` say. `learnt` is told, in the printer's thread, when more of them are known."""
        self._reach = reach
        self._width_dots = width_dots
        self._profile: Profile = profile
        self._told_fence: Fence | None = fence
        self._abilities = abilities or Abilities()
        self._learnt = learnt
        self._builder: JobBuilder | None = None
        self._owes_fence = False  # the fence of the last job was never answered
        self._left_open = 0  # so many bytes the last job may still owe a slice that it began
        self._jobs = 0

    def open(self) -> None:
        """Load the library (a quarter of a second). The printer need not be there yet."""
        if self._builder is None:
            self._builder = JobBuilder(self._profile, cuts=self._abilities.cuts)

    def close(self) -> None:
        """Nothing is held between jobs."""
        self._builder = None

    def status(self, deadline_s: float = 2.0) -> PrinterStatus:
        """See Printer.status."""
        self._opened()
        until = time.monotonic() + deadline_s
        try:
            with closing(self._wire(until)) as wire:
                return self._ask(wire, until)
        except WireBroken as broken:
            return PrinterStatus("offline", detail=str(broken))

    def print(self, ticket: Ticket, deadline_s: float = 6.0) -> PrintResult:
        """See Printer.print."""
        until = time.monotonic() + deadline_s
        builder = self._opened()
        check_ticket(ticket, self._width_dots)
        job = builder.build(ticket)
        unended = longest_command(ticket, self._width_dots)
        try:
            with closing(self._wire(until)) as wire:
                result = self._converse(wire, job, unended, until)
        except WireBroken as broken:
            result = PrintResult("failed", str(broken), PrinterStatus("offline", detail=str(broken)))
        logger.info("job-ended outcome=%s state=%s detail=%r", result.outcome, result.status.state, result.detail)
        return result

    def learn(self, deadline_s: float = 4.0) -> None:
        """See Learner.learn. A printer that cannot be reached, or is stopped, stays as it is known."""
        self._opened()
        until = time.monotonic() + deadline_s
        try:
            with closing(self._wire(until)) as wire:
                found = learnt_of(wire, until)
        except WireBroken:
            return
        if found is not None:
            self._abilities, self._owes_fence = found, False
            self._learnt(found)
            self._builder = JobBuilder(self._profile, cuts=found.cuts)
            logger.info("printer-learnt %s", found)

    def _opened(self) -> JobBuilder:
        if self._builder is None:
            raise PrinterClosed("open() comes first, and nothing after close()")
        return self._builder

    def _wire(self, until: float) -> Wire:
        return self._reach(min(until, time.monotonic() + REACH_S))

    def _ask(self, wire: Wire, until: float) -> PrinterStatus:
        if not wire.answers:
            return NO_ANSWERS
        status = ask_status(wire, min(until, time.monotonic() + ASK_S))
        if status.state not in {"unknown", "offline"}:
            self._note(answers=True)
        return status

    def _note(self, *, answers: bool = False, fences: bool = False) -> None:
        """What is known of it only grows, until somebody has it learnt anew."""
        known = self._abilities
        now = replace(known, answers=known.answers or answers, fences=known.fences or fences)
        if now != known:
            self._abilities = now
            self._learnt(now)

    @property
    def _fence(self) -> Fence:
        return self._told_fence or ("echo" if self._abilities.echoes else "paper-sensor")

    def _converse(self, wire: Wire, job: bytes, unended: int, until: float) -> PrintResult:
        """Status, job, fence. Everything up to the first byte of the job may fail; nothing after it may."""
        before = self._ask(wire, until)
        if reason := why_not_send(before, answered_before=self._abilities.answers):
            return PrintResult("failed", reason, before)
        if self._owes_fence and wire.answers and not self._settled(wire, until):
            return PrintResult("failed", "still busy with the ticket before", before)
        self._jobs += 1
        token = b"%04d" % (self._jobs % 10_000)
        job = self._before_job() + job + (self._fence_bytes(token) if wire.answers else b"")
        sent = wire.send(job, until)
        self._left_open = unended if wire.answers or sent.trouble else 0
        if sent.trouble:
            words = f"{sent.accepted} of {len(job)} bytes went: {sent.trouble}"
            late = sent.trouble == OUT_OF_TIME
            status = before if late else PrinterStatus("offline", detail=sent.trouble)
            return PrintResult("unknown" if sent.accepted else "failed", words, status)
        if not wire.answers:
            return PrintResult("sent", f"no way to know: {NO_ANSWERS.detail}", before)
        return self._after_job(wire, token, before, until)

    def _after_job(self, wire: Wire, token: bytes, before: PrinterStatus, until: float) -> PrintResult:
        """All of it was handed over: what the printer says to that."""
        answering = before.state == "ready"
        wait_until = until if answering else min(until, time.monotonic() + QUIET_S)
        try:
            passed, last = self._await_fence(wire, token, wait_until, before)
            self._owes_fence = not passed
            self._note(fences=passed and self._fence == "paper-sensor")
            self._left_open = 0 if passed or not answering else self._left_open
            if not answering and not (passed and self._fence == "echo"):
                return PrintResult("sent", f"no way to know: before the job it was {before.detail}", before)
            if not passed:
                return PrintResult("unknown", f"no word after the job; {last.detail or last.state}", last)
            after = self._ask(wire, until)
        except WireBroken as broken:
            self._owes_fence = True
            return PrintResult("unknown", f"after the job: {broken}", PrinterStatus("offline", detail=str(broken)))
        if after.state == "ready" or not answering:
            return PrintResult("printed", "", after)
        return PrintResult("unknown", f"after the job: {after.detail or after.state}", after)

    def _before_job(self) -> bytes:
        """A printer that lost bytes of the last job may still wait for the rest of a slice, and would eat this one as dots.

        So many zeros end any slice; where none is open a printer passes over them.
        """
        return bytes(self._left_open)

    def _fence_bytes(self, token: bytes) -> bytes:
        return b"\x1dr\x01" if self._fence == "paper-sensor" else b"\x1d(H\x06\x00\x30\x30" + token

    def _settled(self, wire: Wire, until: float) -> bool:
        """Whether the printer is through with a job whose fence it never answered.

        The late answer would pass for the next job's. So a fence of its own goes first, and all answers up to a
        silence are of the past. A printer that was never heard to answer one is not asked for it.
        """
        if self._fence == "echo" or not self._abilities.fences:
            return True
        if wire.send(self._before_job() + self._fence_bytes(b""), until).trouble:
            return False
        self._left_open = 0
        reader, answered, patience = ReplyReader(), False, min(until, time.monotonic() + SETTLE_S)
        while data := wire.receive(min(patience, time.monotonic() + LATE_ANSWER_S) if answered else patience):
            answered = answered or any(isinstance(reply, PaperSensor) for reply in reader.feed(data))
        self._owes_fence = not answered
        return answered

    def _await_fence(self, wire: Wire, token: bytes, until: float, before: PrinterStatus) -> tuple[bool, PrinterStatus]:
        """Whether the fence was answered, and the last that was heard. One that says it stopped is not waited for."""
        reader = ReplyReader()
        last, passed, asked = before, False, 0
        while not last.blocked:
            data = wire.receive(min(until, time.monotonic() + (LATE_ANSWER_S if passed else POLL_S)))
            for reply in reader.feed(data):
                passed = passed or self._is_fence(reply, token)
                if isinstance(reply, RealTime):
                    if asked == 0:
                        continue  # dots of the picture that looked like a question
                    asked -= 1
                last = _trouble(reply) or last
            if passed and (asked == 0 or not data):
                return True, last
            if time.monotonic() >= until:
                return passed, PrinterStatus("unknown", detail="silent since the job") if asked > 0 else last
            if not data:
                wire.send(ASK_WHY_STOPPED, until)
                asked += 1
        return passed, last

    def _is_fence(self, reply: Reply, token: bytes) -> bool:
        if self._fence == "echo":
            return reply == Echo(token)
        return isinstance(reply, PaperSensor)


def _trouble(reply: Reply) -> PrinterStatus | None:
    """What stops the printer, if a reply in the middle of a job tells it."""
    match reply:
        case Automatic(frame=frame):
            status = status_of_frame(frame)
        case RealTime(value=value):
            status = status_of({WHY_STOPPED: value})
        case _:
            return None
    return status if status.blocked else None
