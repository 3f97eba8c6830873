"""What the hall sees, as frozen data: everything in words and in its place, nothing left for a screen to decide.

Pure: made from what the board knows, the settings and the time. Knows no colours and no pixels but the panel's own.
"""

import math
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.bringing import to_bring
from assets.dates import clock, day_date
from assets.phrases import is_spelled
from assets.places import said
from assets.words import DisplayWords, words_of
from contract.calls import CounterOnBoard, RecentCall
from contract.halls import AgencyOfHall, Hall
from contract.names import CallId, CounterId, Language, ZoneId
from display.board import Knowledge, absences, notice_for, silent_s, split, time_of_hub
from display.sight import Sight

WAITING_ROWS = 3
"""So many agencies stand on a page of the waiting panel."""

MOST_LIT = 8
"""Calls that are lit at once, in two columns. In a hall of 25 counters that is a call a second."""


class Manner(Struct, frozen=True):
    """How the board is shown. `zones`: none means the whole hall. Times in seconds.

    `device` and `language` are for the time before the hall is known.
    """

    device: str
    language: Language
    zones: tuple[ZoneId, ...]
    sight: Sight
    hub_silent_s: float = 12.0
    heed_after_s: float = 60.0
    page_s: float = 10.0
    card_s: float = 20.0


class CallRow(Struct, frozen=True):
    """One call. `word` stands before a counter that has a number; one with a name of its own needs none."""

    call: CallId
    number: str
    word: str
    counter: str
    letter: str
    counter_id: CounterId


class Card(Struct, frozen=True):
    """What to bring for one service."""

    agency: str
    title: str
    text: str
    icon: str


class WaitingRow(Struct, frozen=True):
    """How many wait for one agency."""

    agency: str
    count: str


class WaitingPanel(Struct, frozen=True):
    """A page of agencies. `page` is empty where there is only one."""

    rows: tuple[WaitingRow, ...]
    caption: str
    page: str


class RunningLine(Struct, frozen=True):
    """A page of the line at the foot: what calls for attention, then what is good to know."""

    alert: str
    text: str


class Sign(Struct, frozen=True):
    """Words in the place of the newest call: the welcome before the first one, or that the board cannot be trusted."""

    title: str
    text: str
    hint: str
    warning: bool


class BoardView(Struct, frozen=True):
    """The board. `lit` and `rows` are newest first. `stale`: nothing is heard of the hub, what stands here grows old."""

    hall: str
    place: str
    date: str
    clock: str
    sight: Sight
    lit: tuple[CallRow, ...]
    rows: tuple[CallRow, ...]
    sign: Sign | None
    card: Card | None
    waiting: WaitingPanel
    line: RunningLine
    stale: bool


class StartingView(Struct, frozen=True):
    """Before the hall is known. `device` tells technicians which display this is."""

    text: str
    device: str
    warning: bool


View = BoardView | StartingView


def view_of(known: Knowledge, manner: Manner, speaking: CallId | None, now_s: float) -> View:
    """What is to be seen now. `speaking`: the call that is being spoken here."""
    silent = silent_s(known, now_s)
    hall = known.hall
    if hall is None:
        words = words_of(manner.language).display
        lost = silent >= manner.heed_after_s
        return StartingView(words.lost_text_unknown if lost else words.starting, manner.device, warning=lost)
    language = hall.languages[0]
    words = words_of(language).display
    zone = ZoneInfo(hall.time_zone)
    now = time_of_hub(known, now_s)
    local = now.astimezone(zone) if now else None
    stale = silent >= manner.hub_silent_s
    lit, others = split(known, manner.zones, speaking, now_s, MOST_LIT)
    sign = _sign(known, words, zone, language, heed=silent >= manner.heed_after_s, empty=not lit)
    evacuation = _evacuation(known, manner, hall, now_s)
    if evacuation is not None:
        sign, lit, others = evacuation, (), ()
    elif sign is not None:
        # A sign has the place of the newest call; what was called before stays below it.
        lit, others = (), (*lit, *others)
    return BoardView(
        hall=said(hall.name, language),
        place=said(hall.place, language),
        date=day_date(local.date(), language) if local else "",
        clock=clock(local, language) if local else "",
        sight=manner.sight,
        lit=tuple(_row(call, hall, language, words) for call in lit),
        rows=tuple(_row(call, hall, language, words) for call in others[: _rows_beside(manner.sight, len(lit))]),
        sign=sign,
        card=_card(known, manner, words, language, now_s) if manner.sight.side else None,
        waiting=_waiting(known, manner, words, language, now_s),
        line=_line(known, manner, zone, now_s, stale=stale),
        stale=stale,
    )


def _rows_beside(sight: Sight, lit: int) -> int:
    """Rows that have a place below so many lit calls."""
    return {0: sight.rows, 1: sight.rows, 2: sight.rows - 1, 3: 1}.get(lit, 0)


def _row(call: RecentCall, hall: Hall, language: Language, words: DisplayWords) -> CallRow:
    name = next((said(counter.name, language) for counter in hall.counters if counter.id == call.counter), call.counter)
    letter = next((zone.letter for zone in hall.zones if zone.id == call.zone), "")
    return CallRow(call.call, call.number, words.counter if is_spelled(name) else "", name, letter, call.counter)


def _sign(
    known: Knowledge, words: DisplayWords, zone: ZoneInfo, language: Language, *, heed: bool, empty: bool
) -> Sign | None:
    if heed:
        since = known.hub.at if known.hub else known.board.at if known.board else None
        if since is None:
            text = words.lost_text_unknown
        else:
            text = words.lost_text.format(time=clock(since.astimezone(zone), language))
        return Sign(words.lost_title, text, "", warning=True)
    if empty:
        return Sign(words.quiet_title, words.quiet_text, words.quiet_hint, warning=False)
    return None


def _evacuation(known: Knowledge, manner: Manner, hall: Hall, now_s: float) -> Sign | None:
    """Nobody is to wait for a number now: the notice has the whole board, in every language that it was written in."""
    notice = notice_for(known, manner.zones, now_s)
    if notice is None or notice.level != "evacuate":
        return None
    first, *others = [notice.text[language] for language in hall.languages if language in notice.text] or [""]
    return Sign(first, "\n".join(others), "", warning=True)


def _agencies(known: Knowledge, manner: Manner) -> list[AgencyOfHall]:
    if known.hall is None:
        return []
    return [agency for agency in known.hall.agencies if not manner.zones or agency.zone in manner.zones]


def _card(known: Knowledge, manner: Manner, words: DisplayWords, language: Language, now_s: float) -> Card | None:
    """The services that can be had now take turns; where none can, all do."""
    offered = []
    for agency in _agencies(known, manner):
        services = known.agencies.get(agency.id)
        queues = known.queues.get(agency.id)
        is_open = {queue.id for queue in queues.services if queue.open} if queues else set()
        offered += [(agency, one, one.id in is_open) for one in (services.services if services else ())]
    choice = [each for each in offered if each[2]] or offered
    if not choice:
        return None
    agency, service, _ = choice[_turn(now_s, manner.card_s, len(choice))]
    return Card(
        agency=said(agency.name, language),
        title=said(service.name, language),
        text=to_bring(service, language, words),
        icon=service.icon or agency.icon,
    )


def _waiting(known: Knowledge, manner: Manner, words: DisplayWords, language: Language, now_s: float) -> WaitingPanel:
    """Agencies that somebody waits for, the fullest first, a page at a time."""
    counts = []
    for place, agency in enumerate(_agencies(known, manner)):
        queues = known.queues.get(agency.id)
        waiting = sum(queue.waiting for queue in queues.services) if queues else 0
        if waiting:
            counts.append((-waiting, place, WaitingRow(said(agency.name, language), str(waiting))))
    rows = [row for _, _, row in sorted(counts, key=lambda each: each[:2])]
    pages = max(1, math.ceil(len(rows) / WAITING_ROWS))
    page = _turn(now_s, manner.page_s, pages)
    return WaitingPanel(
        rows=tuple(rows[page * WAITING_ROWS : (page + 1) * WAITING_ROWS]),
        caption=words.waiting if rows else words.nobody_waits,
        page=words.page.format(page=page + 1, pages=pages) if pages > 1 else "",
    )


def _line(known: Knowledge, manner: Manner, zone: ZoneInfo, now_s: float, *, stale: bool) -> RunningLine:
    """Absences and notices, a page each, beside what is good to know in each language of the hall in turn."""
    hall = known.hall
    assert hall is not None  # noqa: S101 - a board has a hall
    first = hall.languages[0]
    tips = []
    for language in hall.languages:
        words = words_of(language).display
        tips += [words.heed] if stale else [words.missed, words.free]
    tip = tips[_turn(now_s, manner.page_s, len(tips))]
    if stale:
        return RunningLine(_aged(known, zone, first, now_s), tip)
    notice = notice_for(known, manner.zones, now_s)
    if notice is not None and notice.level != "info":
        return RunningLine(said(notice.text, first), "")
    alerts = [_absence(counter, hall, zone, first) for counter in absences(known, manner.zones)]
    if notice is not None:
        alerts.insert(0, said(notice.text, first))
    return RunningLine(alerts[_turn(now_s, manner.page_s, len(alerts))] if alerts else "", tip)


def _aged(known: Knowledge, zone: ZoneInfo, language: Language, now_s: float) -> str:
    """How old the board is; in steps of 5 s, so that a still board is not drawn anew every second."""
    words = words_of(language).display
    if known.hub is None:
        return words.lost_title
    since_s = now_s - known.hub.heard_s
    if since_s < 120:
        age = words.seconds.format(count=int(since_s / 5) * 5)
    else:
        age = words.minutes.format(count=int(since_s / 60))
    return words.aged.format(time=clock(known.hub.at.astimezone(zone), language), age=age)


def _absence(counter: CounterOnBoard, hall: Hall, zone: ZoneInfo, language: Language) -> str:
    words = words_of(language).display
    name = next((said(each.name, language) for each in hall.counters if each.id == counter.id), str(counter.id))
    reasons = {"break": words.reason_break, "prayer": words.reason_prayer, "system": words.reason_system}
    reason = reasons.get(counter.reason or "", counter.reason or "")
    until: datetime | None = counter.until
    forms = {
        (False, False): words.away,
        (True, False): words.away_why,
        (False, True): words.away_until,
        (True, True): words.away_why_until,
    }
    return forms[bool(reason), until is not None].format(
        counter=f"{words.counter} {name}" if is_spelled(name) else name,
        reason=reason,
        time=clock(until.astimezone(zone), language) if until else "",
    )


def _turn(now_s: float, each_s: float, count: int) -> int:
    """Whose turn it is, when each of `count` stays for `each_s`."""
    return int(now_s / each_s) % count if count else 0
