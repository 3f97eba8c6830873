"""Welcome: one sentence, one target within everyone's reach, languages by their own names, help at once."""

from pathlib import Path

from kivy.lang import Builder
from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.faces import WelcomeFace
from kiosk.screens.page import Page, columns_for, set_button, show_buttons
from ui.theme import sp
from ui.widgets import TextButton


class StageButton(TextButton):
    """An edged button on the coloured ground."""


class Welcome(Page):
    """Shows a WelcomeFace."""

    title = StringProperty("")
    other_title = StringProperty("")
    left_note = StringProperty("")
    right_note = StringProperty("")
    notice = StringProperty("")
    language_columns = NumericProperty(1)
    help_columns = NumericProperty(1)
    has_helps = BooleanProperty(True)
    aside = NumericProperty(100)
    high = NumericProperty(100)
    gap = NumericProperty(0)

    def fill(self, face: WelcomeFace) -> None:
        self.title, self.other_title = face.title.replace(". ", ".\n"), face.other_title
        self.left_note, self.right_note, self.notice = face.left_note, face.right_note, face.notice
        start = self.ids.start
        set_button(start, face.start)
        start.small = face.other_start
        self.has_helps = bool(face.helps)
        self.language_columns = self._columns([button.label for button in face.languages], dp(40))
        self.help_columns = self._columns([button.label for button in face.helps], dp(100))
        show_buttons(self.ids.languages, face.languages, StageButton)
        show_buttons(self.ids.helps, face.helps, StageButton)

    def _columns(self, labels: list[str], beside: float) -> int:
        return columns_for(labels, sp(38), width=self.aside, height=self.high - dp(16), beside=beside, gap=self.gap)


Builder.load_file(str(Path(__file__).with_name("welcome.kv")))
