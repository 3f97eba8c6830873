"""The conversation about the hall itself: what there is, whether it is to be had now, and that the hub is alive."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from contract.names import (
    Agency,
    ClockTime,
    Count,
    Counter,
    ErrandId,
    Language,
    Moment,
    Service,
    Text,
    Zone,
)
from contract.opening import Opening
from contract.reasons import WhyClosed
from contract.tickets import Estimate

PREFIX_PATTERN = r"^[A-Z0-9]{1,3}\Z"
Prefix = Annotated[str, Meta(pattern=PREFIX_PATTERN)]


class HubHeartbeat(Struct, frozen=True, omit_defaults=True):
    """The hub's pulse, every 5 s, and its last will (`lost`, without `seq`). Devices learn the time from live ones only."""

    state: Literal["online", "lost"]
    boot: Count
    at: Moment
    seq: Count | None = None


class ZoneOfHall(Struct, frozen=True):
    """A part of the hall with its own displays; carries a letter and a colour, never the colour alone."""

    id: Zone
    letter: str
    name: Text
    colour: str | None = None


class AgencyOfHall(Struct, frozen=True):
    """An agency as the list of agencies shows it: what people call it, and what it is for."""

    id: Agency
    name: Text
    zone: Zone
    about: Text = {}
    icon: str = "office-building"


class CounterOfHall(Struct, frozen=True):
    """A counter. `name` is what stands over it and what is spoken: usually its number ("3")."""

    id: Counter
    name: Text
    zone: Zone
    services: tuple[Service, ...]


class Errand(Struct, frozen=True):
    """What people come for, in their own words, and the services that do it. `words` are synonyms for the search."""

    id: ErrandId
    name: Text
    services: tuple[Service, ...]
    icon: str = "help-circle"
    words: dict[Language, tuple[str, ...]] = {}


class Hall(Struct, frozen=True):
    """The whole hall but its services (each agency has a message of its own, so that none grows too large)."""

    revision: str
    name: Text
    time_zone: str
    languages: tuple[Language, ...]
    day_begins: ClockTime
    day_closes: ClockTime
    zones: tuple[ZoneOfHall, ...]
    agencies: tuple[AgencyOfHall, ...]
    counters: tuple[CounterOfHall, ...]
    errands: tuple[Errand, ...]
    place: Text = {}
    language_names: dict[Language, str] = {}
    ticket_footer: Text = {}


class Requirement(Struct, frozen=True):
    """One thing to bring, and a remark on it (what will not do)."""

    text: Text
    note: Text = {}


class ServiceOfAgency(Struct, frozen=True):
    """One service with the six parts that UU 25/2009 wants published, and when it can be had.

    The six: requirements, procedure, duration, fee, product, complaints.
    """

    id: Service
    prefix: Prefix
    name: Text
    opening: Opening
    requirements: tuple[Requirement, ...]
    procedure: tuple[Text, ...]
    duration: Text
    fee: Text
    product: Text
    complaints: Text
    icon: str | None = None
    hand_in_by: ClockTime | None = None
    remark: Text = {}


class AgencyServices(Struct, frozen=True):
    """One agency's services."""

    revision: str
    agency: Agency
    services: tuple[ServiceOfAgency, ...]


class QueueOfService(Struct, frozen=True):
    """A service now. `until`: open until, or closed until; `left_today` None where there is no quota."""

    id: Service
    open: bool
    waiting: Count
    why_closed: WhyClosed | None = None
    until: Moment | None = None
    left_today: Count | None = None
    wait_min: Estimate | None = None


class Queues(Struct, frozen=True):
    """One agency's services now. At most four a second per agency; the last state is never held back."""

    boot: Count
    seq: Count
    at: Moment
    services: tuple[QueueOfService, ...]
    agency: Agency | None = None
