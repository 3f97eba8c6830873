"""The hall as it is now: everything that was decided this hall day. Data; `hub.domain.hall.evolve` alone changes it."""

from datetime import date, datetime

from msgspec import Struct, field

from contract.calls import NoticeText, RecentCall
from contract.names import AgencyId, CallId, CounterId, DeviceId, Number, RequestId, ServiceId, TicketId
from hub.domain.things import Block, CallNow, CounterNow, PastDay, Ticket, UsedNumber

Asked = tuple[str, RequestId]
Place = tuple[datetime, int, TicketId]


class HallState(Struct):
    """Everything that was decided this hall day. `waiting` is in order of issue, per service.

    `blocks`: what was lent to kiosks, today's and those of earlier days from which numbers may still come in; `used`:
    which of their numbers came in, by block and number.
    """

    boot: int = 0
    last_at: datetime | None = None
    day: date | None = None
    day_open: bool = False
    tickets: dict[TicketId, Ticket] = field(default_factory=dict)
    numbers: dict[Number, TicketId] = field(default_factory=dict)
    requests: dict[Asked, TicketId] = field(default_factory=dict)
    abandoned: dict[Asked, None] = field(default_factory=dict)
    acted: dict[Asked, None] = field(default_factory=dict)
    last_count: dict[str, int] = field(default_factory=dict)
    given: dict[ServiceId, int] = field(default_factory=dict)
    given_in_session: dict[tuple[ServiceId, str], int] = field(default_factory=dict)
    waiting: dict[ServiceId, list[Place]] = field(default_factory=dict)
    counters: dict[CounterId, CounterNow] = field(default_factory=dict)
    calls: dict[CallId, CallNow] = field(default_factory=dict)
    recent: tuple[RecentCall, ...] = ()
    summoned: dict[DeviceId, RequestId] = field(default_factory=dict)
    agencies: dict[AgencyId, None] = field(default_factory=dict)
    """All that the hall ever had: something of theirs may still stand at a broker."""
    past: tuple[PastDay, ...] = ()
    """How busy the days before this one were, the oldest first."""
    blocks: dict[str, Block] = field(default_factory=dict)
    used: dict[tuple[str, Number], UsedNumber] = field(default_factory=dict)
    notice: NoticeText | None = None
    """What is said to the whole hall; its time may be over (hub.domain.notices)."""

    def counter(self, counter: CounterId) -> CounterNow:
        """The counter; one that nobody ever opened is closed."""
        return self.counters.get(counter) or CounterNow(counter)

    def in_hand(self, counter: CounterId) -> Ticket | None:
        """The ticket that a counter holds."""
        ticket = self.counter(counter).ticket
        return None if ticket is None else self.tickets[ticket]
