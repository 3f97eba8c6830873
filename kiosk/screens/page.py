"""What every screen of the kiosk is: a body of its own between the head, bar and strip that surround it.

A screen gets faces and sets properties; what stays the same is not touched, so it costs nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any

from kivy.clock import Clock
from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.faces import Button
from kiosk.shape import Box, Shape
from ui.words import fitting


class Page(FloatLayout):
    """`body_...` is the room between what surrounds it, in pixels; `controls_top`: no control stands above it.

    `growth`: by how much all type has grown, in pixels of the drawing. `bar_height`: of all that stands below the body.
    """

    body_x = NumericProperty(0)
    body_y = NumericProperty(0)
    body_width = NumericProperty(100)
    body_height = NumericProperty(100)
    body_top = NumericProperty(100)
    controls_top = NumericProperty(100)
    bar_height = NumericProperty(0)
    landscape = BooleanProperty(False)
    growth = NumericProperty(0)
    low = BooleanProperty(False)

    def show(self, face: Any) -> None:
        """Take the face's shape, then set what the screen itself shows."""
        self._take_shape(face.frame.shape)
        self.fill(face)

    def fill(self, face: Any) -> None:
        """The screen's own part; a bare page has none."""

    def _take_shape(self, shape: Shape) -> None:
        body = shape.body
        self.landscape, self.growth = shape.landscape, shape.growth
        self.body_x, self.body_y = dp(body.x), dp(body.y)
        self.body_width, self.body_height = dp(body.width), dp(body.height)
        self.body_top, self.controls_top = dp(body.top), dp(shape.controls_top)
        self.low = shape.reach < body.top
        self.bar_height = dp(shape.ground.height) if shape.ground.x == 0 else 0


def show_buttons(box: Widget, buttons: Sequence[Button], make: Callable[[], Any]) -> None:
    """A button in `box` for each, in order; those that are there already are used again."""
    for widget, button in zip(pieces(box, len(buttons), make), buttons, strict=True):
        set_button(widget, button)


def set_button(widget: Any, button: Button) -> None:
    """What a button says and does."""
    widget.label, widget.icon, widget.choice = button.label, button.icon, button.choice


def put(widget: Widget, box: Box) -> None:
    """Where a plan, in pixels of the drawing, says."""
    widget.pos, widget.size = (dp(box.x), dp(box.y)), (dp(box.width), dp(box.height))


class Alike:
    """Texts of cards beside each other: all of them in the type that the longest of them needs.

    Give it every text once; it sets `wanted` (a type size, pixels) of all whenever one of their boxes changes.
    """

    def __init__(self, wanted: Callable[[], float]) -> None:
        self._wanted = wanted
        self._texts: list[Any] = []
        self._sets = Clock.create_trigger(self._set, -1)

    def add(self, text: Any) -> None:
        self._texts.append(text)
        for name in ("text", "size"):
            text.fbind(name, self._sets)

    def _set(self, *_: object) -> None:
        shown = [text for text in self._texts if text.text and text.width > 0]
        size = min((_fitting(text, self._wanted()) for text in shown), default=self._wanted())
        for text in shown:
            text.wanted = size


def _fitting(text: Any, wanted: float) -> float:
    return fitting(
        text.text, text.font_name, wanted, text.least, width=text.width, height=text.height, spacing=text.line_height
    )


def unparted(spelled: str) -> str:
    """A number in words, set so that no line begins with a dot."""
    return spelled.replace(" · ", "\N{NO-BREAK SPACE}· ")


def pieces(box: Widget, count: int, make: Callable[[], Any]) -> list[Any]:
    """Exactly `count` children in `box`, in order, made where there are too few and taken away where there are too many."""
    while len(box.children) > count:
        box.remove_widget(box.children[0])
    while len(box.children) < count:
        box.add_widget(make())
    return list(reversed(box.children))
