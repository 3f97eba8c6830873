"""One visit, several services: which ones a visitor wants, and what came of asking for each. Pure.

What is wanted is read off the way that the visitor came: every service on it that was looked at and not turned away from.
So Back takes a service off the list as it takes everything back, and home forgets all. No number is asked for before the
list is whole: then one after another, the later naming the first one's ticket, and one paper for all.
"""

from typing import get_args

from contract.names import RequestId, ServiceId
from contract.tickets import Need, TicketIssued
from kiosk.places import AtService, Place
from kiosk.state import Visit

NEEDS: tuple[Need, ...] = get_args(Need)

MOST_SERVICES = 4
"""So many numbers stand on one paper and on one screen."""


def wanted(trail: tuple[Place, ...]) -> tuple[ServiceId, ...]:
    """The services that this visitor wants by now, in the order in which they were chosen; each once."""
    services = dict.fromkeys(place.service for place in trail if isinstance(place, AtService))
    return tuple(services)[:MOST_SERVICES]


def may_add(trail: tuple[Place, ...]) -> bool:
    """Whether another service can be put to those that are wanted."""
    return 0 < len(wanted(trail)) < MOST_SERVICES


def numbered(request: RequestId, place: int) -> RequestId:
    """The id of a visit's request: the first has the visit's own, so that a visit of one service is nothing special."""
    return request if place == 1 else RequestId(f"{request}.{place}")


def head_of(visit: Visit) -> TicketIssued | None:
    """The first number that came, by which the others of the visit go."""
    return visit.issued[0] if visit.issued else None


def toggled(needs: tuple[Need, ...], need: Need) -> tuple[Need, ...]:
    """A need more, or this one no longer; always in one order, whatever the order of touches."""
    chosen = {*needs} ^ {need}
    return tuple(one for one in NEEDS if one in chosen)
