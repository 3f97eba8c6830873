"""How numbers are asked for and what may come of it: contract.md, "How a ticket is issued". Pure.

A number is the visitor's from the moment it is shown; one that was not shown is abandoned, whatever else happens. Several
services of one visit are asked for one after another, and nothing is told before all of them were answered or given up.
"""

from datetime import timedelta

from msgspec.structs import replace

from contract.names import LONGEST_DETAIL, RequestId, ServiceId
from contract.tickets import Refused, TicketIssued, TicketPrinted, TicketRequested, Visitor
from kiosk import offline
from kiosk.happenings import Abandon, Ask, AskAgain, Effect, Print, PrintEnded, Report, Settle
from kiosk.places import AskingPriority, AtService, Missed, Refusal, Taking, Waiting, Welcome
from kiosk.state import Asked, Recent, State, Told, Visit, first_language, hub_is_here, now_of
from kiosk.trail import go, instead, turned
from kiosk.visiting import head_of, numbered, wanted

REMEMBERED = 50
"""Requests given up that are remembered, so that a late answer is abandoned once more."""

Step = tuple[State, tuple[Effect, ...]]


def ask(state: State, visitor: Visitor, request: RequestId) -> Step:
    """Everything that this visitor wants, the first of it now."""
    if not isinstance(state.place, AtService | AskingPriority):
        return turned(state), ()
    visit = Visit(request, visitor, state.at + state.timing.expires_s, wanted(state.trail))
    return _ask_next(go(replace(state, told=None), Waiting()), visit)


def _ask_next(state: State, visit: Visit) -> Step:
    """Step 1: a request with an id of its own, kept before it is said. With nothing left to ask for, what came is told."""
    now, first = now_of(state), head_of(visit)
    if not visit.left:
        return _tell(state, visit)
    if not hub_is_here(state) or now is None:
        return _by_ourselves(state, visit, visit.left, "hub-away")
    request = TicketRequested(
        request=numbered(visit.request, len(visit.issued) + len(visit.missed) + 1),
        service=visit.left[0],
        visitor=visit.visitor,
        needs=state.needs,
        language=state.language or first_language(state),
        visit=first.ticket.id if first else None,
        expires_at=now + timedelta(seconds=visit.ends_at - state.at),
    )
    asked = Asked(request, visit.ends_at, state.at + state.timing.again_s)
    return replace(state, visit=replace(visit, left=visit.left[1:]), asked=asked), (Ask(request),)


def _tell(state: State, visit: Visit) -> Step:
    """Step 3: the numbers that came are told and printed, once, on one paper. Without any the visitor hears why."""
    state = replace(state, visit=None, asked=None, touched_at=state.at)
    if not visit.issued:
        first = visit.missed[0]
        several = visit.missed if len(visit.missed) > 1 else ()
        return instead(state, Refusal(first.reason, first.text, several)), ()
    head, *more = visit.issued
    given = tuple(RequestId(each.request) for each in visit.given)
    told = Told(RequestId(head.request), head.ticket, more=tuple(more), missed=visit.missed, given=given)
    until = state.at + state.timing.cancel_s
    recent = tuple(Recent(RequestId(each.request), each.ticket.number, until) for each in visit.issued)
    return turned(replace(state, told=told, recent=recent, trail=(Welcome(), Taking()))), (
        Print(visit.issued, visit.given, state.reserve),
    )


def _by_ourselves(
    state: State, visit: Visit, services: tuple[ServiceId, ...], reason: str, *, instead_of: RequestId | None = None
) -> Step:
    """Step 4: numbers of the kiosk's own for these services. Where it has none the visitor hears why the hub gives none."""
    head = None if visit.given else head_of(visit)
    for service in services:
        own = numbered(visit.request, len(visit.issued) + len(visit.missed) + 1)
        request = RequestId(f"{own}-here") if instead_of else own
        got = offline.give(state, service, visit.visitor, request, instead_of=instead_of)
        instead_of = None
        if isinstance(got, str):
            missed = Missed(service, reason if got == offline.NONE_THERE else got)
            visit = replace(visit, missed=(*visit.missed, missed))
        else:
            state, asked, ticket = got
            asked = replace(asked, visit=head.ticket.id if head else None)
            visit = replace(visit, issued=(*visit.issued, TicketIssued(request, ticket)), given=(*visit.given, asked))
    return _tell(state, replace(visit, left=()))


def _missed(state: State, visit: Visit, services: tuple[ServiceId, ...], reason: str) -> Step:
    """These are not to be had, and nothing more is asked for: what came before is told all the same."""
    missed = tuple(Missed(service, reason) for service in services)
    return _tell(state, replace(visit, left=(), missed=(*visit.missed, *missed)))


def wait(state: State, asked: Asked, visit: Visit) -> Step:
    """No answer yet: the same request again, word for word, until it expires; then the visitor waits no longer."""
    request = asked.request.request
    if state.at >= asked.expires_at:
        given_up = (*state.given_up, request)[-REMEMBERED:]
        services = (asked.request.service, *visit.left)
        state = replace(state, given_up=given_up)
        state, effects = _by_ourselves(state, visit, services, "no-answer", instead_of=RequestId(request))
        return state, (Abandon(RequestId(request)), *effects)
    if state.at >= asked.again_at:
        again = replace(asked, again_at=state.at + state.timing.again_s)
        return replace(state, asked=again), (AskAgain(asked.request),)
    return state, ()


def kept(state: State, request: RequestId, *, safely: bool) -> Step:
    """A request that the disk does not take is not asked; numbers that it does not take are not told, but abandoned."""
    if safely:
        return state, ()
    asked, visit, told = state.asked, state.visit, state.told
    if asked is not None and visit is not None and asked.request.request == request:
        return _missed(state, visit, (asked.request.service, *visit.left), "cannot-keep")
    if told is not None and any(each.request == request for each in told.issued):
        own = [one for one in state.unheard if one.request not in told.given]
        state = replace(state, told=None, recent=(), unheard=tuple(own), touched_at=state.at)
        nobody = tuple(Abandon(RequestId(each.request)) for each in told.issued)
        return instead(state, Refusal("cannot-keep")), nobody
    return state, ()


def issued(state: State, answer: TicketIssued) -> Step:
    """Step 2: a number. Too late, it is abandoned and prints nothing."""
    request, asked, visit = answer.request, state.asked, state.visit
    if asked is not None and visit is not None and asked.request.request == request:
        return _ask_next(state, replace(visit, issued=(*visit.issued, answer)))
    if request in state.given_up:
        return state, (Abandon(request),)
    return state, ()  # the same answer once more, or one to what an earlier start has asked and this one has abandoned


def refused(state: State, answer: Refused) -> Step:
    """No, and why. The visit's other services are asked for all the same."""
    asked, visit = state.asked, state.visit
    if asked is not None and visit is not None and asked.request.request == answer.request:
        missed = Missed(asked.request.service, answer.reason, answer.text)
        state, effects = _ask_next(state, replace(visit, missed=(*visit.missed, missed)))
        return state, (Settle(answer.request), *effects)
    return state, ()


def print_ended(state: State, ended: PrintEnded) -> Step:
    """Told to the hub whatever it is; and to the visitor, if still there."""
    result = ended.result
    state = replace(state, printer=result.status.state, paper_left=result.status.paper)
    on_paper = {each.request for each in ended.issued}
    if state.told is not None and any(each.request in on_paper for each in state.told.issued):
        told = replace(state.told, outcome=result.outcome, trouble=result.status.state)
        # Where there is no paper, the time to note the number begins only now.
        state = replace(state, told=told, touched_at=state.at if told.must_be_noted else state.touched_at)
        until = state.at + state.timing.cancel_s
        state = replace(state, recent=tuple(replace(each, until=until) for each in state.recent))
    detail = result.detail[:LONGEST_DETAIL]
    return state, tuple(
        Report(each.request, TicketPrinted(each.ticket.id, result.outcome, detail=detail)) for each in ended.issued
    )
