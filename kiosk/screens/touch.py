"""The touch test: cells over the whole panel that fill where a finger wipes, and how many are filled."""

from pathlib import Path
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.lang import Builder
from kivy.metrics import dp
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.choices import Tend
from kiosk.faces import TouchFace
from ui.theme import theme


class TouchScreen(FloatLayout):
    """Shows a TouchFace. It covers the bar as well: a dead strip at an edge is what the test is for."""

    text = StringProperty("")
    done = StringProperty("")
    filled = NumericProperty(0)
    cells = NumericProperty(1)

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        self._columns = self._rows = 1
        self._touched: set[int] = set()
        for name in ("pos", "size"):
            self.fbind(name, self._draw)

    def show(self, face: TouchFace) -> None:
        """Begin anew with no cell filled."""
        self.text, self.done = face.text, face.done
        self._columns, self._rows, self._touched = face.columns, face.rows, set()
        self._count()

    def on_touch_down(self, touch: Any) -> bool:
        self._fill(touch)
        super().on_touch_down(touch)
        return True  # nothing below it is touched: it covers what surrounds other screens

    def on_touch_move(self, touch: Any) -> bool:
        self._fill(touch)
        return bool(super().on_touch_move(touch))

    def _fill(self, touch: Any) -> None:
        if touch.grab_current is not None or not self.collide_point(*touch.pos):
            return
        column = min(self._columns - 1, int((touch.x - self.x) / self.width * self._columns))
        row = min(self._rows - 1, int((touch.y - self.y) / self.height * self._rows))
        if row * self._columns + column not in self._touched:
            self._touched.add(row * self._columns + column)
            self._count()

    def _count(self) -> None:
        self.filled, self.cells = len(self._touched), self._columns * self._rows
        self.ids.leave.choice = Tend("touched", self.filled)
        self._draw()

    def _draw(self, *_: object) -> None:
        wide, high, gap = self.width / self._columns, self.height / self._rows, dp(2)
        self.canvas.before.clear()
        with self.canvas.before:
            Color(*theme.paper)
            Rectangle(pos=self.pos, size=self.size)
            for cell in range(self._columns * self._rows):
                row, column = divmod(cell, self._columns)
                Color(*(theme.act if cell in self._touched else theme.card))
                x, y = self.x + column * wide + gap, self.y + row * high + gap
                Rectangle(pos=(x, y), size=(wide - 2 * gap, high - 2 * gap))


Builder.load_file(str(Path(__file__).with_name("touch.kv")))
