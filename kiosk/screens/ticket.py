"""The number: large, spelled, with its place; and where its paper comes out, or what to do without one."""

from pathlib import Path

from kivy.animation import Animation
from kivy.graphics.texture import Texture
from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.stencilview import StencilView
from kivy.uix.widget import Widget
from qrcode.main import QRCode

from kiosk.faces import Slip, TicketFace
from kiosk.screens.page import Page, pieces, put, set_button, unparted
from kiosk.screens.service import StatCard, arrange_stats
from kiosk.ticketplan import TicketPlan
from ui.theme import theme

SLIDE_S = 0.9
"""How long the paper takes to come out; it simply lies there where contrast counts and motion does not."""


class TicketStat(StatCard):
    """A number of the ticket, in the middle of its card."""


class Code(Widget):
    """A QR code of `text`, drawn dot by dot so that it is sharp; empty for no text."""

    text = StringProperty("")
    texture = ObjectProperty(None, allownone=True)

    def on_text(self, _: object, text: str) -> None:
        if not text:
            self.texture = None
            return
        code = QRCode(border=2)
        code.add_data(text)
        code.make()
        rows = code.get_matrix()
        self.texture = _texture(len(rows), len(rows), bytes(0 if dark else 255 for row in rows for dark in row))


class Paper(StencilView):
    """The ticket's paper as it comes out of the slot below: the very dots that are printed. `out` is 0 to 1."""

    slip = ObjectProperty(None, allownone=True)
    texture = ObjectProperty(None, allownone=True)
    ratio = NumericProperty(0)
    out = NumericProperty(0)

    def show(self, slip: Slip | None) -> None:
        """A new paper slides out; the same one stays as it is."""
        if slip == self.slip:
            return
        self.slip = slip
        Animation.cancel_all(self)
        if slip is None:
            self.texture, self.out = None, 0
            return
        self.texture, self.ratio = _texture(slip.width, slip.height, slip.dots), slip.height / slip.width
        self.out = 0
        if theme.high_contrast:
            self.out = 1
        else:
            Animation(out=1, duration=SLIDE_S, t="out_cubic").start(self)


class Ticket(Page):
    """Shows a TicketFace."""

    title = StringProperty("")
    text = StringProperty("")
    label = StringProperty("")
    number = StringProperty("")
    spelled = StringProperty("")
    service = StringProperty("")
    where = StringProperty("")
    follow_title = StringProperty("")
    follow_text = StringProperty("")
    follow_url = StringProperty("")
    note = BooleanProperty(False)
    has_paper = BooleanProperty(False)
    must = BooleanProperty(False)
    """Whether the sentence above must stay: it says what to do."""

    def fill(self, face: TicketFace) -> None:
        self.title, self.text, self.note = face.title, face.text, face.note
        self.label, self.number, self.spelled = face.label, face.number, unparted(face.spelled)
        self.service, self.where = face.service, face.where
        self.follow_title, self.follow_text, self.follow_url = face.follow_title, face.follow_text, face.follow_url
        self.has_paper = face.slip is not None
        self.must = face.note
        self.ids.paper.show(face.slip)
        for widget, stat in zip(pieces(self.ids.stats, len(face.stats), TicketStat), face.stats, strict=True):
            widget.label, widget.value = stat.label, stat.value
        set_button(self.ids.done, face.done)
        set_button(self.ids.cancel, face.cancel)
        self.place(face.plan)

    def place(self, plan: TicketPlan) -> None:
        """Everything where the plan says."""
        for name in ("words", "card", "label", "number", "spelled", "service", "where", "stats", "follow", "arrow"):
            put(self.ids[name], getattr(plan, name))
        for name, box in (("paper_room", plan.paper), ("cancel", plan.cancel), ("done", plan.done)):
            put(self.ids[name], box)
        arrange_stats(self.ids.stats, plan.counts)


def _texture(width: int, height: int, dots: bytes) -> Texture:
    """A texture of bytes, one per dot, the first row on top."""
    texture = Texture.create(size=(width, height), colorfmt="luminance")
    texture.mag_filter = "nearest"
    texture.min_filter = "linear"
    texture.blit_buffer(dots, colorfmt="luminance", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


Builder.load_file(str(Path(__file__).with_name("ticket.kv")))
