"""What surrounds every screen: the ground, the hall's head, the bar and the strip of looks. One for all screens.

Gets faces and sets properties; what stays the same is not touched, so it costs nothing.
"""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.metrics import dp
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.faces import NoticeFace, Toggle, WelcomeFace
from kiosk.furniture import SIGNS
from kiosk.screens.page import pieces, show_buttons
from kiosk.shape import Box, Shape
from ui.widgets import TextButton, TouchCard

STRIP_GAP = 12


class BarButton(TextButton):
    """A button of the bar: icon above label, or beside it in a rail."""


class StripToggle(TouchCard):
    """A button of the strip: filled and ticked while it is on."""

    label = StringProperty("")
    icon = StringProperty("")
    step = NumericProperty(0)
    on = BooleanProperty(False)
    ticked = NumericProperty(0)
    ink = ColorProperty()
    worded = BooleanProperty(True)
    stage = BooleanProperty(False)

    def show(self, toggle: Toggle, *, worded: bool, stage: bool) -> None:
        """`worded`: whether its words have room; `stage`: whether it stands on the coloured ground."""
        self.label, self.icon, self.step, self.on = toggle.label, toggle.icon, toggle.step, toggle.on
        self.choice, self.worded, self.stage = toggle.choice, worded, stage


class Surround(FloatLayout):
    """Shows the frame of any face. The ground of the welcome and of an alarm is coloured."""

    stage = BooleanProperty(False)
    alarm = BooleanProperty(False)
    full_head = BooleanProperty(True)
    ground = ColorProperty()
    ink = ColorProperty()
    soft = ColorProperty()
    bar_columns = NumericProperty(1)
    landscape = BooleanProperty(False)

    def show(self, face: Any) -> None:
        """Set ground, head, bar and strip."""
        frame, shape = face.frame, face.frame.shape
        self.stage, self.full_head, self.landscape = isinstance(face, WelcomeFace), shape.full_head, shape.landscape
        self.alarm = isinstance(face, NoticeFace) and face.go_on is None
        header = self.ids.header
        header.name, header.place = frame.head.name, frame.head.place
        header.time, header.date = frame.head.time, frame.head.date
        header.signs = [(SIGNS[sign], sign) for sign in frame.head.signs]
        for name, box in (("header", shape.head), ("foot", shape.ground), ("bar", shape.bar)):
            _put(self.ids[name], box)
        self.bar_columns = shape.bar_columns
        self.ids.bar.rows = max(1, -(-len(frame.bar) // shape.bar_columns))
        show_buttons(self.ids.bar, frame.bar, BarButton)
        toggles = pieces(self.ids.strip, len(frame.strip), StripToggle)
        for widget, toggle in zip(toggles, frame.strip, strict=True):
            widget.show(toggle, worded=shape.strip_words, stage=self.stage)
        _arrange(toggles, shape)


def _put(widget: Widget, box: Box) -> None:
    widget.pos, widget.size = (dp(box.x), dp(box.y)), (dp(box.width), dp(box.height))


def _arrange(toggles: list[StripToggle], shape: Shape) -> None:
    """In the strip's rows; letters are narrower than what has words."""
    strip, rows = shape.strip, shape.strip_rows
    left = list(toggles)
    high = strip.height / max(1, len(rows)) - (8 if len(rows) > 1 else 0) * (len(rows) - 1) / max(1, len(rows))
    for row, count in enumerate(rows):
        here, left = left[:count], left[count:]
        shares = [1.0 if toggle.step or not shape.strip_words else 2.1 for toggle in here]
        room = strip.width - STRIP_GAP * (len(here) - 1)
        x = strip.x
        for toggle, share in zip(here, shares, strict=True):
            wide = room * share / sum(shares)
            _put(toggle, Box(x, strip.top - (row + 1) * high - row * 8, wide, high))
            x += wide + STRIP_GAP


Builder.load_file(str(Path(__file__).with_name("surround.kv")))
