"""What devices report: that a number was not told, what became of paper and calls, that somebody wants a human.

A report is about something that has happened out there; it is never refused, at most it says nothing new (no facts).
Hence it is kept also while the clock is behind, under the time of the last fact.
"""

from datetime import datetime

from contract.calls import CallReported
from contract.names import DeviceId
from contract.tickets import StaffCalled, TicketAbandoned, TicketPrinted
from hub.domain.calling import freed
from hub.domain.facts import CallOutcomeReported, Fact, Printed, RequestAbandoned, StaffSummoned, Voided
from hub.domain.hall import HallState
from hub.domain.things import Ticket

PAPER_REPORTS = 20
"""So often a ticket's paper may be reported on; more is a device gone wild, and says nothing new."""


def moment_of_report(state: HallState, now: datetime) -> datetime:
    """`now`, or the time of the last fact where the clock stands before it."""
    return now if state.last_at is None else max(now, state.last_at)


def abandon(state: HallState, device: DeviceId, said: TicketAbandoned, now: datetime) -> tuple[Fact, ...]:
    """The number of that request is voided; if the request has not come yet, it is remembered and gets none."""
    at = moment_of_report(state, now)
    asked = (device, said.request)
    known = state.requests.get(asked)
    if known is None:
        return () if asked in state.abandoned else (RequestAbandoned(at=at, device=device, request=said.request),)
    return void(state, state.tickets[known], at)


def void(state: HallState, ticket: Ticket, at: datetime) -> tuple[Fact, ...]:
    """The facts that end a ticket nobody was told of; none once it is being served or has ended."""
    if ticket.state == "waiting":
        return (Voided(at=at, ticket=ticket.id, counter=None),)
    if ticket.state == "called" and ticket.counter is not None:
        return (Voided(at=at, ticket=ticket.id, counter=ticket.counter), *freed(state, ticket.counter, at))
    return ()


def printed(state: HallState, device: DeviceId, said: TicketPrinted, now: datetime) -> tuple[Fact, ...]:
    """What became of the paper. Only the device that asked for a ticket may speak of its paper."""
    ticket = state.tickets.get(said.ticket)
    if ticket is None or ticket.device != device or ticket.paper_reports >= PAPER_REPORTS:
        return ()
    if (ticket.paper, ticket.paper_copy) == (said.outcome, said.copy):
        return ()
    at = moment_of_report(state, now)
    return (Printed(at=at, ticket=ticket.id, outcome=said.outcome, copy=said.copy, detail=said.detail),)


def call_reported(state: HallState, device: DeviceId, said: CallReported, now: datetime) -> tuple[Fact, ...]:
    """What became of a call's voice; the same word from the same device again says nothing new."""
    call = state.calls.get(said.call)
    if call is None or (call.outcome, call.outcome_by) == (said.outcome, device):
        return ()
    at = moment_of_report(state, now)
    return (CallOutcomeReported(at=at, call=call.id, device=device, outcome=said.outcome, detail=said.detail),)


def staff_called(state: HallState, device: DeviceId, said: StaffCalled, now: datetime) -> tuple[Fact, ...]:
    """Somebody at a kiosk wants a human."""
    if state.summoned.get(device) == said.request:
        return ()
    at = moment_of_report(state, now)
    return (StaffSummoned(at=at, device=device, request=said.request, where=said.where),)
