"""The hub's real service among kiosks, pads and displays that lose, double and delay every message, while hub and broker
are killed at random. Seeded: the same seed is the same day. What the devices were told is compared with the journal.
"""

import random
from collections import Counter

import pytest
from msgspec import Struct

from contract.calls import Board, Call, CallOutcome, CallReported
from contract.desk import Action, DeskAction, DeskView
from contract.devices import DeviceStatus
from contract.halls import HubHeartbeat
from contract.names import CounterId, DeviceId, RequestId
from contract.tickets import IssuedTicket, Refused, TicketAbandoned, TicketIssued, TicketRequested
from hub.domain.facts import Called, CallOutcomeReported, CallWentUnspoken, Issued, Unserved, Voided
from hub.register import RegisteredDevice
from hub.showing import board
from link.link import Connected, Heard
from link.memory_link import Faults
from tests.unit.hub_hall import (
    DISPLAY,
    DISPLAY_2,
    FAMILY_CARD,
    FIVE,
    FOUR,
    ID_CARD,
    PASSPORT,
    THREE,
    A,
    B,
    TestDevice,
    World,
    small_book,
)

STEP_S = 0.5
PADS: dict[DeviceId, CounterId] = {DeviceId("pad-3"): THREE, DeviceId("pad-4"): FOUR, DeviceId("pad-5"): FIVE}
KIOSKS = (DeviceId("kiosk-2"), DeviceId("kiosk-3"))
REGISTER = {
    **{name: RegisteredDevice(name, "kiosk") for name in KIOSKS},
    **{name: RegisteredDevice(name, "display") for name in (DISPLAY, DISPLAY_2)},
    **{name: RegisteredDevice(name, "counter", counter) for name, counter in PADS.items()},
}
FAULTS = Faults(lose=0.1, double=0.1, delay=0.05, disconnect=0.01)


class Trouble(Struct, frozen=True):
    """How often, per step, what dies."""

    hub_dies: float = 0.01
    broker_dies: float = 0.005


class Kiosk:
    """Asks, asks again every 2 s, and gives up after 12 s, saying so."""

    def __init__(self, world: World, name: DeviceId, luck: random.Random) -> None:
        self.world, self.name, self.luck = world, name, luck
        self.device = TestDevice(world.broker, name, "kiosk")
        self.asked: TicketRequested | None = None
        self.steps = 0
        self.told: dict[RequestId, IssuedTicket] = {}
        self.given_up: set[RequestId] = set()
        self.count = 0

    def step(self) -> None:
        for event in self.device.inbox.drain():
            if isinstance(event, Heard):
                self.hear(event.message)
        if self.asked is None:
            if self.luck.random() < 0.3:
                self.count += 1
                service = self.luck.choice([FAMILY_CARD, ID_CARD, PASSPORT])
                self.asked = self.world.requested(service, f"{self.name}-{self.count}")
                self.steps = 0
            return
        if self.steps % 4 == 0:
            self.device.link.say(self.asked)
        self.steps += 1
        if self.steps * STEP_S > 12:
            self.given_up.add(self.asked.request)
            self.device.link.say(TicketAbandoned(self.asked.request))
            self.asked = None

    def hear(self, message: object) -> None:
        if isinstance(message, TicketIssued):
            before = self.told.get(message.request)
            assert before is None or before == message.ticket, "one request, two answers"
            if self.asked is not None and message.request == self.asked.request:
                self.told[message.request] = message.ticket
                self.asked = None
        if isinstance(message, Refused) and self.asked is not None and message.request == self.asked.request:
            self.asked = None


class Officer:
    """Presses what comes next, and presses it again until the hub has answered that very press."""

    def __init__(self, world: World, name: DeviceId) -> None:
        self.name = name
        self.device = TestDevice(world.broker, name, "counter")
        self.pressed: DeskAction | None = None
        self.steps = 0
        self.count = 0
        self.state = "closed"

    def step(self) -> None:
        for event in self.device.inbox.drain():
            message = event.message if isinstance(event, Heard) else None
            if isinstance(message, DeskView):
                self.state = message.state
            pressed = None if self.pressed is None else self.pressed.request
            if isinstance(message, DeskView | Refused) and message.request == pressed:
                self.pressed = None
        if self.pressed is None:
            plan: dict[str, Action] = {"closed": "open", "open": "next", "called": "arrive", "serving": "next"}
            self.count += 1
            self.pressed = DeskAction(RequestId(f"{self.name}-{self.count}"), plan[self.state])
            self.steps = 0
        if self.steps % 4 == 0:
            self.device.link.say(self.pressed)
        self.steps += 1


class Display:
    """Shows the board and speaks what it is asked to: once each, however often it hears of it."""

    def __init__(self, world: World, name: DeviceId) -> None:
        self.world = world
        self.status = DeviceStatus(
            state="online", role="display", boot=1, installation="one", version="1", zones=(A, B), can_speak=True
        )
        self.device = TestDevice(world.broker, name, "display", self.status)
        self.name = name
        self.spoken: list[str] = []
        self.unreported: list[CallReported] = []
        self.board: Board | None = None
        self.hub_boot = 0

    def step(self) -> None:
        for event in self.device.inbox.drain():
            if isinstance(event, Connected):
                self.device.link.say(self.status)
            elif isinstance(event, Heard):
                self.hear(event.message)

    def hear(self, message: object) -> None:
        if isinstance(message, HubHeartbeat) and message.boot != self.hub_boot:
            self.hub_boot = message.boot
            self.device.link.say(self.status)
        if isinstance(message, Board) and (self.board is None or message.boot >= self.board.boot):
            self.board = message
        if isinstance(message, Call) and self.name in message.announcers:
            outcomes: tuple[CallOutcome, ...] = ("queued", "spoken")
            for outcome in outcomes:
                self.device.link.say(CallReported(call=message.call, outcome=outcome, at=self.world.now))
            if message.call not in self.spoken:
                self.spoken.append(message.call)


class Day:
    """One seeded day."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)
        self.world = World(book=small_book(quota=40), register=REGISTER, luck=self.luck)
        self.kiosks = [Kiosk(self.world, name, self.luck) for name in KIOSKS]
        self.officers = [Officer(self.world, name) for name in PADS]
        self.displays = [Display(self.world, name) for name in (DISPLAY, DISPLAY_2)]
        self.devices: list[Kiosk | Officer | Display] = [*self.kiosks, *self.officers, *self.displays]

    def run(self, steps: int, trouble: Trouble) -> None:
        for _ in range(steps):
            if self.luck.random() < trouble.hub_dies:
                self.world.kill_hub()
                assert self.world.journal.replay() == self.world.hub.state
                self.world.start_hub()
            if self.luck.random() < trouble.broker_dies:
                self.world.broker.stop()
                self.world.broker.start()
            self.step()

    def step(self) -> None:
        self.world.run(seconds=STEP_S, settle=False)
        for device in self.devices:
            device.step()

    def come_to_rest(self) -> None:
        self.world.broker.faults = Faults()
        for _ in range(300):
            self.step()


@pytest.mark.parametrize("seed", range(6))
def test_a_day_full_of_trouble_keeps_every_promise(seed: int) -> None:
    day = Day(seed)
    day.run(60, Trouble(0, 0))
    day.world.broker.faults = FAULTS
    day.run(700, Trouble())
    day.come_to_rest()
    facts, state = day.world.journal.facts, day.world.hub.state

    issued = {fact.ticket: fact for fact in facts if isinstance(fact, Issued)}
    numbers = Counter(fact.number for fact in issued.values())
    assert max(numbers.values()) == 1
    asked = Counter((fact.device, fact.request) for fact in issued.values())
    assert max(asked.values()) == 1, "one request, two tickets"
    told = 0
    for kiosk in day.kiosks:
        for request, ticket in kiosk.told.items():
            told += 1
            fact = issued[ticket.id]
            assert (fact.number, fact.device, fact.request) == (ticket.number, kiosk.name, request)
            assert state.tickets[ticket.id].state != "voided", "a number that was told is void"
    assert told > 50

    called = [fact for fact in facts if isinstance(fact, Called)]
    assert len(called) > 50
    assert max(Counter((fact.by, fact.request) for fact in called).values()) == 1, "one press, two calls"
    voided = {fact.ticket for fact in facts if isinstance(fact, Voided | Unserved)}
    first_calls = Counter(fact.ticket for fact in called)
    assert max(first_calls.values()) == 1
    in_order = [fact.ticket for fact in facts if isinstance(fact, Called) and issued[fact.ticket].service == PASSPORT]
    passports = [fact.ticket for fact in issued.values() if fact.service == PASSPORT and fact.ticket not in voided]
    assert in_order == [ticket for ticket in passports if ticket in first_calls], "not first come, first served"

    settled = {fact.call for fact in facts if isinstance(fact, CallOutcomeReported | CallWentUnspoken)}
    old = [fact for fact in called if (day.world.now - fact.at).total_seconds() > 100]
    assert {fact.call for fact in old} <= settled, "a call of which nobody knows what became of it"
    for display in day.displays:
        truth = board(state, day.world.book, boot=0, seq=0, now=day.world.now)
        assert display.board is not None
        assert (display.board.counters, display.board.recent) == (truth.counters, truth.recent)


def test_the_same_seed_is_the_same_day() -> None:
    days = [Day(7), Day(7)]
    for day in days:
        day.world.broker.faults = FAULTS
        day.run(150, Trouble())
    assert days[0].world.journal.facts == days[1].world.journal.facts
