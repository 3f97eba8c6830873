"""The waiting room's table: a line for each agency with its count and the numbers that are called. Shows a page."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that table.kv is made of
from display.table import HEADING, LINE, UPRIGHT_LINE, AgencyLine, CallOfAgency
from ui.theme import theme

GAP = 14.0
"""Between two lines, in units."""

MOST = 1.3
"""Few agencies share the height, each no higher than so many times its least."""


class TableCall(FloatLayout):
    """One number and its counter, in a line."""

    unit = NumericProperty(1)
    number = StringProperty("")
    counter = StringProperty("")
    arrow = ColorProperty()
    ink = ColorProperty()

    def say(self, call: CallOfAgency | None) -> None:
        """Show this call, or nothing."""
        self.number, self.counter = (call.number, call.counter) if call else ("", "")
        called = call is not None and call.called
        self.ink = theme.attention if called else theme.ink
        self.arrow = theme.attention if called else theme.edge


class TableLine(FloatLayout):
    """One agency."""

    unit = NumericProperty(1)
    tall = BooleanProperty(False)
    name = StringProperty("")
    icon = StringProperty("")
    waiting = StringProperty("")
    more = StringProperty("")
    named = NumericProperty(100)
    """The width of the column of names, in pixels."""
    counted = NumericProperty(100)
    """Where the column of counts ends, from the left."""

    def say(self, line: AgencyLine) -> None:
        """Show this agency."""
        self.name, self.icon, self.waiting, self.more = line.name, line.icon, line.waiting, line.more
        for widget, index in ((self.ids.first, 0), (self.ids.second, 1)):
            widget.say(line.calls[index] if index < len(line.calls) else None)


class AgencyTable(FloatLayout):
    """Give it a place and a display.table.Table."""

    unit = NumericProperty(1)
    tall = BooleanProperty(False)
    table = ObjectProperty(None, allownone=True, rebind=True)
    named = NumericProperty(100)
    counted = NumericProperty(100)

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        for name in ("size", "pos", "table", "tall", "unit"):
            self.fbind(name, self._arrange)

    def _arrange(self, *_: object) -> None:
        rows = self.table.lines if self.table else ()
        lines = self.ids.lines
        while len(lines.children) > len(rows):
            lines.remove_widget(lines.children[0])
        while len(lines.children) < len(rows):
            lines.add_widget(TableLine())
        unit = self.unit
        least = UPRIGHT_LINE if self.tall else LINE
        places = self.table.places if self.table else 1
        high = min(MOST * least, max(least, (self.height / unit - HEADING + GAP) / places))
        self.named = self.width * (0.72 if self.tall else 0.36)
        self.counted = self.width - 36 * unit if self.tall else self.width * 0.46
        for index, (line, row) in enumerate(zip(reversed(lines.children), rows, strict=True)):
            line.unit, line.tall, line.named, line.counted = unit, self.tall, self.named, self.counted
            line.size = self.width, (high - GAP) * unit
            line.pos = self.x, self.top - (HEADING + high * index) * unit - line.height
            line.say(row)


Builder.load_file(str(Path(__file__).with_name("table.kv")))
