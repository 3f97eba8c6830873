"""The kiosk's window: pumps the device each frame, shows its view, hands touches on, tells what was really drawn.

Decides nothing.
"""

import time
from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.choices import Choice, name_of
from kiosk.device import KioskDevice
from kiosk.faces import TicketFace, screen_name
from kiosk.screens.screens import SCREENS, at_once, dressed
from kiosk.screens.surround import Surround
from ui import frames, waking
from ui.public_app import PublicApp
from ui.stage import Shown, Stage
from ui.telling import Teller
from ui.theme import register_fonts

LOOK_EVERY_S = 0.5
"""So often the view is made although nothing came in: the clock goes on, and what is closed opens."""


class KioskApp(PublicApp):
    """Runs until the window is closed or `stop` is called. `ready` is printed when the first frame is on the screen."""

    def __init__(
        self,
        device: KioskDevice,
        teller: Teller,
        name: str,
        frame_drawn: Callable[[], None],
        *,
        locked: bool,
        **properties: Any,
    ) -> None:
        super().__init__(locked=locked, **properties)
        self.title = name
        self._device = device
        self._teller = teller
        self._name = name
        self._frame_drawn = frame_drawn
        self._looked_s = 0.0
        self._ready = False

    def build(self) -> Stage:
        register_fonts()
        frames.after_each(self._drawn)
        Window.bind(on_touch_down=self._touched, on_textinput=self._typed)
        self._stage = Stage(
            SCREENS, chosen=self._chosen, shown=self._shown, dressed=dressed, at_once=at_once, around=Surround
        )
        return self._stage

    def on_start(self) -> None:
        waking.listen()
        self._device.open()
        self._look()
        Clock.schedule_interval(self._pump, 0)
        Clock.schedule_interval(lambda *_: self._stage.warm(), 0)

    def on_stop(self) -> None:
        self._device.close()

    def _pump(self, *_: object) -> None:
        now_s = time.monotonic()
        if self._device.pump(now_s) or now_s - self._looked_s >= LOOK_EVERY_S:
            self._look()
        self.watchdog.turned()

    def _look(self) -> None:
        self._looked_s = time.monotonic()
        self._stage.show(self._device.view(), self._device.turn)

    def screen_shown(self) -> str:
        return "-" if self._stage.view is None else screen_name(self._stage.view)

    def mend(self) -> None:
        """A new stage's worth of screens; the visit is over, and nothing of it is lost that was told."""
        self._stage.throw_away()
        self._device.broke()

    def _touched(self, *_: object) -> bool:
        self._device.touched()
        return False

    def _typed(self, _window: object, text: str) -> None:
        """A keyboard somewhere behind: in a search its letters are letters, and nothing else anywhere."""
        for letter in text:
            self._device.typed(letter)
        self._look()

    def _chosen(self, turn: int, choice: Choice) -> None:
        self._device.choose(turn, choice)
        self._look()

    def _drawn(self, *_: object) -> None:
        self._frame_drawn()

    def _shown(self, shown: Shown) -> None:
        """A view is on the screen and listens: tell where it can be touched."""
        if not self._ready:
            self._ready = True
            self.watchdog.ready()
            print(f"{self._name} ready", flush=True)  # noqa: T201 - the one line a program says when it is ready
        targets = {name_of(choice): box for choice, box in shown.targets}
        facts = {"number": shown.view.number} if isinstance(shown.view, TicketFace) else {}
        self._teller.tell("shown", screen=screen_name(shown.view), targets=targets, at=shown.drawn_at, **facts)
