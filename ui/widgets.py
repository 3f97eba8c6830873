"""The pieces that screens are put together from: cards, icons, numbers, the hall's head. Appearance is in widgets.kv.

They know the theme and no program.
"""

from pathlib import Path

from kivy.clock import Clock as Ticks
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
from ui.theme import sp
from ui.touching import Touchable
from ui.words import fitting, heights_of, room_of, width_of

ONE_LINE = 0.8
"""A label is set smaller by so much, rather than on two lines."""

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
    """A card that can be touched; a veil of `veil` lies on it while a finger does."""

    veil = ColorProperty([0, 0, 0, 0.14])

    def on_pressed(self, _: object, pressed: bool) -> None:
        self.canvas.after.clear()
        if pressed:
            with self.canvas.after:
                Color(*self.veil)
                SmoothRoundedRectangle(pos=self.pos, size=self.size, radius=[self.rounding])


class TextButton(TouchCard):
    """An edged button: icon and label beside each other, or above each other with `stacked`; a small line below."""

    label = StringProperty("")
    small = StringProperty("")
    icon = StringProperty("")
    icon_after = BooleanProperty(False)
    stacked = BooleanProperty(False)
    ink = ColorProperty()
    type_size = NumericProperty(36)
    small_size = NumericProperty(30)
    icon_size = NumericProperty(44)
    shift = NumericProperty(0)
    """How far to the right of the middle the label stands, where something else stands before it; pixels."""
    margin = NumericProperty(24)
    """What stays free of its width, left and right together; pixels."""
    label_size = NumericProperty(36)
    """Its type size, in pixels: a little smaller where it then stands on one line."""
    label_room = NumericProperty(0)
    """Pixels that the label gets: what its longest line takes, at the most what there is beside the icon."""

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        for name in ("label", "size", "icon", "type_size", "icon_size", "stacked", "margin", "small"):
            self.fbind(name, self._make_room)
        self._make_room()

    def _make_room(self, *_: object) -> None:
        beside = self.icon_size + dp(12) if self.icon and not self.stacked else 0
        most = max(0.0, self.width - self.margin - beside)
        high = self.height - dp(16) - (self.small_size * 1.27 if self.small else 0)
        size = fitting(
            self.label, "Bold", self.type_size, min(self.type_size, sp(0)), width=most, height=high, spacing=1.0
        )
        one_line = min(size, self.type_size * most / max(1.0, width_of(self.label, "Bold", self.type_size) * 1.03))
        if " " in self.label and one_line >= max(self.type_size * ONE_LINE, sp(0)):
            size = one_line
        self.label_size = size
        self.label_room = room_of(self.label, "Bold", size, most)


class ActButton(TextButton):
    """The main act of a screen: filled."""


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
        for name in ("number_size", "pos", "size", "color"):
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
        # Not center_x and center_y: Kivy keeps these, and sets them anew only after those who listen to pos were told.
        baseline = self.y + self.height / 2 - (above + below) / 2 + below
        left = self.x + self.width / 2 - width_of(self.text, self.font_name, size) / 2
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


class Clock(FloatLayout):
    """Time and date, as words that were made elsewhere. Not `full`: the time alone."""

    full = BooleanProperty(True)

    time = StringProperty("")
    date = StringProperty("")
    ink = ColorProperty()
    soft = ColorProperty()


class Sign(BoxLayout):
    """An icon with two letters that can be read out on the phone."""

    icon = StringProperty("")
    code = StringProperty("")
    ink = ColorProperty()


class Header(FloatLayout):
    """The head of every screen: mark, the hall's name and place, time and date. Not `full`: name and time only."""

    name = StringProperty("")
    place = StringProperty("")
    time = StringProperty("")
    date = StringProperty("")
    ink = ColorProperty()
    soft = ColorProperty()
    logo_ground = ColorProperty()
    logo_tile = ColorProperty()
    full = BooleanProperty(True)
    signs = ListProperty()
    """Icon and two letters for each thing that is not well."""

    def on_signs(self, _: object, signs: list[tuple[str, str]]) -> None:
        self.ids.signs.clear_widgets()
        for icon, code in signs:
            self.ids.signs.add_widget(Sign(icon=icon, code=code, ink=self.ink))


class Grid(Widget):
    """Children row by row in cells of one size, `rows` of them in the height, whether or not all are there; `tallest` in pixels."""

    rows = NumericProperty(5)
    columns = NumericProperty(2)
    gap = NumericProperty(24)
    tallest = NumericProperty(10_000)

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        self._arranges = Ticks.create_trigger(self._arrange, -1)
        for name in ("size", "pos", "children", "rows", "columns", "gap", "tallest"):
            self.fbind(name, self._arranges)

    def _arrange(self, *_: object) -> None:
        columns, rows = max(1, int(self.columns)), max(1, int(self.rows))
        wide = (self.width - self.gap * (columns - 1)) / columns
        high = min((self.height - self.gap * (rows - 1)) / rows, self.tallest)
        for place, child in enumerate(reversed(self.children)):
            row, column = divmod(place, columns)
            child.size_hint = (None, None)
            child.size = (wide, high)
            child.pos = (self.x + column * (wide + self.gap), self.top - (row + 1) * high - row * self.gap)


Builder.load_file(str(Path(__file__).with_name("widgets.kv")))
