"""Days and times as people read them, per language; the words are data (`[dates]` of the language files).

Knows no clock: the day or the moment is passed in, in the hall's own time zone.
"""

from datetime import date, datetime, time

from assets.words import words_of
from contract.names import Language


def long_date(day: date, language: Language) -> str:
    """As in "Rabu, 25 November 2026"."""
    return _filled(words_of(language).dates.long, day, language)


def day_date(day: date, language: Language) -> str:
    """As in "Rabu, 25 November": where the year is plain."""
    return _filled(words_of(language).dates.day, day, language)


def short_date(day: date, language: Language) -> str:
    """As in "25-11-2026"."""
    return _filled(words_of(language).dates.short, day, language)


def weekday_name(day: date, language: Language) -> str:
    """As in "Rabu"."""
    return words_of(language).dates.weekdays[day.weekday()]


def clock(at: datetime | time | str, language: Language) -> str:
    """As in "08.12" in Indonesian, "08:12" in English. A str is a time of the hall's day as settings have it ("24:00" too)."""
    if isinstance(at, str):
        hour, minute = (int(part) for part in at.split(":"))
    else:
        hour, minute = at.hour, at.minute
    return words_of(language).dates.clock.format(hour=hour, minute=minute)


def clock_span(first: datetime | time | str, last: datetime | time | str, language: Language) -> str:
    """As in "08.40–08.55"."""
    return words_of(language).dates.span.format(first=clock(first, language), last=clock(last, language))


def zone_name(at: datetime) -> str:
    """As in "WITA": the short name of an aware moment's own zone; empty for a naive one."""
    return at.tzname() or ""


def _filled(form: str, day: date, language: Language) -> str:
    return form.format(
        weekday=weekday_name(day, language),
        day=day.day,
        month=words_of(language).dates.months[day.month - 1],
        month_number=day.month,
        year=day.year,
    )
