"""Words in the place of the newest call, in the largest type with which all of them have room: none is cut off."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that sign.kv is made of


class SignCard(FloatLayout):
    """Give it a place and words."""

    unit = NumericProperty(1)
    title = StringProperty("")
    text = StringProperty("")
    hint = StringProperty("")
    warning = BooleanProperty(False)
    picture = BooleanProperty(False)
    high = BooleanProperty(False)
    """Whether it has nearly the whole board: an evacuation is then as large as can be."""


Builder.load_file(str(Path(__file__).with_name("sign.kv")))
