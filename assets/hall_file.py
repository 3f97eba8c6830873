"""A hall as its owner writes it: `hall.toml` and `agencies/*.toml`, made into the messages that describe the hall.

The files are friendlier than the messages: opening hours are inherited from the hall and the agency, holidays and
breaks are said once, a counter needs no name. Knows nothing of the hub; the example hall's comments are the manual.
"""

import hashlib
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from assets.hall_entries import (
    AgencyEntry,
    HallEntry,
    HallRules,
    HallSources,
    RequirementEntry,
    ServiceEntry,
    opening_of,
)
from assets.hall_faults import problems_of
from assets.mending import mended
from assets.reading import BadFile, Problem, Source, in_order, read_source, struct_of
from assets.words import words_of
from contract.calls import Board, CounterOnBoard
from contract.catalogue import LARGE_BODY, SMALL_BODY
from contract.codec import encode
from contract.halls import (
    AgencyOfHall,
    AgencyServices,
    CounterOfHall,
    Errand,
    Hall,
    Requirement,
    ServiceOfAgency,
    ZoneOfHall,
)
from contract.names import HallId, Language, Number, Text

Entry = TypeVar("Entry", HallEntry, AgencyEntry)

HOURS = ("begins", "ends", "last_ticket", "days")
"""Keys whose fault makes nonsense of their neighbours."""


class HallFile(Struct, frozen=True):
    """A hall that was read and found right. The agencies stand in the order of `hall.agencies`."""

    id: HallId
    hall: Hall
    agencies: tuple[AgencyServices, ...]
    rules: HallRules


def read_hall(directory: Path) -> HallFile:
    """The hall of a hall directory; BadFile with every problem of all its files at once."""
    problems: list[Problem] = []
    hall, hall_source = _entry(directory / "hall.toml", HallEntry, problems)
    paths = sorted((directory / "agencies").glob("*.toml"))
    agencies = tuple(_entry(path, AgencyEntry, problems) for path in paths)
    if not agencies:
        problems.append(Problem(str(directory / "agencies"), 0, "", "holds no agency", "one NAME.toml per agency"))
    between = problems_of(HallSources(hall, hall_source, agencies))
    problems += [one for one in between if not any(_follows(one, other) for other in problems)]
    if problems or hall is None:
        raise BadFile(in_order(tuple(problems)))
    file = _hall_file(hall, tuple(entry for entry, _ in agencies if entry is not None))
    too_large = _too_large(directory, file)
    if too_large:
        raise BadFile(too_large)
    return file


def _entry(path: Path, into: type[Entry], problems: list[Problem]) -> tuple[Entry | None, Source]:
    """A file as its entry; where it has faults they are noted, and the entry is mended; None where it is no TOML."""
    try:
        source = read_source(path)
    except BadFile as bad:
        problems.extend(bad.problems)
        return None, Source(str(path), {})
    try:
        return struct_of(source, into), source
    except BadFile as bad:
        problems.extend(bad.problems)
        return mended(source.data, into), source


def _follows(problem: Problem, fault: Problem) -> bool:
    """Whether a problem is only the consequence of a fault: at it, inside it, around it, or in the same stretch of hours."""
    if problem.file != fault.file or not fault.key:
        return False
    one, other = sorted((problem.key, fault.key), key=len)
    around = fault.key.rpartition(".")[0]
    return (
        other == one
        or other.startswith((f"{one}.", f"{one}["))
        or (fault.key.endswith(HOURS) and problem.key.rpartition(".")[0] == around)
    )


def _too_large(directory: Path, file: HallFile) -> tuple[Problem, ...]:
    """Files that say more than travels in one message."""
    said: list[tuple[Path, Hall | AgencyServices]] = [(directory / "hall.toml", file.hall)]
    said += [(directory / "agencies" / f"{agency.agency}.toml", agency) for agency in file.agencies]
    sizes = [(path, len(encode(message))) for path, message in said]
    found = [
        Problem(str(path), 0, "", f"makes a message of {size} bytes, the limit is {LARGE_BODY}", "make two of it")
        for path, size in sizes
        if size > LARGE_BODY
    ]
    size = len(encode(_busiest_board(file.hall)))
    if size > SMALL_BODY:
        what = f"are {len(file.hall.counters)}: a board with all of them busy takes {size} bytes, the limit is {SMALL_BODY}"
        hint = "make two halls of it, or shorten the ids of counters and services"
        found.append(Problem(str(directory / "hall.toml"), 0, "counters", what, hint))
    return tuple(found)


def _busiest_board(hall: Hall) -> Board:
    """The board with a ticket of the longest names at every counter; the hub leaves out the rest where it must."""
    now = datetime(2026, 1, 1, microsecond=1, tzinfo=timezone(timedelta(hours=8)))
    counters = tuple(
        CounterOnBoard(
            id=counter.id,
            state="serving",
            number=Number("ABC123456"),
            service=max(counter.services, key=len, default=None),
            called_at=now,
            calls=999,
        )
        for counter in hall.counters
    )
    return Board(boot=10**6, seq=10**9, at=now, day="2026-01-01", counters=counters, recent=())


def _hall_file(entry: HallEntry, agencies: tuple[AgencyEntry, ...]) -> HallFile:
    order = {agency: place for place, agency in enumerate(entry.agency_order)}
    agencies = tuple(sorted(agencies, key=lambda agency: order.get(agency.id, len(order))))
    messages = tuple(_agency_services("", entry, agency) for agency in agencies)
    hall = _hall("", entry, agencies)
    digest = hashlib.sha256(b"\n".join([encode(hall), *map(encode, messages)]))
    revision = digest.hexdigest()[:12]
    return HallFile(
        id=entry.id,
        hall=_hall(revision, entry, agencies),
        agencies=tuple(_agency_services(revision, entry, agency) for agency in agencies),
        rules=entry.rules,
    )


def _hall(revision: str, entry: HallEntry, agencies: tuple[AgencyEntry, ...]) -> Hall:
    return Hall(
        revision=revision,
        name=entry.name,
        time_zone=entry.time_zone,
        languages=entry.languages,
        day_begins=entry.day_begins,
        day_closes=entry.day_closes,
        zones=tuple(ZoneOfHall(zone.id, zone.letter, zone.name, zone.colour) for zone in entry.zones),
        agencies=tuple(AgencyOfHall(one.id, one.name, one.zone, one.about, one.icon, one.spoken) for one in agencies),
        counters=tuple(
            CounterOfHall(one.id, one.name or _short_name(one.id, entry.languages), one.zone, one.services, one.spoken)
            for one in entry.counters
        ),
        errands=tuple(Errand(one.id, one.name, one.services, one.icon, one.words) for one in entry.errands),
        place=entry.place,
        language_names={language: words_of(language).language.name for language in entry.languages},
        ticket_footer=entry.ticket_footer,
        numbers_said=entry.numbers_said,
    )


def _short_name(counter: str, tongues: tuple[Language, ...]) -> Text:
    """What stands over a counter without a name: `loket-3` is "3" in every language."""
    return dict.fromkeys(tongues, counter.rpartition("-")[2])


def _agency_services(revision: str, hall: HallEntry, agency: AgencyEntry) -> AgencyServices:
    return AgencyServices(revision, agency.id, tuple(_service(hall, agency, service) for service in agency.services))


def _service(hall: HallEntry, agency: AgencyEntry, service: ServiceEntry) -> ServiceOfAgency:
    return ServiceOfAgency(
        id=service.id,
        prefix=service.prefix or agency.prefix or "",
        name=service.name,
        opening=opening_of(hall.opening, agency.opening, service.opening),
        requirements=tuple(map(_requirement, service.requirements)),
        procedure=service.procedure,
        duration=service.duration,
        fee=service.fee,
        product=service.product,
        complaints=service.complaints,
        icon=service.icon,
        hand_in_by=service.hand_in_by,
        remark=service.remark,
        synonyms=service.synonyms,
    )


def _requirement(entry: RequirementEntry) -> Requirement:
    note = entry.get("note", {})
    texts = {Language(language): text for language, text in entry.items() if isinstance(text, str)}
    notes = {Language(language): text for language, text in note.items()} if isinstance(note, dict) else {}
    return Requirement(texts, notes)
