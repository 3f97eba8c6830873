"""Lays every list and every service of the example hall out in both languages and says what does not keep inside its box.

`python -m tests.pictures.kiosk_fitting` prints one line for each; it needs an X server, but draws nothing.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from assets.words import words_of
from contract.names import Language
from kiosk.faces import Face
from kiosk.places import AtService, Choosing, InAgency, InErrand
from kiosk.standing import busiest_first
from kiosk.state import State, now_of
from kiosk.views import view_of
from tests.pictures import kiosk_gallery
from tests.pictures.harness import ROOT, x_server
from ui.window import prepare


def states() -> Iterator[tuple[str, State]]:
    """Every page of lists, and every part of every service."""
    file = kiosk_gallery.hall()
    order = busiest_first(kiosk_gallery.state_at(), kiosk_gallery.MORNING)
    for language in file.hall.languages:
        for at in (kiosk_gallery.MORNING, kiosk_gallery.EVENING):
            for page in range(3):
                yield (
                    f"{language} errands {page}",
                    kiosk_gallery.state_at(Choosing(order, page), at=at, language=language),
                )
        for errand in file.hall.errands:
            yield f"{language} {errand.id}", kiosk_gallery.state_at(InErrand(errand.id), language=language)
        for agency in file.agencies:
            yield f"{language} {agency.agency}", kiosk_gallery.state_at(InAgency(agency.agency), language=language)
            for service in agency.services:
                for part in range(3):
                    place = AtService(service.id, part)
                    yield f"{language} {service.id} {part}", kiosk_gallery.state_at(place, language=Language(language))


def misfits(screen: Any) -> Iterator[str]:
    """What on a screen does not keep inside its box."""
    for widget in screen.walk(restrict=True):
        if getattr(widget, "fits", True) or getattr(widget, "opacity", 1) == 0:
            continue
        yield f"{type(widget).__name__} {getattr(widget, 'text', '')!r}"


def main() -> None:
    """Lay everything out, print what does not fit."""
    with tempfile.TemporaryDirectory() as home:
        prepare(replace(kiosk_gallery.SCREEN, frames_per_s=0), kiosk_gallery.DRAWING, Path(home))
        from kivy.clock import Clock
        from kivy.core.window import Window
        from kivy.lang import Builder

        from ui.theme import register_fonts

        register_fonts()
        stage = kiosk_gallery.stage()
        Window.add_widget(stage)
        for name, state in states():
            face: Face = view_of(state, words_of, now_of(state))
            stage.show(face)
            for _ in range(4):
                Clock.tick()
                Builder.sync()
                Clock.tick_draw()
            for misfit in misfits(stage):
                print(f"{name}: {misfit}")  # noqa: T201 - a command


def found() -> list[str]:
    """The same from outside: in a process and on an X server of its own."""
    with x_server(kiosk_gallery.SCREEN.width, kiosk_gallery.SCREEN.height) as display:
        done = subprocess.run(
            [sys.executable, "-m", "tests.pictures.kiosk_fitting"],
            cwd=ROOT,
            env=os.environ | {"DISPLAY": display, "PYTHONPATH": str(ROOT), "LIBGL_ALWAYS_SOFTWARE": "1"},
            check=True,
            capture_output=True,
            text=True,
            timeout=300,
        )
    return done.stdout.splitlines()


if __name__ == "__main__":
    main()
