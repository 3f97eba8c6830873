"""A ticket's paper: what is on it, drawn as the printer prints it, and the same dots for the screen.

Knows the paper's layout, no printer and no screen.
"""

from PIL import Image

from contract.names import DeviceId
from contract.tickets import IssuedTicket
from kiosk.faces import Slip
from kiosk.offline import is_own
from kiosk.printing.blocks import Paper
from kiosk.printing.layout import TicketLayout
from kiosk.printing.paper import Entry, paper_of
from kiosk.state import State, service_of


def paper_for(
    tickets: tuple[IssuedTicket, ...], state: State, kiosk: DeviceId, layout: TicketLayout, *, copy: int = 1
) -> Paper | None:
    """What is on the paper of one visit's tickets; None where the hall knows none of their services (any more)."""
    if state.hall is None:
        return None
    entries = tuple(entry for ticket in tickets if (entry := _entry(ticket, state)) is not None)
    return paper_of(entries, state.hall, kiosk=kiosk, layout=layout, copy=copy) if entries else None


def _entry(ticket: IssuedTicket, state: State) -> Entry | None:
    found = service_of(state, ticket.service)
    if found is None or state.hall is None:
        return None
    agency_id, service = found
    agency = next((one for one in state.hall.agencies if one.id == agency_id), None)
    return None if agency is None else Entry(ticket, agency, service, ahead_known=not is_own(ticket))


def slip_of(picture: Image.Image) -> Slip:
    """The picture's dots, for the screen."""
    return Slip(picture.width, picture.height, picture.convert("L").tobytes())
