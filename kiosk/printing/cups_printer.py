"""A printer behind a CUPS queue: the job goes to the programs `lp` and `lpstat` that come with CUPS.

What becomes of a job behind a queue nobody can tell, so the outcome is *sent* at the most. A queue also keeps what it
cannot print and prints it when the visitor is long gone: nothing is queued behind a waiting job or before a stopped
printer, and a job that has not left the queue by the deadline is cancelled.
"""

import logging
import os
import re
import shutil
import subprocess
import time

from msgspec import Struct

from kiosk.printing.job import JobBuilder
from kiosk.printing.kinds import Profile
from kiosk.printing.printer import PrinterClosed, PrinterStatus, PrintResult, Ticket, check_ticket, why_not_send

logger = logging.getLogger(__name__)

PROGRAMS = ("lp", "lpstat", "cancel")
RESERVE_S = 0.8
"""Kept back of a job's time for cancelling it."""
LOOK_S = 0.1
ALERTS = (
    (re.compile(r"media-(empty|needed)|out of paper", re.IGNORECASE), "paper-out", "out"),
    (re.compile(r"(cover|door)-open", re.IGNORECASE), "cover-open", "unknown"),
    (re.compile(r"(media-jam|cutter|spool-area-full|fuser|stopped-partly)\S*", re.IGNORECASE), "error", "unknown"),
    (re.compile(r"offline|connecting-to-device|timed-out|shutdown", re.IGNORECASE), "offline", "unknown"),
)
"""printer-state-reasons of IPP (RFC 8011, 5.4.12), as `lpstat -l` shows them."""
NEAR_END = re.compile(r"media-low", re.IGNORECASE)
REQUEST = re.compile(r"request id is (\S+)")


class Ran(Struct, frozen=True):
    """What a program said. `code` None: it was not done in time, and was stopped."""

    code: int | None
    said: str


class CupsPrinter:
    """See kiosk.printing.printer.Printer."""

    def __init__(self, queue: str, *, width_dots: int = 576, profile: Profile = "TM-T20II") -> None:
        self._queue = queue
        self._width_dots = width_dots
        self._profile: Profile = profile
        self._builder: JobBuilder | None = None

    def open(self) -> None:
        """See Printer.open."""
        if self._builder is None:
            self._builder = JobBuilder(self._profile)

    def close(self) -> None:
        """See Printer.close."""
        self._builder = None

    def status(self, deadline_s: float = 2.0) -> PrinterStatus:
        """See Printer.status. At best *unknown*: a queue that takes jobs is not yet a printer that prints them."""
        self._opened()
        until = time.monotonic() + deadline_s
        missing = [name for name in PROGRAMS if shutil.which(name) is None]
        if missing:
            return PrinterStatus("offline", detail=f"CUPS is not on this machine: no {', '.join(missing)}")
        ran = _run(("lpstat", "-l", "-p", self._queue), until)
        if ran.code is None:
            return PrinterStatus("offline", detail="CUPS does not answer")
        return status_of(ran, self._queue)

    def print(self, ticket: Ticket, deadline_s: float = 6.0) -> PrintResult:
        """See Printer.print."""
        until = time.monotonic() + deadline_s
        builder = self._opened()
        check_ticket(ticket, self._width_dots)
        result = self._through_the_queue(builder.build(ticket), until)
        logger.info("job-ended outcome=%s state=%s detail=%r", result.outcome, result.status.state, result.detail)
        return result

    def _opened(self) -> JobBuilder:
        if self._builder is None:
            raise PrinterClosed("open() comes first, and nothing after close()")
        return self._builder

    def _through_the_queue(self, job: bytes, until: float) -> PrintResult:
        status = self.status(max(0.1, min(2.0, until - time.monotonic() - RESERVE_S)))
        if reason := why_not_send(status, answered_before=False):
            return PrintResult("failed", reason, status)
        if waiting := self._waiting(until):
            return PrintResult("failed", f"jobs wait in the queue already: {waiting}", status)
        # raw: the bytes are the printer's own language already, whatever driver the queue has.
        ran = _run(("lp", "-d", self._queue, "-o", "raw", "-t", "antrean", "-"), until - RESERVE_S, job)
        if ran.code is None:
            return PrintResult("unknown", "lp was not done in time", status)
        if ran.code != 0:
            return PrintResult("failed", ran.said or f"lp ended with {ran.code}", status)
        found = REQUEST.search(ran.said)
        request = found[1] if found else ""
        while waiting := self._waiting(until):
            if time.monotonic() >= until - RESERVE_S:
                _run(("cancel", request or "-a", *(() if request else (self._queue,))), until)
                return PrintResult("unknown", "it did not leave the queue in time, and was cancelled", status)
            time.sleep(LOOK_S)
        return PrintResult("sent", f"no way to know: it left the queue {self._queue}", status)

    def _waiting(self, until: float) -> str:
        """The jobs that the queue still holds; empty when it holds none."""
        ran = _run(("lpstat", "-o", self._queue), until)
        if ran.code is None:
            return "CUPS does not answer"
        return " ".join(line.split()[0] for line in ran.said.splitlines() if line.startswith(f"{self._queue}-"))


def status_of(ran: Ran, queue: str) -> PrinterStatus:
    """What `lpstat -l -p QUEUE` tells."""
    if ran.code != 0:
        return PrinterStatus("offline", detail=ran.said or f"there is no queue {queue}")
    if re.search(rf"^printer {re.escape(queue)} disabled\b", ran.said, re.MULTILINE):
        return PrinterStatus("offline", detail=f"the queue {queue} is stopped; cupsenable {queue} starts it")
    for pattern, state, paper in ALERTS:
        if found := pattern.search(ran.said):
            return PrinterStatus(state, paper, f"CUPS says: {found[0]}")  # type: ignore[arg-type] # the table's own words
    paper_left = "near-end" if NEAR_END.search(ran.said) else "unknown"
    return PrinterStatus("unknown", paper_left, "what becomes of a job, a queue does not tell")  # type: ignore[arg-type] # one of two


def _run(words: tuple[str, ...], until: float, data: bytes = b"") -> Ran:
    """Run a program to its end or to the moment `until`; it is killed then."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the queue's name is checked where it is read
            words,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=max(0.05, until - time.monotonic()),
            env=os.environ | {"LC_ALL": "C"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Ran(None, "")
    except OSError as error:
        return Ran(127, f"{words[0]}: {error.strerror}")
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace").strip()[:2000])
