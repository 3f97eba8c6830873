"""What the hub says to everybody: its pulse, the hall, boards, queues and signs.

Retained state is said again on every connection, whenever it changed, and now and then for whoever missed it; what
could not be said stays unsaid and is tried again at the next look. It decides nothing about the queue. It is told of facts when they are decided and only
marks what they change; it is let speak (`flush`) after their commit.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from contract.calls import Notice, NoticeText
from contract.catalogue import Message
from contract.desk import DeskView
from contract.halls import HubHeartbeat, Queues
from contract.names import AgencyId, CounterId, DeviceId, Language, ServiceId
from hub.domain.book import HallBook
from hub.domain.facts import (
    Arrived,
    BlockLent,
    BlockRetired,
    Called,
    CallOutcomeReported,
    CallWentUnspoken,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterTakenOver,
    DayBegan,
    DayClosed,
    Fact,
    Finished,
    HubStarted,
    Issued,
    JournalCut,
    NoShow,
    NoticeChanged,
    OfflineNumberRefused,
    Printed,
    RequestAbandoned,
    StaffSummoned,
    Unserved,
    Voided,
)
from hub.domain.hall import HallState
from hub.domain.lending import offline_numbers
from hub.domain.notices import standing
from hub.refrain import Refrain
from hub.register import Register
from hub.showing import board, call_message, desk_view, led_text, queues
from hub.speaking import SayCall
from link.link import Link

HEARTBEAT_EVERY = timedelta(seconds=5)
GREET_EVERY = timedelta(seconds=0.5)
"""Who has just come hears the pulse, and with it the time, within this and not only with the next one."""
CROWDED = timedelta(milliseconds=250)
"""An agency's queues and a pad's view are said at most so often; the last state is never held back."""
TRY_AGAIN_AFTER = timedelta(seconds=1)
"""What could not be said (the link's queue is full, a description is too large) is tried again after so long."""
LOOK_AT_HOURS_EVERY = timedelta(seconds=60)
"""Services open and close by the clock: looked at when one is due, and at least so often."""


class Announcing:
    """Keeps what is yet to be said. `farewells` take back what an earlier hub may have left standing at the broker."""

    def __init__(
        self, link: Link, book: HallBook, boot: int, register: Register, farewells: Sequence[Message] = ()
    ) -> None:
        self._link = link
        self._book = book
        self._boot = boot
        self._register = register
        self.connected = False
        self._seq: dict[str, int] = {}
        self._heartbeat_at: datetime | None = None
        self._greet = False
        self._farewells = farewells
        self._undescribed: list[Message] = []
        self._failed_at: datetime | None = None
        self._notice = False
        self._notice_said: NoticeText | None = None
        self._board = True
        self._queues: dict[AgencyId, None] = {}
        self._queues_said: dict[AgencyId, Queues] = {}
        self._queues_said_at: dict[AgencyId, datetime] = {}
        self._queues_due: dict[AgencyId, datetime] = {}
        self._signs: dict[CounterId, None] = {}
        self._pads_due = True
        self._pads_said: dict[DeviceId, DeskView] = {}
        self._pads_said_at: datetime | None = None
        self._lent: dict[DeviceId, None] = {}
        self._refrain = Refrain()

    def take_connected(self) -> None:
        """Somebody new listens, perhaps a broker that knows nothing: say everything again."""
        self.connected = True
        self._heartbeat_at = None
        self._undescribed = [self._book.hall, *self._book.agencies, *self._farewells]
        self._notice = True
        self._failed_at = None
        self._board = True
        self._queues = dict.fromkeys(agency.agency for agency in self._book.agencies)
        self._queues_said.clear()
        self._queues_said_at.clear()
        self._signs = dict.fromkeys(self._book.counters)
        self._pads_due = True
        self._pads_said.clear()
        self._pads_said_at = None
        self._lent = self._kiosks()
        self._refrain.forget()

    def greet(self) -> None:
        """A device came or came back: until it hears a live pulse it has no time and takes its board for an old one."""
        self._greet = True

    def take_disconnected(self) -> None:
        """Nobody listens."""
        self.connected = False

    def take_register(self, register: Register) -> None:
        """Devices came or went."""
        self._register = register
        self._pads_due = True

    def take_fact(self, fact: Fact, state: HallState) -> None:  # noqa: C901 - one case per kind
        """Marks what a fact changed; `state` has taken it in."""
        match fact:
            case HubStarted() | DayBegan() | DayClosed():
                self._board = self._pads_due = True
                self._lent = self._kiosks()  # another block may be the one to give from, although it was lent before
                self._queues = dict.fromkeys(agency.agency for agency in self._book.agencies)
                self._signs = dict.fromkeys(self._book.counters)
            case CounterOpened() | CounterPaused() | CounterClosed():
                self._touch_counter(fact.counter)
                for service in self._services_of(fact.counter):
                    self._touch_queue(service)
            case Issued():
                self._touch_queue(state.tickets[fact.ticket].service)
            case Called() | Arrived() | Finished() | NoShow() | Voided() | Unserved():
                self._touch_queue(state.tickets[fact.ticket].service)
                if fact.counter is not None:
                    self._touch_counter(fact.counter)
            case CounterTakenOver() | RequestAbandoned() | Printed() | StaffSummoned():
                pass  # nobody but the desk sees it
            case BlockLent(device=device):
                self._lent[device] = None
            case BlockRetired():
                pass  # the block that follows it is said
            case NoticeChanged():
                self._notice = True
            case CallOutcomeReported() | CallWentUnspoken() | JournalCut() | OfflineNumberRefused():
                pass
            case _:
                assert_never(fact)

    def say(self, message: Message, to: DeviceId | None = None) -> bool:
        """An answer, to one device. False: it was not said, and the device will ask again."""
        return self._link.say(message, to)

    def say_call(self, say: SayCall) -> bool:
        """A call to all displays; those that were not there are told by the board, or asked to speak when they come."""
        return self._say_numbered("all/call", lambda seq: call_message(say, self._book, boot=self._boot, seq=seq))

    def flush(self, state: HallState, now: datetime, spoken: tuple[Language, ...] | None = None) -> None:
        """Says what is due and can be said now. `spoken`: the languages that calls can be spoken in, None if not known."""
        if not self.connected:
            return
        self._say_heartbeat(now, spoken)
        if _is_within(now, self._failed_at, TRY_AGAIN_AFTER):
            return
        self._failed_at = None
        if not self._say_state(state, now):
            self._failed_at = now

    def _say_state(self, state: HallState, now: datetime) -> bool:
        """All that is unsaid and due. False: something could not be said."""
        while self._undescribed:
            if not self._tell(self._undescribed[0], now):
                return False
            del self._undescribed[0]
        notice = standing(state, now)
        if self._notice or notice != self._notice_said:  # it may be over without a fact
            self._notice = not self._say_numbered(
                "all/notice", lambda seq: Notice(boot=self._boot, seq=seq, notice=notice), now
            )
            self._notice_said = self._notice_said if self._notice else notice
        if self._board:
            self._board = not self._say_numbered(
                "all/board", lambda seq: board(state, self._book, boot=self._boot, seq=seq, now=now), now
            )
        for counter in list(self._signs):
            if self._tell(led_text(state, counter), now):
                del self._signs[counter]
        for device in list(self._lent):
            numbers = offline_numbers(state, device)
            if numbers is None or self._tell(numbers, now, device):
                del self._lent[device]
        pads, all_queues = self._say_pads(state, now), self._say_queues(state, now)
        again = all(self._tell(message, now, to) for message, to in self._refrain.due(now))
        return pads and all_queues and again and not (self._notice or self._board or self._signs or self._lent)

    def waits_s(self) -> float:
        """How long nothing needs to be said, in seconds, if nothing happens."""
        unsaid = (
            self._greet
            or self._undescribed
            or self._notice
            or self._board
            or self._signs
            or self._queues
            or self._pads_due
        )
        return 0.05 if self.connected and unsaid else 1.0

    def _say_heartbeat(self, now: datetime, spoken: tuple[Language, ...] | None) -> None:
        due = not _is_within(now, self._heartbeat_at, GREET_EVERY if self._greet else HEARTBEAT_EVERY)
        if due and self._say_numbered("all/hub", lambda seq: HubHeartbeat("online", self._boot, now, seq, spoken)):
            self._heartbeat_at = now
            self._greet = False

    def _say_pads(self, state: HallState, now: datetime) -> bool:
        if not self._pads_due or _is_within(now, self._pads_said_at, CROWDED):
            return True
        self._pads_due = False
        self._pads_said_at = now
        for device in self._register.values():
            counter = device.counter
            if device.role != "counter" or counter is None or counter not in self._book.counters:
                continue
            view = desk_view(state, self._book, counter, None)
            if self._pads_said.get(device.id) == view:
                continue
            if self._tell(view, now, device.id):
                self._pads_said[device.id] = view
            else:
                self._pads_due = True
        return not self._pads_due

    def _say_queues(self, state: HallState, now: datetime) -> bool:
        all_said = True
        for agency in self._book.agencies:
            name = agency.agency
            due_at = self._queues_due.get(name)
            due = name in self._queues or due_at is None or now >= due_at
            if not due or _is_within(now, self._queues_said_at.get(name), CROWDED):
                continue
            topic = f"all/queues/{name}"
            seq = self._seq.get(topic, 0) + 1
            message = queues(state, self._book, name, boot=self._boot, seq=seq, now=now)
            before = self._queues_said.get(name)
            if before is None or (before.services, before.given_30_days) != (message.services, message.given_30_days):
                if not self._tell(message, now):
                    all_said = False
                    continue
                self._seq[topic] = seq
                self._queues_said[name] = message
                self._queues_said_at[name] = now
            self._queues.pop(name, None)
            turns = [service.until for service in message.services if service.until is not None]
            self._queues_due[name] = min([now + LOOK_AT_HOURS_EVERY, *(turn for turn in turns if turn > now)])
        return all_said

    def _kiosks(self) -> dict[DeviceId, None]:
        return dict.fromkeys(device.id for device in self._register.values() if device.role == "kiosk")

    def _services_of(self, counter: CounterId) -> tuple[ServiceId, ...]:
        described = self._book.counters.get(counter)
        return () if described is None else described.services

    def _touch_counter(self, counter: CounterId) -> None:
        self._board = self._pads_due = True
        if counter in self._book.counters:
            self._signs[counter] = None

    def _touch_queue(self, service: ServiceId) -> None:
        self._pads_due = True
        agency = self._book.agency_of.get(service)
        if agency is not None:
            self._queues[agency] = None

    def _say_numbered(self, topic: str, build: Callable[[int], Message], now: datetime | None = None) -> bool:
        """Says what carries a `seq`. What could not be said takes none, so that hearers see a gap only for a loss.

        `now` is given for state that is to be said again when nothing new comes of it.
        """
        seq = self._seq.get(topic, 0) + 1
        message = build(seq)
        if not (self._link.say(message) if now is None else self._tell(message, now)):
            return False
        self._seq[topic] = seq
        return True

    def _tell(self, message: Message, now: datetime, to: DeviceId | None = None) -> bool:
        """Says retained state, and remembers it for saying it again."""
        said = self._link.say(message, to)
        if said:
            self._refrain.note(message, to, now)
        return said


def _is_within(now: datetime, since: datetime | None, span: timedelta) -> bool:
    """Whether less than `span` has passed. A clock that was set back never holds anything back."""
    return since is not None and timedelta(0) <= now - since < span
