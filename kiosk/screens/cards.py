"""A page of cards to choose from: errands and agencies, or services. What cannot be had stays, dashed, with its reason."""

from pathlib import Path

from kivy.lang import Builder
from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.faces import Button, Card, ListFace
from kiosk.room import chip_high, pager_high, pager_in_title, pager_wide, search_beside
from kiosk.screens.page import Page, pieces, set_button, show_buttons
from ui.widgets import ActButton, TouchCard


class Chip(ActButton):
    """An errand in a word or two."""


class SearchField(TouchCard):
    """Looks like what it leads to: a field to type in."""

    icon = StringProperty("")
    label = StringProperty("")


class ChoiceCard(TouchCard):
    """An agency or a service: icon, name, what it is for, and how many wait or why it cannot be had."""

    icon = StringProperty("")
    title = StringProperty("")
    about = StringProperty("")
    remark = StringProperty("")
    can = BooleanProperty(True)
    arrow = BooleanProperty(False)

    def show(self, card: Card, *, arrow: bool) -> None:
        """Set what this card says."""
        self.icon, self.title, self.about, self.remark = card.icon, card.title, card.about, card.remark
        self.can, self.choice, self.arrow = card.can, card.choice, arrow


class Cards(Page):
    """Shows a ListFace. Cards keep their size on a page that is not full."""

    title = StringProperty("")
    above = StringProperty("")
    above_icon = StringProperty("")
    heading = StringProperty("")
    where = StringProperty("")
    nothing = StringProperty("")
    chip_rows = NumericProperty(0)
    rows = NumericProperty(5)
    columns = NumericProperty(2)
    chip_columns = NumericProperty(4)
    has_pages = BooleanProperty(False)
    beside = BooleanProperty(False)
    """Whether the buttons between pages stand beside the heading: on a lying panel height is dear."""
    in_title = BooleanProperty(False)
    """Whether they stand beside the title, for the same reason."""
    pager_width = NumericProperty(100)
    pager_high = NumericProperty(100)
    chip_high = NumericProperty(100)
    search_beside = BooleanProperty(False)
    """Whether the search stands beside the title, for the same reason."""

    def fill(self, face: ListFace) -> None:
        self.title, self.above, self.above_icon = face.title, face.above, face.above_icon
        self.heading, self.nothing = face.heading, face.nothing
        self.rows, self.columns = face.rows, face.columns
        self.chip_columns = max(1, face.chip_columns)
        self.chip_rows = -(-len(face.chips) // self.chip_columns)
        self.beside = self.landscape and bool(face.heading)
        self.pager_high, self.chip_high = dp(pager_high(face.frame.shape)), dp(chip_high(face.frame.shape))
        title = face.title if face.screen != "errands" else ""
        self.in_title = face.pages is not None and pager_in_title(face.frame.shape, title)
        self.pager_width = dp(pager_wide(face.frame.shape, face.heading, title))
        self.search_beside = face.search is not None and search_beside(face.frame.shape)
        set_button(self.ids.search, face.search or Button("", None))
        show_buttons(self.ids.chips, face.chips, Chip)
        for widget, card in zip(pieces(self.ids.cards, len(face.cards), ChoiceCard), face.cards, strict=True):
            widget.show(card, arrow=face.columns == 1)
        self.has_pages = face.pages is not None
        if face.pages is not None:
            self.where = face.pages.where
            set_button(self.ids.previous, face.pages.previous)
            set_button(self.ids.next, face.pages.next)
        else:
            self.ids.previous.choice = self.ids.next.choice = None


Builder.load_file(str(Path(__file__).with_name("cards.kv")))
