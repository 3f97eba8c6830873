"""The kiosk's window: pumps the device each frame, shows its view, hands touches on, tells what was really drawn.

Decides nothing.
"""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.metrics import dp

from kiosk.choices import Choice, name_of
from kiosk.corners import SIDE, corner_of
from kiosk.device import KioskDevice
from kiosk.faces import TicketFace, screen_name
from kiosk.guide import Key
from kiosk.keys import may_be_logged
from kiosk.scanner import Scanner
from kiosk.screens.screens import SCREENS, at_once, dressed
from kiosk.screens.surround import Surround
from ui import frames, waking
from ui.public_app import RESTART, PublicApp
from ui.stage import Shown, Stage
from ui.telling import Teller
from ui.theme import register_fonts

logger = logging.getLogger(__name__)

ENTERS = (40, 88)
"""Scancodes of Enter, on the letters' block and on the digits' (USB HID usage tables, keyboard page)."""

SCANNER_S = 0.1
"""A key so soon after letters ends what a scanner types, and is no key of a keypad."""

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
        keypad: Mapping[int, Key],
        **properties: Any,
    ) -> None:
        super().__init__(locked=locked, **properties)
        self.title = name
        self._device = device
        self._teller = teller
        self._name = name
        self._frame_drawn = frame_drawn
        self._keypad = keypad
        self._scanner = Scanner(present=device.scans)
        self._held: set[int] = set()
        self._typed_s = 0.0
        self._looked_s = 0.0
        self._ready = False

    def build(self) -> Stage:
        register_fonts()
        frames.after_each(self._drawn)
        Window.bind(
            on_touch_down=self._touched, on_textinput=self._typed, on_key_down=self._key, on_key_up=self._key_up
        )
        self._stage = Stage(
            SCREENS,
            chosen=self._chosen,
            shown=self._shown,
            dressed=dressed,
            at_once=at_once,
            around=Surround,
            felt=self._felt,
            confirmed=lambda: self._pressed("choose"),
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
        if self._device.attendant.ending:
            self.end(RESTART)

    def _look(self) -> None:
        self._looked_s = time.monotonic()
        self._stage.show(self._device.view(), self._device.turn)
        on, focus = self._device.guided
        self._stage.guide(focus, on=on)

    def screen_shown(self) -> str:
        return "-" if self._stage.view is None else screen_name(self._stage.view)

    def mend(self) -> None:
        """A new stage's worth of screens; the visit is over, and nothing of it is lost that was told."""
        self._stage.throw_away()
        self._device.broke()

    def _touched(self, _window: object, touch: Any) -> bool:
        self._device.touched(corner_of(touch.x, touch.y, Window.width, Window.height, dp(SIDE)))
        return False

    def _typed(self, _window: object, text: str) -> None:
        """A keyboard somewhere behind: in a search its letters are letters, and nothing else anywhere."""
        self._typed_s = time.monotonic()
        self._scanner.typed(text, self._typed_s)
        for letter in text:
            self._device.typed(letter)
        self._look()

    def _key(self, _window: object, _key: int, scancode: int, *_: object) -> bool:
        """A key of the keypad, once for each time it is pressed; Enter right behind letters is a scanner's. No key goes further."""
        key, now_s = self._keypad.get(scancode), time.monotonic()
        if scancode in ENTERS and (scanned := self._scanner.entered(now_s)) is not None:
            self._device.scanned(scanned)
            self._look()
            return True
        if scancode in self._held or now_s - self._typed_s < SCANNER_S:
            return True
        self._held.add(scancode)
        if key is not None:
            self._pressed(key)
        elif may_be_logged(scancode):
            logger.info("key-unused scancode=%d", scancode)
        return True

    def _key_up(self, _window: object, _key: int, scancode: int, *_: object) -> bool:
        self._held.discard(scancode)
        return True

    def _pressed(self, key: Key) -> None:
        self._device.press(key)
        self._look()

    def _felt(self, turn: int, choice: Choice | None, text: str) -> None:
        self._device.feel(turn, choice, text)
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
