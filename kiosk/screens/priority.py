"""Which of the four has priority: four large targets, no proof, no form."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import StringProperty

from kiosk.faces import PriorityFace
from kiosk.screens.page import Alike, Page, pieces, set_button
from ui.theme import sp
from ui.widgets import TouchCard


class PriorityCard(TouchCard):
    """One of the four."""

    label = StringProperty("")
    icon = StringProperty("")


class Priority(Page):
    """Shows a PriorityFace."""

    service = StringProperty("")
    title = StringProperty("")
    text = StringProperty("")

    def __init__(self, **properties: Any) -> None:
        self._alike = Alike(lambda: sp(44))
        super().__init__(**properties)

    def _card(self) -> PriorityCard:
        card = PriorityCard()
        self._alike.add(card.ids.words)
        return card

    def fill(self, face: PriorityFace) -> None:
        self.service, self.title, self.text = face.service, face.title, face.text
        for card, option in zip(pieces(self.ids.options, len(face.options), self._card), face.options, strict=True):
            set_button(card, option)


Builder.load_file(str(Path(__file__).with_name("priority.kv")))
