"""A technician at the kiosk: the way in, the PIN, and what can be done on the set-up page. Pure.

The way in counts on the welcome alone, so no visit is ever in progress there; everything but a test print, a new roll and
a restart only looks. It needs neither hub nor broker, and leaves by itself when nobody touches.
"""

from typing import assert_never

from msgspec.structs import replace

from kiosk import corners
from kiosk.asking import Step
from kiosk.choices import Tend
from kiosk.happenings import Attend
from kiosk.places import SettingUp, Welcome
from kiosk.state import State
from kiosk.tending import (
    VOLUMES,
    Corner,
    EndToStartAnew,
    FindPrinters,
    HubAnswered,
    JudgePin,
    Learned,
    LookAround,
    LookedAround,
    Note,
    Part,
    PinJudged,
    PlaySide,
    PrintersFound,
    PrintTrial,
    PutNewRoll,
    Setup,
    SoundTried,
)
from kiosk.trail import go, home, instead, turned

LONGEST_PIN = 12
PIN_IDLE_S = 30.0
IDLE_S = 120.0
"""So long without a touch, and the kiosk is the visitors' again."""
LONGEST_S = 900.0
"""So long in any case: who wants more enters the PIN again, and a page that was left open is no stranger's for good."""


def touched(state: State, corner: Corner | None) -> Step:
    """A finger came down, perhaps in a corner."""
    if not isinstance(state.place, Welcome) or (state.covered is not None and state.covered.level == "evacuate"):
        return _set(state, corners=()), ()
    state = _set(state, corners=corners.touched(state.setup.corners, corner, state.at))
    if not corners.is_whole(state.setup.corners):
        return state, ()
    if not state.setup.can:
        return _set(state, corners=()), (Attend(Note("unreachable")),)
    return go(home(state), SettingUp("pin")), (Attend(Note("asked")),)


def tend(state: State, choice: Tend) -> Step:
    """Something on a technician's screen was touched."""
    place = state.place
    if not isinstance(place, SettingUp):
        return turned(state), ()
    if choice.act == "leave":
        return leave(state)
    if place.part == "pin":
        return _type(state, place, choice)
    return _act(_set(turned(state), said=""), choice)


def leave(state: State) -> Step:
    """The kiosk is the visitors' again."""
    opened = isinstance(state.place, SettingUp) and state.place.part != "pin"
    return home(state), (Attend(Note("left")),) if opened else ()


def idle(state: State, place: SettingUp) -> Step:
    """Time passes, and nobody touches, or somebody touches for too long."""
    longest_s = PIN_IDLE_S if place.part == "pin" else IDLE_S
    if place.part != "pin" and state.at - state.setup.opened_at >= LONGEST_S:
        return leave(state)
    return leave(state) if state.at - state.touched_at >= longest_s else (state, ())


def learned(state: State, what: Learned) -> Step:
    """Something that was wished for came."""
    place = state.place
    match what:
        case PinJudged():
            return _judged(state, what)
        case LookedAround(around=around, paper_left_m=left):
            state = _set(state, around=around, paper_left_m=left)
        case HubAnswered(round_trip_ms=milliseconds):
            state = _set(state, round_trip_ms=milliseconds)
        case PrintersFound(found=found):
            state = _set(state, found=found)
        case SoundTried(ok=ok):
            state = _set(state, said="sound" if ok else "no-sound")
        case _:
            assert_never(what)
    # What comes when the technician has left is nobody's.
    return (state if isinstance(place, SettingUp) else home_kept(state)), ()


def home_kept(state: State) -> State:
    """As it was, without what was learned too late."""
    return _set(state, around=None, round_trip_ms=None, found=None, said="", paper_left_m=None)


def _judged(state: State, judged: PinJudged) -> Step:
    state = _set(state, wrong=judged.wrong, locked_until=state.at + judged.wait_s if judged.wait_s else 0.0)
    place = state.place
    if not isinstance(place, SettingUp) or place.part != "pin" or not place.checking:
        return state, ()
    if not judged.fits:
        return instead(_set(state, said="wrong" if judged.checked else "unchecked"), SettingUp("pin")), ()
    state = replace(state, touched_at=state.at)
    return instead(_set(state, said="", opened_at=state.at), SettingUp("overview")), (
        Attend(Note("opened")),
        Attend(LookAround()),
    )


def _type(state: State, place: SettingUp, choice: Tend) -> Step:
    """A key of the PIN's pad. While one is judged, or after wrong ones for a while, none counts."""
    if place.checking or state.at < state.setup.locked_until:
        return turned(state), ()
    match choice.act:
        case "digit":
            typed = (place.typed + str(choice.value))[:LONGEST_PIN]
            return instead(_set(state, said=""), replace(place, typed=typed)), ()
        case "rubout":
            return instead(state, replace(place, typed=place.typed[:-1])), ()
        case "enter" if place.typed:
            return instead(state, SettingUp("pin", checking=True)), (Attend(JudgePin(place.typed)),)
        case _:
            return turned(state), ()


def _act(state: State, choice: Tend) -> Step:  # noqa: PLR0911 - one line for each act
    volume = state.setup.volume
    match choice.act:
        case "overview" | "printer" | "sound" | "touch" | "restart" as part:
            return _show(state, part)
        case "find":
            return _set(state, found=None), (Attend(FindPrinters()), Attend(LookAround()))
        case "test-print":
            return _set(state, said="printing"), (Attend(PrintTrial()),)
        case "new-roll":
            return _set(state, said="roll"), (Attend(PutNewRoll()), Attend(LookAround()))
        case "left" | "right" | "both" as side:
            return state, (Attend(PlaySide(side, volume / VOLUMES)),)
        case "softer":
            return _set(state, volume=max(1, volume - 1)), ()
        case "louder":
            return _set(state, volume=min(VOLUMES, volume + 1)), ()
        case "touched":
            return _show(_set(state, touched=choice.value), "overview")
        case "restart-sure":
            return state, (Attend(EndToStartAnew()),)
        case _:
            return state, ()


def _show(state: State, part: Part) -> Step:
    """Each part is shown as it is now; what is looked up in the printer's part are the printers."""
    looks = (Attend(LookAround()),) if part in ("overview", "printer") else ()
    finds = (Attend(FindPrinters()),) if part == "printer" else ()
    return instead(state, SettingUp(part)), (*looks, *finds)


def _set(state: State, **changed: object) -> State:
    setup: Setup = replace(state.setup, **changed)
    return state if setup == state.setup else replace(state, setup=setup)
