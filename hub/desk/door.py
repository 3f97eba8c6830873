"""The desk's door to the hub: web requests enter the same inbox as MQTT messages and wait for their answer.

Nothing of the queue's state is shared between threads: what a page shows was answered by the hub's one thread.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from contract.calls import CallOutcome, CounterOnBoard, CounterState, NoticeText, RecentCall
from contract.desk import DeskAction
from contract.halls import AgencyServices, Hall, QueueOfService
from contract.names import AgencyId, CounterId, Number, ServiceId, Text, TicketId
from contract.tickets import Need, Visitor


class WaitingTicket(Struct, frozen=True):
    """One line of the waiting list, in true order."""

    id: TicketId
    number: Number
    service: ServiceId
    visitor: Visitor
    needs: tuple[Need, ...]
    issued_at: datetime


class TicketInHand(Struct, frozen=True):
    """The counter's ticket. `call_outcome` is what the announcers last said of its call (None: nothing yet)."""

    id: TicketId
    number: Number
    service: ServiceId
    visitor: Visitor
    needs: tuple[Need, ...]
    state: str
    issued_at: datetime
    called_at: datetime
    calls: int
    call_outcome: CallOutcome | None


class CounterDesk(Struct, frozen=True):
    """A counter as its officer sees it. `holder` is the browser session that opened it."""

    counter: CounterId
    revision: int
    state: CounterState
    holder: str | None
    ticket: TicketInHand | None
    waiting: tuple[WaitingTicket, ...]
    served_today: int
    at: datetime
    boot: int
    broker_connected: bool


class HallDesk(Struct, frozen=True):
    """All counters at one look, for choosing one, with the hall's own description."""

    hall: Hall
    agencies: tuple[AgencyServices, ...]
    counters: tuple[CounterDesk, ...]
    at: datetime
    broker_connected: bool


class HallBoard(Struct, frozen=True):
    """The hall as the crowd sees it: what all displays show. `recent` is newest first; `waiting` is per agency.

    `idle`: the services of the agencies in whose zones nobody waits and no counter is busy, as they stand now.
    """

    hall: Hall
    agencies: tuple[AgencyServices, ...]
    counters: tuple[CounterOnBoard, ...]
    recent: tuple[RecentCall, ...]
    waiting: dict[AgencyId, int]
    notice: NoticeText | None
    idle: dict[AgencyId, tuple[QueueOfService, ...]]
    call_fresh_s: float
    at: datetime


class DeskRefusal(Struct, frozen=True):
    """An action that changed nothing, and why: the page shows `text`."""

    reason: str
    text: Text


class Act(Struct, frozen=True):
    """An officer's action. `open` by another `holder` is refused (counter-taken) unless `action.to` is "take-over"."""

    counter: CounterId
    holder: str
    action: DeskAction


class Look(Struct, frozen=True):
    """Show me this counter."""

    counter: CounterId


class LookAtAll(Struct, frozen=True):
    """Show me the hall."""


class LookAtBoard(Struct, frozen=True):
    """Show me what the crowd sees."""


class UnknownCounter(Struct, frozen=True):
    """There is no such counter in this hall."""


DeskQuestion = Act | Look | LookAtAll | LookAtBoard
DeskAnswer = CounterDesk | HallDesk | HallBoard | DeskRefusal | UnknownCounter


class DeskAsked(Struct, frozen=True):
    """A question on its way through the hub's inbox. `answer` is called once, in the hub's thread, after the commit."""

    question: DeskQuestion
    answer: Callable[[DeskAnswer], None]
