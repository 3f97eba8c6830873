"""The line at the foot of the board: pages that turn and never scroll, each in one language, the languages one after another.

First what calls for attention (a notice, officers who are away, or how old the board is), beside it what is good to know.
Pure: what is known and the time go in. Knows no widths: a screen draws a long page smaller.
"""

from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.board_lines import absences
from assets.dates import clock
from assets.places import said
from assets.words import words_of
from contract.halls import Hall
from contract.names import Language, ZoneId
from display.board import Knowledge, absent, notice_for, time_of_hub

AGE_STEP_S = 5
"""The age of a board is told in such steps, so that a still board is not drawn anew every second."""


class RunningLine(Struct, frozen=True):
    """A page of the line at the foot: what calls for attention, then what is good to know."""

    alert: str
    text: str


class LinePage(Struct, frozen=True):
    """A page with its language: whatever else turns its language does so with the line."""

    language: Language
    line: RunningLine


def page_at(known: Knowledge, zones: tuple[ZoneId, ...], page_s: float, now_s: float, *, stale: bool) -> LinePage:
    """The page that stands now, each for `page_s`. A board has a hall: ValueError before it is known."""
    pages = pages_of(known, zones, now_s, stale=stale)
    return pages[turn(now_s, page_s, len(pages))]


def below_sign(page: LinePage, *, alone: bool) -> RunningLine:
    """The line below a notice that has the place of the newest call: it is not said twice. `alone`: nothing else counts now."""
    return RunningLine("", "" if alone else words_of(page.language).display.missed)


def pages_of(known: Knowledge, zones: tuple[ZoneId, ...], now_s: float, *, stale: bool) -> tuple[LinePage, ...]:
    """All pages of a round. In each language every alert and every piece of advice comes at least once."""
    if known.hall is None:
        raise ValueError("no pages before the hall is known")
    pages = []
    for language in known.hall.languages:
        words = words_of(language).display
        alerts = [_aged(known, language, now_s)] if stale else _alerts(known, known.hall, zones, language, now_s)
        advice = [words.heed] if stale else [words.missed, words.free]
        if not stale and _urgent(known, zones, now_s):
            advice = [""]
        for index in range(max(len(alerts), len(advice))):
            alert = alerts[index % len(alerts)] if alerts else ""
            pages.append(LinePage(language, RunningLine(alert, advice[index % len(advice)])))
    return tuple(pages)


def turn(now_s: float, each_s: float, count: int) -> int:
    """Whose turn it is, when each of `count` stays for `each_s`."""
    return int(now_s / each_s) % count if count else 0


def _urgent(known: Knowledge, zones: tuple[ZoneId, ...], now_s: float) -> bool:
    notice = notice_for(known, zones, now_s)
    return notice is not None and notice.level != "info"


def _alerts(known: Knowledge, hall: Hall, zones: tuple[ZoneId, ...], language: Language, now_s: float) -> list[str]:
    """An urgent notice has the line to itself; another one comes before the absences."""
    notice = notice_for(known, zones, now_s)
    text = [said(notice.text, language)] if notice is not None else []
    if notice is not None and notice.level != "info":
        return text
    return text + absences(absent(known, zones), hall, language, time_of_hub(known, now_s))


def _aged(known: Knowledge, language: Language, now_s: float) -> str:
    words = words_of(language).display
    if known.hub is None or known.hall is None:
        return words.lost_title
    since_s = now_s - known.hub.heard_s
    if since_s < 120:
        age = words.seconds.format(count=int(since_s / AGE_STEP_S) * AGE_STEP_S)
    else:
        age = words.minutes.format(count=int(since_s / 60))
    return words.aged.format(time=clock(known.hub.at.astimezone(ZoneInfo(known.hall.time_zone)), language), age=age)
