"""Who waits: a line for each agency with its count, the fullest first. Shows a page that was made elsewhere."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ListProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that waiting.kv is made of
from display.layout import WAITING_LINE


class WaitingRow(FloatLayout):
    """One agency and how many wait for it."""

    unit = NumericProperty(1)
    agency = StringProperty("")
    count = StringProperty("")


class WaitingPanel(FloatLayout):
    """Give it a place and the rows, caption and page of display.beside.WaitingPanel."""

    unit = NumericProperty(1)
    rows = ListProperty([])
    caption = StringProperty("")
    page = StringProperty("")

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        for name in ("size", "pos", "rows"):
            self.fbind(name, self._arrange)

    def _arrange(self, *_: object) -> None:
        lines = self.ids.lines
        while len(lines.children) > len(self.rows):
            lines.remove_widget(lines.children[0])
        while len(lines.children) < len(self.rows):
            lines.add_widget(WaitingRow(size_hint=(None, None)))
        unit = self.unit
        for index, (line, row) in enumerate(zip(reversed(lines.children), self.rows, strict=True)):
            line.unit, line.agency, line.count = unit, row.agency, row.count
            line.size = self.width - 60 * unit, (WAITING_LINE - 4) * unit
            line.pos = self.x + 30 * unit, self.top - (26 + WAITING_LINE * index) * unit - line.height


Builder.load_file(str(Path(__file__).with_name("waiting.kv")))
