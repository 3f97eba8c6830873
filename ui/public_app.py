"""A Kivy program that the public stands before: no key leaves it or opens a setting, and no error leaves a dead window.

An error in a screen is reported and mended by whoever knows how (`mend`); errors that come one after another end the
program with RESTART, and systemd starts it anew. systemd hears that the screen is alive only while frames are drawn.
"""

import logging
import os
import time
from collections import deque
from typing import Any

from kivy.app import App
from kivy.base import ExceptionHandler, ExceptionManager
from kivy.clock import Clock
from kivy.core.window import Window

from ui import frames
from ui.watchdog import Watchdog, watchdog_of

logger = logging.getLogger(__name__)

RESTART = 75
"""The exit code of a program that wants to be started anew: EX_TEMPFAIL of sysexits.h."""

MOST_ERRORS = 5
WITHIN_S = 60.0
"""More errors than that in so many seconds are not mended any more."""

LOOK_EVERY_S = 1.0


class NoScreen(SystemExit):
    """There is no screen to open a window on: the program ends with exit code 1 and says so."""


class _Errors(ExceptionHandler):
    """Kivy asks here about whatever was raised in its loop, in a touch, in a call of its clock."""

    def __init__(self, app: "PublicApp") -> None:
        super().__init__()
        self._app = app

    def handle_exception(self, error: BaseException) -> int:
        if not isinstance(error, Exception):
            return int(ExceptionManager.RAISE)
        self._app.broke(error)
        return int(ExceptionManager.PASS)


class PublicApp(App):
    """Kivy's app without its settings. `locked`: nobody may close the window; SIGTERM (`stop`) still ends the program.

    `exit_code` is what the program is to end with.
    """

    use_kivy_settings = False

    def __init__(self, *, locked: bool = False, watchdog: Watchdog | None = None, **properties: Any) -> None:
        super().__init__(**properties)
        self.exit_code = 0
        self.watchdog = watchdog or watchdog_of(os.environ, time.monotonic)
        self._locked = locked
        self._errors: deque[float] = deque(maxlen=MOST_ERRORS + 1)

    def run(self) -> None:
        """As Kivy's. NoScreen, before anything is opened, where a window could not be made."""
        if Window is None:
            named = ", ".join(f"{name}={os.environ.get(name, '')!r}" for name in ("DISPLAY", "WAYLAND_DISPLAY"))
            raise NoScreen(f"no window could be opened: no screen answers ({named})")
        errors = _Errors(self)
        ExceptionManager.add_handler(errors)
        Window.bind(on_request_close=self._close_asked)
        if self._locked:
            # With the hint that ui.window sets, the keys of a window manager come here too, and go no further.
            Window.grab_mouse()
        frames.after_each(self._tell_watchdog)
        Clock.schedule_interval(self._keep_drawing, LOOK_EVERY_S)
        try:
            super().run()
        finally:
            ExceptionManager.remove_handler(errors)
            self.watchdog.stopping()

    def open_settings(self, *_: object) -> bool:
        """There are none here."""
        return False

    def end(self, code: int) -> None:
        """End the program with an exit code."""
        self.exit_code = code
        self.stop()

    def broke(self, error: Exception) -> None:
        """Something was raised in a screen, a touch or a call of the clock. Too often, and the program ends."""
        now_s = time.monotonic()
        self._errors.append(now_s)
        logger.error("screen-broke error=%r screen=%s", error, self.screen_shown(), exc_info=error)
        if len(self._errors) > MOST_ERRORS and now_s - self._errors[0] < WITHIN_S:
            logger.critical("screen-broke-too-often times=%d within_s=%.0f", len(self._errors), WITHIN_S)
            self.end(RESTART)
        else:
            self.mend()

    def screen_shown(self) -> str:
        """What is on the screen, for the log."""
        return "-"

    def mend(self) -> None:
        """Go to where one can go on from. A program that shows screens does more."""

    def _close_asked(self, *_: object, **__: object) -> bool:
        """Alt+F4, a cross, a window manager: True keeps the window open."""
        if self._locked:
            logger.warning("close-refused: the window of a public screen is ended by SIGTERM alone")
        return self._locked

    def _tell_watchdog(self, *_: object) -> None:
        self.watchdog.drawn()

    def _keep_drawing(self, *_: object) -> None:
        if self.watchdog.wants_frame():
            Window.canvas.ask_update()
