"""The waiting room's table: for each agency how many wait and who is called now; a call stands above it while it is lit. Pure."""

import math
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from assets.places import counter_name, said
from assets.words import words_of
from contract.calls import CounterOnBoard
from contract.halls import Hall
from contract.names import AgencyId, Language, ServiceId, ZoneId
from display import layout
from display.beside import agencies_of
from display.board import Knowledge
from display.fitting import Piece
from display.layout import Placed
from display.sharing import GAP, Box
from display.sight import Panel

HEADING = 62.0
"""What the columns are called, above them, in units."""

LINE, UPRIGHT_LINE = 124.0, 184.0
"""One agency with the space below it; on an upright panel its calls stand below its name."""

SHORTEST = 2
"""A table of fewer lines than this is left out while calls are lit."""


class CallOfAgency(Struct, frozen=True):
    """A number in an officer's hands. `called`: it is awaited there now; else it is being served."""

    number: str
    counter: str
    called: bool


class AgencyLine(Struct, frozen=True):
    """One agency. `waiting` is a count in words' place: "0" too. `more`: calls that have no room, "+2" or nothing."""

    name: str
    icon: str
    waiting: str
    calls: tuple[CallOfAgency, ...]
    more: str


class Table(Struct, frozen=True):
    """A page of agencies with the names of its columns. `page` is empty where there is only one.

    `places`: how many agencies share the height; the last page may have fewer.
    """

    lines: tuple[AgencyLine, ...]
    places: int
    agency: str
    waiting: str
    called: str
    page: str


@lru_cache(maxsize=128)
def place(panel: Panel, lit: tuple[Piece, ...]) -> Placed:
    """The table's box, and above it those of the lit calls. No box for the table where calls leave it too little."""
    area = layout.area_of(panel)
    if not lit:
        empty = layout.place(panel, "calls", (), ())
        return replace(empty, newest=None, sign=area, rows=(), empty=(), agencies=area)
    placed = layout.place_above(panel, lit)
    bottom = max(each.box.top + each.box.height for each in placed.lit)
    rest = area.top + area.height - bottom - GAP
    if rest < HEADING + SHORTEST * line_high(panel):
        return layout.place(panel, "calls", lit, ())
    return replace(placed, agencies=Box(area.left, bottom + GAP, area.width, rest))


def line_high(panel: Panel) -> float:
    """An agency's line, in units."""
    return UPRIGHT_LINE if panel.upright else LINE


def lines_in(panel: Panel, box: Box | None) -> int:
    """So many agencies have a line in the table."""
    return max(1, int((box.height - HEADING + GAP) / line_high(panel))) if box else 0


def table(known: Knowledge, zones: tuple[ZoneId, ...], language: Language, lines: int, turns: int) -> Table | None:
    """A page of the agencies of these zones in the hall's order. None without a line for any."""
    hall = known.hall
    agencies = agencies_of(known, zones)
    if hall is None or lines < 1 or not agencies:
        return None
    words = words_of(language).display
    pages = math.ceil(len(agencies) / lines)
    # Pages are filled evenly: none has a single agency while others are full.
    each = math.ceil(len(agencies) / pages)
    page = turns % pages
    of_service = {service.id: agency for agency, one in known.agencies.items() for service in one.services}
    shown = []
    for agency in agencies[page * each : (page + 1) * each]:
        queues = known.queues.get(agency.id)
        waiting = sum(queue.waiting for queue in queues.services) if queues else 0
        calls = _calls(known, hall, agency.id, of_service, language)
        shown.append(
            AgencyLine(
                name=said(agency.name, language),
                icon=agency.icon,
                waiting=str(waiting),
                calls=calls[:SHOWN_CALLS],
                more=f"+{len(calls) - SHOWN_CALLS}" if len(calls) > SHOWN_CALLS else "",
            )
        )
    return Table(
        lines=tuple(shown),
        places=each,
        agency=words.table_agency,
        waiting=words.table_waiting,
        called=words.table_called,
        page=words.page.format(page=page + 1, pages=pages) if pages > 1 else "",
    )


SHOWN_CALLS = 2
"""So many numbers stand in a line; "+1" says that there are more."""


def _calls(
    known: Knowledge, hall: Hall, agency: AgencyId, of_service: dict[ServiceId, AgencyId], language: Language
) -> tuple[CallOfAgency, ...]:
    """Numbers in officers' hands: those that are awaited first, of each kind the newest first."""
    names = {counter.id: counter_name(counter, language) for counter in hall.counters}
    held = [
        counter
        for counter in (known.board.counters if known.board else ())
        if counter.number and counter.service is not None and of_service.get(counter.service) == agency
    ]

    def order(counter: CounterOnBoard) -> tuple[bool, float]:
        return counter.state != "called", -(counter.called_at.timestamp() if counter.called_at else 0.0)

    found = []
    for counter in sorted(held, key=order):
        name = names.get(counter.id, str(counter.id))
        found.append(CallOfAgency(counter.number or "", name, counter.state == "called"))
    return tuple(found)
