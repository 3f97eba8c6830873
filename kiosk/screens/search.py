"""The search: what is typed, what it means, and a keyboard. Keys answer when a finger comes, so that quick typing is kept."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty, StringProperty

from kiosk.faces import SearchFace, SearchKey
from kiosk.screens.cards import ChoiceCard
from kiosk.screens.page import Page, pieces, put, set_button, show_buttons
from kiosk.shape import Box
from ui.widgets import TextButton


class Help(TextButton):
    """What can be done where nothing was found."""


class KeyButton(TextButton):
    """A key: it types when it is touched, not when it is let go."""

    wide = BooleanProperty(False)

    def on_touch_down(self, touch: Any) -> bool:
        """At once; the next finger may come before this one has gone."""
        taken = bool(super().on_touch_down(touch))
        if taken and self.pressed:
            self._stage().choose(self.choice)
        return taken

    def on_touch_up(self, touch: Any) -> bool:
        """It has typed already."""
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        self.pressed = False
        return True


class Search(Page):
    """Shows a SearchFace, everything where its plan says."""

    text = StringProperty("")
    hint = StringProperty("")
    note = StringProperty("")
    note_more = StringProperty("")
    where = StringProperty("")
    has_pages = BooleanProperty(False)
    one_button = BooleanProperty(False)

    def fill(self, face: SearchFace) -> None:
        self.text, self.hint = face.text, face.hint
        self.note, self.note_more = face.note, face.note_more
        plan = face.plan
        for name, box in (
            ("field", plan.field),
            ("cards", plan.cards),
            ("pager", plan.pager),
            ("board", plan.keys),
            ("helps", plan.pager),
        ):
            put(self.ids[name], box)
        self.ids.wipe.icon, self.ids.wipe.choice = face.clear.icon, face.clear.choice
        self.ids.cards.columns, self.ids.cards.rows = plan.cells.columns, plan.cells.rows
        for widget, card in zip(pieces(self.ids.cards, len(face.cards), ChoiceCard), face.cards, strict=True):
            widget.show(card, arrow=plan.cells.columns == 1)
        show_buttons(self.ids.helps, face.helps, Help)
        self.has_pages, self.one_button = face.pages is not None, plan.one_button
        self.where = face.pages.where if face.pages else ""
        for widget, button in zip(
            (self.ids.previous, self.ids.next),
            (face.pages.previous, face.pages.next) if face.pages else (None, None),
            strict=True,
        ):
            widget.choice = button.choice if button else None
            if button:
                set_button(widget, button)
        keys = pieces(self.ids.board, len(face.keys), KeyButton)
        for key, wanted in zip(keys, face.keys, strict=True):
            _show_key(key, wanted, face)


def _show_key(key: KeyButton, wanted: SearchKey, face: SearchFace) -> None:
    """Where it stands, in the columns and rows of the keyboard."""
    set_button(key, wanted.button)
    if wanted.button.icon:
        key.label = ""
    board = face.plan.keys
    columns = max(one.column + one.span for one in face.keys)
    rows = 1 + max(one.row for one in face.keys)
    gap = face.plan.gap
    wide = (board.width + gap) / columns
    high = (board.height + gap) / rows
    key.wide = wanted.span > 1.5
    put(
        key,
        Box(
            board.x + wanted.column * wide,
            board.top - (wanted.row + 1) * high + gap,
            wide * wanted.span - gap,
            high - gap,
        ),
    )


Builder.load_file(str(Path(__file__).with_name("search.kv")))
