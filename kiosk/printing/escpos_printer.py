"""A real ESC/POS printer on the network (raw TCP, usually port 9100). The only file that knows python-escpos.

The library builds the whole job in memory (its `Dummy`); the bytes travel over our own wire, because the library's own
Network printer hands two megabytes to nobody without an error. One job is one connection: status first, nothing sent
when blocked, then the job, then a fence. `GS r 1` is answered in order, `GS ( H` with the job's own mark: only such an
answer makes a job *printed*. Nothing is tried twice here.
"""

import inspect
import logging
import os
import tempfile
import time
from typing import Any, Literal

from PIL import Image

from kiosk.printing.printer import (
    PrinterClosed,
    PrinterStatus,
    PrintResult,
    check_picture,
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
from kiosk.printing.wire import OUT_OF_TIME, NetworkWire, Wire, WireBroken

logger = logging.getLogger(__name__)

SLICE_ROWS = 128
"""Rows of one raster command: small enough for the input buffer of the cheapest printers."""
REACH_S = 1.5
ASK_S = 1.5
POLL_S = 0.6
LATE_ANSWER_S = 0.3
"""How long the answer to an earlier question may come behind the fence; later it would pass for another's."""
WHY_STOPPED = 2
ASK_WHY_STOPPED = bytes((0x10, 0x04, WHY_STOPPED))
"""DLE EOT 2 tells of cover, paper and faults in one byte."""
QUIET_S = 1.0
"""How long a printer that has not answered before the job may take to answer after it."""

CACHE_SETTING = "ESCPOS_CAPABILITIES_PICKLE_DIR"

Fence = Literal["paper-sensor", "echo"]
"""What is asked after a job: GS r 1, which nearly all know, or GS ( H, which names the job and which few clones know."""


class EscposPrinter:
    """See kiosk.printing.printer.Printer. `width_dots`: 576 on 80 mm paper, 384 on 58 mm."""

    def __init__(self, host: str, port: int = 9100, *, width_dots: int = 576, fence: Fence = "paper-sensor") -> None:
        self._host = host
        self._port = port
        self._width_dots = width_dots
        self._fence: Fence = fence
        self._library: Any = None
        self._answers = False  # learnt: this printer has given a believable status
        self._cut_short = False  # the last job broke off, perhaps in the middle of a slice
        self._jobs = 0

    def open(self) -> None:
        """Load the library (a quarter of a second). The printer need not be there yet."""
        if self._library is None:
            self._library = _load_library()

    def close(self) -> None:
        """Nothing is held between jobs."""
        self._library = None

    def status(self, deadline_s: float = 2.0) -> PrinterStatus:
        """See Printer.status."""
        self._check_open()
        until = time.monotonic() + deadline_s
        try:
            with self._reach(until) as wire:
                return self._ask(wire, until)
        except WireBroken as broken:
            return PrinterStatus("offline", detail=str(broken))

    def print(self, picture: Image.Image, deadline_s: float = 6.0) -> PrintResult:
        """See Printer.print."""
        self._check_open()
        check_picture(picture, self._width_dots)
        until = time.monotonic() + deadline_s
        try:
            with self._reach(until) as wire:
                result = self._converse(wire, picture, until)
        except WireBroken as broken:
            result = PrintResult("failed", str(broken), PrinterStatus("offline", detail=str(broken)))
        logger.info("job-ended outcome=%s state=%s detail=%r", result.outcome, result.status.state, result.detail)
        return result

    def _check_open(self) -> None:
        if self._library is None:
            raise PrinterClosed("open() comes first, and nothing after close()")

    def _reach(self, until: float) -> NetworkWire:
        return NetworkWire(self._host, self._port, min(until, time.monotonic() + REACH_S))

    def _ask(self, wire: Wire, until: float) -> PrinterStatus:
        status = ask_status(wire, min(until, time.monotonic() + ASK_S))
        self._answers = self._answers or status.state not in {"unknown", "offline"}
        return status

    def _converse(self, wire: Wire, picture: Image.Image, until: float) -> PrintResult:
        """Status, job, fence. Everything up to the first byte of the job may fail; nothing after it may."""
        before = self._ask(wire, until)
        if reason := why_not_send(before, answered_before=self._answers):
            return PrintResult("failed", reason, before)
        self._jobs += 1
        token = b"%04d" % (self._jobs % 10_000)
        job = self._mending() + self._job(picture, token)
        sent = wire.send(job, until)
        self._cut_short = bool(sent.trouble)
        if sent.trouble:
            words = f"{sent.accepted} of {len(job)} bytes went: {sent.trouble}"
            late = sent.trouble == OUT_OF_TIME
            status = before if late else PrinterStatus("offline", detail=sent.trouble)
            return PrintResult("unknown" if sent.accepted else "failed", words, status)
        return self._after_job(wire, token, before, until)

    def _after_job(self, wire: Wire, token: bytes, before: PrinterStatus, until: float) -> PrintResult:
        """All of it was handed over: what the printer says to that."""
        answering = before.state == "ready"
        wait_until = until if answering else min(until, time.monotonic() + QUIET_S)
        try:
            passed, last = self._await_fence(wire, token, wait_until, before)
            if not answering and not (passed and self._fence == "echo"):
                return PrintResult("sent", f"no way to know: before the job it was {before.detail}", before)
            if not passed:
                return PrintResult("unknown", f"no word after the job; {last.detail or last.state}", last)
            after = self._ask(wire, until)
        except WireBroken as broken:
            self._cut_short = True
            return PrintResult("unknown", f"after the job: {broken}", PrinterStatus("offline", detail=str(broken)))
        if after.state == "ready" or not answering:
            return PrintResult("printed", "", after)
        return PrintResult("unknown", f"after the job: {after.detail or after.state}", after)

    def _mending(self) -> bytes:
        """A printer whose last job broke off may still wait for the rest of a slice, and would eat this job as dots.

        So many zeros end any slice; where none is open a printer passes over them.
        """
        return bytes(SLICE_ROWS * self._width_dots // 8) if self._cut_short else b""

    def _job(self, picture: Image.Image, token: bytes) -> bytes:
        """Every byte of the job. Raster only: no word of a ticket can become a command."""
        builder = self._library(profile="TM-T20II")  # the nearest profile to most 80 mm printers; it only checks widths
        builder.hw("INIT")
        builder.image(picture, impl="bitImageRaster", fragment_height=SLICE_ROWS)
        builder.cut(feed=False)  # feeds just as far as the knife
        fence = b"\x1dr\x01" if self._fence == "paper-sensor" else b"\x1d(H\x06\x00\x30\x30" + token
        return bytes(builder.output) + fence

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


def _load_library() -> Any:
    """The builder of jobs. On import the library unpickles a cache, leaves a folder behind and sets up logging: kept away.

    A cache would save 0.15 s of a start and could be spoilt by a power cut; so it gets a folder that goes at once.
    """
    root = logging.getLogger()
    quiet = logging.NullHandler()
    root.addHandler(quiet)  # basicConfig does nothing where a handler is
    set_before = os.environ.get(CACHE_SETTING)
    make_folder = tempfile.mkdtemp
    try:
        with tempfile.TemporaryDirectory(prefix="escpos-") as folder:

            def folder_for_the_library(*arguments: Any, **named: Any) -> str:
                """It makes a folder even where it is told one; everybody else gets what they ask for."""
                asker = inspect.currentframe()
                by_library = asker and asker.f_back and asker.f_back.f_globals["__name__"] == "escpos.capabilities"
                return folder if by_library else make_folder(*arguments, **named)

            os.environ[CACHE_SETTING] = folder
            tempfile.mkdtemp = folder_for_the_library  # type: ignore[assignment] # its overloads say str for str
            from escpos.printer import Dummy  # noqa: PLC0415 - importing has effects; only here are they held
    finally:
        tempfile.mkdtemp = make_folder
        root.removeHandler(quiet)
        os.environ.pop(CACHE_SETTING)
        if set_before is not None:
            os.environ[CACHE_SETTING] = set_before
    return Dummy
