"""What the hub told of a number: the ticket's own screen, with the state in words above and no paper below."""

from kiosk.faces import Button, CheckedFace
from kiosk.screens.page import pieces, set_button, unparted
from kiosk.screens.ticket import Ticket, TicketStat


class Checked(Ticket):
    """Shows a CheckedFace."""

    def fill(self, face: CheckedFace) -> None:  # type: ignore[override]
        self.title, self.text = face.title, face.text
        self.label, self.number, self.spelled = face.label, face.number, unparted(face.spelled)
        self.service, self.where = face.service, face.where
        for widget, stat in zip(pieces(self.ids.stats, len(face.stats), TicketStat), face.stats, strict=True):
            widget.label, widget.value = stat.label, stat.value
        set_button(self.ids.done, face.done)
        set_button(self.ids.cancel, face.cancel or Button("", None))
        self.place(face.plan)
