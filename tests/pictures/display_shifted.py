"""Boards as far from their places as care for the panel may move them: for the test that nothing is cut off by it."""

from typing import Any

from display.views import View
from tests.pictures import display_gallery

SCREEN, DRAWING = display_gallery.SCREEN, display_gallery.DRAWING
FAR = 12
"""The most that `[care] shift_px` takes."""

NAMES = ("eight-at-once", "with-a-picture")


def views() -> dict[str, View]:
    every = display_gallery.views()
    return {name: every[name] for name in NAMES}


def stage() -> Any:
    from display.screens.shifting import Shifted

    made = display_gallery.stage()
    made.shifted = Shifted(made)
    made.shifted.to(FAR, FAR)
    return made
