"""The hall's description made quick to ask: which agency, which counters, which rules. Read from files, never changed.

It holds what may differ tomorrow when somebody edits the hall; what happened is in the facts.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract.halls import AgencyServices, CounterOfHall, Hall, ServiceOfAgency
from contract.names import AgencyId, CounterId, Language, ServiceId, ZoneId
from contract.opening import HallHours


class HallBook(Struct, frozen=True):
    """`shared`: for each service, the services (itself among them) that some counter takes together with it.

    `issue_without_officer`: numbers are given although no counter of the service is open. `call_fresh`: after that a
    call is shown and no longer spoken. `refuse_late`: no number that would surely be called too late.
    `offline_size` numbers of each prefix, from `offline_first` on, are lent to each kiosk for each day; 0 lends none.
    """

    hall: Hall
    agencies: tuple[AgencyServices, ...]
    zone: ZoneInfo
    services: Mapping[ServiceId, ServiceOfAgency]
    agency_of: Mapping[ServiceId, AgencyId]
    zone_of: Mapping[ServiceId, ZoneId]
    counters: Mapping[CounterId, CounterOfHall]
    counters_of: Mapping[ServiceId, tuple[CounterId, ...]]
    shared: Mapping[ServiceId, tuple[ServiceId, ...]]
    issue_without_officer: bool = True
    call_fresh: timedelta = timedelta(seconds=30)
    public_url: str | None = None
    refuse_late: bool = False
    offline_first: int = 501
    offline_size: int = 50

    def language(self, asked: Language) -> Language:
        """The language asked for if the hall has it, else the hall's first."""
        return asked if asked in self.hall.languages else self.hall.languages[0]

    def moment(self, instant: datetime) -> datetime:
        """An instant with the hall's offset of that time, fixed, so that comparing is never by the wall clock."""
        offset = instant.astimezone(self.zone).utcoffset()
        return instant.astimezone(timezone(offset) if offset else UTC)

    @property
    def hours(self) -> HallHours:
        """When the hall's own day begins and closes."""
        return HallHours(self.hall.day_begins, self.hall.day_closes)


def book_of(
    hall: Hall,
    agencies: tuple[AgencyServices, ...],
    *,
    issue_without_officer: bool = True,
    call_fresh_s: int = 30,
    public_url: str | None = None,
    refuse_late: bool = False,
    offline_first: int = 501,
    offline_size: int = 50,
) -> HallBook:
    """The book of a hall that has been checked (assets.hall_file.read_hall): every name in it is known."""
    services = {service.id: service for agency in agencies for service in agency.services}
    agency_of = {service.id: agency.agency for agency in agencies for service in agency.services}
    zone_of_agency = {agency.id: agency.zone for agency in hall.agencies}
    counters_of: dict[ServiceId, list[CounterId]] = {service: [] for service in services}
    shared: dict[ServiceId, dict[ServiceId, None]] = {service: {service: None} for service in services}
    for counter in hall.counters:
        for service in counter.services:
            counters_of[service].append(counter.id)
            shared[service].update(dict.fromkeys(counter.services))
    return HallBook(
        hall=hall,
        agencies=agencies,
        zone=ZoneInfo(hall.time_zone),
        services=services,
        agency_of=agency_of,
        zone_of={service: zone_of_agency[agency] for service, agency in agency_of.items()},
        counters={counter.id: counter for counter in hall.counters},
        counters_of={service: tuple(found) for service, found in counters_of.items()},
        shared={service: tuple(found) for service, found in shared.items()},
        issue_without_officer=issue_without_officer,
        call_fresh=timedelta(seconds=call_fresh_s),
        public_url=public_url,
        refuse_late=refuse_late,
        offline_first=offline_first,
        offline_size=offline_size,
    )
