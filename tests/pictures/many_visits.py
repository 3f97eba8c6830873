"""Visits to the real kiosk in a real window, one after another as fast as it draws: `python -m tests.pictures.many_visits COUNT SEED`.

Nobody touches anything: random hands make choices on the stage itself, a choice for each frame. A hub in memory answers.
Each line of its output is JSON: {"visits": so many by now, "numbers": ..., "mb": resident memory after collecting garbage}.
"""

import gc
import logging
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from msgspec.structs import replace

from contract.calls import Notice
from contract.catalogue import Message
from contract.devices import DeviceStatus
from contract.halls import HubHeartbeat
from contract.names import DeviceId, HallId, RequestId
from contract.tickets import TicketIssued, TicketRequested
from kiosk import choices
from kiosk.device import KioskDevice
from kiosk.faces import screen_name
from kiosk.identity import Identity, Surroundings
from kiosk.ledger import Ledger
from kiosk.press import ImmediatePress, PressEvent
from kiosk.printing.layout import standard_layout
from kiosk.printing.simulated_printer import SimulatedPrinter
from kiosk.simulated_narrator import SimulatedNarrator
from link.inbox import Inbox
from link.link import Heard, LinkEvent, LinkSettings
from link.memory_link import MemoryBroker, MemoryLink
from link.outbox import Outbox
from link.topics import topics_of
from simulator.hands import Hands
from tests.pictures import kiosk_gallery
from tests.pictures.kiosk_gallery import MORNING, state_at, ticket
from tests.pictures.saying import say
from ui.machine import Machine
from ui.telling import Teller
from ui.window import PORTRAIT, ScreenSettings, prepare

SCREEN = ScreenSettings(width=540, height=960, left=0, top=0, frames_per_s=0)
HALL, KIOSK = HallId("mpp-kukar"), DeviceId("kiosk-1")
MOST_ACTS = 10
"""Acts of a visit: a number takes four."""
EVERY = 25
"""Memory is read after so many visits."""
BEAT_S = 0.5


class Hub:
    """Answers every request with a number, and forgets it."""

    def __init__(self, broker: MemoryBroker, asked: Callable[[str], None] = lambda _request: None) -> None:
        self._tell = asked
        self._inbox: Inbox[LinkEvent] = Inbox()
        self._link = MemoryLink(broker, LinkSettings(HALL, DeviceId("hub"), "", "", 0), self._inbox, None)
        self._link.subscribe(topics_of("hub", HALL, DeviceId("hub")))
        self._link.open()
        broker.settle()
        self.numbers = 0
        self._seq = 0
        self._began_s = time.monotonic()
        self._beat_s = 0.0
        state = state_at()
        assert state.hall is not None
        messages: list[Message] = [state.hall, *state.agencies.values(), *state.queues.values(), Notice(1, 1)]
        for message in messages:
            self._link.say(message)
            broker.settle()

    def step(self) -> None:
        """Hears and answers; beats."""
        now_s = time.monotonic()
        for event in self._inbox.drain():
            if isinstance(event, Heard) and isinstance(event.message, TicketRequested):
                self.numbers += 1
                asked = event.message
                self._tell(asked.request)
                issued = replace(ticket(self.numbers % 999 + 1), service=asked.service, visitor=asked.visitor)
                self._link.say(TicketIssued(asked.request, issued), KIOSK)
        if now_s - self._beat_s >= BEAT_S:
            self._beat_s = now_s
            self._seq += 1
            at = MORNING + timedelta(seconds=now_s - self._began_s)
            self._link.say(HubHeartbeat("online", 1, at, self._seq))


class Crowd:
    """One visitor after another, an act for each frame."""

    def __init__(self, app: Any, device: KioskDevice, hub: Hub, broker: MemoryBroker, *, count: int, seed: int) -> None:
        self._app, self._device, self._hub, self._broker = app, device, hub, broker
        self._count = count
        self._luck = Random(f"{seed} crowd")
        self._hands = Hands(self._luck)
        self.visits = 0

    def act(self, *_: object) -> None:
        """Once for each frame."""
        self._hub.step()
        self._broker.deliver(4)
        device, hands = self._device, self._hands
        face = device.view()
        told = screen_name(face) in ("ticket", "no-paper", "tickets")
        if (told and hands.acts >= hands.wanders) or hands.acts >= MOST_ACTS:
            self._next()
            return
        act = hands.next(face)
        match act.kind:
            case "scan":
                device.scanned(act.text)
            case "key":
                device.press(act.text)  # type: ignore[arg-type]  # one of hands.KEYS
            case "type":
                device.typed(act.text)
            case _ if act.choice is not None:
                self._app.stage_chosen(device.turn, act.choice)
            case _:
                device.touched()

    def _next(self) -> None:
        device = self._device
        for choice in (choices.Done(), choices.Home(), choices.Home()):
            self._app.stage_chosen(device.turn, choice)
        self._hands = Hands(self._luck)
        self.visits += 1
        if self.visits % EVERY == 0 or self.visits >= self._count:
            gc.collect()
            say(visits=self.visits, numbers=self._hub.numbers, mb=resident_mb())
        if self.visits >= self._count:
            self._app.stop()


def resident_mb() -> float:
    """What this process holds of the machine's memory now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * 4096 / 1e6, 1)


def main(count: int, seed: int) -> None:
    """So many visits, then the end."""
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory() as home, Teller(None) as teller:
        prepare(SCREEN, PORTRAIT, Path(home))
        from kivy.clock import Clock

        from kiosk.app import KioskApp

        class Visited(KioskApp):
            def stage_chosen(self, turn: int, choice: choices.Choice) -> None:
                self._chosen(turn, choice)

        broker = MemoryBroker()
        hub = Hub(broker)
        device = kiosk(broker, Path(home))
        app = Visited(device, teller, "kiosk-1", lambda: None, locked=False, keypad={})
        crowd = Crowd(app, device, hub, broker, count=count, seed=seed)
        Clock.schedule_interval(crowd.act, 0)
        app.run()


def kiosk(broker: MemoryBroker, folder: Path) -> KioskDevice:
    """The production kiosk over a link in memory, with a printer that draws and a voice that takes no time."""
    inbox: Inbox[LinkEvent] = Inbox()
    press_inbox: Inbox[PressEvent] = Inbox()
    ids = iter(range(1, 10**9))
    assert kiosk_gallery.hall().hall.languages
    narrator = SimulatedNarrator(kiosk_gallery.hall().hall.languages)
    narrator.said = deque(maxlen=2)  # type: ignore[assignment]  # it would remember all of them
    return KioskDevice(
        Identity(HALL, KIOSK, 1, "i-1", "0.1.0", show_paper=True),
        link=MemoryLink(
            broker, LinkSettings(HALL, KIOSK, "", "", 0), inbox, DeviceStatus("lost", "kiosk", 1, "i-1", "0.1.0")
        ),
        inbox=inbox,
        press=ImmediatePress(SimulatedPrinter(), press_inbox.put),
        press_inbox=press_inbox,
        ledger=Ledger(Outbox(folder / "outbox.sqlite", 5000)),
        layout=standard_layout(),
        surroundings=Surroundings(
            lambda: RequestId(f"r-{next(ids)}"), lambda: datetime.now(UTC), Machine, lambda _what, **_facts: None
        ),
        narrator=narrator,
        now_s=time.monotonic(),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
