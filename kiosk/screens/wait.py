"""Please wait: one sentence, nothing to touch, for the moment that a number takes."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import StringProperty

from kiosk.faces import WaitFace
from kiosk.screens.page import Page


class Wait(Page):
    """Shows a WaitFace."""

    title = StringProperty("")
    text = StringProperty("")
    note = StringProperty("")

    def fill(self, face: WaitFace) -> None:
        self.title, self.text, self.note = face.title, face.text, face.note


Builder.load_file(str(Path(__file__).with_name("wait.kv")))
