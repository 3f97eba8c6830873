"""A visitor who is sent away in the middle: nobody stands here any more to be told what was asked for. Pure.

A number that was told stays the visitor's; one that was not is given up, on record.
"""

from msgspec.structs import replace

from contract.names import RequestId
from kiosk.asking import REMEMBERED, Step
from kiosk.happenings import Abandon
from kiosk.places import Interrupted, Welcome
from kiosk.state import State
from kiosk.trail import home, turned


def let_go(state: State) -> Step:
    """What is being asked for is given up, and with it the numbers of the same visit that came and were not told."""
    if state.asked is None:
        return state, ()
    request = state.asked.request.request
    came = state.visit.issued if state.visit else ()
    given_up = (*state.given_up, request)[-REMEMBERED:]
    nobody = (Abandon(request), *(Abandon(RequestId(each.request)) for each in came))
    return replace(state, asked=None, visit=None, given_up=given_up), nobody


def broke(state: State) -> Step:
    """A screen broke. Who had a number is told once more which, in the plainest way; everybody else finds the start."""
    state, effects = let_go(replace(state, broken=state.broken + 1))
    if state.told is None or isinstance(state.place, Interrupted):
        return home(state), effects
    numbers = tuple(each.ticket.number for each in state.told.issued)
    return turned(replace(state, trail=(Welcome(), Interrupted(numbers)))), effects
