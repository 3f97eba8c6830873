"""A ticket printer as the kiosk knows it: four verbs, one status, one honest result. It must never know a wire or a library.

Trouble of the device is told in values (`PrinterStatus`, `PrintResult`), because what became of the paper is the
answer the caller asked for. The exceptions below are mistakes of the caller. A printer is used from one thread.
"""

from typing import Literal, Protocol, runtime_checkable

from msgspec import Struct
from PIL import Image

from contract.tickets import PrintOutcome
from kiosk.printing.letters import Letters, columns_of

State = Literal["ready", "paper-out", "cover-open", "error", "offline", "unknown"]
PaperLeft = Literal["ok", "near-end", "out", "unknown"]

BLOCKED: frozenset[State] = frozenset({"paper-out", "cover-open", "error", "offline"})
"""States in which nothing is sent. Unknown is not among them: some printers never answer, and print well."""


class PrinterStatus(Struct, frozen=True):
    """What the printer says of itself. `unknown`: it said nothing, or nothing that can be believed."""

    state: State
    paper: PaperLeft = "unknown"
    detail: str = ""

    @property
    def blocked(self) -> bool:
        """A job sent now would not come out, or would come out by itself much later."""
        return self.state in BLOCKED


UNKNOWN = PrinterStatus("unknown")


class PrintResult(Struct, frozen=True):
    """What became of one job.

    printed: the printer itself said so after the job. sent: all of it was handed over to a printer that never answers.
    unknown: some of it went, and what became of it cannot be told. failed: no byte of it went, nothing can come out.
    `status` is the last that was heard.
    """

    outcome: PrintOutcome
    detail: str = ""
    status: PrinterStatus = UNKNOWN


Ticket = Image.Image | Letters
"""What can be printed: a picture (mode "1", as wide as the print head, black is ink), or the printer's own letters."""


class Printer(Protocol):
    """One ticket printer. No verb takes longer than its deadline, and none tries a job a second time by itself."""

    def open(self) -> None:
        """Take the printer into use. It need not be there yet: `status` tells."""

    def status(self, deadline_s: float = 2.0) -> PrinterStatus:
        """Ask the printer how it is. Prints nothing."""

    def print(self, ticket: Ticket, deadline_s: float = 6.0) -> PrintResult:
        """Print a ticket and cut the paper under it. Raises TicketUnfit."""

    def close(self) -> None:
        """Let go of the printer. May be called twice."""


@runtime_checkable
class Learner(Protocol):
    """A printer of which more can be known than its settings say."""

    def learn(self, deadline_s: float = 4.0) -> None:
        """Forget what was known of it and ask anew. May print a few letters: a paper for trial comes after it."""


class PrinterClosed(Exception):
    """Used before `open` or after `close`."""


class TicketUnfit(Exception):
    """Not a black and white picture of the print head's width, lines too long for it, empty, or longer than tickets are."""


def why_not_send(before: PrinterStatus, *, answered_before: bool) -> str:
    """Why no byte of a job may go to a printer in this state; empty when it may.

    Silence is no reason for a printer that never says anything, and is one for a printer that always did.
    """
    if before.blocked:
        return before.detail or before.state
    if before.state == "unknown" and answered_before:
        return f"it answered before, and now: {before.detail or before.state}"
    return ""


LONGEST_DOTS = 8000
"""One metre at 203 dpi: whatever is longer is a mistake, not a ticket."""


LONGEST_LINES = 250


def check_ticket(ticket: Ticket, width_dots: int) -> None:
    """Raises TicketUnfit with what is wrong."""
    if isinstance(ticket, Letters):
        if ticket.columns > columns_of(width_dots):
            raise TicketUnfit(f"{columns_of(width_dots)} letters stand on a line, the ticket has {ticket.columns}")
        if not 0 < len(ticket.lines) <= LONGEST_LINES:
            raise TicketUnfit(f"1 to {LONGEST_LINES} lines can be printed, not {len(ticket.lines)}")
        return
    if ticket.mode != "1":
        raise TicketUnfit(f'mode "1" is wanted, not "{ticket.mode}"')
    if ticket.width != width_dots:
        raise TicketUnfit(f"the print head is {width_dots} dots wide, the picture {ticket.width}")
    if not 0 < ticket.height <= LONGEST_DOTS:
        raise TicketUnfit(f"1 to {LONGEST_DOTS} rows can be printed, not {ticket.height}")
