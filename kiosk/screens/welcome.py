"""Welcome: one sentence, one target within everyone's reach, languages by their own names, help at once."""

from pathlib import Path

from kivy.lang import Builder
from kivy.metrics import dp
from kivy.properties import StringProperty

from kiosk.faces import WelcomeFace
from kiosk.screens.page import Page, put, set_button, show_buttons
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

    def fill(self, face: WelcomeFace) -> None:
        self.title, self.other_title = face.title.replace(". ", ".\n"), face.other_title
        self.left_note, self.right_note, self.notice = face.left_note, face.right_note, face.notice
        start = self.ids.start
        set_button(start, face.start)
        start.small = face.other_start if face.plan.twice else ""
        show_buttons(self.ids.languages, face.languages, StageButton)
        show_buttons(self.ids.helps, face.helps, StageButton)
        plan = face.plan
        if not plan.help_words:
            for button in self.ids.helps.children:
                button.label = ""
        for name in ("words", "notice", "start", "languages", "helps", "left_note", "right_note"):
            put(self.ids[name], getattr(plan, name))
        for grid, rows in ((self.ids.languages, plan.language_rows), (self.ids.helps, plan.help_rows)):
            grid.columns, grid.rows, grid.gap = rows.columns, rows.rows, dp(rows.gap)
            for button in grid.children:
                button.stacked = rows.stacked and bool(button.label)
                button.type_size = sp(38 if self.landscape or self.body_height > dp(1100) else 31)


Builder.load_file(str(Path(__file__).with_name("welcome.kv")))
