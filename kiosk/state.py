"""What a kiosk knows: the hall, the hub's pulse, and where its visitor stands. Pure data and reckoning on it.

Seconds are a monotonic clock's, passed in with every tick; the time of day is the hub's, reckoned from its last live
pulse. No device clock is ever asked for it.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract.calls import Notice, NoticeText
from contract.halls import AgencyServices, Errand, Hall, Queues, ServiceOfAgency
from contract.names import AgencyId, CounterId, ErrandId, Language, Number, RequestId, ServiceId, ZoneId
from contract.tickets import IssuedTicket, Need, OfflineNumbers, PrintOutcome, TicketIssued, TicketRequested, Visitor
from kiosk.guide import FIRST_VOLUME, Guide
from kiosk.looks import Looks, Panel
from kiosk.places import Missed, Place, Welcome
from kiosk.printing.printer import PaperLeft
from kiosk.printing.printer import State as PrinterState
from kiosk.reserve import Reserve
from kiosk.searching import Index
from kiosk.tending import Setup


class Timing(Struct, frozen=True):
    """How long things last, in seconds. The contract's own: an answer is waited for 8, asked again each 2, hub lost after 12."""

    idle_s: float = 30.0
    still_there_s: float = 20.0
    ticket_s: float = 30.0
    note_s: float = 60.0
    """How long a number stands that has no paper and must be noted."""
    expires_s: float = 8.0
    again_s: float = 2.0
    hub_lost_s: float = 12.0
    staff_again_s: float = 30.0
    cancel_s: float = 60.0
    """How long after it was told a number can be given back."""


class Asked(Struct, frozen=True):
    """A request on its way. Times are monotonic seconds."""

    request: TicketRequested
    expires_at: float
    again_at: float


class Visit(Struct, frozen=True):
    """What a visitor asked for at one tap, and what came of it so far; nothing of it has been told.

    `request` is the first request's id; `ends_at` when all of it must have been answered, in monotonic seconds.
    `left`: services that were not asked for yet.
    """

    request: RequestId
    visitor: Visitor
    ends_at: float
    left: tuple[ServiceId, ...] = ()
    issued: tuple[TicketIssued, ...] = ()
    missed: tuple[Missed, ...] = ()
    given: tuple[TicketRequested, ...] = ()
    """What was issued of the kiosk's own numbers, as the hub will be told it."""


class Told(Struct, frozen=True):
    """What the visitor was told: a number, and `more` of the same visit on the same paper; and what was not to be had.

    `outcome` is None while the paper is being printed; `trouble` is the printer's state.
    """

    request: RequestId
    ticket: IssuedTicket
    outcome: PrintOutcome | None = None
    trouble: PrinterState | None = None
    more: tuple[TicketIssued, ...] = ()
    missed: tuple[Missed, ...] = ()
    given: tuple[RequestId, ...] = ()
    """Whose numbers are the kiosk's own, as long as the hub has not heard of them."""

    @property
    def offline(self) -> bool:
        """Whether a number of these is not in the queue yet."""
        return bool(self.given)

    @property
    def issued(self) -> tuple[TicketIssued, ...]:
        """Every number that was told, the first of the visit first."""
        return (TicketIssued(self.request, self.ticket), *self.more)

    @property
    def must_be_noted(self) -> bool:
        """Whether the visitor may well stand there without a paper."""
        return self.outcome in ("failed", "unknown")


class Recent(Struct, frozen=True):
    """A number that was told here and can still be given back, until `until` (monotonic seconds)."""

    request: RequestId
    number: Number
    until: float


class HubPulse(Struct, frozen=True):
    """The last live heartbeat: the hub's time, and when it was heard in monotonic seconds. `lost`: its will came since."""

    boot: int
    hub_at: datetime
    heard_at: float
    lost: bool = False
    spoken: tuple[Language, ...] | None = None
    """The languages that calls are spoken in, None where the hub does not say."""


class Unheard(Struct, frozen=True):
    """A number of this kiosk's own block that it gave, and that the hub has not answered yet."""

    request: RequestId
    service: ServiceId
    block: str


class State(Struct, frozen=True):
    """Everything. `turn` rises with every choice that may be made anew; `at` is monotonic seconds."""

    timing: Timing = Timing()
    at: float = 0.0
    turn: int = 0
    trail: tuple[Place, ...] = (Welcome(),)
    touched_at: float = 0.0
    language: Language | None = None
    looks: Looks = Looks()
    panel: Panel = Panel()
    guided: bool = False
    """Whether the visitor is spoken to."""
    volume: int = FIRST_VOLUME
    guide: Guide = Guide()
    hall: Hall | None = None
    index: Index | None = None
    """For the search: made when somebody first searches in this hall as it is."""
    away: dict[CounterId, str | None] = {}
    """Counters at which nobody serves: why the officer is away ("" for no reason given), None where the counter is closed."""
    agencies: dict[AgencyId, AgencyServices] = {}
    queues: dict[AgencyId, Queues] = {}
    pulse: HubPulse | None = None
    printer: PrinterState | None = None
    needs: tuple[Need, ...] = ()
    visit: Visit | None = None
    """What is being asked for: there while `asked` is."""
    asked: Asked | None = None
    told: Told | None = None
    recent: tuple[Recent, ...] = ()
    """Of the last visit, whoever stands here now."""
    given_up: tuple[RequestId, ...] = ()
    """The last requests whose visitors were sent away: an answer to one of these is abandoned again."""
    installation: str = ""
    """Which installation of this kiosk it is; numbers are lent to one installation alone."""
    reserve: Reserve | None = None
    lent_earlier: OfflineNumbers | None = None
    """What the hub lent last, where that is of an earlier day than `reserve`: looked at again with every pulse."""
    unheard: tuple[Unheard, ...] = ()
    staff_called_at: float | None = None
    scans: bool = False
    """Whether this kiosk has a scanner."""
    notice: Notice | None = None
    notice_read: NoticeText | None = None
    """The urgent notice that this visitor has gone on from."""
    covered: NoticeText | None = None
    """The notice that has the screen; kiosk.notices sets it."""
    staff_under_notice: bool | None = None
    """Whether a call for staff went out while a notice had the screen; None for no call."""
    connected: bool | None = None
    """Whether the broker is reached; None before the first word of the link."""
    has_network: bool | None = None
    """Whether any network is plugged in; None: not known here."""
    paper_left: PaperLeft | None = None
    setup: Setup = Setup()
    broken: int = 0
    """How many times a screen broke since the start."""

    @property
    def place(self) -> Place:
        return self.trail[-1]


def hub_is_here(state: State) -> bool:
    """Whether the hub's pulse was heard lately enough to ask it for a number."""
    pulse = state.pulse
    return pulse is not None and not pulse.lost and state.at - pulse.heard_at < state.timing.hub_lost_s


def now_of(state: State) -> datetime | None:
    """The hub's time, in the hall's zone; None before the first pulse and the first word on the hall."""
    if state.pulse is None or state.hall is None:
        return None
    passed = timedelta(seconds=state.at - state.pulse.heard_at)
    return (state.pulse.hub_at + passed).astimezone(ZoneInfo(state.hall.time_zone))


def first_language(state: State) -> Language:
    """The hall's own; Indonesian before the hall is known."""
    return state.hall.languages[0] if state.hall and state.hall.languages else Language("id")


def service_of(state: State, service: ServiceId) -> tuple[AgencyId, ServiceOfAgency] | None:
    """A service by its id, with its agency; None where the hall does not have it (any more)."""
    for agency in state.agencies.values():
        for one in agency.services:
            if one.id == service:
                return agency.agency, one
    return None


def zone_of(state: State, agency: AgencyId) -> ZoneId:
    """Where an agency's visitors wait."""
    agencies = state.hall.agencies if state.hall else ()
    return next((one.zone for one in agencies if one.id == agency), ZoneId("unknown"))


def errand_of(state: State, errand: ErrandId) -> Errand | None:
    """An errand by its id."""
    errands = state.hall.errands if state.hall else ()
    return next((one for one in errands if one.id == errand), None)
