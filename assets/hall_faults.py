"""What is wrong between the parts of a hall's files: references to nothing, a missing published part, hours that clash.

Pure: it is given what was read and returns problems with their lines. Files with faults of their own are judged as far
as they go; the ids in them count as known, so that one fault is not told as many.
"""

from collections.abc import Callable, Iterable, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from assets import icons
from assets.hall_entries import AgencyEntry, HallEntry, HallSources, ServiceEntry
from assets.hall_synonyms import synonym_problems
from assets.hall_texts import text_problems
from assets.hall_times import opening_problems, service_time_problems
from assets.judging import did_you_mean
from assets.positions import Path
from assets.reading import Problem, Source
from assets.words import languages
from contract.catalogue import SMALL_BODY
from contract.names import Language
from contract.numbering import colliding_prefixes

QUEUE_BYTES = 230
"""What one service takes at most in `all/queues/{agency}`: its longest id, times and range."""
MOST_SERVICES = SMALL_BODY // QUEUE_BYTES

SIX_PARTS = ("requirements", "procedure", "duration", "fee", "product", "complaints")
"""UU 25/2009: what every public service must publish."""


def problems_of(sources: HallSources) -> list[Problem]:
    """Every problem between the parts, in no special order."""
    hall, hall_source = sources.hall, sources.hall_source
    found = list(_twice_between_agencies(sources))
    if hall is not None:
        found += _hall_problems(hall, hall_source, sources)
    tongues = hall.languages if hall is not None else _languages_in(hall_source)
    for agency, source in sources.agencies:
        if agency is not None:
            found += _agency_problems(agency, source, hall, tongues)
    return found


def _hall_problems(hall: HallEntry, source: Source, sources: HallSources) -> Iterator[Problem]:
    if not _is_time_zone(hall.time_zone):
        hint = did_you_mean(hall.time_zone, available_timezones(), list_up_to=0)
        yield source.problem(("time_zone",), f'there is no time zone "{hall.time_zone}"', hint)
    for index, language in enumerate(hall.languages):
        if language not in languages():
            hint = did_you_mean(language, languages())
            yield source.problem(("languages", index), f'there are no words in the language "{language}"', hint)
        elif language in hall.languages[:index]:
            yield source.problem(("languages", index), f'"{language}" stands here twice')
    if hall.day_begins >= hall.day_closes:
        yield source.problem(("day_closes",), f"must be later than day_begins ({hall.day_begins})")
    yield from opening_problems(hall.opening, ("opening",), source, hall)
    yield from text_problems(hall, source, hall.languages)
    for name in ("zones", "counters", "errands"):
        yield from _twice(((name, index, "id"), entry.id) for index, entry in enumerate(getattr(hall, name)))(source)
    yield from _twice((("zones", index, "letter"), zone.letter) for index, zone in enumerate(hall.zones))(source)
    for index, errand in enumerate(hall.errands):
        yield from _icon_problem(errand.icon, ("errands", index, "icon"), source)
        yield from synonym_problems(errand.words, ("errands", index, "words"), source, hall.languages)
    yield from _references(hall, source, sources)


def _references(hall: HallEntry, source: Source, sources: HallSources) -> Iterator[Problem]:
    """What the hall's file points to must be there, and every service must be taken somewhere."""
    zones = [zone.id for zone in hall.zones]
    services = [str(service) for _, raw in sources.agencies for service in _ids_in(raw)]
    agencies = [str(raw.data.get("id")) for _, raw in sources.agencies]
    for index, counter in enumerate(hall.counters):
        yield from _known(counter.zone, zones, "zone", ("counters", index, "zone"), source)
        for place, service in enumerate(counter.services):
            yield from _known(service, services, "service", ("counters", index, "services", place), source)
    for index, errand in enumerate(hall.errands):
        if not errand.services:
            yield source.problem(("errands", index, "services"), "must name at least one service")
        for place, service in enumerate(errand.services):
            yield from _known(service, services, "service", ("errands", index, "services", place), source)
    for place, agency in enumerate(hall.agency_order):
        yield from _known(agency, agencies, "agency", ("agency_order", place), source)
    taken = {service for counter in hall.counters for service in counter.services}
    for entry, raw in sources.agencies:
        for index, one in enumerate(entry.services if entry is not None else ()):
            if one.id not in taken:
                what = f'no counter takes the service "{one.id}"'
                hint = "name it at a counter in hall.toml"
                yield raw.problem(("services", index, "id"), what, hint)


def _agency_problems(
    agency: AgencyEntry, source: Source, hall: HallEntry | None, tongues: tuple[Language, ...]
) -> Iterator[Problem]:
    stem = source.file.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".toml")
    if agency.id != stem:
        yield source.problem(("id",), f'must be the file\'s name, "{stem}", not "{agency.id}"')
    if hall is not None:
        yield from _known(agency.zone, [zone.id for zone in hall.zones], "zone", ("zone",), source)
        yield from opening_problems(agency.opening, ("opening",), source, hall)
    if len(agency.services) > MOST_SERVICES:
        what = f"has {len(agency.services)} services, {MOST_SERVICES} fit into what is sent of one agency"
        yield source.problem(("services",), what, "make two agencies of it")
    yield from _icon_problem(agency.icon, ("icon",), source)
    yield from text_problems(agency, source, tongues)
    for index, service in enumerate(agency.services):
        yield from _service_problems(
            service, agency, ("services", index), source, hall, first=next(iter(tongues), None)
        )
        yield from synonym_problems(service.synonyms, ("services", index, "synonyms"), source, tongues)


def _service_problems(
    service: ServiceEntry,
    agency: AgencyEntry,
    path: Path,
    source: Source,
    hall: HallEntry | None,
    *,
    first: Language | None,
) -> Iterator[Problem]:
    if service.prefix is None and agency.prefix is None:
        yield source.problem((*path, "prefix"), "is missing, here and for the agency", 'such as prefix = "K"')
    if service.icon is not None:
        yield from _icon_problem(service.icon, (*path, "icon"), source)
    for part in SIX_PARTS:
        if not getattr(service, part):
            what = f'is missing for the service "{service.id}": it is one of the six parts that must be published'
            hint = f"UU 25/2009 asks for {', '.join(SIX_PARTS)}" + (f'; in "{first}" at least' if first else "")
            yield source.problem((*path, part), what, hint)
    if hall is not None:
        yield from opening_problems(service.opening, (*path, "opening"), source, hall)
        yield from service_time_problems(hall, agency, service, path, source)


def _twice_between_agencies(sources: HallSources) -> Iterator[Problem]:
    """Ids of agencies and services are unique in the hall, and a prefix belongs to one agency."""
    services: dict[str, str] = {}
    agencies: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    for entry, source in sources.agencies:
        agency = str(source.data.get("id"))
        if agency in agencies:
            yield source.problem(("id",), f'"{agency}" is taken by {agencies[agency]}')
        agencies.setdefault(agency, source.file)
        for index, service in enumerate(_ids_in(source)):
            if service in services:
                yield source.problem(("services", index, "id"), f'"{service}" is taken in {services[service]}')
            services.setdefault(service, source.file)
        for path, prefix in _prefixes_in(entry):
            for near in prefixes:
                if colliding_prefixes((prefix, near)):
                    what = f'the prefixes "{prefix}" and "{near}" would give the same number twice'
                    yield source.problem(path, what, "one is the other with digits behind it: choose a letter")
            other = prefixes.setdefault(prefix, agency)
            if other != agency:
                what = f'the prefix "{prefix}" belongs to the agency "{other}"'
                yield source.problem(path, what, "people tell agencies apart by it: choose another")


def _prefixes_in(entry: AgencyEntry | None) -> Iterator[tuple[Path, str]]:
    if entry is None:
        return
    if entry.prefix is not None:
        yield ("prefix",), entry.prefix
    for index, service in enumerate(entry.services):
        if service.prefix is not None:
            yield ("services", index, "prefix"), service.prefix


def _ids_in(source: Source) -> tuple[str, ...]:
    """The ids of an agency's services as the file has them, whether or not the rest of it is right."""
    services = source.data.get("services")
    if not isinstance(services, list):
        return ()
    return tuple(str(service.get("id")) for service in services if isinstance(service, dict))


def _languages_in(source: Source) -> tuple[Language, ...]:
    """The hall's languages where its file has other faults."""
    found = source.data.get("languages")
    return tuple(Language(one) for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown; no fit name; the name of a folder
        return False
    return True


def _known(name: str, known: Iterable[str], what: str, path: Path, source: Source) -> Iterator[Problem]:
    there = list(known)  # none at all: that is a problem of its own, and this would only repeat it
    if there and name not in there:
        yield source.problem(path, f'there is no {what} "{name}"', did_you_mean(name, there))


def _icon_problem(icon: str, path: Path, source: Source) -> Iterator[Problem]:
    if icon not in icons.names():
        yield source.problem(path, f'there is no icon "{icon}"', did_you_mean(icon, icons.names(), list_up_to=0))


def _twice(named: Iterable[tuple[Path, str]]) -> Callable[[Source], Iterator[Problem]]:
    """Names that stand more than once where they must tell things apart."""

    def problems(source: Source) -> Iterator[Problem]:
        seen: set[str] = set()
        for path, name in named:
            if name in seen:
                yield source.problem(path, f'"{name}" stands here twice')
            seen.add(name)

    return problems
