"""Lays the kiosk's faces out, on every panel and in every look pairwise, and says what is wrong with any of them.

`python -m tests.pictures.kiosk_fitting` prints one line for each fault; it needs an X server, but draws nothing. With
`all` every face is laid out on every panel in every look, which takes minutes; with a word only faces or panels whose name
has it: `all 15-lying`.
"""

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import count, product
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from contract.names import Language, Number
from kiosk import choices
from kiosk.faces import Face
from kiosk.looks import TEXT_SIZES, Looks, Panel
from kiosk.places import AtService, Checked, Choosing, ConfirmingCancel, InAgency, InErrand, SettingUp
from kiosk.standing import busiest_first
from kiosk.state import State, now_of
from kiosk.views import view_of
from tests.pairwise import pairwise_rows
from tests.pictures import kiosk_gallery, kiosk_panels
from tests.pictures.harness import ROOT, x_server
from ui.window import PORTRAIT, ScreenSettings, in_drawing, prepare

PANELS = {
    "21-upright": (ScreenSettings(1080, 1920, 21.5), 900.0),
    "15-upright": (ScreenSettings(1080, 1920, 15.6), 900.0),
    "27-upright": (ScreenSettings(1080, 1920, 27.0), 850.0),
    "21-lying": (ScreenSettings(1920, 1080, 21.5), 850.0),
    "15-lying": (ScreenSettings(1280, 800, 15.6), 850.0),
}
"""By inches, and how high they hang. Smaller ones are scaled down to what the smallest of these shows (ui.window.density)."""


GIVEN_BACK = ("ticket", "no-paper", "tickets", "tickets-four", "tickets-one-missed", "checked-waiting")
"""Screens whose number can be given back: tapping on at one spot must not do it."""


LOOKS_FOR_WASTE = 50
"""Faces laid out between two runs of the garbage collector, which else took half of the time: each look makes all widgets anew."""


class Case(Struct, frozen=True):
    """A face by its state's name, in a language and a look, on a panel."""

    name: str
    language: str
    panel: str
    looks: Looks


@cache
def panel(name: str) -> Panel:
    """A panel as the kiosk knows it."""
    screen, hangs_mm = PANELS[name]
    width, height = in_drawing(screen, PORTRAIT)
    return Panel(width, height, hangs_mm)


@cache
def gallery() -> dict[str, State]:
    """Every state of the gallery that a visitor sees. Names as long as laws make them are looked at in pictures: they are set smaller.

    Technicians' page is left out: a visitor's looks end with the visit, so it has no other looks than the first.
    """
    gallery = {name: state for name, state in kiosk_gallery.states().items() if "long" not in name}
    shown = {name: state for name, state in gallery.items() if not isinstance(state.place, SettingUp)}
    return shown | kiosk_panels.many_languages()


@cache
def in_hall() -> dict[str, State]:
    """Every page of lists, and every part of every service of the example hall."""
    return dict(_in_hall())


def _in_hall() -> Iterator[tuple[str, State]]:
    file = kiosk_gallery.hall()
    order = busiest_first(kiosk_gallery.state_at(), kiosk_gallery.MORNING)
    for at, when in ((kiosk_gallery.MORNING, "morning"), (kiosk_gallery.EVENING, "evening")):
        for page in range(3):
            yield f"errands {when} {page}", kiosk_gallery.state_at(Choosing(order, page), at=at)
    for errand in file.hall.errands:
        yield f"errand {errand.id}", kiosk_gallery.state_at(InErrand(errand.id))
    for agency in file.agencies:
        yield f"agency {agency.agency}", kiosk_gallery.state_at(InAgency(agency.agency))
        for service in agency.services:
            for part in (0, 2):
                yield f"{service.id} {part}", kiosk_gallery.state_at(AtService(service.id, part))


def cases(*, every: bool = False) -> list[Case]:
    """Any two of a face, a language, a panel and a look's parts meet; of the hall's own faces each has one of these turns.

    With `every`: all of them. Those of one look stand together, because screens are made anew for another.
    """
    manners: dict[str, Any] = {
        "panel": list(PANELS),
        "text": list(TEXT_SIZES),
        "language": list(kiosk_gallery.hall().hall.languages),
        "contrast": [False, True],
        "low": [False, True],
    }
    names = [*gallery(), *in_hall()]
    if every:
        rows = [dict(zip(("name", *manners), values, strict=True)) for values in product(names, *manners.values())]
    else:
        turns = pairwise_rows(manners)
        rows = [
            *pairwise_rows({"name": list(gallery()), **manners}),
            *({"name": name, **turns[place % len(turns)]} for place, name in enumerate(in_hall())),
        ]
    found = {
        Case(row["name"], row["language"], row["panel"], Looks(row["contrast"], row["text"], row["low"]))
        for row in rows
    }
    return sorted(found, key=lambda case: (case.panel, str(case.looks), case.name, case.language))


def given_back(chosen: str) -> list[Case]:
    """Every screen on which a number can be given back, on every panel, in every size of type, in and out of low reach."""
    found = product(GIVEN_BACK, PANELS, TEXT_SIZES, [False, True])
    cases = [Case(name, "id", panel, Looks(text=text, low=low)) for name, panel, text, low in found]
    return [case for case in cases if chosen in f"{case.name} {case.panel}"]


def _checked(state: State) -> Number | None:
    """The number that was checked, if it was."""
    return state.place.told.number if isinstance(state.place, Checked) else None


def _of(kind: type, targets: list[tuple[Any, list[int]]]) -> list[list[int]]:
    return [box for choice, box in targets if isinstance(choice, kind)]


def _meet(one: list[int], other: list[int]) -> bool:
    """Whether two boxes have a spot in common."""
    return all(max(one[at], other[at]) < min(one[at] + one[at + 2], other[at] + other[at + 2]) for at in (0, 1))


def state_of(case: Case) -> State:
    """A case's state. A state that has chosen its language keeps it."""
    state = gallery().get(case.name) or in_hall()[case.name]
    return replace(state, language=state.language or Language(case.language), looks=case.looks, panel=panel(case.panel))


def main(chosen: str, *, every: bool = False) -> None:
    """Lay everything out whose name or panel has this word, print what is wrong."""
    with tempfile.TemporaryDirectory() as home:
        prepare(replace(kiosk_gallery.SCREEN, frames_per_s=0), kiosk_gallery.DRAWING, Path(home))
        from kivy.clock import Clock
        from kivy.core.window import Window
        from kivy.lang import Builder
        from kivy.uix.floatlayout import FloatLayout

        from tests.pictures.laying import faults
        from ui.theme import register_fonts
        from ui.touching import targets_in

        register_fonts()
        stage = kiosk_gallery.stage()
        wall = FloatLayout(size_hint=(None, None))
        wall.add_widget(stage)
        Window.add_widget(wall)

        laid = count()

        def lay(state: State) -> Face:
            if next(laid) % LOOKS_FOR_WASTE == 0:
                gc.collect()
            face: Face = view_of(state, kiosk_panels.words_in, now_of(state))
            wall.size = state.panel.width, state.panel.height
            stage.show(face)
            for _ in range(4):
                Clock.tick()
                Builder.sync()
                Clock.tick_draw()
            return face

        gc.disable()
        for case in cases(every=every):
            if chosen not in f"{case.name} {case.panel}":
                continue
            face = lay(state_of(case))
            for fault in faults(stage, case.looks, face.frame.shape):
                looks = f"{case.looks.text}{' contrast' * case.looks.contrast}{' low' * case.looks.low}"
                print(f"{case.name} | {case.language} {case.panel} {looks}: {fault}")  # noqa: T201 - a command
        for case in given_back(chosen):
            state = state_of(case)
            boxes = []
            for shown in (state, replace(state, trail=(*state.trail, ConfirmingCancel(_checked(state))))):
                lay(shown)
                boxes.append(targets_in(stage, wall.height))
            if any(
                _meet(asks, sure)
                for asks in _of(choices.Cancel, boxes[0])
                for sure in _of(choices.CancelForSure, boxes[1])
            ):
                print(f"{case.name} | {case.panel} {case.looks}: a second tap gives the number back")  # noqa: T201


def found(chosen: str = "") -> list[str]:
    """The same from outside: in a process and on an X server of its own."""
    with x_server(kiosk_gallery.SCREEN.width, kiosk_gallery.SCREEN.height) as display:
        done = subprocess.run(
            [sys.executable, "-m", "tests.pictures.kiosk_fitting", chosen],
            cwd=ROOT,
            env=os.environ | {"DISPLAY": display, "PYTHONPATH": str(ROOT), "LIBGL_ALWAYS_SOFTWARE": "1"},
            check=False,
            capture_output=True,
            text=True,
            timeout=300,
        )
    if done.returncode:
        raise RuntimeError(f"faces could not be laid out: {done.stderr[-2000:]}")
    return done.stdout.splitlines()


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word != "all"]
    main(" ".join(asked), every="all" in sys.argv[1:])
