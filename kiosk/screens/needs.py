"""Help on the way to the counter, in pictures: any of three, and on."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty, StringProperty

from kiosk.faces import NeedsFace
from kiosk.screens.page import Alike, Page, pieces, set_button
from ui.theme import sp
from ui.widgets import TouchCard


class NeedCard(TouchCard):
    """One of the three: filled and ticked while it is chosen."""

    label = StringProperty("")
    icon = StringProperty("")
    on = BooleanProperty(False)


class Needs(Page):
    """Shows a NeedsFace."""

    title = StringProperty("")
    text = StringProperty("")

    def __init__(self, **properties: Any) -> None:
        self._alike = Alike(lambda: sp(48))
        super().__init__(**properties)

    def _card(self) -> NeedCard:
        card = NeedCard()
        self._alike.add(card.ids.words)
        return card

    def fill(self, face: NeedsFace) -> None:
        self.title, self.text = face.title, face.text
        for card, option in zip(pieces(self.ids.options, len(face.options), self._card), face.options, strict=True):
            card.label, card.icon, card.choice, card.on = option.label, option.icon, option.choice, option.on
        set_button(self.ids.done, face.done)


Builder.load_file(str(Path(__file__).with_name("needs.kv")))
