"""What is kept of each number that a kiosk gave of its own, until the hub has answered for it. Pure data and reckoning on it.

A counterfoil begins when the number is told. The hub's answer and the end of the printing come in any order; with both the
paper can be reported under the id that the hub gave the ticket. A number that was given back is given back once the hub has it.
"""

from msgspec import Struct
from msgspec.structs import replace

from contract.catalogue import Message
from contract.names import RequestId, TicketId
from contract.reasons import WhyRefused
from contract.tickets import PrintOutcome, TicketAbandoned, TicketPrinted, TicketRequested

FOR_GOOD = (WhyRefused.NOT_ALLOWED, WhyRefused.EXPIRED, WhyRefused.UNKNOWN_SERVICE, WhyRefused.BROKEN_MESSAGE)
"""Refusals of a number that was given already which saying it again will not change."""


class Counterfoil(Struct, frozen=True):
    """`request` is what the hub is told. `ticket`: the hub's answer; `outcome`: the paper's; `back`: given back since."""

    request: TicketRequested
    ticket: TicketId | None = None
    outcome: PrintOutcome | None = None
    detail: str = ""
    back: bool = False

    @property
    def key(self) -> RequestId:
        return RequestId(self.request.request)


def unsaid(foil: Counterfoil) -> Message | None:
    """What the hub must still hear of it: the number itself, until it has answered."""
    return foil.request if foil.ticket is None else None


def printed(foil: Counterfoil, outcome: PrintOutcome, detail: str) -> Counterfoil:
    """Its paper came out, or did not."""
    return replace(foil, outcome=outcome, detail=detail)


def ending(foil: Counterfoil) -> TicketAbandoned | TicketPrinted | None:
    """What is to be said last of it; None while the hub's answer or the paper's is missing."""
    if foil.ticket is None:
        return None
    if foil.back:
        return TicketAbandoned(foil.key)
    return None if foil.outcome is None else TicketPrinted(foil.ticket, foil.outcome, detail=foil.detail)
