"""What stands beside the calls: what to bring for a service, and how many wait for each agency. Pure; pages come by turns."""

import math

from msgspec import Struct

from assets.bringing import to_bring
from assets.places import said
from assets.words import words_of
from contract.halls import AgencyOfHall
from contract.names import Language, ZoneId
from display.board import Knowledge


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


def agencies_of(known: Knowledge, zones: tuple[ZoneId, ...]) -> list[AgencyOfHall]:
    """The agencies of these zones (none given: of the hall), in the hall's order."""
    if known.hall is None:
        return []
    return [agency for agency in known.hall.agencies if not zones or agency.zone in zones]


def card(known: Knowledge, zones: tuple[ZoneId, ...], languages: tuple[Language, ...], turns: int) -> Card | None:
    """One service each turn, in one language after another of those it has a name in. The services that can be had now take
    turns; where none can, all do.
    """
    offered = []
    for agency in agencies_of(known, zones):
        services = known.agencies.get(agency.id)
        queues = known.queues.get(agency.id)
        is_open = {queue.id for queue in queues.services if queue.open} if queues else set()
        offered += [(agency, one, one.id in is_open) for one in (services.services if services else ())]
    choice = [
        (agency, service, language)
        for agency, service, _ in ([each for each in offered if each[2]] or offered)
        for language in ([each for each in languages if each in service.name] or languages[:1])
    ]
    if not choice:
        return None
    agency, service, language = choice[turns % len(choice)]
    return Card(
        agency=said(agency.name, language),
        title=said(service.name, language),
        text=to_bring(service, language, words_of(language).display),
        icon=service.icon or agency.icon,
    )


def waiting(known: Knowledge, zones: tuple[ZoneId, ...], language: Language, lines: int, turns: int) -> WaitingPanel:
    """Agencies that somebody waits for, the fullest first, a page of so many lines each turn."""
    words = words_of(language).display
    counts = []
    for order, agency in enumerate(agencies_of(known, zones)):
        queues = known.queues.get(agency.id)
        count = sum(queue.waiting for queue in queues.services) if queues else 0
        if count:
            counts.append((-count, order, WaitingRow(said(agency.name, language), str(count))))
    rows = [row for _, _, row in sorted(counts, key=lambda each: each[:2])]
    pages = max(1, math.ceil(len(rows) / lines))
    page = turns % pages
    return WaitingPanel(
        rows=tuple(rows[page * lines : (page + 1) * lines]),
        caption=words.waiting if rows else words.nobody_waits,
        page=words.page.format(page=page + 1, pages=pages) if pages > 1 else "",
    )
