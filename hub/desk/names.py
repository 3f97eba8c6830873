"""The hall's own names in one language: services, agencies and counters as people say them. Pure."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.desk_words import DeskWords
from assets.phrases import is_spelled
from contract.halls import AgencyServices, CounterOfHall, Hall
from contract.names import CounterId, Language, ServiceId, Text


class Names(Struct, frozen=True):
    """The hall's own names in one language."""

    hall: Hall
    services: dict[ServiceId, str]
    agencies: dict[CounterId, str]
    language: Language
    zone: ZoneInfo

    def of(self, text: Text) -> str:
        """The text in this language, else in the hall's first, else whatever there is."""
        return in_language(text, self.language, self.hall.languages)

    def counter(self, counter: CounterId, words: DeskWords) -> str:
        """The counter as people say it: "Loket 3", "Informasi"; its id where it has no name."""
        found = next((one for one in self.hall.counters if one.id == counter), None)
        name = (self.of(found.name).strip() if found else "") or counter
        return words.counter.format(name=name) if is_spelled(name) else name


def in_language(text: Text, language: Language, languages: Iterable[Language]) -> str:
    """The text in `language`, else in the first of `languages` that it has, else ""."""
    for one in (language, *languages):
        if text.get(one):
            return text[one]
    return next(iter(text.values()), "")


def names_of(hall: Hall, agencies: tuple[AgencyServices, ...], language: Language) -> Names:
    """The hall's names, and which agencies each counter works for."""
    services: dict[ServiceId, str] = {}
    agency_of: dict[ServiceId, str] = {}
    titles = {agency.id: in_language(agency.name, language, hall.languages) for agency in hall.agencies}
    for one in agencies:
        for service in one.services:
            services[service.id] = in_language(service.name, language, hall.languages)
            agency_of[service.id] = titles.get(one.agency, one.agency)
    return Names(
        hall=hall,
        services=services,
        agencies={counter.id: _agencies_of(counter, agency_of) for counter in hall.counters},
        language=language,
        zone=ZoneInfo(hall.time_zone),
    )


def _agencies_of(counter: CounterOfHall, agency_of: dict[ServiceId, str]) -> str:
    return ", ".join(dict.fromkeys(agency_of[service] for service in counter.services if service in agency_of))
