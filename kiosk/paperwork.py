"""Papers that are printed again, papers for trial, and the roll they are printed on: decides what becomes a job, and counts.

A copy says on itself which it is, and its number rises whatever became of the one before, unless no byte of that went.
It acts through the functions that it is given and knows no printer, link or disk.
"""

import logging
from collections.abc import Callable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from assets.dates import clock, short_date
from assets.words import PaperWords, languages, words_of
from contract.catalogue import Message
from contract.devices import CommandDone, DeviceCommand
from contract.names import LONGEST_DETAIL, DeviceId, Language, RequestId
from contract.tickets import IssuedTicket, TicketIssued, TicketPrinted
from kiosk.happenings import PrintEnded, PrinterLooked
from kiosk.press import Job
from kiosk.printing import roll as rolls
from kiosk.printing.layout import TicketLayout
from kiosk.printing.printer import PrinterStatus, PrintResult
from kiosk.printing.roll import Roll
from kiosk.printing.trial import Told, trial_paper
from kiosk.slips import paper_for
from kiosk.spool import Spool
from kiosk.state import State, now_of

logger = logging.getLogger(__name__)

COMMANDS_WAITING = 8
"""Copies and trials that may be under way; the press takes no more either."""
HIGHEST_COPY = 99


class ReprintArguments(Struct, frozen=True):
    """`reprint`: a ticket of today by its id or number, or, where another kiosk printed it, all of it. `copy`: at least."""

    ticket: str | IssuedTicket
    copy: int = 1


class Paperwork:
    """Everything happens in the kiosk's own thread."""

    def __init__(
        self,
        spool: Spool,
        kiosk: DeviceId,
        layout: TicketLayout,
        *,
        roll_m: float,
        say: Callable[[Message], object],
        report: Callable[[RequestId, TicketPrinted], object],
    ) -> None:
        self._spool = spool
        self._kiosk = kiosk
        self._layout = layout
        self._roll_m = roll_m
        self._say = say
        self._report = report
        self._commands: dict[RequestId, DeviceCommand | None] = {}
        if spool.roll.length_m != roll_m:
            spool.keep_roll(replace(spool.roll, length_m=roll_m))

    @property
    def roll(self) -> Roll:
        """The paper in the printer, as far as it is known."""
        return self._spool.roll

    def new_roll(self) -> None:
        """Somebody has put a full roll in, as long as the device file says. The count begins anew."""
        self._spool.keep_roll(rolls.new_roll(self._roll_m))
        logger.info("new-roll length_m=%s", self.roll.length_m)

    def job(self, issued: tuple[TicketIssued, ...], state: State) -> Job | PrintEnded:
        """The first paper of these tickets; or at once that there will be none."""
        request, tickets = RequestId(issued[0].request), tuple(each.ticket for each in issued)
        paper = paper_for(tickets, state, self._kiosk, self._layout)
        if paper is None:
            return PrintEnded(request, issued, PrintResult("failed", "the hall has no such service"))
        return Job(request, issued, paper)

    # --- commands ---------------------------------------------------------------------------------------------------

    def obey(self, command: DeviceCommand, state: State) -> Job | CommandDone:
        """What a command of the hub's becomes: something to print, or the answer why not."""
        now = now_of(state)
        if now is not None and now > command.expires_at:
            return _refused(command, "expired")
        if len(self._commands) >= COMMANDS_WAITING:
            return _refused(command, "too many papers wait for the printer")
        match command.command:
            case "test-print":
                return self.trial(state, command)
            case "reprint":
                return self._reprint(command, state)
            case other:
                return _refused(command, f"a kiosk does not do {other} yet")

    def trial(self, state: State, command: DeviceCommand | None = None) -> Job:
        """A paper for technicians; the printer is asked anew what it can. `command` None: from the set-up page."""
        request = RequestId(command.request if command else f"trial-{len(self._commands)}-{state.turn}")
        self._commands[request] = command
        return Job(request, (), trial_paper(self._layout, self._words(state), self._told(state)), learn=True)

    def page_trial(self, state: State) -> Job | None:
        """A trial from the set-up page; None while the last one from there is not out: touching on makes no pile of paper."""
        return None if None in self._commands.values() else self.trial(state)

    def _reprint(self, command: DeviceCommand, state: State) -> Job | CommandDone:
        try:
            wanted = msgspec.convert(command.arguments, ReprintArguments)
        except msgspec.ValidationError as error:
            return _refused(command, f"reprint needs a ticket: {error}")
        found = self._spool.printed(wanted.ticket if isinstance(wanted.ticket, str) else wanted.ticket.id)
        if found is not None:
            issued, copies = found.issued, found.copies
        elif isinstance(wanted.ticket, IssuedTicket):
            issued, copies = (TicketIssued(RequestId(command.request), wanted.ticket),), 0
        else:
            return _refused(command, f"no ticket {wanted.ticket} was printed here today")
        copy = max(copies + 1, wanted.copy)
        if copy > HIGHEST_COPY:
            return _refused(command, f"it was printed {copies} times")
        tickets = tuple(each.ticket for each in issued)
        paper = paper_for(tickets, state, self._kiosk, self._layout, copy=copy)
        if paper is None:
            return _refused(command, "the hall has no such service")
        self._spool.remember(issued, copy)  # before the first byte: no copy's number is given twice
        request = RequestId(command.request)
        self._commands[request] = command
        return Job(request, issued, paper, copy)

    # --- what became of it ------------------------------------------------------------------------------------------

    def heard(self, event: PrintEnded | PrinterLooked) -> PrintEnded | PrinterLooked:
        """Count the paper, answer a command. What is left for the flow: of copies and trials only how the printer is."""
        if isinstance(event, PrinterLooked):
            return PrinterLooked(self._counted(event.status, 0.0))
        for each in event.issued:
            number, outcome, why = each.ticket.number, event.result.outcome, event.result.detail
            logger.info("printed number=%s copy=%d outcome=%s detail=%r", number, event.copy, outcome, why)
        status = self._counted(event.result.status, event.paper_mm)
        result = replace(event.result, status=status)
        if event.request in self._commands:
            self._answer(self._commands.pop(event.request), event)
            return PrinterLooked(status)
        if event.issued:
            self._spool.remember(event.issued, 0 if result.outcome == "failed" else 1)
        return replace(event, result=result)

    def _counted(self, status: PrinterStatus, paper_mm: float) -> PrinterStatus:
        """With the roll's end as both the sensor and the count see it."""
        before = self.roll
        roll = rolls.seen(rolls.spent(before, paper_mm) if paper_mm else before, status)
        self._spool.keep_roll(roll)
        if roll.near_end and not before.near_end:
            logger.warning("paper-near-end left_m=%s sensor=%s", roll.left_m, roll.paper)
        return replace(status, paper="near-end") if roll.near_end and status.paper in {"ok", "unknown"} else status

    def _answer(self, command: DeviceCommand | None, event: PrintEnded) -> None:
        result, detail = event.result, event.result.detail[:LONGEST_DETAIL]
        for each in event.issued:
            # Under a request of its own: what is to be said of the first paper, and may still wait, stays.
            request = RequestId(f"{event.request}/{each.ticket.id}")
            self._report(request, TicketPrinted(each.ticket.id, result.outcome, event.copy, detail))
        if event.issued and result.outcome == "failed":
            self._spool.remember(event.issued, event.copy - 1)
        if command is not None:
            done = result.outcome in {"printed", "sent"}
            what = " ".join(each.ticket.number for each in event.issued) or "test print"
            copy = f" copy {event.copy}" if event.issued else ""
            said = f"{what}{copy}: {result.outcome}" + (f", {detail}" if detail else "")
            self._say(CommandDone(command.request, ok=done, detail=said[:LONGEST_DETAIL]))

    # --- the trial's words ------------------------------------------------------------------------------------------

    def _words(self, state: State) -> tuple[PaperWords, ...]:
        spoken = state.hall.languages if state.hall else ()
        known = [language for language in spoken if language in languages()] or [Language("id")]
        return tuple(words_of(language).paper for language in known[:2])

    def _told(self, state: State) -> Told:
        now, roll, words = now_of(state), self.roll, self._words(state)
        first = next(
            (each for each in (state.hall.languages if state.hall else ()) if each in languages()), Language("id")
        )
        at = f"{short_date(now.date(), first)} {clock(now, first)} · " if now else ""
        left = f"{roll.left_m} m" if roll.left_m is not None else f"? ({roll.used_mm / 1000:.1f} m)"
        label = " / ".join(dict.fromkeys(each.paper_left for each in words))
        return Told((f"{at}{self._kiosk}",), ((label, left),))


def _refused(command: DeviceCommand, why: str) -> CommandDone:
    return CommandDone(command.request, ok=False, detail=why[:LONGEST_DETAIL])
