"""The set-up page: readings line by line with what is well and what is not, what can be done, and the other parts."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.faces import SetupFace
from kiosk.screens.page import Page, pieces, set_button, show_buttons
from ui.widgets import TextButton


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
    act_columns = NumericProperty(3)

    def fill(self, face: SetupFace) -> None:
        self.title, self.note = face.title, face.note
        tabs = pieces(self.ids.tabs, len(face.tabs), SetupTab)
        for tab, button in zip(tabs, face.tabs, strict=True):
            set_button(tab, button)
            tab.here = button.choice is None
        readings = pieces(self.ids.readings, len(face.readings), ReadingLine)
        for line, reading in zip(readings, face.readings, strict=True):
            line.label, line.value, line.well = reading.label, reading.value, reading.well
        self.lines = max(1, len(readings))
        self.act_columns = 3
        show_buttons(self.ids.acts, face.buttons, SetupAct)
        self.ids.acts.rows = -(-len(face.buttons) // 3)


Builder.load_file(str(Path(__file__).with_name("setup.kv")))
