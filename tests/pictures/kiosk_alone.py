"""Screens of a kiosk that goes on without the hub: the welcome, a service, numbers of its own, and that there are no more."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from contract.names import RequestId, TicketId
from contract.tickets import IssuedTicket, NumberBlock, TicketIssued
from kiosk.offline import HERE
from kiosk.places import AtService, Place, Refusal, Taking
from kiosk.reserve import Reserve
from kiosk.state import State, Told

RESERVE = Reserve("i-1", "2026-11-25", "2026-11-25/kiosk-1/1", dict.fromkeys("KFX", NumberBlock(501, 550)))


def alone(
    state_at: Callable[..., State], ticket: Callable[..., IssuedTicket], errands: Place, service: AtService
) -> dict[str, State]:
    """Some thirteen seconds after the hub was heard last."""

    def at(*trail: Place, **more: Any) -> State:
        return replace(state_at(*trail), at=13.0, reserve=RESERVE, installation="i-1", **more)

    def own(request: str, number: IssuedTicket) -> IssuedTicket:
        issued_at: datetime = number.issued_at
        return replace(number, id=TicketId(f"{request}{HERE}"), ahead=0, wait_min=None, issued_at=issued_at)

    one, other = RequestId("r-1"), RequestId("r-1.2")
    told = Told(one, own(one, ticket(501)), "printed", "ready", given=(one,))
    second = TicketIssued(other, own(other, replace(ticket(501, "paspor-baru"), number="X501")))
    return {
        "welcome-alone": at(),
        "service-alone": at(errands, service),
        "ticket-own": at(Taking(), told=told),
        "tickets-own": at(Taking(), told=replace(told, more=(second,), given=(one, other))),
        "numbers-used-up": at(errands, service, Refusal("numbers-used-up")),
    }
