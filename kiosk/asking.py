"""How a number is asked for and what may come of it: contract.md, "How a ticket is issued", steps 1 to 3. Pure.

A number is the visitor's from the moment it is shown; one that was not shown is abandoned, whatever else happens.
"""

from datetime import timedelta

from msgspec.structs import replace

from contract.names import RequestId
from contract.tickets import Refused, TicketIssued, TicketPrinted, TicketRequested, Visitor
from kiosk.happenings import Abandon, Ask, AskAgain, Effect, Print, PrintEnded, Report, Settle
from kiosk.places import AskingPriority, AtService, Cancelled, Refusal, Taking, Waiting, Welcome
from kiosk.state import Asked, State, Told, first_language, hub_is_here, now_of
from kiosk.trail import go, home, instead, turned

REMEMBERED = 50
"""Requests given up that are remembered, so that a late answer is abandoned once more."""

LONGEST_DETAIL = 400

Step = tuple[State, tuple[Effect, ...]]


def ask(state: State, visitor: Visitor, request: RequestId) -> Step:
    """Step 1: a request with an id of its own, kept before it is said."""
    place, now = state.place, now_of(state)
    if not isinstance(place, AtService | AskingPriority):
        return turned(state), ()
    if not hub_is_here(state) or now is None:
        return go(state, Refusal("hub-away")), ()
    wanted = TicketRequested(
        request=request,
        service=place.service,
        visitor=visitor,
        needs=(),
        language=state.language or first_language(state),
        expires_at=now + timedelta(seconds=state.timing.expires_s),
    )
    asked = Asked(wanted, state.at + state.timing.expires_s, state.at + state.timing.again_s)
    return go(replace(state, asked=asked, told=None), Waiting()), (Ask(wanted),)


def wait(state: State, asked: Asked) -> Step:
    """No answer yet: the same request again, word for word, until it expires; then the visitor is sent away."""
    request = asked.request.request
    if state.at >= asked.expires_at:
        given_up = (*state.given_up, request)[-REMEMBERED:]
        state = replace(state, asked=None, given_up=given_up, touched_at=state.at)
        return instead(state, Refusal("no-answer")), (Abandon(request),)
    if state.at >= asked.again_at:
        again = replace(asked, again_at=state.at + state.timing.again_s)
        return replace(state, asked=again), (AskAgain(asked.request),)
    return state, ()


def kept(state: State, request: RequestId, *, safely: bool) -> Step:
    """A request that the disk does not take is not asked; a number that it does not take is not told, but abandoned."""
    if safely:
        return state, ()
    if state.asked is not None and state.asked.request.request == request:
        state = replace(state, asked=None, touched_at=state.at)
        return instead(state, Refusal("cannot-keep")), ()
    if state.told is not None and state.told.request == request:
        state = replace(state, told=None, touched_at=state.at)
        return instead(state, Refusal("cannot-keep")), (Abandon(request),)
    return state, ()


def issued(state: State, answer: TicketIssued) -> Step:
    """Steps 2 and 3: the number is told and printed, once. Too late, it is abandoned and prints nothing."""
    request = answer.request
    if state.asked is not None and state.asked.request.request == request:
        state = replace(state, asked=None, told=Told(request, answer.ticket), touched_at=state.at)
        return turned(replace(state, trail=(Welcome(), Taking()))), (Print((answer,)),)
    if request in state.given_up:
        return state, (Abandon(request),)
    return state, ()  # the same answer once more, or one to what an earlier start has asked and this one has abandoned


def refused(state: State, answer: Refused) -> Step:
    """No, and why."""
    if state.asked is not None and state.asked.request.request == answer.request:
        state = replace(state, asked=None, touched_at=state.at)
        return instead(state, Refusal(answer.reason, answer.text)), (Settle(answer.request),)
    return state, ()


def cancel(state: State) -> Step:
    """The visitor gives the number back."""
    if state.told is None:
        return home(state), ()
    request = state.told.request
    return turned(replace(state, told=None, trail=(Welcome(), Cancelled()))), (Abandon(request),)


def print_ended(state: State, ended: PrintEnded) -> Step:
    """Told to the hub whatever it is; and to the visitor, if still there."""
    result = ended.result
    state = replace(state, printer=result.status.state)
    if state.told is not None and state.told.request == ended.request:
        told = replace(state.told, outcome=result.outcome, trouble=result.status.state)
        # Where there is no paper, the time to note the number begins only now.
        state = replace(state, told=told, touched_at=state.at if told.must_be_noted else state.touched_at)
    detail = result.detail[:LONGEST_DETAIL]
    return state, tuple(
        Report(each.request, TicketPrinted(each.ticket.id, result.outcome, detail=detail)) for each in ended.issued
    )
