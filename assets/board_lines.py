"""What a board tells of the hall in words, whoever draws it: a notice, why nothing can be had, which counters are away. Pure."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from assets.dates import clock, day_date
from assets.phrases import is_spelled
from assets.places import counter_name, name_ranges
from assets.words import DisplayWords, words_of
from contract.calls import CounterOnBoard, NoticeText
from contract.halls import Hall
from contract.names import Language
from contract.shut import Shut


def notice_lines(notice: NoticeText, hall: Hall) -> tuple[str, str]:
    """First what it says in the hall's first language that it was written in, then in all others: nobody is to wait for a page to turn."""
    texts = [notice.text[language] for language in hall.languages if language in notice.text]
    first, *others = texts or [next(iter(notice.text.values()), "")]
    return first, "\n".join(others)


def shut_lines(closed: Shut, hall: Hall, now: datetime, language: Language) -> tuple[str, str, str]:
    """That the hall is shut, when it gives numbers again ("" where that is not known), and what to do until then."""
    words = words_of(language).display
    titles = {
        "not-begun": words.not_begun_title,
        "break": words.break_title,
        "closed": words.closed_title,
        "done": words.done_title,
    }
    opens = _opens(closed.opens, now.astimezone(ZoneInfo(hall.time_zone)), words, language)
    return titles[closed.why], opens, words.shut_hint


def absences(away: Iterable[CounterOnBoard], hall: Hall, language: Language, now: datetime | None) -> list[str]:
    """Counters that are away alike share a line: "Loket 5, 7 istirahat sampai 13.00". An end that has passed is not told."""
    words = words_of(language).display
    zone = ZoneInfo(hall.time_zone)
    names = {counter.id: counter_name(counter, language) for counter in hall.counters}

    def why(counter: CounterOnBoard) -> tuple[str, str]:
        until = counter.until if counter.until and (now is None or counter.until > now) else None
        return reason_of(counter, words), clock(until.astimezone(zone), language) if until else ""

    order = sorted(away, key=lambda counter: (why(counter)[1] or "99", why(counter)[0]))
    found = []
    for (reason, until), alike in groupby(order, key=why):
        named = [names.get(counter.id, str(counter.id)) for counter in alike]
        spelled = [name for name in named if is_spelled(name)]
        together = [f"{words.counter} {', '.join(name_ranges(spelled))}"] if spelled else []
        together += [name for name in named if not is_spelled(name)]
        found.append(_form(words, reason, until).format(counter=", ".join(together), reason=reason, time=until))
    return found


def reason_of(counter: CounterOnBoard, words: DisplayWords) -> str:
    """Why nobody is there: in the words' language where it is one that the desk offers, else as the officer wrote it; or ""."""
    known = {"break": words.reason_break, "prayer": words.reason_prayer, "system": words.reason_system}
    return known.get(counter.reason or "", counter.reason or "")


def _form(words: DisplayWords, reason: str, until: str) -> str:
    match (bool(reason), bool(until)):
        case (True, True):
            return words.away_why_until
        case (True, False):
            return words.away_why
        case (False, True):
            return words.away_until
        case _:
            return words.away


def _opens(opens: datetime | None, now: datetime, words: DisplayWords, language: Language) -> str:
    if opens is None:
        return ""
    time = clock(opens, language)
    if opens.date() == now.date():
        return words.opens_today.format(time=time)
    return words.opens_later.format(date=day_date(opens.date(), language), time=time)
