"""What stands on the board's web page now. Pure: what the hub answered goes in, words come out.

The same board as the hall display's, drawn from the hub's own state instead of from messages. It says nothing of who
somebody is, and nothing that the displays in the hall do not show. Times are the hub's.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.bringing import to_bring
from assets.dates import clock, day_date
from assets.phrases import call_sentence, is_spelled
from assets.places import said
from assets.words import DisplayWords, words_of
from contract.calls import CounterOnBoard, NoticeText, RecentCall
from contract.halls import AgencyOfHall
from contract.names import CallId, Language, ZoneId
from hub.desk.board.seeing import Seen
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


class Sign(Struct, frozen=True):
    """Words in the place of the newest call; one that stands `alone` has the place of everything else too."""

    title: str
    text: str
    hint: str
    warning: bool = False
    alone: bool = False


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
    notice = _notice(answer.notice, zones)
    sign = _sign(answer, notice, zone, turned, quiet=not calls)
    if sign is not None:
        # A sign has the place of the newest call. While the hall is open what was called before stays below it.
        lit, rows = (), (() if sign.alone else (*lit, *rows))
    return BoardView(
        hall=said(answer.hall.name, first),
        place=said(answer.hall.place, first),
        date=day_date(local.date(), turned),
        clock=clock(local, first),
        lit=tuple(_row(call, answer, first, words) for call in lit),
        rows=tuple(_row(call, answer, first, words) for call in rows),
        sign=sign,
        card=_card(answer, zones, turned),
        waiting=_waiting(answer, zones, first, words),
        alerts=_alerts(answer, zones, notice, zone, turned),
        tips=() if _is_urgent(notice) or answer.closed else _tips(turned),
        turn=_turn(answer.at, PAGE_S),
        newest=calls[0].call if calls and sign is None else None,
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
    counter = next((each for each in answer.hall.counters if each.id == call.counter), None)
    name = said(counter.name, language) if counter else str(call.counter)
    spoken = counter.spoken.get(language, "") if counter else ""
    return Utterance(call_sentence(call.number, name, language, answer.hall.numbers_said, spoken), language)


def _split(
    calls: tuple[RecentCall, ...], seen: Seen, at: datetime, hold: timedelta
) -> tuple[tuple[RecentCall, ...], tuple[RecentCall, ...]]:
    """The calls to show lit, and the others. The newest is always lit, with those that came less than `hold` ago."""
    held = [call for place, call in enumerate(calls) if place == 0 or seen.is_new(call.call, at, hold)][:MOST_LIT]
    return tuple(held), tuple(call for call in calls if call not in held)[:MOST_RECENT]


def _row(call: RecentCall, answer: HallBoard, language: Language, words: DisplayWords) -> CallRow:
    hall = answer.hall
    name = next((said(each.name, language) for each in hall.counters if each.id == call.counter), str(call.counter))
    zone = next((each for each in hall.zones if each.id == call.zone), None)
    return CallRow(
        number=call.number,
        word=words.counter if is_spelled(name) else "",
        counter=name,
        letter=zone.letter if zone else "",
        colour=(zone.colour or "") if zone else "",
        again=words.again.format(count=call.repeat) if call.repeat > 1 else "",
    )


def _notice(notice: NoticeText | None, zones: tuple[ZoneId, ...]) -> NoticeText | None:
    """The notice, if it is for these zones."""
    if notice is None or (notice.zones and zones and not set(notice.zones) & set(zones)):
        return None
    return notice


def _is_urgent(notice: NoticeText | None) -> bool:
    return notice is not None and notice.level != "info"


def _sign(
    answer: HallBoard, notice: NoticeText | None, zone: ZoneInfo, language: Language, *, quiet: bool
) -> Sign | None:
    words = words_of(language).display
    if notice is not None and notice.level == "evacuate":
        # Nobody is to wait for a number now: it has the whole board, in every language that it was written in.
        first, *others = [notice.text[one] for one in answer.hall.languages if one in notice.text] or [""]
        return Sign(first, "\n".join(others), "", warning=True, alone=True)
    if answer.closed:
        early = f"{answer.at.astimezone(zone):%H:%M}" < answer.hall.day_begins
        return Sign(words.not_begun_title if early else words.done_title, words.shut_hint, "", alone=True)
    if quiet:
        return Sign(words.quiet_title, words.quiet_text, words.quiet_hint)
    return None


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


def _alerts(
    answer: HallBoard, zones: tuple[ZoneId, ...], notice: NoticeText | None, zone: ZoneInfo, language: Language
) -> tuple[str, ...]:
    """What calls for attention: the notice, then the officers who are away; nothing else while a notice is urgent."""
    told = () if notice is None or notice.level == "evacuate" else (said(notice.text, language),)
    if _is_urgent(notice) or answer.closed:
        return told
    zone_of = {counter.id: counter.zone for counter in answer.hall.counters}
    away = [
        each
        for each in answer.counters
        if each.state == "paused" and (not zones or zone_of.get(each.id) in zones)
    ]  # fmt: skip
    return (*told, *(_absence(each, answer, zone, language) for each in away))


def _absence(counter: CounterOnBoard, answer: HallBoard, zone: ZoneInfo, language: Language) -> str:
    words = words_of(language).display
    name = next((said(each.name, language) for each in answer.hall.counters if each.id == counter.id), str(counter.id))
    reasons = {"break": words.reason_break, "prayer": words.reason_prayer, "system": words.reason_system}
    reason = reasons.get(counter.reason or "", counter.reason or "")
    forms = {
        (False, False): words.away,
        (True, False): words.away_why,
        (False, True): words.away_until,
        (True, True): words.away_why_until,
    }
    return forms[bool(reason), counter.until is not None].format(
        counter=f"{words.counter} {name}" if is_spelled(name) else name,
        reason=reason,
        time=clock(counter.until.astimezone(zone), language) if counter.until else "",
    )


def _tips(language: Language) -> tuple[str, ...]:
    words = words_of(language).display
    return words.missed, words.free


def _turn(at: datetime, each_s: int) -> int:
    """Counts turns of `each_s` seconds by the hub's clock, so that every board turns its page at the same moment."""
    return int(at.timestamp()) // each_s
