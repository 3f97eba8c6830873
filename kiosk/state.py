"""What a kiosk knows: the hall, the hub's pulse, and where its visitor stands. Pure data and reckoning on it.

Seconds are a monotonic clock's, passed in with every tick; the time of day is the hub's, reckoned from its last live
pulse. No device clock is ever asked for it.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract.halls import AgencyServices, Errand, Hall, QueueOfService, Queues, ServiceOfAgency
from contract.names import AgencyId, ErrandId, Language, RequestId, ServiceId, Text
from contract.opening import Given, HallHours, availability, hall_open
from contract.tickets import IssuedTicket, PrintOutcome, TicketRequested
from kiosk.choices import Appearance
from kiosk.printing.printer import State as PrinterState


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


# --- where the visitor stands: the last of the trail is shown, Back goes to the one before -----------------------------


class Welcome(Struct, frozen=True):
    pass


class Choosing(Struct, frozen=True):
    """Errands, and agencies in the order that they had when the visitor came: nothing jumps while it is read."""

    agencies: tuple[AgencyId, ...]
    page: int = 0


class AllErrands(Struct, frozen=True):
    page: int = 0


class InErrand(Struct, frozen=True):
    errand: ErrandId
    page: int = 0


class InAgency(Struct, frozen=True):
    agency: AgencyId
    page: int = 0


class AtService(Struct, frozen=True):
    """`part` 0 is what to bring; which others there are depends on how much there is to say."""

    service: ServiceId
    part: int = 0


class AskingPriority(Struct, frozen=True):
    service: ServiceId


class Waiting(Struct, frozen=True):
    """The number was asked for; `State.asked` says which."""


class Taking(Struct, frozen=True):
    """The number is shown; `State.told` says which."""


class ConfirmingCancel(Struct, frozen=True):
    pass


class Cancelled(Struct, frozen=True):
    pass


class Refusal(Struct, frozen=True):
    """No number, and why: `reason` of contract.reasons or one of the kiosk's own, `text` what the hub said of it."""

    reason: str
    text: Text = {}


class StaffComing(Struct, frozen=True):
    """`said`: whether the call went out."""

    said: bool


class ChoosingLanguage(Struct, frozen=True):
    pass


class StillThere(Struct, frozen=True):
    """Nobody touched for a while; at `until` (monotonic seconds) the visitor is taken to have left."""

    until: float


Place = (
    Welcome
    | Choosing
    | AllErrands
    | InErrand
    | InAgency
    | AtService
    | AskingPriority
    | Waiting
    | Taking
    | ConfirmingCancel
    | Cancelled
    | Refusal
    | StaffComing
    | ChoosingLanguage
    | StillThere
)

OWN_REASONS = ("hub-away", "no-answer", "cannot-keep")
"""Why the kiosk itself gives no number: the hub is silent, did not answer this request, or the kiosk's disk takes nothing."""


class Asked(Struct, frozen=True):
    """A request on its way. Times are monotonic seconds."""

    request: TicketRequested
    expires_at: float
    again_at: float


class Told(Struct, frozen=True):
    """A number that the visitor was told. `outcome` is None while it is being printed; `trouble` is the printer's state."""

    request: RequestId
    ticket: IssuedTicket
    outcome: PrintOutcome | None = None
    trouble: PrinterState | None = None

    @property
    def must_be_noted(self) -> bool:
        """Whether the visitor may well stand there without a paper."""
        return self.outcome == "failed" or (self.outcome == "unknown" and self.trouble not in (None, "ready"))


class HubPulse(Struct, frozen=True):
    """The last live heartbeat: the hub's time, and when it was heard in monotonic seconds. `lost`: its will came since."""

    boot: int
    hub_at: datetime
    heard_at: float
    lost: bool = False


class State(Struct, frozen=True):
    """Everything. `turn` rises with every choice that may be made anew; `at` is monotonic seconds."""

    timing: Timing = Timing()
    at: float = 0.0
    turn: int = 0
    trail: tuple[Place, ...] = (Welcome(),)
    touched_at: float = 0.0
    language: Language | None = None
    appearance: Appearance = "light"
    hall: Hall | None = None
    agencies: dict[AgencyId, AgencyServices] = {}
    queues: dict[AgencyId, Queues] = {}
    pulse: HubPulse | None = None
    printer: PrinterState | None = None
    asked: Asked | None = None
    told: Told | None = None
    given_up: tuple[RequestId, ...] = ()
    """The last requests whose visitors were sent away: an answer to one of these is abandoned again."""
    staff_called_at: float | None = None

    @property
    def place(self) -> Place:
        return self.trail[-1]


class Standing(Struct, frozen=True):
    """A service now, by the hub's word or, before it spoke, by its own opening rules. `waiting` None: not known."""

    open: bool
    why_closed: str | None
    until: datetime | None
    left_today: int | None = None
    waiting: int | None = None
    wait_min: tuple[int, int] | None = None


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


def errand_of(state: State, errand: ErrandId) -> Errand | None:
    """An errand by its id."""
    errands = state.hall.errands if state.hall else ()
    return next((one for one in errands if one.id == errand), None)


def hall_hours(hall: Hall) -> HallHours:
    """The hall's day, as contract.opening wants it."""
    return HallHours(hall.day_begins, hall.day_closes)


def is_hall_closed(state: State, now: datetime | None) -> bool:
    """Whether the hall's day is over or has not begun."""
    return state.hall is not None and now is not None and not hall_open(hall_hours(state.hall), now).open


def standing_of(state: State, agency: AgencyId, service: ServiceOfAgency, now: datetime | None) -> Standing:
    """Whether a number can be had, by the hub's word; by the opening rules where the hub has not spoken of it."""
    queues = state.queues.get(agency)
    for queue in queues.services if queues else ():
        if queue.id == service.id:
            return _standing(queue)
    if now is None or state.hall is None:
        return Standing(open=True, why_closed=None, until=None)
    reckoned = availability(service.opening, now, Given(), hall_hours(state.hall))
    return Standing(reckoned.open, reckoned.why_closed, reckoned.until, reckoned.left_today)


def agency_standing(state: State, agency: AgencyId, now: datetime | None) -> Standing:
    """An agency as its services are: open if one of them is, else closed as the one that opens first."""
    services = state.agencies[agency].services if agency in state.agencies else ()
    standings = [standing_of(state, agency, service, now) for service in services]
    if not standings:
        return Standing(open=False, why_closed=None, until=None)
    known = [standing.waiting for standing in standings if standing.waiting is not None]
    waiting = sum(known) if known else None
    for standing in standings:
        if standing.open:
            return Standing(open=True, why_closed=None, until=standing.until, waiting=waiting)
    soonest = min(
        standings, key=lambda standing: (standing.until is None, standing.until.timestamp() if standing.until else 0.0)
    )
    return Standing(open=False, why_closed=soonest.why_closed, until=soonest.until, waiting=waiting)


def busiest_first(state: State, now: datetime | None) -> tuple[AgencyId, ...]:
    """The hall's agencies that can be had by how many wait, then the others; the hall's own order among equals."""
    agencies = [agency.id for agency in state.hall.agencies if agency.id in state.agencies] if state.hall else []
    standings = {agency: agency_standing(state, agency, now) for agency in agencies}
    return tuple(sorted(agencies, key=lambda agency: (not standings[agency].open, -(standings[agency].waiting or 0))))


def _standing(queue: QueueOfService) -> Standing:
    wait = None if queue.wait_min is None else (queue.wait_min.low, queue.wait_min.high)
    return Standing(queue.open, queue.why_closed, queue.until, queue.left_today, queue.waiting, wait)
