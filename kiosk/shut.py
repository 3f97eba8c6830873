"""The first screen while nothing can be had in the whole hall: before its day, after it, on a holiday, in a break. Pure.

Whoever comes then is told before looking for a service; what there is can still be looked at.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.words import Words
from contract.numbering import moment_of
from contract.opening import hall_open
from contract.reasons import WhyClosed
from kiosk.closing import break_of, holiday_of
from kiosk.standing import Standing, hall_hours, standings_in
from kiosk.state import State
from kiosk.wording import said, when

MAY_COME_BACK = frozenset({WhyClosed.PAUSED, WhyClosed.NO_OFFICER, None})
"""With one of these anywhere the hall is not shut: an officer may open at any minute."""


class Shut(Struct, frozen=True):
    """Why the whole hall gives no numbers: the screen's name, its title, and what else is said."""

    screen: str
    icon: str
    title: str
    sentences: tuple[str, ...] = ()


def shut_of(state: State, words: Words, now: datetime | None) -> Shut | None:
    """None while something can be had, or may be at any minute."""
    if now is None or state.hall is None:
        return None
    standings = [one for agency in state.agencies for one in standings_in(state, agency, now)]
    found = _hall(state, now, words) or _services(state, standings, now, words)
    if found is None:
        return None
    opens = min((one.until for one in standings if one.until is not None and one.until > now), default=None)
    again = words.kiosk.closed_until.format(when=when(opens, now, words)) if opens else ""
    sentences = filter(None, (*found.sentences, again, words.kiosk.closed_text))
    return Shut(found.screen, found.icon, found.title, tuple(sentences))


def _hall(state: State, now: datetime, words: Words) -> Shut | None:
    """By the hall's own day, whatever was last said of its services."""
    assert state.hall is not None  # noqa: S101 - asked by the only caller
    hours = hall_hours(state.hall)
    if hall_open(hours, now).open:
        return None
    begins = moment_of(now.date(), hours.begins, ZoneInfo(state.hall.time_zone))
    if now < begins and not _is_holiday(state, now):
        return Shut("not-begun", "clock-outline", words.kiosk.not_begun_title)
    if now < begins:
        return _holiday(state, now, words)
    return Shut("closed", "clock-outline", words.kiosk.closed_title)


def _services(  # noqa: PLR0911 - one line for each state
    state: State, standings: list[Standing], now: datetime, words: Words
) -> Shut | None:
    """By what its services say, where not one of them gives numbers."""
    kiosk = words.kiosk
    if not standings or any(one.open or one.why_closed in MAY_COME_BACK for one in standings):
        return None
    reasons = {one.why_closed for one in standings}
    if reasons == {WhyClosed.HALL_CLOSED}:
        return Shut("day-not-open", "timer-sand", kiosk.day_not_open_title, (kiosk.day_not_open_text,))
    today = reasons - {WhyClosed.NOT_TODAY}
    if not today:
        return _holiday(state, now, words) or Shut("no-services", "calendar-remove", kiosk.no_services_title)
    if WhyClosed.BREAK in today:
        return Shut("break", "coffee-outline", kiosk.break_title, _break(state, now, words))
    if WhyClosed.BEFORE_HOURS in today:
        return Shut("not-begun", "clock-outline", kiosk.not_begun_title)
    if today == {WhyClosed.AFTER_HOURS}:
        return Shut("closed", "clock-outline", kiosk.closed_title)
    return Shut("no-numbers", "ticket-confirmation-outline", kiosk.no_numbers_title, (kiosk.no_numbers_text,))


def _is_holiday(state: State, now: datetime) -> bool:
    """Whether it is one for all services."""
    services = [service for agency in state.agencies.values() for service in agency.services]
    return bool(services) and all(holiday_of(service.opening, now) is not None for service in services)


def _holiday(state: State, now: datetime, words: Words) -> Shut | None:
    if not _is_holiday(state, now):
        return None
    service = next(service for agency in state.agencies.values() for service in agency.services)
    name = said(holiday_of(service.opening, now) or {}, words)
    text = words.kiosk.holiday_text.format(name=name)
    return Shut("holiday", "calendar-star", words.kiosk.holiday_title, (text,) if name else ())


def _break(state: State, now: datetime, words: Words) -> tuple[str, ...]:
    """The name of the break that most of the hall has."""
    for agency in state.agencies.values():
        for service in agency.services:
            pause = break_of(service.opening, now)
            if pause is not None:
                return (f"{said(pause.name, words)}.",)
    return ()
