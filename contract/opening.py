"""Is this service to be had now, and if not, why and until when: reckoned alike by hub, kiosk and simulator.

Pure: the local time and the numbers given so far are passed in.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from contract.names import ClockTime, Text
from contract.numbering import hall_day, moment_of
from contract.reasons import WhyClosed

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Quota = Annotated[int, Meta(ge=1)]


class Session(Struct, frozen=True, forbid_unknown_fields=True):
    """One stretch of opening on certain weekdays. `last_ticket` ends new numbers earlier; `quota` is the session's own."""

    days: tuple[Weekday, ...]
    """On which weekdays."""
    begins: ClockTime
    """Its first minute."""
    ends: ClockTime
    """The minute after its last; "24:00" is the end of the day."""
    last_ticket: ClockTime | None = None
    """From here on no new numbers; null: until it ends."""
    quota: Quota | None = None
    """Numbers for the session; null without limit."""


class Break(Struct, frozen=True, forbid_unknown_fields=True):
    """A pause within the sessions, such as Friday prayer: no new numbers, and the officer is away."""

    days: tuple[Weekday, ...]
    """On which weekdays."""
    begins: ClockTime
    """Its first minute."""
    ends: ClockTime
    """The minute after its last."""
    name: Text
    """What it is called, by language."""


class Holiday(Struct, frozen=True, forbid_unknown_fields=True):
    """A date on which there is no service at all."""

    on: date
    """The date."""
    name: Text
    """What it is called, by language."""


class Opening(Struct, frozen=True, forbid_unknown_fields=True):
    """When a service can be had. `quota` is the whole day's; None means without limit."""

    sessions: tuple[Session, ...]
    """When it is open; where two overlap the first counts."""
    breaks: tuple[Break, ...] = ()
    """Pauses within them."""
    holidays: tuple[Holiday, ...] = ()
    """Dates without any."""
    quota: Quota | None = None
    """Numbers for the whole day; null without limit."""


class Given(Struct, frozen=True):
    """Numbers given of a service this hall day: in all, and in the session that is on (0 where none is)."""

    today: int = 0
    in_session: int = 0


class HallHours(Struct, frozen=True):
    """The hall day as it limits every service: nothing is given before it begins or once it has closed."""

    begins: ClockTime
    closes: ClockTime


class Availability(Struct, frozen=True):
    """Whether a number can be had at a moment.

    `until`: open, when it stops giving numbers by the clock; closed, when it gives them again, provided that quotas
    begin anew with their session or day. None: not within 60 days. `left_today`: numbers left by the tightest quota
    of what is or will be on today (0 when nothing more is), None without a quota.
    """

    open: bool
    why_closed: WhyClosed | None = None
    until: datetime | None = None
    left_today: int | None = None


WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""By `date.weekday()`."""
SEARCH_DAYS = 60
"""How far ahead `until` is looked for."""


def session_at(opening: Opening, now: datetime) -> int | None:
    """The index in `opening.sessions` of the session that is on at local time `now`, so that its numbers can be counted.

    A session is on during its breaks and after its last ticket too. Where two overlap the one that stands first is on.
    """
    zone = _zone_of(now)
    day = hall_day(now, zone)
    return _session_at(_rules_of(opening, None), day, zone, now.astimezone(UTC))


def has_session(opening: Opening, day: date) -> bool:
    """Whether the service is open at all on a date of the hall."""
    holiday = any(one.on == day for one in opening.holidays)
    return not holiday and any(WEEKDAYS[day.weekday()] in session.days for session in opening.sessions)


def sessions_on(opening: Opening, day: date, zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    """When its sessions are on that day, in UTC and in order of time: each but for what an earlier one in the list covers."""
    return tuple((span.begins, span.ends) for span in _spans(_rules_of(opening, None), day, zone))


def availability(opening: Opening, now: datetime, given: Given, hours: HallHours | None = None) -> Availability:
    """Whether a number can be had at `now`, an aware time in the hall's own zone (a ZoneInfo; else ValueError).

    With `hours` the hall's own day counts too. Of several reasons the one is told that tells the visitor most about
    when to come again: not today, the hall's hours, the last ticket, the quota, a break, the service's own hours.
    """
    zone = _zone_of(now)
    day = hall_day(now, zone)
    moment = now.astimezone(UTC)
    rules = _rules_of(opening, hours)
    stretches = _stretches(rules, day, zone)
    current = _session_at(rules, day, zone, moment)
    day_used_up = opening.quota is not None and given.today >= opening.quota
    session_used_up = current is not None and _used_up(opening.sessions[current].quota, given.in_session)
    left = _left(opening, given, current, stretches, moment)

    on = next((stretch for stretch in stretches if stretch.begins <= moment < stretch.ends), None)
    if on is not None and not day_used_up and not session_used_up:
        return Availability(True, None, _local(_end_of_run(rules, day, zone, on.ends), zone), left)

    ahead = [stretch for stretch in stretches if stretch.begins > moment]
    usable = [] if day_used_up else [s for s in ahead if not (session_used_up and s.session == current)]
    again = usable[0].begins if usable else _next_beginning(rules, day, zone)
    why = WhyClosed.NOT_TODAY
    if hours is not None and not _within(hours, day, zone, moment):
        why = WhyClosed.HALL_CLOSED
    elif stretches:
        past_last_ticket = current is not None and _past_last_ticket(opening.sessions[current], day, zone, moment)
        began = stretches[0].begins <= moment or current is not None
        why = _why(bool(on or ahead), bool(on or not usable), past_last_ticket, began)
    return Availability(False, why, _local(again, zone), left)


def hall_open(hours: HallHours, now: datetime) -> Availability:
    """Whether the hall's day is on at `now` (aware, in the hall's zone), and until when, or when the next begins."""
    return availability(_ALWAYS, now, Given(), hours)


def _why(more_today: bool, used_up: bool, past_last_ticket: bool, began: bool) -> WhyClosed:
    """Why a day that has numbers to give gives none now. `used_up`: a quota stands in the way of all that is left."""
    match (more_today, past_last_ticket):
        case (False, True):
            return WhyClosed.LAST_TICKET_PASSED
        case (False, False):
            return WhyClosed.AFTER_HOURS
        case _ if used_up:
            return WhyClosed.QUOTA_USED_UP
        case (True, True):
            return WhyClosed.LAST_TICKET_PASSED
        case _:
            return WhyClosed.BREAK if began else WhyClosed.BEFORE_HOURS


def _left(
    opening: Opening, given: Given, current: int | None, stretches: "tuple[_Stretch, ...]", moment: datetime
) -> int | None:
    """What the tightest quota leaves, of the session that is on or else of the next one today."""
    coming = next((stretch.session for stretch in stretches if stretch.ends > moment), None)
    quotas = [opening.quota, *(session.quota for session in opening.sessions)]
    if coming is None:
        return None if all(quota is None for quota in quotas) else 0
    in_session = given.in_session if coming == current else 0
    limits = ((opening.quota, given.today), (opening.sessions[coming].quota, in_session))
    left = [max(0, quota - used) for quota, used in limits if quota is not None]
    return min(left) if left else None


def _used_up(quota: int | None, given: int) -> bool:
    return quota is not None and given >= quota


# --- The calendar: when numbers are given by the clock alone. All moments are in UTC, so that they compare by
# themselves: Python compares two times of one zone by their faces, which is wrong on the day clocks are set back.


class _Rules(NamedTuple):
    """What of an Opening decides the calendar, in a form that can be a cache's key."""

    sessions: tuple[Session, ...]
    breaks: tuple[tuple[tuple[Weekday, ...], ClockTime, ClockTime], ...]
    holidays: tuple[date, ...]
    hours: HallHours | None


class _Stretch(NamedTuple):
    """Numbers are given from `begins` until `ends`, and counted to `session`."""

    begins: datetime
    ends: datetime
    session: int


_ALWAYS = Opening((Session(WEEKDAYS, "00:00", "24:00"),))
_Span = tuple[datetime, datetime]


def _rules_of(opening: Opening, hours: HallHours | None) -> _Rules:
    breaks = tuple((each.days, each.begins, each.ends) for each in opening.breaks)
    return _Rules(opening.sessions, breaks, tuple(holiday.on for holiday in opening.holidays), hours)


@lru_cache(maxsize=8192)
def _spans(rules: _Rules, day: date, zone: ZoneInfo) -> tuple[_Stretch, ...]:
    """When which session is on: whole sessions, but for what an earlier one in the list covers already."""
    if day in rules.holidays:
        return ()
    weekday = WEEKDAYS[day.weekday()]
    spans: list[_Stretch] = []
    for index, session in enumerate(rules.sessions):
        if weekday in session.days:
            whole = (moment_of(day, session.begins, zone), moment_of(day, session.ends, zone))
            taken = [(span.begins, span.ends) for span in spans]
            spans.extend(_Stretch(begins, ends, index) for begins, ends in _without([whole], taken))
    return tuple(sorted(spans))


@lru_cache(maxsize=8192)
def _stretches(rules: _Rules, day: date, zone: ZoneInfo) -> tuple[_Stretch, ...]:
    """When numbers are given on a day, in order of time: sessions up to their last ticket, without breaks."""
    weekday = WEEKDAYS[day.weekday()]
    midnight, next_midnight = moment_of(day, "00:00", zone), moment_of(day, "24:00", zone)
    away = [
        (moment_of(day, begins, zone), moment_of(day, ends, zone))
        for days, begins, ends in rules.breaks
        if weekday in days
    ]
    if rules.hours is not None:
        away.append((midnight, moment_of(day, rules.hours.begins, zone)))
        away.append((moment_of(day, rules.hours.closes, zone), next_midnight))
    stretches = []
    for span in _spans(rules, day, zone):
        last_ticket = rules.sessions[span.session].last_ticket
        ends = span.ends if last_ticket is None else min(span.ends, moment_of(day, last_ticket, zone))
        stretches += [_Stretch(*left, span.session) for left in _without([(span.begins, ends)], away)]
    return tuple(stretches)


def _without(spans: list[_Span], away: list[_Span]) -> list[_Span]:
    """The spans without what lies in `away`; a span that ends before it begins is none."""
    for gone_from, gone_until in away:
        if gone_from < gone_until:
            spans = [
                part
                for begins, ends in spans
                for part in ((begins, min(ends, gone_from)), (max(begins, gone_until), ends))
            ]
    return [(begins, ends) for begins, ends in spans if begins < ends]


def _session_at(rules: _Rules, day: date, zone: ZoneInfo, moment: datetime) -> int | None:
    return next((span.session for span in _spans(rules, day, zone) if span.begins <= moment < span.ends), None)


@lru_cache(maxsize=4096)
def _next_beginning(rules: _Rules, day: date, zone: ZoneInfo) -> datetime | None:
    """The first moment after `day` at which numbers are given."""
    for ahead in range(1, SEARCH_DAYS + 1):
        stretches = _stretches(rules, day + timedelta(days=ahead), zone)
        if stretches:
            return stretches[0].begins
    return None


@lru_cache(maxsize=4096)
def _end_of_run(rules: _Rules, day: date, zone: ZoneInfo, ends: datetime) -> datetime | None:
    """When numbers stop that are given on `day` until `ends`: sessions that meet, also at midnight, are one run.

    Quotas do not matter here: another session and another day begin with theirs whole.
    """
    for ahead in range(SEARCH_DAYS + 1):
        for stretch in _stretches(rules, day + timedelta(days=ahead), zone):
            if stretch.begins == ends:
                ends = stretch.ends
        if ends < moment_of(day + timedelta(days=ahead), "24:00", zone):
            return ends
    return None


def _past_last_ticket(session: Session, day: date, zone: ZoneInfo, moment: datetime) -> bool:
    return session.last_ticket is not None and moment_of(day, session.last_ticket, zone) <= moment


def _within(hours: HallHours, day: date, zone: ZoneInfo, moment: datetime) -> bool:
    return moment_of(day, hours.begins, zone) <= moment < moment_of(day, hours.closes, zone)


def _zone_of(now: datetime) -> ZoneInfo:
    if not isinstance(now.tzinfo, ZoneInfo):
        raise ValueError("opening hours are reckoned in the hall's own zone: pass a time with its ZoneInfo")  # noqa: TRY004 - the value lacks its zone, its type is right
    return now.tzinfo


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)
