"""Moves all that is drawn by a few pixels. Nothing is laid out anew, and the screens know nothing of it."""

from kivy.graphics import PopMatrix, PushMatrix, Translate
from kivy.uix.widget import Widget


class Shifted:
    """`to` moves what `widget` and all in it draw, right and up, in pixels."""

    def __init__(self, widget: Widget) -> None:
        with widget.canvas.before:
            PushMatrix()
            self._by = Translate(0, 0)
        with widget.canvas.after:
            PopMatrix()

    def to(self, right: int, up: int) -> None:
        """The same place again costs nothing."""
        if (self._by.x, self._by.y) != (right, up):
            self._by.x, self._by.y = right, up
