"""What a board says in words: signs in the place of the newest call, and the running line. Pure.

It says what the hall displays say at the same moment, in the same words.
"""

from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.dates import clock, day_date
from assets.phrases import is_spelled
from assets.places import name_ranges, said
from assets.words import DisplayWords, words_of
from contract.calls import CounterOnBoard, NoticeText
from contract.names import Language, ZoneId
from contract.shut import Shut, shut
from hub.desk.door import HallBoard


class Sign(Struct, frozen=True):
    """Words in the place of the newest call; one that stands `alone` has the place of everything else too."""

    title: str
    text: str
    hint: str
    warning: bool = False
    alone: bool = False


class Telling(Struct, frozen=True):
    """A sign, if any, and the running line: what calls for attention, and what is good to know."""

    sign: Sign | None
    alerts: tuple[str, ...]
    tips: tuple[str, ...]


def telling(
    answer: HallBoard, zones: tuple[ZoneId, ...], language: Language, *, attention: bool, quiet: bool
) -> Telling:
    """`attention`: a call is lit because it is new; `quiet`: nothing was called yet.

    An evacuation stands over everything. A call that has attention stands over an urgent notice, which comes back after.
    """
    words = words_of(language).display
    notice = _notice(answer.notice, zones)
    if notice is not None and notice.level == "evacuate":
        return Telling(_notice_sign(notice, answer, alone=True), (), ())
    if notice is not None and notice.level == "urgent":
        if attention:
            return Telling(None, (said(notice.text, language),), ())
        return Telling(_notice_sign(notice, answer, alone=False), (), (words.missed,))
    closed = None if attention else _shut(answer, zones)
    told = () if notice is None else (said(notice.text, language),)
    if closed is not None:
        return Telling(_shut_sign(closed, answer, language), told, ())
    welcome = Sign(words.quiet_title, words.quiet_text, words.quiet_hint) if quiet else None
    return Telling(welcome, (*told, *_absences(answer, zones, language)), (words.missed, words.free))


def _notice(notice: NoticeText | None, zones: tuple[ZoneId, ...]) -> NoticeText | None:
    """The notice, if it is for these zones."""
    if notice is None or (notice.zones and zones and not set(notice.zones) & set(zones)):
        return None
    return notice


def _notice_sign(notice: NoticeText, answer: HallBoard, *, alone: bool) -> Sign:
    """In every language that it was written in, at once: nobody is to wait for a page to turn."""
    texts = [notice.text[each] for each in answer.hall.languages if each in notice.text]
    first, *others = texts or [next(iter(notice.text.values()), "")]
    return Sign(first, "\n".join(others), "", warning=True, alone=alone)


def _shut(answer: HallBoard, zones: tuple[ZoneId, ...]) -> Shut | None:
    """None also while anybody is waited for in these zones: the hub tells how services stand only of those where nobody is."""
    agencies = [agency.id for agency in answer.hall.agencies if not zones or agency.zone in zones]
    if not agencies or any(agency not in answer.idle for agency in agencies):
        return None
    return shut(answer.hall, [service for agency in agencies for service in answer.idle[agency]], answer.at)


def _shut_sign(closed: Shut, answer: HallBoard, language: Language) -> Sign:
    words = words_of(language).display
    titles = {
        "not-begun": words.not_begun_title,
        "break": words.break_title,
        "closed": words.closed_title,
        "done": words.done_title,
    }
    text = _opens(closed.opens, answer.at.astimezone(ZoneInfo(answer.hall.time_zone)), words, language)
    return Sign(titles[closed.why], text, words.shut_hint, alone=True)


def _opens(opens: datetime | None, now: datetime, words: DisplayWords, language: Language) -> str:
    if opens is None:
        return ""
    time = clock(opens, language)
    if opens.date() == now.date():
        return words.opens_today.format(time=time)
    return words.opens_later.format(date=day_date(opens.date(), language), time=time)


def _absences(answer: HallBoard, zones: tuple[ZoneId, ...], language: Language) -> list[str]:
    """Counters that are away alike share a page: "Loket 5, 7 istirahat sampai 13.00". An end that has passed is not told."""
    words = words_of(language).display
    zone = ZoneInfo(answer.hall.time_zone)
    zone_of = {counter.id: counter.zone for counter in answer.hall.counters}
    names = {counter.id: said(counter.name, language) for counter in answer.hall.counters}
    reasons = {"break": words.reason_break, "prayer": words.reason_prayer, "system": words.reason_system}

    def why(counter: CounterOnBoard) -> tuple[str, str]:
        until = counter.until if counter.until and counter.until > answer.at else None
        reason = reasons.get(counter.reason or "", counter.reason or "")
        return reason, clock(until.astimezone(zone), language) if until else ""

    away = [each for each in answer.counters if each.state == "paused" and (not zones or zone_of.get(each.id) in zones)]
    forms = {
        (False, False): words.away,
        (True, False): words.away_why,
        (False, True): words.away_until,
        (True, True): words.away_why_until,
    }
    found = []
    for (reason, until), alike in groupby(sorted(away, key=lambda each: (why(each)[1] or "99", why(each)[0])), key=why):
        named = [names.get(counter.id, str(counter.id)) for counter in alike]
        spelled = [name for name in named if is_spelled(name)]
        together = [f"{words.counter} {', '.join(name_ranges(spelled))}"] if spelled else []
        together += [name for name in named if not is_spelled(name)]
        form = forms[bool(reason), bool(until)]
        found.append(form.format(counter=", ".join(together), reason=reason, time=until))
    return found
