"""A whole kiosk under a test's hand: the shell over a link in memory, a simulated printer and a real outbox."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from contract.catalogue import Message
from contract.devices import DeviceStatus
from contract.halls import HubHeartbeat
from contract.names import DeviceId, HallId, RequestId
from contract.tickets import (
    TicketIssued,
    TicketRequested,
)
from kiosk import choices
from kiosk.attending import Loudspeaker, no_loudspeaker
from kiosk.device import KioskDevice
from kiosk.faces import screen_name
from kiosk.identity import Identity, Surroundings
from kiosk.ledger import Ledger
from kiosk.narrator import Narrator
from kiosk.press import ImmediatePress, PressEvent
from kiosk.printing.layout import standard_layout
from kiosk.printing.simulated_printer import SimulatedPrinter
from kiosk.spool import Spool
from kiosk.technician import Technician
from link.inbox import Inbox
from link.link import Heard, LinkEvent, LinkSettings
from link.memory_link import MemoryBroker, MemoryLink
from link.outbox import Outbox
from link.topics import topics_of
from tests.unit.kiosk_visit import AGENCY, BEGINS, HALL, SERVICE, SERVICES, queues, ticket
from ui.machine import Machine

MPP = HallId("mpp-kukar")
KIOSK = DeviceId("kiosk-1")


class FakeHub:
    """Says what a test wants said, and remembers what it heard."""

    def __init__(self, broker: MemoryBroker) -> None:
        self.inbox: Inbox[LinkEvent] = Inbox()
        self.link = MemoryLink(broker, LinkSettings(MPP, DeviceId("hub"), "", "", 0), self.inbox, None)
        self.link.subscribe(topics_of("hub", MPP, DeviceId("hub")))
        self.link.open()
        self.heard: list[Message] = []
        self.seq = 0

    def listen(self) -> None:
        self.heard += [event.message for event in self.inbox.drain() if isinstance(event, Heard)]

    def of(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.heard if isinstance(message, kind)]


class Rig:
    """A kiosk, its broker and its hub; time passes when the test says so. `reboot` is a sudden death and a new start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broker = MemoryBroker()
        self.hub = FakeHub(self.broker)
        self.printer = SimulatedPrinter()
        self.roll_m = 0.0
        self.installation = "i-1"
        self.machine_boot = "switched on once"
        self.narrator: Narrator | None = None
        self.loudest = 1.0
        self.technician: Technician | None = None
        self.loudspeaker: Loudspeaker = no_loudspeaker
        self.new_outbox: Callable[[Path, int], Outbox] = Outbox
        self.now_s = 1000.0
        self.boots = 0
        self.ids = 0
        self.outbox: Outbox
        self.kiosk: KioskDevice
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.say(HALL, SERVICES, queues())
        self.start()

    def start(self) -> None:
        self.boots += 1
        inbox: Inbox[LinkEvent] = Inbox()
        press_inbox: Inbox[PressEvent] = Inbox()
        will = DeviceStatus("lost", "kiosk", self.boots, self.installation, "0.1.0")
        self.link = MemoryLink(self.broker, LinkSettings(MPP, KIOSK, "", "", 0), inbox, will)
        self.outbox = self.new_outbox(self.folder / "kiosk-1.outbox.sqlite", 50)
        self.kiosk = KioskDevice(
            Identity(
                MPP,
                KIOSK,
                self.boots,
                self.installation,
                "0.1.0",
                machine_boot=self.machine_boot,
                show_paper=True,
                roll_m=self.roll_m,
                loudest=self.loudest,
            ),
            narrator=self.narrator,
            technician=self.technician,
            loudspeaker=self.loudspeaker,
            link=self.link,
            inbox=inbox,
            press=ImmediatePress(self.printer, press_inbox.put),
            press_inbox=press_inbox,
            ledger=Ledger(self.outbox),
            layout=standard_layout(),
            surroundings=Surroundings(
                self._new_id,
                lambda: datetime.now(UTC),
                lambda: Machine(1.0, 40.0, 200.0),
                lambda what, **facts: self.told.append((what, facts)),
            ),
            now_s=self.now_s,
            spool=Spool(self.folder),
        )
        self.kiosk.open()
        self.settle()
        self.pulse()

    def reboot(self) -> None:
        self.broker.cut(KIOSK)
        self.link.wanted = False
        self.outbox.close()
        self.start()

    def say(self, *messages: Message) -> None:
        for message in messages:
            self.broker.settle()
            assert self.hub.link.say(message, to=KIOSK)
        self.settle()

    def pulse(self, boot: int = 1) -> None:
        self.hub.seq += 1
        self.say(HubHeartbeat("online", boot, BEGINS + timedelta(seconds=self.now_s - 1000), self.hub.seq))

    def pulses(self, count: int) -> None:
        """Heartbeats of the same hub, 5 s apart: two of them settle what was said before."""
        self.wait(5.0 * count)

    def settle(self) -> None:
        for _ in range(6):
            self.broker.settle()
            if hasattr(self, "kiosk"):
                self.kiosk.pump(self.now_s)
            self.hub.listen()

    def wait(self, seconds: float, *, hub: bool = True) -> None:
        for tenth in range(round(seconds * 10)):
            self.now_s += 0.1
            if hub and tenth % 50 == 49:
                self.pulse()
            self.kiosk.pump(self.now_s)
        self.settle()

    def choose(self, *wanted: choices.Choice) -> None:
        for choice in wanted:
            self.kiosk.choose(self.kiosk.turn, choice)
        self.settle()

    def take(self) -> RequestId:
        self.choose(
            choices.Start(), choices.ChooseAgency(AGENCY), choices.ChooseService(SERVICE), choices.Take("regular")
        )
        return RequestId(self.hub.of(TicketRequested)[-1].request)

    def answer(self, request: RequestId, number: int = 69) -> None:
        self.say(TicketIssued(request, ticket(number)))

    @property
    def screen(self) -> str:
        return screen_name(self.kiosk.view())

    def kinds(self) -> list[str]:
        """What is kept of numbers; not what the kiosk knows of itself."""
        return [entry.kind for entry in self.outbox.entries() if not entry.kind.startswith("=")]

    def _new_id(self) -> RequestId:
        self.ids += 1
        return RequestId(f"r-{self.ids}")
