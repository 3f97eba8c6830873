"""How a hall day turns: it begins at `day_begins` and closes at `day_closes` of the hall's own local date.

What waits when the day closes becomes unserved; free counters close; nobody in an officer's hands is thrown out.
A hub that was off when the day should have turned makes up for it at its first look at the clock.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from contract.numbering import hall_day, moment_of
from hub.domain.book import HallBook
from hub.domain.busyness import past_days
from hub.domain.facts import CounterClosed, DayBegan, DayClosed, Fact, Unserved
from hub.domain.hall import HallState, carried

A_STEP = timedelta(seconds=1)
"""Time services set a clock back by such steps (ntpd from 0.128 s on, chrony at its start): no reason to send visitors away."""


def held(state: HallState, now: datetime) -> datetime:
    """`now`, or the moment of the last fact where the clock stands before it by less than A_STEP: it is held still so long."""
    last = state.last_at
    return last if last is not None and now < last <= now + A_STEP else now


def clock_is_behind(state: HallState, now: datetime) -> bool:
    """Whether the clock stands before the last fact: nothing can be decided then."""
    return state.last_at is not None and now < state.last_at


def close(state: HallState, book: HallBook, now: datetime) -> tuple[Fact, ...]:
    """The facts that end the day if it is over at `now`; none if it is not."""
    if state.day is None or not state.day_open or clock_is_behind(state, now):
        return ()
    if now < moment_of(state.day, book.hall.day_closes, book.zone):
        return ()
    waiting = tuple(Unserved(at=now, ticket=place[2]) for places in state.waiting.values() for place in places)
    free = tuple(
        CounterClosed(at=now, counter=counter.id)
        for counter in state.counters.values()
        if counter.state in {"open", "paused"}
    )
    return (*waiting, *free, DayClosed(at=now, day=state.day))


def give_up(state: HallState, book: HallBook, now: datetime) -> tuple[Fact, ...]:
    """The facts that end, once the day has closed, what is in hand at counters that the hall no longer has.

    Until then somebody may put the counter back into the hall's file; nobody could act at it, so its ticket is unserved.
    """
    if state.day_open or clock_is_behind(state, now):
        return ()
    held = ((counter.id, counter.ticket) for counter in state.counters.values() if counter.id not in book.counters)
    facts: list[Fact] = []
    for counter, ticket in held:
        if ticket is not None:
            facts += (Unserved(at=now, ticket=ticket, counter=counter), CounterClosed(at=now, counter=counter))
    return tuple(facts)


def begin(state: HallState, book: HallBook, now: datetime) -> tuple[Fact, ...]:
    """The fact that a new day begins, if it is time and the old one is closed."""
    if state.day_open or clock_is_behind(state, now):
        return ()
    today = hall_day(now, book.zone)
    if state.day is not None and today <= state.day:
        return ()
    begins = moment_of(today, book.hall.day_begins, book.zone)
    if not begins <= now < moment_of(today, book.hall.day_closes, book.zone):
        return ()
    goes_on = replace(carried(state, now), past=past_days(state, book))
    return (DayBegan(at=now, day=today, carried=goes_on),)
