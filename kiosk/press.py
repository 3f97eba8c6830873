"""The printer at work, away from the kiosk's own thread: one worker per printer, one job after another.

What became of each job comes back as a happening. The twin does at once, in the caller's thread, what the other does
in its own; the simulator runs on it.
"""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct
from PIL import Image

from contract.names import RequestId
from contract.tickets import TicketIssued
from kiosk.faces import Slip
from kiosk.happenings import PrintEnded, PrinterLooked
from kiosk.printing.blocks import Paper
from kiosk.printing.layout import PRINTED_MM, paper_width
from kiosk.printing.letters import letters_of, rows_of
from kiosk.printing.picture import draw
from kiosk.printing.printer import Learner, Printer, PrinterStatus, PrintResult
from kiosk.printing.roll import slip_mm
from kiosk.slips import slip_of

logger = logging.getLogger(__name__)

JOBS_WAITING = 8
"""Jobs that may wait behind the one that prints. A kiosk has one visitor at a time; beyond this the printer is stuck."""

CLOSE_WITHIN_S = 0.5

TRUTH_WITHIN_S = 5.6
"""From the wish for a paper until it is known what became of it: waiting, drawing and printing. The visitor is told within 6 s."""
LEAST_S = 3.0
"""What a printer is given at the least, where a job waited behind another one: a ticket takes two to three seconds."""


class Job(Struct, frozen=True):
    """One paper to print. `issued`: the tickets on it, each with its own request; `copy` 1 is the first paper.

    `learn`: find out first what the printer can, which on some printers prints a few letters.
    """

    request: RequestId
    issued: tuple[TicketIssued, ...]
    paper: Paper
    copy: int = 1
    learn: bool = False

    def ended(self, result: PrintResult, paper_mm: float = 0.0) -> PrintEnded:
        """What became of it, as a happening."""
        return PrintEnded(self.request, self.issued, result, self.copy, paper_mm)


class PaperDrawn(Struct, frozen=True):
    """The picture that goes to the printer now, for the screen."""

    request: RequestId
    slip: Slip


PressEvent = PaperDrawn | PrintEnded | PrinterLooked


class Press(Protocol):
    """What the kiosk asks of a printer. Events come through the function that the press was made with, from any thread."""

    def open(self) -> None:
        """Take the printer into use."""

    def print(self, job: Job) -> None:
        """Draw and print, some time soon; `PrintEnded` follows in any case."""

    def withdraw(self, request: RequestId) -> None:
        """The number was given back: a job that still waits is not printed, and ends as `failed`."""

    def look(self) -> None:
        """Ask the printer how it is, when it has nothing else to do; `PrinterLooked` follows."""

    def close(self) -> None:
        """Let go of the printer. A job that is on its way to it is not waited for longer than half a second."""


Drawing = Callable[[Paper], Image.Image]
"""How a paper becomes a picture, as wide as the print head."""

Clock = Callable[[], float]
"""Monotonic seconds."""


class ImmediatePress:
    """Does everything at once, in the caller's thread. `drawing` may be a quicker one where nobody looks at the dots."""

    def __init__(self, printer: Printer, put: Callable[[PressEvent], object], drawing: Drawing = draw) -> None:
        self._printer = printer
        self._put = put
        self._drawing = drawing

    def open(self) -> None:
        """See Press.open."""
        self._printer.open()

    def print(self, job: Job) -> None:
        """See Press.print."""
        carry_out(job, self._printer, self._put, self._drawing)

    def withdraw(self, request: RequestId) -> None:
        """See Press.withdraw. Nothing ever waits here."""

    def look(self) -> None:
        """See Press.look."""
        self._put(PrinterLooked(self._printer.status()))

    def close(self) -> None:
        """See Press.close."""
        self._printer.close()


class ThreadPress:
    """Does everything in a thread of its own."""

    def __init__(
        self,
        printer: Printer,
        put: Callable[[PressEvent], object],
        letter_columns: int | None = None,
        *,
        clock: Clock = time.monotonic,
    ) -> None:
        """`letter_columns`: print in the printer's own letters, so many to a line; None prints the picture."""
        self._printer = printer
        self._put = put
        self._letter_columns = letter_columns
        self._clock = clock
        self._jobs: queue.Queue[Job | None] = queue.Queue(JOBS_WAITING)
        self._waiting: dict[RequestId, float] = {}
        """Jobs that the thread has not taken yet, and that are still wanted: since when."""
        self._lock = threading.Lock()
        self._looking = threading.Event()
        self._thread = threading.Thread(target=self._work, name="press", daemon=True)

    def open(self) -> None:
        """See Press.open."""
        self._thread.start()

    def print(self, job: Job) -> None:
        """See Press.print."""
        with self._lock:
            self._waiting[job.request] = self._clock()
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            self.withdraw(job.request)
            self._put(job.ended(PrintResult("failed", "too many jobs wait for the printer")))

    def withdraw(self, request: RequestId) -> None:
        """See Press.withdraw."""
        with self._lock:
            self._waiting.pop(request, None)

    def look(self) -> None:
        """See Press.look. A second look before the first was taken is the same look."""
        if not self._looking.is_set() and self._jobs.empty():
            self._looking.set()
            self._jobs.put_nowait(None)

    def close(self) -> None:
        """See Press.close."""
        self._closing = True
        self._looking.set()
        with contextlib.suppress(queue.Full):
            self._jobs.put_nowait(None)
        if self._thread.is_alive():
            self._thread.join(CLOSE_WITHIN_S)

    _closing = False

    def _work(self) -> None:
        job: Job | None = None
        try:
            self._printer.open()
            while not self._closing:
                job = self._jobs.get()
                if job is not None:
                    self._work_on(job)
                elif not self._closing:
                    self._looking.clear()
                    self._put(PrinterLooked(self._printer.status()))
            self._printer.close()
        except Exception:
            # The top of this thread: our own mistake. The kiosk goes on, and numbers are shown without paper.
            logger.exception("press-broke")
            self._go_on_without(job)

    def _work_on(self, job: Job) -> None:
        with self._lock:
            since = self._waiting.pop(job.request, None)
        if since is None:
            self._put(job.ended(PrintResult("failed", "given back before it was printed")))
            return
        carry_out(job, self._printer, self._put, letter_columns=self._letter_columns, since=since, clock=self._clock)

    def _go_on_without(self, broken: Job | None) -> None:
        """No more paper until the next start. Of the job that broke nobody can tell what went to the printer."""
        status = PrinterStatus("error", detail="the printing program broke")
        if broken is not None:
            self._put(broken.ended(PrintResult("unknown", status.detail, status)))
        while not self._closing:
            job = self._jobs.get()
            if job is not None:
                self._put(job.ended(PrintResult("failed", status.detail, status)))
            self._looking.clear()
            self._put(PrinterLooked(status))


def carry_out(
    job: Job,
    printer: Printer,
    put: Callable[[PressEvent], object],
    drawing: Drawing = draw,
    letter_columns: int | None = None,
    *,
    since: float | None = None,
    clock: Clock = time.monotonic,
) -> None:
    """Draw, show, print, tell. The screen shows the picture also where letters are printed.

    `since`: when the paper was wished for, by `clock`; now unless given. The printer has what is left of TRUTH_WITHIN_S.
    """
    since = clock() if since is None else since
    picture = drawing(job.paper)
    put(PaperDrawn(job.request, slip_of(picture)))
    letters = None if letter_columns is None else letters_of(job.paper, letter_columns)
    if job.learn and isinstance(printer, Learner):
        printer.learn()
    result = printer.print(letters or picture, max(LEAST_S, TRUTH_WITHIN_S - (clock() - since)))
    rows = rows_of(letters) if letters else picture.height
    dots_per_mm = picture.width / PRINTED_MM[paper_width(picture.width)]
    put(job.ended(result, 0.0 if result.outcome == "failed" else round(slip_mm(rows, dots_per_mm), 1)))
