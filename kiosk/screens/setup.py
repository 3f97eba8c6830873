"""The set-up page: readings line by line with what is well and what is not, what can be done, and the other parts."""

from collections.abc import Sequence
from pathlib import Path

from kivy.lang import Builder
from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.faces import SetupFace
from kiosk.screens.page import Page, pieces, set_button, show_buttons
from ui.theme import sp
from ui.widgets import TextButton
from ui.words import heights_of, lines_of


class SetupTab(TextButton):
    """A part of the page; filled while it is the one that is shown."""

    here = BooleanProperty(False)


class SetupAct(TextButton):
    """Something that can be done."""


class ReadingLine(FloatLayout):
    """A label, a value, and whether it is well (None: neither)."""

    label = StringProperty("")
    value = StringProperty("")
    well = ObjectProperty(None, allownone=True)


class SetupScreen(Page):
    """Shows a SetupFace."""

    title = StringProperty("")
    note = StringProperty("")
    lines = NumericProperty(1)
    columns = NumericProperty(1)
    act_columns = NumericProperty(3)
    act_rows = NumericProperty(1)
    tab_columns = NumericProperty(5)
    tab_rows = NumericProperty(1)

    def fill(self, face: SetupFace) -> None:
        self.title, self.note = face.title, face.note
        tabs = pieces(self.ids.tabs, len(face.tabs), SetupTab)
        for tab, button in zip(tabs, face.tabs, strict=True):
            set_button(tab, button)
            tab.here = button.choice is None
        readings = pieces(self.ids.readings, len(face.readings), ReadingLine)
        for line, reading in zip(readings, face.readings, strict=True):
            line.label, line.value, line.well = reading.label, reading.value, reading.well
        self.columns = 2 if self.landscape else 1
        self.lines = max(1, -(-len(readings) // self.columns))
        show_buttons(self.ids.acts, face.buttons, SetupAct)
        labels = [button.label for button in face.buttons]
        self.act_columns = self._columns(labels, sp(36), dp(84))
        self.act_rows = -(-len(labels) // self.act_columns)
        self.tab_columns = self._columns([button.label for button in face.tabs], sp(30), dp(24))
        self.tab_rows = -(-len(face.tabs) // self.tab_columns)

    def _columns(self, labels: list[str], size: float, beside: float) -> int:
        """So many buttons beside each other as their labels have room in this type; one where there are none."""
        return _columns_for(labels, size, width=self.body_width, height=dp(100), beside=beside, gap=dp(14))


def _columns_for(labels: Sequence[str], size: float, *, width: float, height: float, beside: float, gap: float) -> int:
    """The most columns, one for each label at most, in which every label fits its button; pixels.

    `height` is a button's, `beside` what an icon and the margins take of its width.
    """
    for columns in range(len(labels), 1, -1):
        room = (width - gap * (columns - 1)) / columns - beside
        lines = [lines_of(label, "Bold", size, room) for label in labels]
        above, below = heights_of("Bold", size)
        if all(count is not None and count * (above + below) <= height for count in lines):
            return columns
    return 1


Builder.load_file(str(Path(__file__).with_name("setup.kv")))
