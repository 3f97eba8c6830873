"""Who waits, in what order, and how many are ahead. First come, first served over all that a counter takes.

It only reads the state; the order of issue within a service is kept by `hall.evolve`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge

from contract.names import ServiceId, TicketId
from hub.domain.book import HallBook
from hub.domain.hall_state import HallState, Place
from hub.domain.things import Ticket


def first_of(state: HallState, services: Sequence[ServiceId]) -> TicketId | None:
    """The ticket that has waited longest for one of these services."""
    heads = [places[0] for service in services if (places := state.waiting.get(service))]
    return min(heads)[2] if heads else None


def first_of_visit(state: HallState, visit: TicketId | None) -> TicketId | None:
    """The ticket that a visit goes by: the first of it, also where a later one is named; None for one that is not of today."""
    named = state.tickets.get(visit) if visit is not None else None
    return None if named is None else named.visit or named.id


def in_order(state: HallState, services: Sequence[ServiceId]) -> Iterator[Ticket]:
    """All who wait for these services, longest first."""
    lists = [places for service in services if (places := state.waiting.get(service))]
    return (state.tickets[place[2]] for place in merge(*lists))


def count_of(state: HallState, services: Sequence[ServiceId]) -> int:
    """How many wait for these services."""
    return sum(len(state.waiting.get(service, ())) for service in services)


def ahead_of(state: HallState, book: HallBook, service: ServiceId, ticket: Ticket | None = None) -> int:
    """People before a waiting ticket, or before one that would be issued now.

    Those count who came earlier for any service that shares a counter with this one: they may all be called first.
    """
    if ticket is None:
        return count_of(state, book.shared.get(service, (service,)))
    return ahead_at(state, book, service, (ticket.issued_at, ticket.order, ticket.id))


def ahead_at(state: HallState, book: HallBook, service: ServiceId, place: Place) -> int:
    """People before a place in the order of issue, whether or not anybody stands there."""
    return sum(bisect_left(state.waiting.get(shared, []), place) for shared in book.shared.get(service, (service,)))
