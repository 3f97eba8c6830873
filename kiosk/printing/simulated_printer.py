"""The real printer's twin: keeps every promise of kiosk.printing.printer in memory, with faults on request.

For halls without a paper printer (the picture is shown on the screen only), for tests and for simulation. It reads no
clock and waits for nothing: what would take too long is answered at once as it would be answered in the end.
"""

from collections import deque
from typing import Literal

from PIL import Image

from kiosk.printing.printer import PaperLeft, PrinterClosed, PrinterStatus, PrintResult, check_picture, why_not_send

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
        """What came out whole, oldest first."""
        self._width_dots = width_dots
        self._open = False
        self._answers = False
        self._held: Image.Image | None = None

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

    def print(self, picture: Image.Image, deadline_s: float = 6.0) -> PrintResult:
        """See Printer.print."""
        self._check_open()
        check_picture(picture, self._width_dots)
        answered_before = self._answers
        before = self.status(deadline_s)
        if reason := why_not_send(before, answered_before=answered_before):
            return PrintResult("failed", reason, before)
        return self._after(picture, before)

    def _after(self, picture: Image.Image, before: PrinterStatus) -> PrintResult:
        midway, self.midway = self.midway, "goes-well"
        match midway:
            case "goes-well":
                self.slips.append(picture.copy())
            case "paper-runs-out":
                self.paper = "out"
                self._held = picture.copy()
            case "power-fails":
                self.reachable = False
            case "crawls":
                self.slips.append(picture.copy())
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
            self.slips.append(self._held)
            self._held = None

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
