"""A screen that breaks on request, in a public app. Import it after the window was made ready (tests.pictures.broken_stage)."""

import sys
import threading
from typing import Any

from kivy.clock import Clock
from kivy.uix.floatlayout import FloatLayout

from tests.pictures.saying import say
from tests.pictures.touched_stage import Page
from ui.public_app import PublicApp
from ui.stage import Shown, Stage
from ui.theme import register_fonts
from ui.widgets import ActButton


class BrokenScreenError(Exception):
    """As any mistake in a screen."""


class BreakingScreen(FloatLayout):
    """One button. A page below nought cannot be shown; the touch after `touch_breaks` was set raises."""

    touch_breaks = False

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self.add_widget(ActButton(label="on", choice="on", size_hint=(None, None), size=(300, 200), pos=(100, 300)))

    def show(self, page: Page) -> None:
        if page.number < 0:
            raise BrokenScreenError("on show")

    def on_touch_down(self, touch: Any) -> bool:
        if BreakingScreen.touch_breaks:
            BreakingScreen.touch_breaks = False
            raise BrokenScreenError("on touch")
        return bool(super().on_touch_down(touch))


class BreakingApp(PublicApp):
    """Goes on to the next page with each choice, and to the first one after an error."""

    turn = 0
    mended = 0

    def build(self) -> Any:
        register_fonts()
        self.stage = Stage({Page: BreakingScreen}, chosen=self.chosen, shown=self.shown)
        self.stage.show(Page(0), 0)
        threading.Thread(target=self.read, daemon=True).start()
        return self.stage

    def turn_to(self, number: int) -> None:
        self.turn += 1
        self.stage.show(Page(number), self.turn)

    def chosen(self, _turn: int, choice: str) -> None:
        say(chose=choice)
        self.turn_to(self.turn + 1)

    def shown(self, shown: Shown) -> None:
        say(shown=shown.turn, targets=dict(shown.targets))

    def mend(self) -> None:
        self.stage.throw_away()
        self.mended += 1
        say(mended=self.mended)
        Clock.schedule_once(lambda *_: self.turn_to(0), 0)

    def read(self) -> None:
        """In a thread: what is to break next."""
        for line in sys.stdin:
            how = line.strip()
            Clock.schedule_once(lambda *_, how=how: self.break_it(how), 0)
        Clock.schedule_once(lambda *_: self.stop(), 0)

    def break_it(self, how: str) -> None:
        if how == "touch":
            BreakingScreen.touch_breaks = True
        elif how == "show":
            self.turn_to(-1)
        else:
            raise BrokenScreenError("in a call of the clock")
