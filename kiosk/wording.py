"""Small phrases that several screens need: when something opens, why it is closed, which counters, how many. Pure."""

from collections.abc import Iterable
from datetime import datetime

from assets import dates, places
from assets.kiosk_words import KioskWords
from assets.places import counters_phrase
from assets.words import Words
from contract.halls import Hall
from contract.names import Language, ServiceId, Text
from contract.reasons import WhyClosed
from kiosk.standing import Standing
from kiosk.state import State, service_of


def said(text: Text, words: Words) -> str:
    """A hall's own text in the language of these words, else in its first; empty where there is none."""
    return places.said(text, words.language.code)


def names_of(state: State, services: Iterable[ServiceId], words: Words) -> str:
    """As in "Kartu Keluarga, Paspor baru"."""
    found = (service_of(state, service) for service in services)
    return ", ".join(said(one[1].name, words) for one in found if one)


def when(until: datetime, now: datetime, words: Words) -> str:
    """As in "13.00", "Besok, 08.00", "Kamis, 08.00", "2 Desember, 08.00"."""
    language = Language(words.language.code)
    until = until.astimezone(now.tzinfo)
    time = dates.clock(until, language)
    days = (until.date() - now.date()).days
    if days <= 0:
        return words.kiosk.when_today.format(time=time)
    if days == 1:
        return words.kiosk.when_tomorrow.format(time=time)
    if days < 7:
        return words.kiosk.when_weekday.format(weekday=dates.weekday_name(until.date(), language), time=time)
    month = words.dates.months[until.month - 1]
    return words.kiosk.when_date.format(day=until.day, month=month, time=time)


def why(standing: Standing, words: KioskWords) -> str:
    """Why there is no number now, as one short sentence."""
    reason = standing.why_closed
    if reason == WhyClosed.PAUSED and standing.away == "system":
        return words.why_system
    sentences: dict[str, str] = {
        WhyClosed.NOT_TODAY: words.why_not_today,
        WhyClosed.BEFORE_HOURS: words.why_before_hours,
        WhyClosed.AFTER_HOURS: words.why_after_hours,
        WhyClosed.BREAK: words.why_break,
        WhyClosed.LAST_TICKET_PASSED: words.why_last_ticket_passed,
        WhyClosed.QUOTA_USED_UP: words.why_quota_used_up,
        WhyClosed.NO_OFFICER: words.why_no_officer,
        WhyClosed.PAUSED: words.why_paused,
        WhyClosed.HALL_CLOSED: words.why_hall_closed,
        WhyClosed.TOO_LATE: words.why_too_late,
    }
    return sentences.get(reason or "", words.why_unknown)


def why_and_when(standing: Standing, now: datetime | None, words: Words) -> str:
    """As in "Hari ini tidak buka. Kamis, 08.00"."""
    sentence = why(standing, words.kiosk)
    if standing.until is None or now is None or standing.until <= now:
        return sentence
    return f"{sentence} {when(standing.until, now, words)}"


def away(reason: str, words: KioskWords) -> str:
    """Why nobody serves just now although numbers are given, and that it may take longer."""
    sentences = {"system": words.away_system, "break": words.away_break, "prayer": words.away_prayer}
    return sentences.get(reason, words.away)


def people(count: int | None, words: KioskWords) -> str:
    """As in "4 orang"."""
    if count is None:
        return words.not_known
    if count == 0:
        return words.people_none
    return words.people_one if count == 1 else words.people_count.format(count=count)


def waiting(count: int | None, words: KioskWords) -> str:
    """As in "18 menunggu"; nothing where it is not known."""
    if count is None:
        return ""
    return words.waiting_count.format(count=count) if count else words.waiting_nobody


def counters(hall: Hall, service: ServiceId, words: Words) -> str:
    """Where a service is given, as in "Loket 1–4, 7"; counters with a name of their own by that name. Empty for none."""
    return counters_phrase((counter for counter in hall.counters if service in counter.services), words)


def zone_letters(hall: Hall, service: ServiceId) -> tuple[str, ...]:
    """The letters of the zones in which a service's counters stand."""
    zones = {counter.zone for counter in hall.counters if service in counter.services}
    return tuple(zone.letter for zone in hall.zones if zone.id in zones)


def place_of(hall: Hall, service: ServiceId, words: Words, joint: str) -> str:
    """As in "Zona A · Loket 1–4" (joint " · ") or "Zona B, loket 11–12" (joint ", ")."""
    letters = zone_letters(hall, service)
    zone = words.kiosk.zone.format(letter=", ".join(letters)) if letters else ""
    return joint.join(part for part in (zone, counters(hall, service, words)) if part)


def staff_note(staff: bool | None, words: Words) -> str:
    """What became of a call for staff, where the screen stays as it is."""
    if staff is None:
        return ""
    kiosk = words.kiosk
    return kiosk.staff_title if staff else f"{kiosk.staff_failed_title}. {kiosk.staff_failed_text}"
