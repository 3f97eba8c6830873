"""Words in the place of the newest call, in the largest type with which all of them have room: none is cut off."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that sign.kv is made of
from ui.words import lines_of

SCALES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.53, 0.46, 0.4)
WARNING_SCALES = (2.2, 2.0, 1.8, 1.6, 1.4, 1.2, *SCALES)
"""A warning is for those who sit far away, too."""

LINE = 1.17
"""A line's height for each pixel of type size, space between the texts apart."""


class SignCard(FloatLayout):
    """Give it a place and words."""

    unit = NumericProperty(1)
    title = StringProperty("")
    text = StringProperty("")
    hint = StringProperty("")
    warning = BooleanProperty(False)
    picture = BooleanProperty(False)
    title_type = NumericProperty(92)
    text_type = NumericProperty(48)
    hint_type = NumericProperty(48)

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        for name in ("size", "unit", "title", "text", "hint", "warning"):
            self.fbind(name, self._fit)

    def _fit(self, *_: object) -> None:
        width, room = self.width - 176 * self.unit, self.height - 60 * self.unit
        title, text = (92, 48) if self.warning else (150, 64)
        for scale in WARNING_SCALES if self.warning else SCALES:
            sizes = [size * scale * self.unit for size in (title, text, 48)]
            self.title_type, self.text_type, self.hint_type = sizes
            fonts = ("Black", "Semibold", "Regular")
            tall = 0.0
            for words, font, size in zip((self.title, self.text, self.hint), fonts, sizes, strict=True):
                lines = lines_of(words, font, size, width) if words else 0
                tall += room if lines is None else lines * LINE * size + 14 * self.unit
            if tall <= room:
                return


Builder.load_file(str(Path(__file__).with_name("sign.kv")))
