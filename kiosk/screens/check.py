"""A number is typed: what stands there so far, the hall's letters, the digits. Everything where its plan says."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import StringProperty

from kiosk.faces import Button, CheckFace
from kiosk.screens.page import Page, pieces, put, set_button
from kiosk.screens.search import KeyButton
from kiosk.shape import Box

LABELLED = 200
"""A key with an icon has room for a word beside it from this width on, in pixels of the drawing."""


WORDED = 110
"""Pixels of the drawing that the word on the last key needs; where it has less its icon stands alone."""


class NumberKey(KeyButton):
    """A letter or a digit; pale where no number of this hall goes on with it."""


class Check(Page):
    """Shows a CheckFace."""

    title = StringProperty("")
    text = StringProperty("")
    typed = StringProperty("")

    def fill(self, face: CheckFace) -> None:
        self.title, self.text, self.typed = face.title, face.text, face.typed
        plan = face.plan
        put(self.ids.words, plan.words)
        put(self.ids.field, plan.field)
        self._show_keys(face.letters + face.digits, plan.letters + plan.digits)
        for widget, button, box in (
            (self.ids.rubout, face.rubout, plan.rubout),
            (self.ids.check, face.check, plan.check),
        ):
            set_button(widget, button)
            put(widget, box)
        if plan.rubout.width < LABELLED + 5 * self.growth:
            self.ids.rubout.label = ""
        if plan.check.width < WORDED + 4 * self.growth:
            self.ids.check.label, self.ids.check.icon = "", "magnify"

    def _show_keys(self, buttons: tuple[Button, ...], boxes: tuple[Box, ...]) -> None:
        keys = pieces(self.ids.board, len(buttons), NumberKey)
        for key, button, box in zip(keys, buttons, boxes, strict=True):
            set_button(key, button)
            put(key, box)


Builder.load_file(str(Path(__file__).with_name("check.kv")))
