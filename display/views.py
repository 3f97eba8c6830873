"""What the hall sees, as frozen data: everything in words and in its place, nothing left for a screen to decide.

Pure: made from what the board knows, the settings and the time. Knows no colours and no pixels but the panel's own.
"""

from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from assets.dates import clock, day_date
from assets.phrases import is_spelled
from assets.places import counter_name, said
from assets.words import DisplayWords, words_of
from contract.calls import RecentCall
from contract.halls import Hall
from contract.names import CallId, CounterId, Language, ZoneId
from display import layout, table
from display.beside import Card, WaitingPanel, card, waiting
from display.board import Knowledge, attended, silent_s, split, time_of_hub
from display.care import CareManner, DarkView, RestView
from display.countersign import CounterSignView, counter_sign
from display.fitting import Piece
from display.layout import Kind, Placed
from display.lines import RunningLine, below_sign, page_at
from display.media import Picture
from display.sight import Panel
from display.signs import Sign, sign_of, welcome
from display.table import Table


class Manner(Struct, frozen=True):
    """How the board is shown. `zones`: none means the whole hall. Times in seconds. `counter`: whose own sign this is.

    `device` and `language` are for the time before the hall is known.
    """

    device: str
    language: Language
    zones: tuple[ZoneId, ...]
    panel: Panel
    kind: Kind = "calls-with-media"
    counter: CounterId | None = None
    hub_silent_s: float = 12.0
    heed_after_s: float = 60.0
    page_s: float = 10.0
    card_s: float = 20.0
    care: CareManner = CareManner()


class CallRow(Struct, frozen=True):
    """One call. `word` stands before a counter that has a number; one with a name of its own needs none.

    `colour` is the zone's, six hexadecimal digits or nothing. `again` says that this is not its first call, `times` how
    often it was called: "2x".
    """

    call: CallId
    number: str
    word: str
    counter: str
    letter: str
    counter_id: CounterId
    colour: str = ""
    again: str = ""
    times: str = ""


class BoardView(Struct, frozen=True):
    """The board. `lit` and `rows` are newest first. `stale`: nothing is heard of the hub, what stands here grows old.

    `placed` has a box for all of them. `picture` stands in the place of media; without one the card does.
    """

    hall: str
    place: str
    date: str
    clock: str
    placed: Placed
    lit: tuple[CallRow, ...]
    rows: tuple[CallRow, ...]
    sign: Sign | None
    card: Card | None
    waiting: WaitingPanel
    line: RunningLine
    stale: bool
    picture: Picture | None = None
    table: Table | None = None


class StartingView(Struct, frozen=True):
    """Before the hall is known. `device` tells technicians which display this is."""

    text: str
    device: str
    warning: bool


View = BoardView | CounterSignView | StartingView | RestView | DarkView


def view_of(
    known: Knowledge, manner: Manner, speaking: CallId | None, now_s: float, picture: Picture | None = None
) -> View:
    """What is to be seen now. `speaking`: the call that is being spoken here. `picture`: what of media stands now."""
    silent = silent_s(known, now_s)
    hall = known.hall
    if hall is None:
        words = words_of(manner.language).display
        lost = silent >= manner.heed_after_s
        return StartingView(words.lost_text_unknown if lost else words.starting, manner.device, warning=lost)
    language = hall.languages[0]
    if manner.kind == "counter-sign" and manner.counter is not None:
        return counter_sign(
            known,
            manner.panel,
            manner.counter,
            now_s,
            silence=(manner.hub_silent_s, manner.heed_after_s),
            language=language,
        )
    board = _board(known, manner, hall, speaking, now_s)
    return replace(board, picture=picture) if board.placed.media else board


def _board(known: Knowledge, manner: Manner, hall: Hall, speaking: CallId | None, now_s: float) -> BoardView:
    language = hall.languages[0]
    words = words_of(language).display
    now = time_of_hub(known, now_s)
    local = now.astimezone(ZoneInfo(hall.time_zone)) if now else None
    stale = silent_s(known, now_s) >= manner.hub_silent_s
    heed = silent_s(known, now_s) >= manner.heed_after_s
    page = page_at(known, manner.zones, manner.page_s, now_s, stale=stale)
    lit, others = split(known, manner.zones, speaking, now_s, layout.MOST_LIT)
    attention = attended(known, lit, speaking, now_s)
    if manner.kind == "agencies":
        # The table has every number in hand: a call stands above it while it has attention, and no longer.
        lit, others = attention, ()
    sign = sign_of(known, manner.zones, page.language, now_s, heed=heed, attention=bool(attention))
    if sign is None and not lit and manner.kind != "agencies":
        sign = welcome(page.language)
    if sign is not None:
        # A sign has the place of the newest call; what was called before stays below it, unless it stands alone.
        lit, others = (), () if sign.alone else (*lit, *others)
    lit_rows = tuple(_row(call, hall, language, words) for call in lit)
    rows = tuple(_row(call, hall, language, words) for call in others)
    alone = sign is not None and sign.alone
    if manner.kind == "agencies":
        placed = table.place(manner.panel, _pieces(lit_rows))
    else:
        placed = layout.place(manner.panel, "calls" if alone else manner.kind, _pieces(lit_rows), _pieces(rows))
    return BoardView(
        hall=said(hall.name, language),
        place=said(hall.place, language),
        date=day_date(local.date(), page.language) if local else "",
        clock=clock(local, language) if local else "",
        placed=placed,
        lit=lit_rows,
        rows=rows[: len(placed.rows)],
        sign=sign,
        card=card(known, manner.zones, hall.languages, int(now_s / manner.card_s)) if placed.media else None,
        waiting=waiting(
            known, manner.zones, page.language, layout.lines_in(placed.waiting), int(now_s / manner.page_s)
        ),
        line=below_sign(page, alone=sign.alone) if sign is not None and sign.notice else page.line,
        stale=stale,
        table=None if sign else _table(known, manner, placed, language, now_s),
    )


def _table(known: Knowledge, manner: Manner, placed: Placed, language: Language, now_s: float) -> Table | None:
    lines = table.lines_in(manner.panel, placed.agencies)
    return table.table(known, manner.zones, language, lines, int(now_s / manner.page_s))


def _row(call: RecentCall, hall: Hall, language: Language, words: DisplayWords) -> CallRow:
    name = next((counter_name(one, language) for one in hall.counters if one.id == call.counter), call.counter)
    zone = next((zone for zone in hall.zones if zone.id == call.zone), None)
    return CallRow(
        call=call.call,
        number=call.number,
        word=words.counter if is_spelled(name) else "",
        counter=name,
        letter=zone.letter if zone else "",
        counter_id=call.counter,
        colour=(zone.colour or "") if zone else "",
        again=words.again.format(count=call.repeat) if call.repeat > 1 else "",
        times=f"{call.repeat}×" if call.repeat > 1 else "",
    )


def _pieces(rows: tuple[CallRow, ...]) -> tuple[Piece, ...]:
    return tuple(Piece(row.number, row.word, row.counter, lettered=bool(row.letter), times=row.times) for row in rows)
