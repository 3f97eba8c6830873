"""The pieces that screens are put together from: cards, icons, numbers, the hall's head. Appearance is in widgets.kv.

They know the theme and no program.
"""

from pathlib import Path

from kivy.graphics import Color, SmoothLine, SmoothRoundedRectangle
from kivy.lang import Builder
from kivy.metrics import dp
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    ListProperty,
    NumericProperty,
    StringProperty,
)
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from assets import icons
from ui.rounding import dashes, outline
from ui.touching import Touchable
from ui.words import heights_of, width_of

MISTAKEN_DIGITS = "69"
"""Digits that are read for one another when a paper or a screen is seen upside down or from afar: underlined."""


class Icon(Label):
    """A glyph of the icon font by its name, "card-account-details", in a square of `glyph_size` pixels."""

    name = StringProperty("")
    glyph_size = NumericProperty(48)

    def on_name(self, _: object, name: str) -> None:
        self.text = icons.glyph(name) if name else ""


class Card(FloatLayout):
    """A rounded surface. Edged where `edge_width` is over 0, dashed where it cannot be had, with a shadow `drop` deep."""

    ground = ColorProperty()
    edge = ColorProperty([0, 0, 0, 0])
    edge_width = NumericProperty(0)
    dashed = BooleanProperty(False)
    rounding = NumericProperty(28)
    drop = NumericProperty(0)
    shade = ColorProperty([0, 0, 0, 0])

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        for name in ("pos", "size", "edge", "edge_width", "dashed", "rounding", "ground", "drop", "shade"):
            self.fbind(name, self._redraw)
        self._redraw()

    def _redraw(self, *_: object) -> None:
        self.canvas.before.clear()
        with self.canvas.before:
            if self.drop > 0 and self.shade[3] > 0:
                Color(*self.shade)
                SmoothRoundedRectangle(pos=(self.x, self.y - self.drop), size=self.size, radius=[self.rounding])
            Color(*self.ground)
            SmoothRoundedRectangle(pos=self.pos, size=self.size, radius=[self.rounding])
            if self.edge_width > 0 and self.width > 0 and self.height > 0:
                Color(*self.edge)
                self._draw_edge()

    def _draw_edge(self) -> None:
        half = self.edge_width / 2
        x, y, width, height = self.x + half, self.y + half, self.width - 2 * half, self.height - 2 * half
        if not self.dashed:
            SmoothLine(rounded_rectangle=(x, y, width, height, self.rounding - half), width=half)
            return
        for dash in dashes(outline(x, y, width, height, self.rounding - half), dp(9), dp(7)):
            SmoothLine(points=dash, width=half, cap="none")


class TouchCard(Touchable, Card):
    """A card that can be touched."""


class NumberLabel(Label):
    """A queue number in Black type with 6 and 9 underlined. `number_size` is the box it takes; give it `type_size`.

    It keeps `widest` pixels at the most (0: no limit) and shrinks for a longer number.
    """

    type_size = NumericProperty(200)
    widest = NumericProperty(0)
    number_size = ListProperty([0, 0])

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        for name in ("text", "type_size", "widest"):
            self.fbind(name, self._measure)
        for name in ("number_size", "pos", "color"):
            self.fbind(name, self._underline)
        self._measure()

    def _measure(self, *_: object) -> None:
        size = self.type_size
        wide = width_of(self.text, self.font_name, size)
        if 0 < self.widest < wide:
            size *= self.widest / wide
        self.font_size = size
        above, below = heights_of(self.font_name, size)
        self.number_size = [width_of(self.text, self.font_name, size), above + below]
        self._underline()

    def _underline(self, *_: object) -> None:
        self.canvas.after.clear()
        size = self.font_size
        above, below = heights_of(self.font_name, size)
        baseline = self.center_y - (above + below) / 2 + below
        left = self.center_x - width_of(self.text, self.font_name, size) / 2
        thick = size * 0.052
        with self.canvas.after:
            Color(*self.color)
            for index, digit in enumerate(self.text):
                if digit not in MISTAKEN_DIGITS:
                    continue
                begins = width_of(self.text[:index], self.font_name, size)
                ends = width_of(self.text[: index + 1], self.font_name, size)
                inset = (ends - begins) * 0.1
                SmoothRoundedRectangle(
                    pos=(left + begins + inset, baseline - size * 0.045 - thick),
                    size=(ends - begins - 2 * inset, thick),
                    radius=[thick / 2],
                )


class Logo(Widget):
    """The product's mark: four counters, one of them calling. Drawn, so that it is sharp at every size."""

    ground = ColorProperty()
    tile = ColorProperty([1, 1, 1, 1])


class Clock(BoxLayout):
    """Time and date, as words that were made elsewhere."""

    time = StringProperty("")
    date = StringProperty("")
    ink = ColorProperty()
    soft = ColorProperty()


class Header(FloatLayout):
    """The head of every screen: mark, the hall's name and place, time and date."""

    name = StringProperty("")
    place = StringProperty("")
    time = StringProperty("")
    date = StringProperty("")
    ink = ColorProperty()
    soft = ColorProperty()
    logo_ground = ColorProperty()
    logo_tile = ColorProperty()


Builder.load_file(str(Path(__file__).with_name("widgets.kv")))
