"""Calling staff, from every screen that a visitor can stand before; what comes of it is said where the visitor stands. Pure.

While something is asked for, or a notice has the screen, that screen stays and says it; elsewhere one of its own does.
"""

from msgspec.structs import replace

from assets.tongues import known_words
from contract.names import RequestId
from kiosk.asking import Step
from kiosk.faces import screen_name
from kiosk.happenings import SayStaffCalled
from kiosk.places import Seeking, StaffComing, StillThere, Waiting
from kiosk.state import State, now_of
from kiosk.trail import back, go, instead, turned
from kiosk.views import view_of


def call(state: State, request: RequestId) -> Step:
    """Who presses again and again calls once in a while only, and sees the same answer."""
    called = state.staff_called_at
    if called is not None and state.at - called < state.timing.staff_again_s:
        return _answer(state, said=True), ()
    where = screen_name(view_of(state, known_words, now_of(state)))
    return _answer(replace(state, staff_called_at=state.at), said=True), (SayStaffCalled(request, where),)


def told(state: State, *, said: bool) -> State:
    """Whether the call went out: the answer that stands on the screen is mended, and who presses again calls again."""
    if state.staff_under_notice is not None or isinstance(state.place, StaffComing | Waiting | Seeking):
        state = _answer(state, said=said)
    return state if said else replace(state, staff_called_at=None)


def _answer(state: State, *, said: bool) -> State:
    if state.covered is not None:
        return turned(replace(state, staff_under_notice=said))
    match state.place:
        case Waiting() | Seeking():
            return instead(state, replace(state.place, staff=said))
        case StaffComing():
            return instead(state, StaffComing(said))
        case StillThere():
            return go(back(state), StaffComing(said))
        case _:
            return go(state, StaffComing(said))
