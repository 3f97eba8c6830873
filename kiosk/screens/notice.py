"""What the hall says to everybody, large: an urgent notice with one way on, or an evacuation on a ground of its own."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.faces import NoticeFace
from kiosk.screens.page import Page, pieces, set_button
from ui.widgets import ActButton


class GoOn(ActButton):
    """On with the visit."""


class NoticeScreen(Page):
    """Shows a NoticeFace."""

    title = StringProperty("")
    where = StringProperty("")
    text = StringProperty("")
    others = StringProperty("")
    kept = StringProperty("")
    staff = StringProperty("")
    alarm = BooleanProperty(False)
    has_answers = BooleanProperty(False)
    roomy = BooleanProperty(True)
    disc_size = NumericProperty(0)
    answer_high = NumericProperty(0)

    def fill(self, face: NoticeFace) -> None:
        self.alarm = face.go_on is None
        self.title = " · ".join(part for part in (face.title, face.where) if part)
        self.text, self.others, self.kept = face.text, "\n".join(face.others), face.kept
        self.staff = face.staff
        buttons = () if face.go_on is None else (face.go_on,)
        self.has_answers = bool(buttons)
        for widget, button in zip(pieces(self.ids.answers, len(buttons), GoOn), buttons, strict=True):
            set_button(widget, button)


Builder.load_file(str(Path(__file__).with_name("notice.kv")))
