"""A ticket's paper: what is on it, drawn as the printer prints it, and the same dots for the screen.

Knows the paper's layout, no printer and no screen.
"""

from PIL import Image

from contract.names import DeviceId
from contract.tickets import IssuedTicket
from kiosk.faces import Slip
from kiosk.printing.blocks import Paper
from kiosk.printing.layout import TicketLayout
from kiosk.printing.paper import paper_of
from kiosk.state import State, service_of


def paper_for(ticket: IssuedTicket, state: State, kiosk: DeviceId, layout: TicketLayout) -> Paper | None:
    """What is on the ticket's paper; None where the hall does not know this service (any more)."""
    found = service_of(state, ticket.service)
    if found is None or state.hall is None:
        return None
    agency_id, service = found
    agency = next((one for one in state.hall.agencies if one.id == agency_id), None)
    if agency is None:
        return None
    return paper_of(ticket, state.hall, agency, service, kiosk=kiosk, layout=layout)


def slip_of(picture: Image.Image) -> Slip:
    """The picture's dots, for the screen."""
    return Slip(picture.width, picture.height, picture.convert("L").tobytes())
