"""Giving a number back: on its own screen, and for a minute after it was told through "check my number" at this kiosk. Pure.

The minute ends when the next visitor chooses a service: whoever knows a number by sight is not its owner.

A number is given back by `ticket-abandoned`: the hub voids it, and the paper that came out is worth nothing from then on.
"""

from msgspec.structs import replace

from contract.names import Number, RequestId
from contract.tickets import TicketIssued
from kiosk.asking import Step
from kiosk.happenings import Abandon
from kiosk.places import Cancelled, Checked, ConfirmingCancel, Taking, Welcome
from kiosk.state import Recent, State, Told
from kiosk.trail import go, home, turned


def can_be_cancelled(state: State, number: Number | None) -> bool:
    """Whether this number was told here by the last visit, not longer than a minute ago."""
    return any(recent.number == number and state.at < recent.until for recent in state.recent)


def out_of_reach(state: State) -> State:
    """Somebody chooses a service while no number is shown: the next visitor, to whom the last one's numbers are closed."""
    return state if state.told is not None else replace(state, recent=())


def asked_about(state: State) -> Number | None:
    """Which number is to be given back: the one that was checked, None for what stands on the ticket's screen."""
    return state.place.told.number if isinstance(state.place, Checked) else None


def begin(state: State) -> State:
    """Asked once more. Who began in time is in time, however long the answer takes."""
    number = asked_about(state)
    if number is None:
        return go(state, ConfirmingCancel(None))
    if not can_be_cancelled(state, number):
        return turned(state)
    return confirming(state, number)


def confirming(state: State, number: Number) -> State:
    """A number that can be given back. Its answer needs no hub: that the hub hears it later is the outbox's business."""
    timing = state.timing
    until = state.at + timing.idle_s + timing.still_there_s
    recent = tuple(replace(one, until=max(one.until, until)) if one.number == number else one for one in state.recent)
    return go(replace(state, recent=recent), ConfirmingCancel(number))


def cancel(state: State, number: Number | None) -> Step:
    """The visitor gives back a number that stands on the screen or was told here just now; None for all on the screen."""
    shown = tuple(Recent(RequestId(each.request), each.ticket.number, 0.0) for each in _issued(state.told))
    back = tuple(each for each in shown if number in (None, each.number))
    if not back and can_be_cancelled(state, number):
        back = tuple(each for each in state.recent if each.number == number)
    if not back:
        return home(state), ()
    given_back = tuple(each.number for each in back)
    told = _without(state.told, given_back)
    state = replace(
        state,
        told=told,
        recent=tuple(each for each in state.recent if each.number not in given_back),
        trail=(Welcome(), *((Taking(),) if told else ()), Cancelled(given_back)),
        touched_at=state.at,
    )
    return turned(state), tuple(Abandon(each.request) for each in back)


def _issued(told: Told | None) -> tuple[TicketIssued, ...]:
    return told.issued if told else ()


def _without(told: Told | None, numbers: tuple[Number, ...]) -> Told | None:
    """What is left of what was told; None for nothing."""
    left = tuple(each for each in _issued(told) if each.ticket.number not in numbers)
    if told is None or not left:
        return None
    return replace(told, request=RequestId(left[0].request), ticket=left[0].ticket, more=left[1:])
