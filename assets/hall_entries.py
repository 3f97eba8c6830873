"""What an owner writes about a hall, table by table, as types: `hall.toml` and `agencies/*.toml`. Pure.

A field says what it may hold; what must hold between them is judged in assets.hall_faults.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from assets.reading import Source
from contract.halls import NumbersSaid, Prefix
from contract.names import LEVEL_PATTERN, Agency, ClockTime, Counter, ErrandId, HallId, Language, Service, Text, Zone
from contract.opening import Break, Holiday, Opening, Quota, Session

LanguageCode = Annotated[
    Language, Meta(pattern=r"^[a-z]{2,3}\Z", description='two or three small letters, such as "id"')
]
HallLevel = Annotated[HallId, Meta(pattern=LEVEL_PATTERN)]
ErrandLevel = Annotated[ErrandId, Meta(pattern=LEVEL_PATTERN)]
HexColour = Annotated[
    str, Meta(pattern=r"^[0-9A-Fa-f]{6}\Z", description='a colour of six hexadecimal digits, such as "0B5D5B"')
]
WebAddress = Annotated[
    str, Meta(pattern=r"^https://[^\s/?#]+\Z", description='an address such as "https://antre.example"')
]
Letter = Annotated[str, Meta(pattern=r"^[A-Z0-9]{1,2}\Z", description="one or two capital letters or digits")]


class HallRules(Struct, frozen=True, forbid_unknown_fields=True):
    """`[rules]`: what the hub may do. `public_url` is where visitors' phones find their number (None: no QR on paper).

    `late`: whether a number that would surely be called after its service closes, or after papers must be handed in,
    is given with a warning or refused.

    `offline_size`: so many numbers of each prefix every kiosk may give by itself in a day while the hub is away (0: none),
    counted from `offline_first` on, one kiosk's after another's. The hub's own numbers step over them.
    """

    issue_without_officer: bool = True
    call_fresh_s: Annotated[int, Meta(ge=5, le=600)] = 30
    public_url: WebAddress | None = None
    late: Literal["warn", "refuse"] = "warn"
    offline_first: Annotated[int, Meta(ge=2, le=100_000)] = 501
    offline_size: Annotated[int, Meta(ge=0, le=1000)] = 50


class OpeningEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """`[opening]` of a hall, an agency or a service. Without `sessions` or `quota`: as the agency, else as the hall.

    Breaks and holidays add up.
    """

    sessions: tuple[Session, ...] | None = None
    breaks: tuple[Break, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    quota: Quota | None = None


class ZoneEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[zones]]`."""

    id: Zone
    letter: Letter
    name: Text
    colour: HexColour | None = None


class CounterEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[counters]]`. Without a name, what follows the last dash of its id stands over it: `loket-3` is "3"."""

    id: Counter
    zone: Zone
    services: tuple[Service, ...]
    name: Text = {}
    spoken: Text = {}


class ErrandEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[errands]]`: `words` are what people type or say for it."""

    id: ErrandLevel
    name: Text
    services: tuple[Service, ...]
    icon: str = "help-circle"
    words: dict[LanguageCode, tuple[str, ...]] = {}


class HallEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """All of `hall.toml`. `agency_order` names those that come first; the others follow by their names of files."""

    id: HallLevel
    name: Text
    time_zone: str
    languages: Annotated[tuple[LanguageCode, ...], Meta(min_length=1)]
    day_begins: ClockTime
    day_closes: ClockTime
    zones: Annotated[tuple[ZoneEntry, ...], Meta(min_length=1)]
    counters: Annotated[tuple[CounterEntry, ...], Meta(min_length=1)]
    errands: tuple[ErrandEntry, ...] = ()
    place: Text = {}
    ticket_footer: Text = {}
    agency_order: tuple[Agency, ...] = ()
    opening: OpeningEntry = OpeningEntry()
    rules: HallRules = HallRules()
    numbers_said: NumbersSaid = "digits"
    broker: dict[str, Any] = {}
    """`[broker]` is read, and judged, by broker_config."""


RequirementEntry = dict[str, str | dict[str, str]]
"""One thing to bring: a text per language, and under `note` a remark per language."""


class ServiceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[services]]`. The six published parts may be absent here so that each can be asked for in plain words."""

    id: Service
    name: Text
    prefix: Prefix | None = None
    opening: OpeningEntry = OpeningEntry()
    requirements: tuple[RequirementEntry, ...] = ()
    procedure: tuple[Text, ...] = ()
    duration: Text = {}
    fee: Text = {}
    product: Text = {}
    complaints: Text = {}
    icon: str | None = None
    hand_in_by: ClockTime | None = None
    remark: Text = {}
    synonyms: dict[LanguageCode, tuple[str, ...]] = {}


class AgencyEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """All of `agencies/NAME.toml`. `prefix` and `opening` hold for services that have none of their own."""

    id: Agency
    name: Text
    zone: Zone
    services: Annotated[tuple[ServiceEntry, ...], Meta(min_length=1)]
    prefix: Prefix | None = None
    about: Text = {}
    icon: str = "office-building"
    spoken: Text = {}
    opening: OpeningEntry = OpeningEntry()


class HallSources(Struct, frozen=True):
    """The files as they were read, each with its source for the lines: mended where a file has faults of its own, None where it is no TOML."""

    hall: HallEntry | None
    hall_source: Source
    agencies: tuple[tuple[AgencyEntry | None, Source], ...]


def opening_of(hall: OpeningEntry, agency: OpeningEntry, service: OpeningEntry) -> Opening:
    """A service's opening: the nearest sessions and quota; breaks and holidays of all three that concern them."""
    sessions = next((one.sessions for one in (service, agency, hall) if one.sessions is not None), ())
    breaks = (*hall.breaks, *agency.breaks, *service.breaks)
    holidays = {day.on: day for day in (*hall.holidays, *agency.holidays, *service.holidays)}
    return Opening(
        sessions=sessions,
        breaks=tuple(pause for pause in breaks if any(_meet(pause, session) for session in sessions)),
        holidays=tuple(holidays[on] for on in sorted(holidays)),
        quota=next((one.quota for one in (service, agency, hall) if one.quota is not None), None),
    )


def _meet(pause: Break, session: Session) -> bool:
    """Whether a break falls into a session. Times of day are compared as text: "07:30" < "24:00"."""
    return bool(set(pause.days) & set(session.days)) and pause.begins < session.ends and session.begins < pause.ends
