"""What every screen of the kiosk stands on: the hall's head above, the bar below, and room between for the screen's own.

A screen gets faces and sets properties; what stays the same is not touched, so it costs nothing.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.faces import Button, Frame
from kiosk.signs import ICONS
from ui.widgets import TextButton, TouchCard


class BarButton(TextButton):
    """A button of the bar: icon above label."""


class StripToggle(TouchCard):
    """A button of the strip: filled and ticked while it is on."""

    label = StringProperty("")
    icon = StringProperty("")
    step = NumericProperty(0)
    on = BooleanProperty(False)


class Page(FloatLayout):
    """Head, bar, and `body` between them. `bar_height` is 0 where there is no bar."""

    bar_height = NumericProperty(0)
    has_bar = BooleanProperty(True)
    ground = ColorProperty()
    ink = ColorProperty()
    soft = ColorProperty()

    def show(self, face: Any) -> None:
        """Set head and bar, then what the screen itself shows."""
        self._frame(face.frame)
        self.fill(face)

    def fill(self, face: Any) -> None:
        """The screen's own part; a bare page has none."""

    def _frame(self, frame: Frame) -> None:
        header = self.ids.header
        header.name, header.place = frame.head.name, frame.head.place
        header.time, header.date = frame.head.time, frame.head.date
        header.signs = [(ICONS[sign], sign) for sign in frame.head.signs]
        self.has_bar = bool(frame.bar)
        show_buttons(self.ids.bar, frame.bar, BarButton)
        for widget, toggle in zip(pieces(self.ids.strip, len(frame.strip), StripToggle), frame.strip, strict=True):
            widget.label, widget.icon, widget.step = toggle.label, toggle.icon, toggle.step
            widget.on, widget.choice = toggle.on, toggle.choice


def show_buttons(box: Widget, buttons: Sequence[Button], make: Callable[[], Any]) -> None:
    """A button in `box` for each, in order; those that are there already are used again."""
    for widget, button in zip(pieces(box, len(buttons), make), buttons, strict=True):
        set_button(widget, button)


def set_button(widget: Any, button: Button) -> None:
    """What a button says and does."""
    widget.label, widget.icon, widget.choice = button.label, button.icon, button.choice


def pieces(box: Widget, count: int, make: Callable[[], Any]) -> list[Any]:
    """Exactly `count` children in `box`, in order, made where there are too few and taken away where there are too many."""
    while len(box.children) > count:
        box.remove_widget(box.children[0])
    while len(box.children) < count:
        box.add_widget(make())
    return list(reversed(box.children))


Builder.load_file(str(Path(__file__).with_name("page.kv")))
