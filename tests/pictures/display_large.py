"""The usual board in a window of 3840 by 2160, as the display's program shows it there."""

from typing import Any

from display.views import View
from tests.pictures import display_gallery
from ui.window import Drawing, ScreenSettings

SCREEN = ScreenSettings(width=3840, height=2160, diagonal_inch=55.0)
DRAWING = Drawing(3840, 2160, 55.0)


def views() -> dict[str, View]:
    return {"calls": display_gallery.views()["calls"]}


def stage() -> Any:
    from display.screens.reducing import Reduced

    inside = display_gallery.stage()
    whole = Reduced(inside)
    whole.show = inside.show
    return whole
