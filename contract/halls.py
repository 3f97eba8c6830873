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

NumbersSaid = Literal["digits", "number"]
PREFIX_PATTERN = r"^[A-Z0-9]{1,3}\Z"
Prefix = Annotated[str, Meta(pattern=PREFIX_PATTERN)]


class HubHeartbeat(Struct, frozen=True, omit_defaults=True):
    """The hub's pulse, every 5 s, and its last will (`lost`, without `seq`). Devices learn the time from live ones only."""

    state: Literal["online", "lost"]
    """`lost` is the last will: the hub or its connection died."""
    boot: Count
    """The number of the hub's start; it rises with every start. A device says its status again when it sees a new one."""
    at: Moment
    """The hub's clock. Devices set theirs by live ones, never by a retained one."""
    seq: Count | None = None
    """Rises by one within `boot`; absent in the will."""
    spoken: tuple[Language, ...] | None = None
    """The languages that calls can be spoken in, in every zone; absent while the hub does not know, empty for none."""


class ZoneOfHall(Struct, frozen=True):
    """A part of the hall with its own displays; carries a letter and a colour, never the colour alone."""

    id: Zone
    """The zone."""
    letter: str
    """What stands on its signs."""
    name: Text
    """By language."""
    colour: str | None = None
    """Six hexadecimal digits, "0B5D5B"; null for none."""


class AgencyOfHall(Struct, frozen=True):
    """An agency as the list of agencies shows it: what people call it, and what it is for."""

    id: Agency
    """The agency; names its topics."""
    name: Text
    """By language."""
    zone: Zone
    """Where its counters are."""
    about: Text = {}
    """What it is for, in a few words."""
    icon: str = "office-building"
    """A name of Material Design Icons."""
    spoken: Text = {}
    """How its name is said where that differs, by language."""


class CounterOfHall(Struct, frozen=True):
    """A counter. `name` is what stands over it, and what is said of it but where it has a `spoken` name: usually its number ("3")."""

    id: Counter
    """The counter."""
    name: Text
    """What stands over it, by language: usually its number. It is said too, where `spoken` has nothing else."""
    zone: Zone
    """Whose displays call to it."""
    services: tuple[Service, ...]
    """What it serves."""
    spoken: Text = {}
    """How it is said where that differs from its name, by language: the whole of it ("loket tiga, lantai dua")."""


class Errand(Struct, frozen=True):
    """What people come for, in their own words, and the services that do it. `words` are synonyms for the search."""

    id: ErrandId
    """The errand."""
    name: Text
    """By language."""
    services: tuple[Service, ...]
    """The services that do it."""
    icon: str = "help-circle"
    """A name of Material Design Icons."""
    words: dict[Language, tuple[str, ...]] = {}
    """Other words for it, by language, for a search."""


class Hall(Struct, frozen=True):
    """The whole hall but its services (each agency has a message of its own, so that none grows too large)."""

    revision: str
    """Changes with anything in it."""
    name: Text
    """By language."""
    time_zone: str
    """An IANA name, "Asia/Makassar": the hall's days and hours are told in it."""
    languages: tuple[Language, ...]
    """In the order in which they are shown; the first is always there in every text."""
    day_begins: ClockTime
    """When the hall day begins."""
    day_closes: ClockTime
    """When it closes: what still waits becomes unserved."""
    zones: tuple[ZoneOfHall, ...]
    """All zones."""
    agencies: tuple[AgencyOfHall, ...]
    """All agencies, in the order in which they are shown."""
    counters: tuple[CounterOfHall, ...]
    """All counters."""
    errands: tuple[Errand, ...]
    """What people come for, in their words."""
    place: Text = {}
    """Where the hall is, for the ticket."""
    language_names: dict[Language, str] = {}
    """Each language in its own words."""
    ticket_footer: Text = {}
    """The last line of a ticket."""
    numbers_said: NumbersSaid = "digits"
    """`digits`: "K, zero zero seven"; `number`: "K, seven"."""


class Requirement(Struct, frozen=True):
    """One thing to bring, and a remark on it (what will not do)."""

    text: Text
    """By language."""
    note: Text = {}
    """What will not do, or what else to know."""


class ServiceOfAgency(Struct, frozen=True):
    """One service with the six parts that UU 25/2009 wants published, and when it can be had.

    The six: requirements, procedure, duration, fee, product, complaints.
    """

    id: Service
    """The service; no two in the hall are alike."""
    prefix: Prefix
    """What its numbers begin with; services of one agency may share one."""
    name: Text
    """By language."""
    opening: Opening
    """When it can be had."""
    requirements: tuple[Requirement, ...]
    """What to bring."""
    procedure: tuple[Text, ...]
    """Its steps, in order."""
    duration: Text
    """How long it takes."""
    fee: Text
    """What it costs."""
    product: Text
    """What one gets."""
    complaints: Text
    """Where to complain."""
    icon: str | None = None
    """A name of Material Design Icons; null takes the agency's."""
    hand_in_by: ClockTime | None = None
    """When papers must be handed in on the day; null when it does not matter."""
    remark: Text = {}
    """What else to know before taking a number."""
    synonyms: dict[Language, tuple[str, ...]] = {}
    """Other words for it, by language, for a search."""


class AgencyServices(Struct, frozen=True):
    """One agency's services."""

    revision: str
    """Changes with anything in it."""
    agency: Agency
    """The agency; also in the topic."""
    services: tuple[ServiceOfAgency, ...]
    """In the order in which they are shown."""


class QueueOfService(Struct, frozen=True):
    """A service now. `until`: open until, or closed until; `left_today` None where there is no quota."""

    id: Service
    """The service."""
    open: bool
    """Whether a number can be had now."""
    waiting: Count
    """How many wait."""
    why_closed: WhyClosed | None = None
    """Why not; null while open. More may be added."""
    until: Moment | None = None
    """Open until, or closed until; null when that is not known."""
    left_today: Count | None = None
    """Numbers left by the tightest quota; null where there is none."""
    wait_min: Estimate | None = None
    """How long a new number would wait, in minutes; null when it cannot be told."""


class Queues(Struct, frozen=True):
    """One agency's services now. At most four a second per agency; the last state is never held back."""

    boot: Count
    """The number of the hub's start; it rises with every start."""
    seq: Count
    """Rises by one within `boot` and topic: shows repeats and gaps."""
    at: Moment
    """When the hub said it."""
    services: tuple[QueueOfService, ...]
    """All of the agency's."""
    agency: Agency | None = None
    """The agency; the topic says the same and is what counts."""
    given_30_days: Count | None = None
    """Numbers that the agency gave over the hall's last 30 days before today: kiosks show the busiest first."""
