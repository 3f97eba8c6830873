"""What a technician sees: the PIN's pad, the set-up page part by part, the touch test. Finished words. Pure."""

from datetime import datetime, timedelta

from assets.setup_words import SetupWords
from assets.words import Words
from kiosk.choices import Tend
from kiosk.faces import Button, CheckFace, Frame, MessageFace, Reading, SetupFace, TouchFace
from kiosk.framing import framed
from kiosk.numpad import numpad_of
from kiosk.places import SettingUp
from kiosk.state import State, hub_is_here
from kiosk.tending import VOLUMES, Act

HIDDEN = "•"
COLUMNS, ROWS = 6, 10
"""Cells of the touch test on an upright panel; a lying one has them the other way round."""
CELLS = COLUMNS * ROWS

TABS: tuple[tuple[Act, str], ...] = (
    ("overview", "view-list"),
    ("printer", "printer"),
    ("touch", "gesture-tap"),
    ("sound", "volume-high"),
    ("restart", "restart"),
)


def setup_face(
    state: State, place: SettingUp, words: Words, now: datetime | None
) -> CheckFace | SetupFace | TouchFace | MessageFace:
    """The part of it that the technician stands at."""
    setup = words.setup
    leave = Button(setup.leave, Tend("leave"), "exit-to-app")
    frame = framed(state, words, now, () if place.part == "touch" else (leave,), looks=False)
    match place.part:
        case "pin":
            return _pin_face(state, place, frame, setup)
        case "touch":
            columns, rows = (ROWS, COLUMNS) if frame.shape.landscape else (COLUMNS, ROWS)
            return TouchFace(frame, columns, rows, setup.touch_text, setup.touch_done)
        case "restart":
            answers = (Button(setup.restart_yes, Tend("restart-sure")), Button(setup.tab_overview, Tend("overview")))
            return MessageFace(frame, "setup-restart", "restart", setup.restart_title, (setup.restart_text,), answers)
        case "overview":
            readings: tuple[Reading, ...] = (
                *_reach(state, setup, now),
                *_printer(state, setup)[:2],
                *_machine(state, setup),
            )
            return _page(state, place, frame, setup, readings=readings)
        case "printer":
            found = state.setup.found
            lines = tuple(Reading(each.name, each.keys) for each in found or ())
            note = setup.found_how if found else setup.found_none if found == () else ""
            buttons = _buttons(
                ("find", setup.find, "magnify"),
                ("test-print", setup.test_print, "printer-check"),
                ("new-roll", setup.new_roll, "paper-roll"),
            )
            readings = (*_printer(state, setup), *lines)
            return _page(state, place, frame, setup, readings=readings, buttons=buttons, note=note)
        case "sound":
            volume = setup.volume.format(step=state.setup.volume, steps=VOLUMES)
            buttons = _buttons(
                ("left", setup.sound_left, "arrow-left-bold"),
                ("both", setup.sound_both, "volume-high"),
                ("right", setup.sound_right, "arrow-right-bold"),
                ("softer", setup.softer, "volume-minus"),
                ("louder", setup.louder, "volume-plus"),
            )
            readings = (Reading(setup.tab_sound, volume),)
            return _page(state, place, frame, setup, readings=readings, buttons=buttons, note=setup.sound_text)


def _pin_face(state: State, place: SettingUp, frame: Frame, words: SetupWords) -> CheckFace:
    left_s = state.setup.locked_until - state.at
    locked = left_s > 0
    if place.checking:
        text = words.pin_judging
    else:
        last = {"wrong": words.pin_wrong, "unchecked": words.pin_unchecked}.get(state.setup.said)
        parts = [last or ("" if locked else words.pin_text)]
        parts += [words.pin_wait.format(seconds=int(left_s) + 1)] if locked else []
        text = " ".join(filter(None, parts))
    free = not locked and not place.checking
    return CheckFace(
        frame=frame,
        title=words.pin_title,
        text=text,
        typed=HIDDEN * len(place.typed),
        letters=(),
        digits=tuple(Button(str(digit), Tend("digit", digit) if free else None) for digit in (*range(1, 10), 0)),
        rubout=Button(words.pin_rubout, Tend("rubout") if free and place.typed else None, "backspace"),
        check=Button(words.pin_enter, Tend("enter") if free and place.typed else None),
        plan=numpad_of(frame.shape, 0),
        screen="pin",
    )


def _page(
    state: State,
    place: SettingUp,
    frame: Frame,
    words: SetupWords,
    *,
    readings: tuple[Reading, ...],
    buttons: tuple[Button, ...] = (),
    note: str = "",
) -> SetupFace:
    labels = {
        "overview": words.tab_overview,
        "printer": words.tab_printer,
        "touch": words.tab_touch,
        "sound": words.tab_sound,
        "restart": words.tab_restart,
    }
    said = {
        "printing": words.said_printing,
        "roll": words.said_roll,
        "sound": words.said_sound,
        "no-sound": words.said_no_sound,
    }.get(state.setup.said, "")
    tabs = tuple(Button(labels[act], None if act == place.part else Tend(act), icon) for act, icon in TABS)
    around = state.setup.around
    title = f"{around.device} · {around.hall}" if around else words.tab_overview
    return SetupFace(frame, place.part, title, tabs, readings, buttons, said or note)


def _buttons(*acts: tuple[Act, str, str]) -> tuple[Button, ...]:
    return tuple(Button(label, Tend(act), icon) for act, label, icon in acts)


def _reach(state: State, words: SetupWords, now: datetime | None) -> tuple[Reading, ...]:
    """Network, broker, hub, clock."""
    setup, pulse, here = state.setup, state.pulse, hub_is_here(state)
    around = setup.around
    if around is None:
        return ()
    sealed = words.encrypted if around.tls else words.in_the_clear
    connected = bool(state.connected)
    broker = (words.broker_there if connected else words.broker_away).format(address=around.broker)
    off_s = (around.at - now) / timedelta(seconds=1) if now and here else None
    silent_s = round(state.at - pulse.heard_at) if pulse else 0
    return (
        Reading(words.address, around.address or words.no_address, around.address is not None),
        Reading(words.broker, f"{broker}, {sealed}", connected),
        Reading(
            words.connects_in,
            around.broker_why or words.milliseconds.format(count=f"{around.connect_ms or 0:.1f}"),
            not around.broker_why,
        ),
        Reading(words.hub, words.hub_heard.format(seconds=silent_s) if here else words.hub_silent, here),
        Reading(
            words.round_trip,
            words.nothing
            if setup.round_trip_ms is None
            else words.milliseconds.format(count=f"{setup.round_trip_ms:.1f}"),
            None if setup.round_trip_ms is None else setup.round_trip_ms < 1000,
        ),
        Reading(
            words.clock,
            words.nothing if off_s is None else words.clock_off.format(seconds=f"{off_s:+.1f}"),
            None if off_s is None else abs(off_s) < 60,
        ),
    )


def _printer(state: State, words: SetupWords) -> tuple[Reading, ...]:
    """How it is, its paper, and which one it is."""
    states = {
        "ready": words.printer_ready,
        "paper-out": words.printer_paper_out,
        "cover-open": words.printer_cover_open,
        "error": words.printer_error,
        "offline": words.printer_offline,
    }
    known = state.printer if state.printer in states else None
    setup, near = state.setup, state.paper_left == "near-end"
    papers = {"near-end": words.paper_near_end, "ok": words.paper_ok, "out": words.printer_paper_out}
    paper = [papers.get(state.paper_left or "", "")]
    paper += [] if setup.paper_left_m is None else [words.paper_left.format(metres=setup.paper_left_m)]
    return (
        Reading(words.printer, states[known] if known else words.nothing, None if known is None else known == "ready"),
        Reading(words.paper, ", ".join(filter(None, paper)) or words.nothing, None if not paper[0] else not near),
        *((Reading(words.device, setup.around.printer),) if setup.around else ()),
    )


def _machine(state: State, words: SetupWords) -> tuple[Reading, ...]:
    """Version, disk, temperature, memory, screen."""
    around = state.setup.around
    if around is None:
        return ()
    touched = state.setup.touched
    return (
        Reading(words.version, words.version_start.format(version=around.version, count=around.boot)),
        Reading(words.disk, *_number(words.gigabytes, around.free_disk_gb, words, least=1.0)),
        Reading(words.temperature, *_number(words.degrees, around.temperature_c, words, most=80.0)),
        Reading(words.memory, *_number(words.megabytes, around.memory_mb, words, most=900.0)),
        Reading(words.screen, around.screen),
        Reading(
            words.touch,
            words.nothing if touched is None else words.touch_result.format(count=touched, all=CELLS),
            None if touched is None else touched == CELLS,
        ),
        Reading(words.broken, words.times.format(count=state.broken), state.broken == 0),
    )


def _number(
    form: str, value: float | None, words: SetupWords, *, least: float = float("-inf"), most: float = float("inf")
) -> tuple[str, bool | None]:
    if value is None:
        return words.nothing, None
    return form.format(count=f"{value:.1f}" if value < 100 else f"{value:.0f}"), least <= value <= most
