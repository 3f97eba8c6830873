"""The real printer's twin: keeps every promise of kiosk.printing.printer in memory, with faults on request.

For halls without a paper printer (the picture is shown on the screen only), for tests and for simulation. It reads no
clock and waits for nothing: what would take too long is answered at once as it would be answered in the end.
"""

from collections import deque
from typing import Literal

from PIL import Image

from kiosk.printing.letters import Letters
from kiosk.printing.printer import (
    PaperLeft,
    PrinterClosed,
    PrinterStatus,
    PrintResult,
    Ticket,
    check_ticket,
    why_not_send,
)

KEPT = 20
"""Slips kept for looking at; older ones are dropped."""

Midway = Literal["goes-well", "paper-runs-out", "power-fails", "crawls"]


class SimulatedPrinter:
    """See kiosk.printing.printer.Printer. The attributes are its body: whoever tests it puts its faults there."""

    def __init__(self, *, width_dots: int = 576) -> None:
        self.paper: PaperLeft = "ok"
        self.cover_open = False
        self.fault = ""
        self.reachable = True
        self.talks = True
        self.midway: Midway = "goes-well"
        """What happens in the middle of the next job; later ones go well again."""
        self.slips: deque[Image.Image] = deque(maxlen=KEPT)
        """Pictures that came out whole, oldest first."""
        self.lettered: deque[Letters] = deque(maxlen=KEPT)
        """Tickets in letters that came out whole, oldest first."""
        self._width_dots = width_dots
        self._open = False
        self._answers = False
        self._held: Ticket | None = None

    def open(self) -> None:
        """See Printer.open."""
        self._open = True

    def close(self) -> None:
        """See Printer.close."""
        self._open = False

    def status(self, deadline_s: float = 2.0) -> PrinterStatus:  # noqa: ARG002 - it is never late
        """See Printer.status."""
        self._check_open()
        status = self._now()
        self._answers = self._answers or status.state not in {"unknown", "offline"}
        return status

    def print(self, ticket: Ticket, deadline_s: float = 6.0) -> PrintResult:
        """See Printer.print."""
        self._check_open()
        check_ticket(ticket, self._width_dots)
        answered_before = self._answers
        before = self.status(deadline_s)
        if reason := why_not_send(before, answered_before=answered_before):
            return PrintResult("failed", reason, before)
        return self._after(ticket, before)

    def _after(self, ticket: Ticket, before: PrinterStatus) -> PrintResult:
        midway, self.midway = self.midway, "goes-well"
        match midway:
            case "goes-well":
                self._come_out(ticket)
            case "paper-runs-out":
                self.paper = "out"
                self._held = ticket if isinstance(ticket, Letters) else ticket.copy()
            case "power-fails":
                self.reachable = False
            case "crawls":
                self._come_out(ticket)
                return PrintResult("unknown", "no word after the job; silent since the job", before)
        after = self._now()
        if midway == "power-fails":
            return PrintResult("unknown", "after the job: the connection broke", after)
        if before.state == "unknown":
            return PrintResult("sent", f"no way to know: before the job it was {before.detail}", before)
        if after.state == "ready":
            return PrintResult("printed", "", after)
        return PrintResult("unknown", f"no word after the job; {after.detail or after.state}", after)

    def fill_paper(self) -> None:
        """A new roll. What was waiting in the printer's memory comes out by itself, as it does in the field."""
        self.paper = "ok"
        if self._held is not None:
            self._come_out(self._held)
            self._held = None

    def _come_out(self, ticket: Ticket) -> None:
        if isinstance(ticket, Letters):
            self.lettered.append(ticket)
        else:
            self.slips.append(ticket.copy())

    def _check_open(self) -> None:
        if not self._open:
            raise PrinterClosed("open() comes first, and nothing after close()")

    def _now(self) -> PrinterStatus:
        if not self.reachable:
            return PrinterStatus("offline", detail="not reachable")
        if not self.talks:
            return PrinterStatus("unknown", detail="silent")
        if self.cover_open:
            return PrinterStatus("cover-open", self.paper)
        if self.paper == "out":
            return PrinterStatus("paper-out", "out")
        if self.fault:
            return PrinterStatus("error", self.paper, self.fault)
        return PrinterStatus("ready", self.paper)
