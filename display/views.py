"""What the hall sees, as frozen data: everything in words and in its place, nothing left for a screen to decide.

Pure: made from what the board knows, the settings and the time. Knows no colours and no pixels but the panel's own.
"""

import math
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.bringing import to_bring
from assets.dates import clock, day_date
from assets.phrases import is_spelled
from assets.places import said
from assets.words import DisplayWords, words_of
from contract.calls import RecentCall
from contract.halls import AgencyOfHall, Hall
from contract.names import CallId, CounterId, Language, ZoneId
from display.board import Knowledge, attended, silent_s, split, time_of_hub
from display.lines import RunningLine, page_at, turn
from display.sight import Sight
from display.signs import Sign, sign_of, welcome

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
    heed = silent >= manner.heed_after_s
    page = page_at(known, manner.zones, manner.page_s, now_s, stale=stale)
    lit, others = split(known, manner.zones, speaking, now_s, MOST_LIT)
    attention = bool(attended(known, lit, speaking, now_s))
    sign = sign_of(known, manner.zones, page.language, now_s, heed=heed, attention=attention)
    if sign is None and not lit:
        sign = welcome(page.language)
    if sign is not None:
        # A sign has the place of the newest call; what was called before stays below it, unless it stands alone.
        lit, others = (), () if sign.alone else (*lit, *others)
    return BoardView(
        hall=said(hall.name, language),
        place=said(hall.place, language),
        date=day_date(local.date(), page.language) if local else "",
        clock=clock(local, language) if local else "",
        sight=manner.sight,
        lit=tuple(_row(call, hall, language, words) for call in lit),
        rows=tuple(_row(call, hall, language, words) for call in others[: _rows_beside(manner.sight, len(lit))]),
        sign=sign,
        card=_card(known, manner, words, language, now_s) if manner.sight.side else None,
        waiting=_waiting(known, manner, words, language, now_s),
        line=page.line,
        stale=stale,
    )


def _rows_beside(sight: Sight, lit: int) -> int:
    """Rows that have a place below so many lit calls."""
    return {0: sight.rows, 1: sight.rows, 2: sight.rows - 1, 3: 1}.get(lit, 0)


def _row(call: RecentCall, hall: Hall, language: Language, words: DisplayWords) -> CallRow:
    name = next((said(counter.name, language) for counter in hall.counters if counter.id == call.counter), call.counter)
    letter = next((zone.letter for zone in hall.zones if zone.id == call.zone), "")
    return CallRow(call.call, call.number, words.counter if is_spelled(name) else "", name, letter, call.counter)


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
    agency, service, _ = choice[turn(now_s, manner.card_s, len(choice))]
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
    page = turn(now_s, manner.page_s, pages)
    return WaitingPanel(
        rows=tuple(rows[page * WAITING_ROWS : (page + 1) * WAITING_ROWS]),
        caption=words.waiting if rows else words.nobody_waits,
        page=words.page.format(page=page + 1, pages=pages) if pages > 1 else "",
    )
