"""What stands on the board's web page now. Pure: what the hub answered goes in, words come out.

The same board as the hall display's, drawn from the hub's own state instead of from messages. It says nothing of who
somebody is, and nothing that the displays in the hall do not show. Times are the hub's.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.bringing import to_bring
from assets.calling import call_of
from assets.dates import clock, day_date
from assets.phrases import is_spelled
from assets.places import counter_name, said
from assets.words import DisplayWords, words_of
from contract.calls import RecentCall
from contract.halls import AgencyOfHall
from contract.names import CallId, Language, ZoneId
from hub.desk.board.seeing import Seen
from hub.desk.board.telling import Sign, telling
from hub.desk.door import HallBoard
from hub.desk.holder import offered_languages
from voice.speaker import Utterance

PAGE_S, CARD_S, LANGUAGE_S = 10, 20, 20
"""How long a page of the running line, the card of what to bring and a language each have their turn, in seconds."""

MOST_LIT, MOST_RECENT, MOST_QUEUES = 8, 8, 12


class CallRow(Struct, frozen=True):
    """One call. `word` stands before a counter that has a number; `colour` is the zone's, "" for none; `again` marks a recall."""

    number: str
    word: str
    counter: str
    letter: str
    colour: str
    again: str


class Card(Struct, frozen=True):
    """What to bring for one service."""

    agency: str
    title: str
    text: str
    icon: str


class WaitingPanel(Struct, frozen=True):
    """Agencies that somebody waits for, the fullest first, and how many. `page` is the form of "1 of 2"."""

    rows: tuple[tuple[str, str], ...]
    caption: str
    page: str


class BoardView(Struct, frozen=True):
    """The board. `lit` and `rows` are newest first. `turn` counts pages of PAGE_S: the line and the panel turn by it."""

    hall: str
    place: str
    date: str
    clock: str
    lit: tuple[CallRow, ...]
    rows: tuple[CallRow, ...]
    sign: Sign | None
    card: Card | None
    waiting: WaitingPanel
    alerts: tuple[str, ...]
    tips: tuple[str, ...]
    turn: int
    newest: CallId | None


def board_view(answer: HallBoard, zones: tuple[ZoneId, ...], seen: Seen, hold: timedelta) -> BoardView:
    """The board of these zones (none given: of the whole hall). A call is lit for `hold` since it was first `seen`."""
    zone = ZoneInfo(answer.hall.time_zone)
    local = answer.at.astimezone(zone)
    offered = offered_languages(answer.hall.languages)
    first, turned = offered[0], offered[_turn(answer.at, LANGUAGE_S) % len(offered)]
    words = words_of(first).display
    calls = calls_of(answer, zones)
    lit, rows = _split(calls, seen, answer.at, hold)
    attention = any(seen.is_new(call.call, answer.at, hold) for call in calls)
    told = telling(answer, zones, turned, attention=attention, quiet=not calls)
    if told.sign is not None:
        # A sign has the place of the newest call; what was called stays below it, unless it stands alone.
        lit, rows = (), (() if told.sign.alone else (*lit, *rows)[:MOST_RECENT])
    return BoardView(
        hall=said(answer.hall.name, first),
        place=said(answer.hall.place, first),
        date=day_date(local.date(), turned),
        clock=clock(local, first),
        lit=tuple(_row(call, answer, first, words) for call in lit),
        rows=tuple(_row(call, answer, first, words) for call in rows),
        sign=told.sign,
        card=_card(answer, zones, turned),
        waiting=_waiting(answer, zones, first, words),
        alerts=told.alerts,
        tips=told.tips,
        turn=_turn(answer.at, PAGE_S),
        newest=calls[0].call if calls else None,
    )


def calls_of(answer: HallBoard, zones: tuple[ZoneId, ...]) -> tuple[RecentCall, ...]:
    """The latest calls of these zones, newest first, each number once: where it was called last."""
    found: dict[str, RecentCall] = {}
    for call in answer.recent:
        if not zones or call.zone in zones:
            found.setdefault(call.number, call)
    return tuple(found.values())


def utterance_of(answer: HallBoard, call: RecentCall) -> Utterance:
    """What is said of a call, in the hall's first language that there are words in. ValueError where it cannot be said."""
    language = offered_languages(answer.hall.languages)[0]
    return Utterance(call_of(answer.hall, call.number, call.counter, language), language)


def _split(
    calls: tuple[RecentCall, ...], seen: Seen, at: datetime, hold: timedelta
) -> tuple[tuple[RecentCall, ...], tuple[RecentCall, ...]]:
    """The calls to show lit, and the others. The newest is always lit, with those that came less than `hold` ago."""
    held = [call for place, call in enumerate(calls) if place == 0 or seen.is_new(call.call, at, hold)][:MOST_LIT]
    return tuple(held), tuple(call for call in calls if call not in held)[:MOST_RECENT]


def _row(call: RecentCall, answer: HallBoard, language: Language, words: DisplayWords) -> CallRow:
    hall = answer.hall
    name = next((counter_name(each, language) for each in hall.counters if each.id == call.counter), call.counter)
    zone = next((each for each in hall.zones if each.id == call.zone), None)
    return CallRow(
        number=call.number,
        word=words.counter if is_spelled(name) else "",
        counter=name,
        letter=zone.letter if zone else "",
        colour=(zone.colour or "") if zone else "",
        again=words.again.format(count=call.repeat) if call.repeat > 1 else "",
    )


def _agencies(answer: HallBoard, zones: tuple[ZoneId, ...]) -> list[AgencyOfHall]:
    return [agency for agency in answer.hall.agencies if not zones or agency.zone in zones]


def _card(answer: HallBoard, zones: tuple[ZoneId, ...], language: Language) -> Card | None:
    """The services take turns."""
    agencies = {agency.id: agency for agency in _agencies(answer, zones)}
    offered = [
        (agencies[one.agency], service) for one in answer.agencies if one.agency in agencies for service in one.services
    ]
    if not offered:
        return None
    agency, service = offered[_turn(answer.at, CARD_S) % len(offered)]
    text = to_bring(service, language, words_of(language).display)
    return Card(said(agency.name, language), said(service.name, language), text, service.icon or agency.icon)


def _waiting(answer: HallBoard, zones: tuple[ZoneId, ...], language: Language, words: DisplayWords) -> WaitingPanel:
    counts = [(answer.waiting.get(agency.id, 0), said(agency.name, language)) for agency in _agencies(answer, zones)]
    # Sorting keeps the hall's own order among equals.
    rows = sorted(((count, name) for count, name in counts if count), key=lambda each: -each[0])
    return WaitingPanel(
        rows=tuple((name, str(count)) for count, name in rows[:MOST_QUEUES]),
        caption=words.waiting if rows else words.nobody_waits,
        page=words.page,
    )


def _turn(at: datetime, each_s: int) -> int:
    """Counts turns of `each_s` seconds by the hub's clock, so that every board turns its page at the same moment."""
    return int(at.timestamp()) // each_s
