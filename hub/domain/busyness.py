"""How busy each agency was lately: the numbers that it gave over the hall's last thirty days before today.

Carried from day to day in the fact that a day began, so that a replay need not look at what is older. Pure.
"""

from collections import Counter
from collections.abc import Sequence

from contract.names import AgencyId
from hub.domain.book import HallBook
from hub.domain.hall import HallState
from hub.domain.things import PastDay

DAYS = 30
"""Hall days, not days of the calendar: a week that was closed changes nothing."""


def past_days(state: HallState, book: HallBook) -> tuple[PastDay, ...]:
    """The last DAYS days as of the end of the state's day, the oldest first. Services that the hall lost count no more."""
    if state.day is None:
        return state.past
    given: Counter[AgencyId] = Counter()
    for service, count in state.given.items():
        agency = book.agency_of.get(service)
        if agency is not None and count > 0:
            given[agency] += count
    return (*state.past, PastDay(state.day, dict(given)))[-DAYS:]


def given_lately(past: Sequence[PastDay], agency: AgencyId) -> int:
    """Numbers that an agency gave over these days."""
    return sum(day.given.get(agency, 0) for day in past)
