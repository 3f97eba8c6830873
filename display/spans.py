"""Hours of the day as settings name them: from a minute until before another, on some days, perhaps over midnight. Pure.

A span that ends before it begins goes over midnight, and is of the day that it begins on. One of no length never holds.
"""

from datetime import date, datetime, timedelta

from contract.names import ClockTime
from contract.opening import WEEKDAYS, Weekday


def day_of(here: datetime, begins: ClockTime, ends: ClockTime) -> date | None:
    """The day that the span began on which holds at the hall's own time `here`; None: it does not hold."""
    clock, today = f"{here:%H:%M}", here.date()
    if begins <= ends:
        return today if begins <= clock < ends else None
    if clock >= begins:
        return today
    return today - timedelta(days=1) if clock < ends else None


def is_on(day: date, days: tuple[Weekday, ...]) -> bool:
    """Whether a day is one of these weekdays; none named are all of them."""
    return not days or WEEKDAYS[day.weekday()] in days


def holds(here: datetime, begins: ClockTime, ends: ClockTime, days: tuple[Weekday, ...] = ()) -> bool:
    """Whether a span holds at the hall's own time."""
    day = day_of(here, begins, ends)
    return day is not None and is_on(day, days)
