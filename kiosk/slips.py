"""A ticket's paper as a picture: for the printer as it prints, for the screen as its dots.

Knows the paper's layout, no printer and no screen.
"""

from PIL import Image

from contract.names import DeviceId
from contract.tickets import IssuedTicket
from kiosk.faces import Slip
from kiosk.printing.layout import TicketLayout
from kiosk.printing.paper import paper_of
from kiosk.printing.picture import draw
from kiosk.state import State, service_of


def slip_of(
    ticket: IssuedTicket, state: State, kiosk: DeviceId, layout: TicketLayout
) -> tuple[Image.Image, Slip] | None:
    """The picture to print and the same for the screen; None where the hall does not know this service (any more)."""
    found = service_of(state, ticket.service)
    if found is None or state.hall is None:
        return None
    agency_id, service = found
    agency = next((one for one in state.hall.agencies if one.id == agency_id), None)
    if agency is None:
        return None
    picture = draw(paper_of(ticket, state.hall, agency, service, kiosk=kiosk, layout=layout))
    return picture, Slip(picture.width, picture.height, picture.convert("L").tobytes())
