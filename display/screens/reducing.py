"""Draws what is inside with fewer pixels than the window has, and shows it as large as the window. For 4K panels.

A window that is not larger than a whole part of it is drawn as ever, at no cost.
"""

from typing import Any

from kivy.graphics import ClearBuffers, ClearColor, Fbo, Rectangle, RenderContext
from kivy.uix.widget import Widget

from display.sight import drawn_size
from ui.theme import theme

OPAQUE = """
$HEADER$
void main(void) {
    gl_FragColor = vec4(texture2D(texture0, tex_coord0).rgb, 1.0);
}
"""
"""The edges of letters leave the buffer a little transparent; shown as it is, they would be thinner than they were drawn."""


class Reduced(Widget):
    """Give it the one widget that it shows; that gets the size that display.sight.drawn_size says."""

    def __init__(self, inside: Widget, **properties: object) -> None:
        super().__init__(**properties)
        self._inside = inside
        inside.size_hint = (None, None)
        self._buffer: Any = None
        self._shown: Any = None
        self.add_widget(inside)
        self.fbind("size", self._arrange)
        self._arrange()

    def _arrange(self, *_: object) -> None:
        whole = int(self.width), int(self.height)
        drawn = drawn_size(*whole)
        if min(drawn) < 1:
            return
        self._inside.pos, self._inside.size = (0, 0), drawn
        if drawn == whole:
            self._draw_directly()
        else:
            self._draw_into(drawn, whole)

    def _draw_directly(self) -> None:
        if self._buffer is not None:
            self._buffer.remove(self._inside.canvas)
            self.canvas.clear()
            self.canvas.add(self._inside.canvas)
            self._buffer = self._shown = None

    def _draw_into(self, drawn: tuple[int, int], whole: tuple[int, int]) -> None:
        if self._buffer is None:
            self.canvas.clear()
            with self.canvas:
                self._buffer = Fbo(size=drawn)
                window = RenderContext(use_parent_projection=True, use_parent_modelview=True)
                window.shader.fs = OPAQUE
                with window:
                    self._shown = Rectangle(texture=self._buffer.texture)
            with self._buffer:
                ClearColor(*theme.paper)
                ClearBuffers()
            self._buffer.add(self._inside.canvas)
        self._buffer.size = drawn
        self._shown.texture = self._buffer.texture
        self._shown.size = whole
