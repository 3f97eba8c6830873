"""Kivy made ready for a machine that the public stands before: what must be set before Kivy is first imported.

Kivy reads its settings at import, so a program calls `prepare` first and imports its app after it. Knows no screen,
no link and no driver; does not import Kivy until it is told to prepare it.
"""

import math
import os
from pathlib import Path

from msgspec import Struct

MM_PER_INCH = 25.4

REAL_SCREENS = "x11,wayland,KMSDRM"
"""What SDL may draw by, in this order. Who wants another says so in the environment (SDL_VIDEODRIVER)."""


class ScreenSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[screen]`. Pixels, but for the panel's diagonal. `left` and `top` place a window that is not full screen."""

    width: int = 1080
    height: int = 1920
    diagonal_inch: float = 21.5
    fullscreen: bool = False
    left: int | None = None
    top: int | None = None
    frames_per_s: int = 30


class Drawing(Struct, frozen=True):
    """The panel that a program's screens were drawn for, in pixels and inches. Screens give their sizes in its pixels."""

    width: int
    height: int
    diagonal_inch: float
    least_upright: tuple[int, int] | None = None
    least_lying: tuple[int, int] | None = None
    """The smallest panels that keep the millimetres, in pixels of the drawing; None: no smaller than the drawing itself."""


PORTRAIT = Drawing(1080, 1920, 21.5, least_upright=(780, 1350), least_lying=(1340, 840))
"""The kiosk's drawing: 4.03 px/mm. Its screens take other shapes too, down to 15.6 inches (1080x1920, 1280x800)."""

LANDSCAPE = Drawing(1920, 1080, 55.0)
"""The hall display's drawing: 1.58 px/mm."""


def density(screen: ScreenSettings, drawing: Drawing) -> float:
    """Pixels of this panel for one pixel of the drawing, so that things keep their millimetres.

    A panel that is too small for that in millimetres gets everything scaled down to fit instead: see `too_small`.
    """
    least = (drawing.least_lying if screen.width > screen.height else drawing.least_upright) or (
        drawing.width,
        drawing.height,
    )
    in_millimetres = _px_per_mm(screen.width, screen.height, screen.diagonal_inch) / _px_per_mm(
        drawing.width, drawing.height, drawing.diagonal_inch
    )
    return min(in_millimetres, screen.width / least[0], screen.height / least[1])


def too_small(screen: ScreenSettings, drawing: Drawing) -> float:
    """The share of their millimetres that things keep on this panel: 1.0 where it is large enough."""
    wanted = _px_per_mm(screen.width, screen.height, screen.diagonal_inch) / _px_per_mm(
        drawing.width, drawing.height, drawing.diagonal_inch
    )
    return density(screen, drawing) / wanted


def in_drawing(screen: ScreenSettings, drawing: Drawing) -> tuple[float, float]:
    """Width and height of this panel in pixels of the drawing."""
    scale = density(screen, drawing)
    return screen.width / scale, screen.height / scale


def dots_per_inch(screen: ScreenSettings) -> float:
    """What Kivy's own `mm` is reckoned with."""
    return math.hypot(screen.width, screen.height) / screen.diagonal_inch


def _px_per_mm(width: int, height: int, diagonal_inch: float) -> float:
    return math.hypot(width, height) / (diagonal_inch * MM_PER_INCH)


def prepare(screen: ScreenSettings, drawing: Drawing, home: Path) -> None:
    """Set Kivy's environment and settings. `home` is a folder that Kivy may write to.

    Nothing that a visitor can press ends the program or opens settings, one finger counts, sounds play over SDL2.
    """
    os.environ.update(
        KIVY_NO_ARGS="1",
        KIVY_NO_CONFIG="1",
        KIVY_NO_CONSOLELOG="1",
        KIVY_NO_FILELOG="1",
        KIVY_LOG_MODE="PYTHON",
        KIVY_HOME=str(home),
        KIVY_AUDIO="sdl2",
        KIVY_TEXT="sdl2",
        KIVY_WINDOW="sdl2",
        KIVY_DPI=f"{dots_per_inch(screen):.3f}",
        KIVY_METRICS_DENSITY=f"{density(screen, drawing):.5f}",
        KIVY_METRICS_FONTSCALE="1",
        SDL_VIDEO_ALLOW_SCREENSAVER="0",
        SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS="0",
        # The keys that a window manager would take (Alt+F4, Alt+Tab, the logo key) come here while the window has the mouse.
        SDL_GRAB_KEYBOARD="1" if screen.fullscreen else "0",
    )
    # Where there is no screen SDL would go on by itself and draw into nowhere, for nobody.
    os.environ.setdefault("SDL_VIDEODRIVER", REAL_SCREENS)
    from kivy.config import Config  # noqa: PLC0415 - the environment above must stand before Kivy is imported

    settings: dict[str, dict[str, object]] = {
        "kivy": {"exit_on_escape": 0, "pause_on_minimize": 0, "keyboard_mode": "system", "log_level": "warning"},
        "graphics": {
            "width": screen.width,
            "height": screen.height,
            "fullscreen": "auto" if screen.fullscreen else 0,
            "borderless": 0,
            "resizable": 0,
            "show_cursor": 0 if screen.fullscreen else 1,
            "maxfps": screen.frames_per_s,
            "multisamples": 0,
            "min_state_time": 0.05,
        },
        # A touchscreen arrives through SDL like the mouse does; Kivy's own probing would report each finger twice.
        "input": {"mouse": "mouse,disable_multitouch"},
        "postproc": {"double_tap_time": 1, "triple_tap_time": 1},
    }
    if screen.left is not None or screen.top is not None:
        settings["graphics"] |= {"position": "custom", "left": screen.left or 0, "top": screen.top or 0}
    for name, _ in Config.items("input"):
        Config.remove_option("input", name)
    for section, values in settings.items():
        for key, value in values.items():
            Config.set(section, key, str(value))
