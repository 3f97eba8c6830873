"""Carries out what the flow decides: keeps, says, prints, speaks, attends. Decides nothing; everything happens in the kiosk's thread.

Before a number is shown or the first byte of its paper goes, it is on disk as told.
"""

import logging
from collections.abc import Callable
from typing import Protocol, TypeVar, assert_never

from msgspec import Struct

from contract.names import AgencyId, RequestId
from contract.tickets import StaffCalled, TicketRequested
from kiosk.attending import Attendant
from kiosk.happenings import (
    Abandon,
    Ask,
    AskAgain,
    Attend,
    Effect,
    Happening,
    Hear,
    Hush,
    KeepReserve,
    Kept,
    Print,
    Report,
    Say,
    SayNumberAsked,
    SayStaffCalled,
    SayStatus,
    Settle,
    StaffTold,
)
from kiosk.ledger import Ledger
from kiosk.paperwork import Paperwork
from kiosk.press import Job, Press
from kiosk.reporter import Reporter
from kiosk.round_trip import RoundTrip
from kiosk.speech import Speech
from kiosk.state import State, hub_is_here
from link.link import Link

logger = logging.getLogger(__name__)
Else = TypeVar("Else")


class Hearing(Protocol):
    """What the device does itself."""

    def subscribe(self, agencies: tuple[AgencyId, ...]) -> None: ...

    def say_status(self) -> None: ...


class Tools(Struct, frozen=True):
    """What there is to work with."""

    link: Link
    press: Press
    ledger: Ledger
    reporter: Reporter
    paperwork: Paperwork
    speech: Speech
    attendant: Attendant
    round_trip: RoundTrip


class Hands:
    """`happen` takes what comes of an effect."""

    def __init__(self, tools: Tools, happen: Callable[[Happening], object], hearing: Hearing) -> None:
        self._tools = tools
        self._happen = happen
        self._hearing = hearing

    def carry_out(self, effect: Effect, state: State) -> None:  # noqa: C901, PLR0912 - one line or two for each effect
        """`state` is what the flow left with this effect."""
        tools = self._tools
        match effect:
            case Ask(request=request):
                self._ask(request, state)
            case AskAgain(request=request):
                logger.info("asked-again request=%s", request.request)
                tools.link.say(request)
            case Abandon(request=request):
                logger.info("abandoned request=%s", request)
                tools.press.withdraw(request)
                tools.reporter.abandoned(request)
            case Settle(request=request):
                tools.ledger.settle(request)
            case Print():
                self._print(effect, state)
            case KeepReserve(reserve=reserve):
                tools.ledger.recall.keep_reserve(reserve)
            case Report(request=request, printed=printed):
                tools.reporter.printed(request, printed)
            case SayNumberAsked(asked=asked):
                tools.link.say(asked)  # unsaid it is asked again, and in the end the visitor hears that nobody answered
            case SayStaffCalled(request=request, where=where):
                logger.info("staff-called where=%s", where)
                said = hub_is_here(state) and tools.link.say(StaffCalled(request, where))
                self._happen(StaffTold(said))
            case Hear(agencies=agencies):
                self._hearing.subscribe(agencies)
            case SayStatus():
                self._hearing.say_status()
            case Say() | Hush():
                tools.speech.carry_out(effect, state.volume)
            case Attend(wish=wish):
                tools.attendant.carry_out(wish)
            case _:
                assert_never(effect)

    def print_or(self, job: Job | Else, do: Callable[[Else], object]) -> None:
        """Print, or do the other thing that came of it."""
        if isinstance(job, Job):
            self._tools.press.print(job)
        else:
            do(job)

    def _ask(self, request: TicketRequested, state: State) -> None:
        tools = self._tools
        kept = tools.ledger.asked(request)
        if kept:
            logger.info("asked request=%s service=%s", request.request, request.service)
            tools.round_trip.asked(request.request, state.at)
            tools.link.say(request)
        self._happen(Kept(request.request, kept))

    def _print(self, wanted: Print, state: State) -> None:
        """Numbers are on disk as told before anything of them is seen, on the screen or on paper."""
        ledger, issued, own = self._tools.ledger, wanted.issued, {each.request for each in wanted.given}
        if own and (wanted.reserve is None or not ledger.gave(wanted.given, wanted.reserve)):
            self._happen(Kept(RequestId(wanted.given[0].request), kept=False))
            return
        self._tools.reporter.gave()
        for each in issued:
            if each.request not in own and not ledger.printing(each):
                self._happen(Kept(RequestId(each.request), kept=False))
                return
            number, service = each.ticket.number, each.ticket.service
            logger.info("told number=%s service=%s request=%s", number, service, each.request)
        self.print_or(self._tools.paperwork.job(issued, state), self._happen)
