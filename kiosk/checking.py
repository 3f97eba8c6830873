"""Check my number: typed key by key, or its code scanned; what the hub says of it, or why nothing was said. Pure.

The question is asked again once and given up in the end, like a number that is asked for; but nothing hangs on its
answer, so it is kept on no disk, and who goes back before the answer simply does not hear it.
"""

from msgspec.structs import replace

from contract.names import Number, RequestId
from contract.numbering import parts_of
from contract.tickets import NumberAsked, NumberTold
from kiosk import cancelling, scanning
from kiosk.asking import Step
from kiosk.happenings import SayNumberAsked
from kiosk.places import Checked, CheckFailed, Checking, Place, Seeking, StillThere, Waiting, Welcome
from kiosk.state import State, hub_is_here
from kiosk.trail import go, instead, turned

LONGEST = 12
"""Signs of a number, at the most (contract.names.GivenNumber)."""

DIGITS = "0123456789"


def prefixes_of(state: State) -> frozenset[str]:
    """Every prefix that numbers of this hall begin with."""
    return frozenset(service.prefix for agency in state.agencies.values() for service in agency.services)


def letters_of(state: State) -> tuple[str, ...]:
    """The letters that stand in the hall's prefixes, in their order: nobody looks for a key that no ticket has."""
    return tuple(sorted({sign for prefix in prefixes_of(state) for sign in prefix if sign.isalpha()}))


def may_follow(typed: str, key: str, prefixes: frozenset[str]) -> bool:
    """Whether a number of this hall can begin like this: a prefix or the beginning of one, then digits alone."""
    text = typed + key
    if len(text) > LONGEST:
        return False
    return any(
        prefix.startswith(text) or (text.startswith(prefix) and text[len(prefix) :].isdigit()) for prefix in prefixes
    )


def number_in(typed: str, prefixes: frozenset[str]) -> Number | None:
    """The number that was typed, once it is whole."""
    try:
        parts_of(Number(typed), prefixes or frozenset({" "}))
    except ValueError:
        return None
    return Number(typed)


def begin(state: State) -> State:
    """Nothing is typed yet."""
    return go(state, Checking())


def typed(state: State, key: str) -> State:
    """One more sign; what no number goes on with is not taken."""
    place = state.place
    if not isinstance(place, Checking) or not may_follow(place.typed, key, prefixes_of(state)):
        return turned(state)
    return instead(state, Checking(place.typed + key))


def rubbed_out(state: State) -> State:
    """The last sign goes."""
    place = state.place
    return instead(state, Checking(place.typed[:-1])) if isinstance(place, Checking) else turned(state)


def ask(state: State, request: RequestId) -> Step:
    """About what is typed."""
    place = state.place
    number = number_in(place.typed, prefixes_of(state)) if isinstance(place, Checking) else None
    return _seek(state, NumberAsked(request, number)) if number else (turned(state), ())


def scanned(state: State, text: str, request: RequestId) -> Step:
    """A paper was held under the scanner. What the visitor was about to do stays where it is, and Back leads there."""
    if isinstance(state.place, Waiting | Seeking) or state.hall is None:
        return state, ()
    state = replace(state, touched_at=state.at)  # whoever scans is here
    while isinstance(state.place, StillThere | Checking | Checked | CheckFailed):
        state = replace(state, trail=state.trail[:-1] or (Welcome(),))
    scan = scanning.read(text)
    if scan is None:
        return go(state, CheckFailed("unreadable")), ()
    if scan.code is not None:
        return _seek(state, NumberAsked(request, code=scan.code))
    number = number_in(scan.number or "", prefixes_of(state))
    return _seek(state, NumberAsked(request, number)) if number else (go(state, CheckFailed("unreadable")), ())


def _seek(state: State, asked: NumberAsked) -> Step:
    state = replace(state, touched_at=state.at)
    if not hub_is_here(state):
        return _without_hub(state, asked.number) or go(state, CheckFailed("hub-away")), ()
    timing = state.timing
    place = Seeking(asked, state.at + timing.again_s, state.at + timing.expires_s)
    return go(state, place), (SayNumberAsked(asked),)


def wait(state: State, place: Seeking) -> Step:
    """No answer yet: the same question once more, then no longer."""
    if state.at >= place.ends_at:
        before = replace(state, trail=state.trail[:-1], touched_at=state.at)
        return _without_hub(before, place.asked.number) or _over(state, CheckFailed("no-answer")), ()
    if place.again_at is not None and state.at >= place.again_at:
        waiting = replace(place, again_at=None)
        return replace(state, trail=(*state.trail[:-1], waiting)), (SayNumberAsked(place.asked),)
    return state, ()


def told(state: State, answer: NumberTold) -> State:
    """What the hub says of it; too late it is heard by nobody."""
    place = state.place
    if not isinstance(place, Seeking) or answer.request != place.asked.request:
        return state
    return _over(state, Checked(answer))


def refused(state: State, request: RequestId) -> State:
    """The hub takes no such question: an older one knows no codes."""
    place = state.place
    if not isinstance(place, Seeking) or request != place.asked.request:
        return state
    return _over(state, CheckFailed("unreadable" if place.asked.number is None else "no-answer"))


def _without_hub(state: State, number: Number | None) -> State | None:
    """A number that was told here just now can be given back although nobody can say how it stands; None for any other."""
    return cancelling.confirming(state, number) if number and cancelling.can_be_cancelled(state, number) else None


def _over(state: State, place: Place) -> State:
    return instead(replace(state, touched_at=state.at), place)
