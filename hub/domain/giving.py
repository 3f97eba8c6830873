"""How the state takes in that numbers were given, by the hub or by a kiosk, and that blocks of them were lent.

A part of `hub.domain.hall.evolve`, which alone calls it.
"""

from bisect import insort

from msgspec.structs import replace

from contract.names import ServiceId
from hub.domain.facts import BlockLent, BlockRetired, Issued
from hub.domain.hall_state import HallState
from hub.domain.things import Block, Ticket, UsedNumber


def take_issued(state: HallState, fact: Issued) -> None:
    """A number of this day counts and waits; one of an earlier day only waits, for the fact that ends it."""
    order = len(state.numbers) + 1
    issued_at = fact.issued_at or fact.at
    state.tickets[fact.ticket] = Ticket(
        id=fact.ticket,
        number=fact.number,
        service=fact.service,
        visitor=fact.visitor,
        needs=fact.needs,
        language=fact.language,
        zone=fact.zone,
        issued_at=issued_at,
        order=order,
        ahead=fact.ahead,
        device=fact.device,
        request=fact.request,
        expires_at=fact.expires_at,
        session=fact.session,
        visit=fact.visit,
        code=fact.code,
        block=fact.block,
    )
    state.requests[fact.device, fact.request] = fact.ticket
    if fact.block is not None:
        used = UsedNumber(fact.block, fact.number, fact.request, fact.ticket, issued_at, fact.ahead, fact.visit)
        assert (fact.block, fact.number) not in state.used, fact.number  # noqa: S101 - promise 1: no number twice
        state.used[fact.block, fact.number] = used
    if fact.block is None or state.blocks[fact.block].day == state.day:
        assert fact.number not in state.numbers, fact.number  # noqa: S101 - promise 1: no number twice in a hall day
        state.numbers[fact.number] = fact.ticket
        count_given(state, fact.service, fact.session, 1)
    if fact.block is None:
        state.last_count[fact.prefix] = fact.count
    insort(state.waiting.setdefault(fact.service, []), (issued_at, order, fact.ticket))


def take_block(state: HallState, fact: BlockLent | BlockRetired) -> None:
    """Lent, or retired; a retired one stays known, for what was given of it before."""
    if isinstance(fact, BlockLent):
        state.blocks[fact.block] = Block(
            name=fact.block,
            device=fact.device,
            installation=fact.installation,
            day=fact.day,
            first=fact.first,
            last=fact.last,
            prefixes=fact.prefixes,
            lent_at=fact.at,
        )
    else:
        state.blocks[fact.block] = replace(state.blocks[fact.block], retired_at=fact.at)


def count_given(state: HallState, service: ServiceId, session: str | None, change: int) -> None:
    """So many more numbers of a service count against its quotas."""
    state.given[service] = state.given.get(service, 0) + change
    if session is not None:
        key = (service, session)
        state.given_in_session[key] = state.given_in_session.get(key, 0) + change
