"""What a clock on the wall says about a hall: whether it has begun, is on a break, or is over. Reckoned in minutes of the day.

A judge's own reckoning: it shares no code with the rules of hub and kiosk (contract.opening), only the hall's files.
"""

from datetime import datetime, timedelta
from typing import Literal

from assets.words import languages, words_of
from contract.names import ServiceId
from contract.opening import Opening
from hub.domain.book import HallBook

Standing = Literal["open", "before", "break", "over", "holiday", "none"]

TOLD = frozenset({"not-begun", "closed", "break", "holiday", "no-services"})
"""Screens that say something a clock can tell."""
BELIEVED_S = (-15, -5, 0, 5, 15, 45, 90, 150)
"""So many seconds ago, or ahead, it may have been true: a word from the hub takes its way, and some are lost on it."""


def standing(opening: Opening, at: datetime) -> Standing:
    """How a service stands at a time of the hall, quotas and officers aside."""
    day, minute = at.strftime("%A").lower(), at.hour * 60 + at.minute
    if any(holiday.on == at.date() for holiday in opening.holidays):
        return "holiday"
    sessions = [session for session in opening.sessions if day in session.days]
    if not sessions:
        return "none"
    ends = [min(_minute(session.ends), _minute(session.last_ticket or session.ends)) for session in sessions]
    spans = [(_minute(session.begins), end) for session, end in zip(sessions, ends, strict=True)]
    if all(minute >= end for _, end in spans):
        return "over"
    if not any(begin <= minute < end for begin, end in spans):
        return "before" if all(minute < begin for begin, _ in spans) else "break"
    pauses = [(_minute(each.begins), _minute(each.ends)) for each in opening.breaks if day in each.days]
    return "break" if any(begin <= minute < end for begin, end in pauses) else "open"


def true_of(book: HallBook, at: datetime) -> frozenset[str]:
    """Which of TOLD are true of the whole hall at a moment."""
    local = at.astimezone(book.zone)
    minute = local.hour * 60 + local.minute
    all_of_them = {standing(service.opening, local) for service in book.services.values()}
    found = set[str]()
    if all_of_them == {"holiday"}:
        found.add("holiday")
    elif all_of_them <= {"holiday", "none"}:
        found.add("no-services")
    elif minute < _minute(book.hall.day_begins):
        found.add("not-begun")
    elif minute >= _minute(book.hall.day_closes) or all_of_them <= {"over", "none", "holiday"}:
        found.add("closed")
    elif "open" not in all_of_them:
        found |= {"break"} & all_of_them
        found |= {"not-begun"} if "before" in all_of_them else set()
    return frozenset(found)


def is_true(screen: str, book: HallBook, at: datetime) -> bool:
    """Whether what this screen says is true now, or was a moment ago. Of what no clock can tell nothing is known: True."""
    if screen not in TOLD:
        return True
    return any(screen in true_of(book, at - timedelta(seconds=seconds)) for seconds in BELIEVED_S)


def is_true_of_service(said: str, book: HallBook, service: ServiceId, at: datetime) -> bool:
    """Whether the reason that a service's page gives is true, or was a moment ago. One that no clock can tell: True."""
    meant = next((standings for text, standings in _REASONS.items() if said.startswith(text)), None)
    if meant is None:
        return True
    moments = [(at - timedelta(seconds=seconds)).astimezone(book.zone) for seconds in BELIEVED_S]
    if meant is _OUTSIDE:
        return any(not _in_hall_hours(book, moment) for moment in moments)
    return any(standing(book.services[service].opening, moment) in meant for moment in moments)


def _in_hall_hours(book: HallBook, at: datetime) -> bool:
    return _minute(book.hall.day_begins) <= at.hour * 60 + at.minute < _minute(book.hall.day_closes)


_OUTSIDE = frozenset[Standing]()
_REASONS: dict[str, frozenset[Standing]] = {
    text: standings
    for words in (words_of(language).kiosk for language in languages())
    for text, standings in (
        (words.why_not_today, frozenset[Standing]({"none", "holiday"})),
        (words.why_before_hours, frozenset[Standing]({"before"})),
        (words.why_after_hours, frozenset[Standing]({"over"})),
        (words.why_last_ticket_passed, frozenset[Standing]({"over"})),
        (words.why_break, frozenset[Standing]({"break"})),
        (words.why_hall_closed, _OUTSIDE),
    )
}
"""What each text says of a service's hours; _OUTSIDE: that the hall's own day is not on."""


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
