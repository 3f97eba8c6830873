"""Before the hall is known: the mark, a sentence, and which display this is. Or, when that lasts, whom to heed."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that starting.kv is made of
from display import views


class StartingScreen(FloatLayout):
    """Shows display.views.StartingView."""

    unit = NumericProperty(1)
    text = StringProperty("")
    device = StringProperty("")
    warning = BooleanProperty(False)

    def show(self, view: views.StartingView) -> None:
        self.text, self.device, self.warning = view.text, view.device, view.warning

    def on_size(self, *_: object) -> None:
        self.unit = max(0.05, min(self.width / 1920, self.height / 1080))


Builder.load_file(str(Path(__file__).with_name("starting.kv")))
