"""A kiosk that was lent numbers and gives them while the hub is away, for its tests."""

from contract.tickets import NumberBlock, OfflineNumbers, TicketRequested
from kiosk import choices
from kiosk.happenings import HubSaid, Print
from kiosk.places import Refusal
from tests.unit.kiosk_visit import Visit

TODAY = "2026-11-25"


def numbers(
    block: str = "b-1", *, day: str = TODAY, installation: str = "", first: int = 501, size: int = 3
) -> OfflineNumbers:
    return OfflineNumbers(day, block, installation, {"K": NumberBlock(first, first + size - 1)})


def alone(visit: Visit | None = None, lent: OfflineNumbers | None = None) -> Visit:
    """A kiosk that was lent numbers and has not heard the hub for a while."""
    visit = visit or Visit()
    visit.happen(HubSaid(lent or numbers(), retained=True))
    visit.wait(13, hub=False)
    visit.effects.clear()
    return visit


def take(visit: Visit) -> TicketRequested:
    """A visitor takes a number; what the hub will be told of it."""
    visit.to_service()
    visit.choose(choices.Take("regular"))
    given: TicketRequested = visit.did(Print)[-1].given[0]
    return given


def why_not(visit: Visit) -> str:
    visit.to_service()
    visit.choose(choices.Take("regular"))
    place = visit.state.place
    assert isinstance(place, Refusal)
    assert visit.did(Print) == []
    return place.reason
