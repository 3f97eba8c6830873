"""Several numbers of one visit, each with its service and place, and what was not to be had with its reason."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.faces import NumberRow, TicketsFace
from kiosk.screens.page import Page, pieces, set_button, unparted
from kiosk.shape import is_brief
from ui.widgets import Card

ROOMY = 2
"""So many numbers have room for whole sentences in large letters."""


class NumberCard(Card):
    """One number."""

    number = StringProperty("")
    spelled = StringProperty("")
    service = StringProperty("")
    where = StringProperty("")
    when = StringProperty("")
    note = BooleanProperty(False)

    def show(self, row: NumberRow, *, note: bool, brief: bool, cramped: bool) -> None:
        """`note`: there is no paper, the number must be noted; `brief`: there is little room, `cramped`: very little."""
        self.number, self.spelled, self.note = row.number, unparted(row.spelled), note
        self.service, self.where = row.service, row.zone if cramped else row.where
        self.when = row.brief if brief else row.when


class MissedCard(Card):
    """A service that was not had, and why."""

    service = StringProperty("")
    why = StringProperty("")


class Tickets(Page):
    """Shows a TicketsFace."""

    title = StringProperty("")
    text = StringProperty("")
    note = BooleanProperty(False)
    count = NumericProperty(1)
    missed_count = NumericProperty(0)
    brief = BooleanProperty(False)
    """Whether letters are large and the panel is small."""

    def fill(self, face: TicketsFace) -> None:
        self.title, self.text, self.note = face.title, face.text, face.note
        self.count, self.missed_count = len(face.rows), len(face.missed)
        self.brief = is_brief(face.frame.shape)
        for card, row in zip(pieces(self.ids.numbers, len(face.rows), NumberCard), face.rows, strict=True):
            card.show(
                row,
                note=face.note,
                brief=len(face.rows) > ROOMY and bool(self.growth or self.landscape),
                cramped=self.brief and (len(face.rows) > ROOMY or (self.landscape and face.note)),
            )
        for card, line in zip(pieces(self.ids.missed, len(face.missed), MissedCard), face.missed, strict=True):
            card.service, card.why = line.text, line.note
        set_button(self.ids.done, face.done)
        set_button(self.ids.cancel, face.cancel)


Builder.load_file(str(Path(__file__).with_name("tickets.kv")))
