"""Going from place to place: on, back, home. Each going is a new turn, and choices of older turns are dead. Pure."""

from msgspec.structs import replace

from kiosk.looks import Looks
from kiosk.places import AllErrands, Choosing, ChoosingLanguage, InAgency, InErrand, Place, Searching, Welcome
from kiosk.state import State
from kiosk.tending import fresh


def turned(state: State) -> State:
    """The same place, in which a choice may be made anew."""
    return replace(state, turn=state.turn + 1)


def go(state: State, place: Place) -> State:
    """On to another place; Back will lead here."""
    return turned(replace(state, trail=(*state.trail, place)))


def instead(state: State, place: Place) -> State:
    """Another place in the stead of this one."""
    return turned(replace(state, trail=(*state.trail[:-1], place)))


def back(state: State) -> State:
    """To the place before, or to where every visit begins: there nobody has needs yet, or a number that still stands there."""
    left = state.trail[:-1] or (Welcome(),)
    if left == (Welcome(),):
        state = replace(state, needs=(), told=None)
    return turned(replace(state, trail=left))


def home(state: State) -> State:
    """Ready for the next visitor, who finds nothing of the last one's."""
    return turned(
        replace(
            state,
            trail=(Welcome(),),
            language=None,
            looks=Looks(),
            guided=False,
            told=None,
            notice_read=None,
            needs=(),
            setup=fresh(state.setup),
        )
    )


def page(state: State, by: int) -> State:
    """To another page of what is shown, where it has pages; the view knows how many there are."""
    match state.place:
        case (
            Choosing(page=now)
            | AllErrands(page=now)
            | Searching(page=now)
            | InErrand(page=now)
            | InAgency(page=now)
            | ChoosingLanguage(page=now)
        ):
            return instead(state, replace(state.place, page=max(0, now + by)))
        case _:
            return turned(state)
