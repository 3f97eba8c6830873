"""Why there is no number now, in full: names, times and when again; and what to know before a number is taken. Pure."""

from datetime import datetime

from assets import dates
from assets.words import Words
from contract.halls import ServiceOfAgency
from contract.lateness import Late, lateness
from contract.names import Language, Text
from contract.opening import WEEKDAYS, Break, Opening, Weekday
from contract.reasons import WhyClosed
from contract.tickets import Estimate
from kiosk.standing import Standing, hall_hours
from kiosk.state import State
from kiosk.wording import away, said, when, why


def cannot(standing: Standing, service: ServiceOfAgency, now: datetime | None, words: Words) -> tuple[str, str]:
    """Why a service gives no number, in a sentence; and what else there is to say of it, a sentence a line."""
    if standing.open:
        return "", ""
    kiosk = words.kiosk
    sentences = [detail(standing.why_closed, service, now, words)]
    if standing.why_closed == WhyClosed.PAUSED and standing.away is not None:
        sentences = [kiosk.again_soon]
    if standing.until is not None and now is not None and standing.until > now:
        sentences.append(kiosk.closed_until.format(when=when(standing.until, now, words)))
    return why(standing, kiosk), "\n".join(filter(None, sentences))


def detail(  # noqa: PLR0911 - one line for each reason
    reason: str | None, service: ServiceOfAgency, now: datetime | None, words: Words
) -> str:
    """What a reason means for this service today; empty where the reason says it all."""
    kiosk, language = words.kiosk, Language(words.language.code)
    match reason:
        case WhyClosed.NOT_TODAY if now is not None:
            name = holiday_of(service.opening, now)
            return kiosk.because_holiday.format(name=said(name, words)) if name else ""
        case WhyClosed.BREAK if now is not None:
            pause = break_of(service.opening, now)
            return said(pause.name, words) if pause else ""
        case WhyClosed.LAST_TICKET_PASSED if now is not None:
            last = last_ticket_of(service.opening, now)
            return kiosk.because_last_ticket.format(time=dates.clock(last, language)) if last else ""
        case WhyClosed.QUOTA_USED_UP if service.opening.quota is not None:
            return kiosk.because_quota.format(count=service.opening.quota)
        case WhyClosed.TOO_LATE if service.hand_in_by is not None:
            return kiosk.because_hand_in.format(time=dates.clock(service.hand_in_by, language))
        case WhyClosed.NO_OFFICER | WhyClosed.PAUSED:
            return kiosk.again_soon
        case _:
            return ""


def warnings(
    state: State, service: ServiceOfAgency, standing: Standing, now: datetime | None, words: Words
) -> tuple[str, ...]:
    """What to know before a number is taken that can be had: too late, or nobody serves just now. None for what cannot."""
    if not standing.open:
        return ()
    late = late_of(state, service, standing, now)
    found = [_late(late, words)] if late else []
    if standing.away is not None:
        found.append(away(standing.away, words.kiosk))
    return tuple(found)


def late_of(state: State, service: ServiceOfAgency, standing: Standing, now: datetime | None) -> Late | None:
    """What a number taken now may miss, by the wait that the hub tells."""
    if now is None or state.hall is None:
        return None
    wait = Estimate(*standing.wait_min) if standing.wait_min is not None else None
    return lateness(service.opening, service.hand_in_by, now, wait, hall_hours(state.hall))


def holiday_of(opening: Opening, now: datetime) -> Text | None:
    """The name of the holiday that today is, `now` being the hall's own time."""
    return next((holiday.name for holiday in opening.holidays if holiday.on == now.date()), None)


def break_of(opening: Opening, now: datetime) -> Break | None:
    """The break that is on."""
    weekday, clock = _weekday(now), f"{now:%H:%M}"
    found = (one for one in opening.breaks if weekday in one.days and one.begins <= clock < one.ends)
    return next(found, None)


def last_ticket_of(opening: Opening, now: datetime) -> str | None:
    """When the last number of the session that is on, or of the last one before, was given."""
    weekday, clock = _weekday(now), f"{now:%H:%M}"
    begun = [one for one in opening.sessions if weekday in one.days and one.begins <= clock]
    last = max(begun, key=lambda session: session.begins, default=None)
    return last.last_ticket if last else None


def _late(late: Late, words: Words) -> str:
    kiosk = words.kiosk
    time = dates.clock(late.at, Language(words.language.code))
    if late.limit == "hand-in":
        return (kiosk.late_hand_in_surely if late.surely else kiosk.late_hand_in).format(time=time)
    return (kiosk.late_closing_surely if late.surely else kiosk.late_closing).format(time=time)


def _weekday(now: datetime) -> Weekday:
    return WEEKDAYS[now.weekday()]
