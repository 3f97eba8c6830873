"""What surrounds every screen: the ground, the hall's head, the bar and the strip of looks. One for all screens.

Gets faces and sets properties; what stays the same is not touched, so it costs nothing.
"""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.faces import NoticeFace, Toggle, WelcomeFace
from kiosk.furniture import SIGNS
from kiosk.screens.page import pieces, put
from kiosk.shape import STRIP_GAP, WORDED, Box, Shape
from ui.widgets import TextButton, TouchCard


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

    def show(self, face: Any) -> None:
        """Set ground, head, bar and strip."""
        frame, shape = face.frame, face.frame.shape
        self.stage, self.full_head = isinstance(face, WelcomeFace), shape.full_head
        self.alarm = isinstance(face, NoticeFace) and face.go_on is None
        header = self.ids.header
        header.name, header.place = frame.head.name, frame.head.place
        header.time, header.date = frame.head.time, frame.head.date
        header.signs = [(SIGNS[sign], sign if shape.full_head else "") for sign in frame.head.signs]
        for name, box in (("header", shape.head), ("foot", shape.ground)):
            put(self.ids[name], box)
        buttons = pieces(self.ids.bar, len(frame.bar), BarButton)
        for widget, button, box, worded in zip(buttons, frame.bar, shape.bar, shape.bar_words, strict=True):
            widget.label, widget.icon, widget.choice = button.label if worded else "", button.icon, button.choice
            widget.stacked = shape.bar_stacked and worded
            put(widget, box)
        toggles = pieces(self.ids.strip, len(frame.strip), StripToggle)
        for widget, toggle in zip(toggles, frame.strip, strict=True):
            widget.show(toggle, worded=shape.strip_words, stage=self.stage)
        _arrange(toggles, shape)


def _arrange(toggles: list[StripToggle], shape: Shape) -> None:
    """In the strip's rows; letters are narrower than what has words."""
    strip, rows = shape.strip, shape.strip_rows
    left = list(toggles)
    high = strip.height / max(1, len(rows)) - (8 if len(rows) > 1 else 0) * (len(rows) - 1) / max(1, len(rows))
    for row, count in enumerate(rows):
        here, left = left[:count], left[count:]
        shares = [1.0 if toggle.step or not shape.strip_words else WORDED for toggle in here]
        room = strip.width - STRIP_GAP * (len(here) - 1)
        x = strip.x
        for toggle, share in zip(here, shares, strict=True):
            wide = room * share / sum(shares)
            put(toggle, Box(x, strip.top - (row + 1) * high - row * 8, wide, high))
            x += wide + STRIP_GAP


Builder.load_file(str(Path(__file__).with_name("surround.kv")))
