"""The production programs as they run in a simulated hall: started, stepped, killed, started again.

Each stands on the memory link and on twins of its devices; what it wrote to disk and its printer's paper outlive it.
Nothing in here decides anything about queues.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from contract.devices import DeviceStatus
from contract.names import DeviceId, Language, RequestId, ZoneId
from display import identity as display_identity
from display import turns, views
from display.announcer import Loudspeaker
from display.device import DisplayDevice
from display.sight import Panel
from hub.batch import FactsKept
from hub.desk.door import DeskAsked
from hub.journal import Journal
from hub.service import BATCH, HubService, will_of
from hub.wanted import NoticeWanted
from kiosk import identity as kiosk_identity
from kiosk.device import KioskDevice
from kiosk.ledger import Ledger
from kiosk.press import ImmediatePress, PressEvent
from kiosk.printing.layout import standard_layout
from kiosk.printing.simulated_printer import SimulatedPrinter
from kiosk.simulated_narrator import SimulatedNarrator
from link.inbox import Inbox
from link.link import LinkSettings
from link.memory_link import MemoryBroker, MemoryLink
from link.topics import topics_of
from simulator.hall import DISPLAYS, HALL, HUB, LANGUAGES, REGISTER, SimulatedHall, texts
from simulator.ids import Ids
from simulator.perils import Blow, MortalJournal, MortalOutbox, MortalPrinter
from simulator.stamps import stamp
from simulator.voices import SilentSpeaker
from ui.machine import Machine
from voice.simulated_player import SimulatedPlayer
from voice.worker import InlineWorker, VoiceEvent

VERSION = "simulated"
OUTBOX_LIMIT = 1000


def as_it_is(journal: FactsKept) -> FactsKept:
    """A journal that nobody has tampered with."""
    return journal


class Made(Struct, frozen=True):
    """What the programs are made of: the production classes. Tests put broken ones here, to see the promises fail."""

    service: type[HubService] = HubService
    kiosk: type[KioskDevice] = KioskDevice
    display: type[DisplayDevice] = DisplayDevice
    journal: Callable[[FactsKept], FactsKept] = as_it_is


class Ground(Struct):
    """What all programs of a hall share. `now_s` is simulated seconds; the hall's clock follows it."""

    hall: SimulatedHall
    broker: MemoryBroker
    folder: Path
    made: Made
    now_s: float = 0.0
    ids: int = 0

    def clock(self) -> datetime:
        """The time of day."""
        return self.hall.begins + timedelta(seconds=self.now_s)

    def new_id(self, kind: str) -> str:
        """An id that nobody had before, and that can be read in a story."""
        self.ids += 1
        return f"{kind}-{self.ids}"

    def settings(self, device: DeviceId) -> LinkSettings:
        """How a device reaches the broker."""
        return LinkSettings(HALL, device, "", "memory", 1)


class HubProgram:
    """The hub: service, journal and link. `ask` is the desk's way in."""

    def __init__(self, ground: Ground, blow: Blow) -> None:
        self.name = HUB
        self.running = False
        self.path = ground.folder / "journal.sqlite"
        self._ground = ground
        self._blow = blow
        self._inbox: Inbox[Any] = Inbox()

    def start(self) -> None:
        """Replay, connect. SuddenDeath may strike at the very first commit."""
        ground, book = self._ground, self._ground.hall.book
        self.running = True
        self._inbox = Inbox()
        self._journal = Journal(f"sqlite:///{self.path}")
        state = self._journal.replay()
        will = will_of(state.boot + 1, book.moment(ground.clock()))
        self._link = MemoryLink(ground.broker, ground.settings(HUB), self._inbox, will)
        self._link.subscribe(topics_of("hub", HALL, HUB))
        self._link.open()
        self._service = ground.made.service(
            state=state,
            book=book,
            journal=MortalJournal(ground.made.journal(self._journal), self._blow),
            link=self._link,
            register=REGISTER,
            texts=texts(),
            clock=ground.clock,
            chance=Ids(ground.new_id),
        )
        self._service.start()

    def step(self) -> None:
        """Hears what came in."""
        self._service.handle(tuple(self._inbox.drain(BATCH)))

    def ask(self, asked: DeskAsked | NoticeWanted) -> bool:
        """A page asks, or somebody wants a notice said. False: nobody is there to answer."""
        return self.running and self._inbox.put(asked)

    def kill(self) -> None:
        """Its process is gone."""
        self.running = False
        self._link.die()
        self._journal.close()


class KioskPerils(Struct, frozen=True):
    """What may happen to a kiosk at a write to its disk, and at a page."""

    dies_at_write: Blow
    disk_full: Blow
    dies_at_page: Blow


class KioskProgram:
    """A kiosk. Its outbox and its printer outlive it."""

    def __init__(self, ground: Ground, name: DeviceId, perils: KioskPerils) -> None:
        self.name = name
        self.running = False
        self.printer = SimulatedPrinter()
        self.narrator = SimulatedNarrator(LANGUAGES)
        self.changed = True
        """Whether what is to be seen may have changed since somebody looked."""
        self.device: KioskDevice
        self._ground = ground
        self._perils = perils
        self._boots = 0
        self._installation = 1

    def swap(self) -> None:
        """Another machine stands in its place from the next start on: nothing is on its disk, the printer stays."""
        self._installation += 1
        self._boots = 0

    def start(self) -> None:
        """Read the outbox, connect. At every other start the machine was switched off in between, else only the program died."""
        ground, perils = self._ground, self._perils
        self.running = self.changed = True
        self._boots += 1
        inbox: Inbox[Any] = Inbox()
        press_inbox: Inbox[PressEvent] = Inbox()
        self._outbox = MortalOutbox(
            ground.folder / f"{self.name}.{self._installation}.outbox.sqlite",
            OUTBOX_LIMIT,
            perils.dies_at_write,
            perils.disk_full,
        )
        installation = f"installation-{self._installation}"
        will = DeviceStatus("lost", "kiosk", self._boots, installation, VERSION)
        self._link = MemoryLink(ground.broker, ground.settings(self.name), inbox, will)
        self.device = ground.made.kiosk(
            kiosk_identity.Identity(
                HALL, self.name, self._boots, installation, VERSION, machine_boot=f"machine-{self._boots // 2}"
            ),
            link=self._link,
            inbox=inbox,
            press=ImmediatePress(MortalPrinter(self.printer, perils.dies_at_page), press_inbox.put, stamp),
            press_inbox=press_inbox,
            ledger=Ledger(self._outbox),
            layout=standard_layout(),
            surroundings=kiosk_identity.Surroundings(
                new_id=lambda: RequestId(ground.new_id("request")),
                wall_clock=ground.clock,
                readings=Machine,
                tell=lambda what, **facts: None,  # noqa: ARG005 - nobody listens
            ),
            now_s=ground.now_s,
            narrator=self.narrator,
        )
        self.device.open()

    def step(self) -> None:
        """One look at everything."""
        self.narrator.advance(max(0.0, self._ground.now_s - self.narrator.now_s))
        del self.narrator.said[:-1]
        self.changed |= self.device.pump(self._ground.now_s)

    def kill(self) -> None:
        """Its process is gone; the file is what it is."""
        self.running = False
        self._link.die()
        self._outbox.close()


class DisplayProgram:
    """A hall display with its loudspeaker."""

    def __init__(self, ground: Ground, name: DeviceId, chime: Path, voice_fails: Blow) -> None:
        self.name = name
        self.zones: tuple[ZoneId, ...] = DISPLAYS[name]
        self.running = False
        self.player = SimulatedPlayer()
        self.changed = True
        """Whether what is to be seen may have changed since somebody looked, other than by time alone."""
        self.device: DisplayDevice
        self._ground = ground
        self._chime = chime
        self._voice_fails = voice_fails
        self._boots = 0

    def start(self) -> None:
        """Start the voice, connect."""
        ground = self._ground
        self.running = self.changed = True
        self._boots += 1
        inbox: Inbox[Any] = Inbox()
        voice_inbox: Inbox[VoiceEvent] = Inbox()
        speaker = SilentSpeaker(LANGUAGES, ground.folder / "waves", self._voice_fails)
        will = DeviceStatus("lost", "display", self._boots, "one", VERSION)
        self._link = MemoryLink(ground.broker, ground.settings(self.name), inbox, will)
        self.player.close()
        self.device = ground.made.display(
            display_identity.Identity(HALL, self.name, self._boots, "one", VERSION),
            views.Manner(self.name, Language("id"), self.zones, Panel(1920, 1080, 55, 8.5)),
            turns.Manner(me=self.name),
            link=self._link,
            inbox=inbox,
            loudspeaker=Loudspeaker(InlineWorker(speaker, voice_inbox.put), voice_inbox, self.player, self._chime),
            surroundings=display_identity.Surroundings(
                wall_clock=ground.clock,
                readings=Machine,
                tell=lambda what, **facts: None,  # noqa: ARG005 - nobody listens
            ),
            now_s=ground.now_s,
        )
        self.device.open()

    def step(self) -> None:
        """One look at everything."""
        self.player.advance(max(0.0, self._ground.now_s - self.player.now_s))
        self.player.played.clear()
        self.changed |= self.device.pump(self._ground.now_s)

    def kill(self) -> None:
        """Its process is gone, and its sound with it."""
        self.running = False
        self.player.close()
        self._link.die()


Program = HubProgram | KioskProgram | DisplayProgram
