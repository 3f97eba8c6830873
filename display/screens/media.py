"""The place of media beside the calls: a picture, or the house's ground with what to bring for one service.

Shows what it is given. Which picture stands now, and whether it is whole, was decided elsewhere; a picture is read in a
thread of its own, and the last one stands until the next is there.
"""

from pathlib import Path
from typing import Any

from kivy.graphics.texture import Texture
from kivy.lang import Builder
from kivy.loader import Loader
from kivy.properties import NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that media.kv is made of
from assets.palette import Colour, rgb
from ui.words import lines_of

CARD_SCALES = (1.0, 0.92, 0.84, 0.77, 0.7)


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
        self.gradient = _gradient(Colour("1E6B66"), Colour("0A3A42"))
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
    """Give it a place, and either a picture's file or a card (display.views.Card)."""

    unit = NumericProperty(1)
    picture = StringProperty("")
    card = ObjectProperty(None, allownone=True, rebind=True)
    texture = ObjectProperty(None, allownone=True)
    """What is drawn: the middle of the picture, in the shape of the pane; None for the card."""

    def __init__(self, **properties: object) -> None:
        self._loading: Any = None
        self._whole: Texture | None = None
        super().__init__(**properties)
        self.fbind("picture", self._load)
        self.fbind("size", self._crop)

    def _load(self, *_: object) -> None:
        if self._loading is not None:
            self._loading.unbind(on_load=self._loaded)
            self._loading = None
        if not self.picture:
            self._whole = None
            self._crop()
            return
        self._loading = Loader.image(self.picture, nocache=True)
        if self._loading.loaded:
            self._loaded(self._loading)
        else:
            self._loading.bind(on_load=self._loaded)

    def _loaded(self, image: Any) -> None:
        if image is self._loading and image.image.texture is not None:
            self._whole = image.image.texture
            self._crop()

    def _crop(self, *_: object) -> None:
        whole = self._whole
        if whole is None or min(self.width, self.height) < 1:
            self.texture = None
            return
        scale = min(whole.width / self.width, whole.height / self.height)
        wide, high = int(self.width * scale), int(self.height * scale)
        self.texture = whole.get_region((whole.width - wide) // 2, (whole.height - high) // 2, wide, high)


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
