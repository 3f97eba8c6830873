"""The place of media beside the calls: a picture, or the house's ground with what to bring for one service.

Shows what it is given. Which picture stands now, and whether it is whole, was decided elsewhere; its pixels came from
another thread. They go to the graphics card a strip a frame, and the last picture stands until the next is there whole.
"""

from pathlib import Path

from kivy.clock import Clock
from kivy.graphics.texture import Texture
from kivy.lang import Builder
from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that media.kv is made of
from assets.palette import BRINGING, Colour, rgb
from display.media import Picture
from ui.words import lines_of

CARD_SCALES = (1.0, 0.92, 0.84, 0.77, 0.7)

STRIP_BYTES = 400_000
"""So much of a picture goes to the graphics card in one frame: a millisecond or less of it."""


class ServiceCard(FloatLayout):
    """What to bring for one service, on the house's teal."""

    unit = NumericProperty(1)
    agency = StringProperty("")
    title = StringProperty("")
    text = StringProperty("")
    icon = StringProperty("")
    gradient = ObjectProperty(None, allownone=True)
    scale = NumericProperty(1)

    def __init__(self, **properties: object) -> None:
        self.gradient = _gradient(*BRINGING)
        super().__init__(**properties)
        for name in ("size", "unit", "title", "text"):
            self.fbind(name, self._fit)

    def _fit(self, *_: object) -> None:
        """The largest type with which title and text keep inside the card; a long title is not cut off."""
        width, room = self.width - 64 * self.unit, self.height - 130 * self.unit
        for scale in CARD_SCALES:
            self.scale = scale
            sizes = (("Bold", self.title, 54 * self.unit * scale), ("Regular", self.text, 38 * self.unit * scale))
            lines = [(lines_of(text, font, size, width), size) for font, text, size in sizes]
            if (
                all(count is not None for count, _ in lines)
                and sum((count or 0) * 1.15 * size for count, size in lines) < room
            ):
                return


class MediaPane(FloatLayout):
    """Give it a place, and either a picture (display.media.Picture) or a card (display.beside.Card).

    A picture is shown whole, never cut: notices have words up to their edges. Beside it the ground is dark.
    """

    unit = NumericProperty(1)
    picture = ObjectProperty(None, allownone=True)
    shown = ListProperty([0, 0])
    """How large the picture is drawn, in pixels."""
    card = ObjectProperty(None, allownone=True, rebind=True)
    texture = ObjectProperty(None, allownone=True)
    """What is drawn; None for the card."""

    at_once = False
    """Whether a picture goes to the graphics card in one frame: for golden pictures."""

    def __init__(self, **properties: object) -> None:
        self._coming: tuple[Picture, Texture, int] | None = None
        super().__init__(**properties)
        self.fbind("picture", self._begin)

    def _begin(self, *_: object) -> None:
        Clock.unschedule(self._go_on)
        picture: Picture | None = self.picture
        if picture is None:
            self._coming = self.texture = None
            return
        self._coming = (picture, Texture.create(size=(picture.width, picture.height), colorfmt="rgb"), 0)
        if self.at_once:
            while self._coming is not None:
                self._go_on()
        else:
            Clock.schedule_interval(self._go_on, 0)

    def _go_on(self, *_: object) -> bool:
        """One strip more; whether more are to come."""
        if self._coming is None:
            return False
        picture, texture, row = self._coming
        rows = min(max(1, STRIP_BYTES // (3 * picture.width)), picture.height - row)
        strip = memoryview(picture.rgb)[3 * picture.width * row : 3 * picture.width * (row + rows)]
        texture.blit_buffer(bytes(strip), size=(picture.width, rows), pos=(0, row), colorfmt="rgb", bufferfmt="ubyte")
        if row + rows < picture.height:
            self._coming = (picture, texture, row + rows)
            return True
        self._coming, self.texture = None, texture
        return False

    def inside(self, size: tuple[float, float], texture: Texture | None) -> tuple[float, float]:
        """The picture's width and height on the pane."""
        if texture is None or min(texture.size) < 1:
            return 0.0, 0.0
        scale = min(size[0] / texture.width, size[1] / texture.height)
        return texture.width * scale, texture.height * scale


def _gradient(above: Colour, below: Colour) -> Texture:
    steps = 64
    pixels = bytearray()
    for step in range(steps):
        share = step / (steps - 1)
        pixels += bytes(round(low + (high - low) * share) for low, high in zip(rgb(above), rgb(below), strict=True))
    texture = Texture.create(size=(1, steps), colorfmt="rgb")
    texture.blit_buffer(bytes(pixels), colorfmt="rgb", bufferfmt="ubyte")
    return texture


Builder.load_file(str(Path(__file__).with_name("media.kv")))
