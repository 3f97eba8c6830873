"""What stands on the panel while it is cared for: little, each time elsewhere; or nothing at all, at night."""

from pathlib import Path

from kivy.graphics import Color, Rectangle
from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that resting.kv is made of
from display.care import DarkView, RestView

BEYOND = 64
"""Pixels that a ground goes beyond the panel: the picture may be moved by fewer."""


class RestScreen(FloatLayout):
    """Shows display.care.RestView."""

    unit = NumericProperty(1)
    hall = StringProperty("")
    clock = StringProperty("")
    date = StringProperty("")
    text = StringProperty("")
    warning = BooleanProperty(False)
    right_share = NumericProperty(0)
    down_share = NumericProperty(0)

    def show(self, view: RestView) -> None:
        self.hall, self.clock, self.date, self.text = view.hall, view.clock, view.date, view.text
        self.warning, self.right_share, self.down_share = view.warning, view.right, view.down

    def on_size(self, *_: object) -> None:
        short, long = sorted((self.width, self.height))
        self.unit = max(0.05, min(long / 1920, short / 1080))


class DarkScreen(FloatLayout):
    """Shows display.care.DarkView: black, to the edge."""

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        with self.canvas:
            Color(0, 0, 0, 1)
            self._ground = Rectangle()
        self.bind(pos=self._lay, size=self._lay)

    def show(self, view: DarkView) -> None:
        """There is nothing to set."""

    def _lay(self, *_: object) -> None:
        self._ground.pos = self.x - BEYOND, self.y - BEYOND
        self._ground.size = self.width + 2 * BEYOND, self.height + 2 * BEYOND


Builder.load_file(str(Path(__file__).with_name("resting.kv")))
