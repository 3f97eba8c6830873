"""A whole hall in one process: hub, kiosks, displays, officers and visitors, with one clock, one seed, and much trouble.

A step is half a simulated second: fate strikes, messages travel, every program that lives has one look, people act; and
then what could be seen of it is held against the promises. The same seed is the same day, step by step.
"""

from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

from msgspec import Struct

from contract.names import DeviceId
from display.views import BoardView
from link.memory_link import MemoryBroker, Packet
from simulator.asker import Asker
from simulator.eyes import KioskEyes
from simulator.fate import Fate
from simulator.hall import COUNTERS, DISPLAYS, KIOSKS, PAD, PAD_COUNTER, hall_for
from simulator.officers import Officer, OfficerAtDesk, OfficerWithPad
from simulator.programs import DisplayProgram, Ground, HubProgram, KioskPerils, KioskProgram, Made, Program
from simulator.promises import Promises
from simulator.quiet import quiet
from simulator.record import BrokenPromise
from simulator.trouble import CALM_S, STILL_S, TROUBLE_S, Trouble
from simulator.visitors import Visitors
from simulator.voices import write_silence
from simulator.witness import HEARD_ON_ARRIVAL, Event, JournalReader, Witness, body_of, told

STEP_S = 0.5
LOOK_EVERY = 4
"""A screen is looked at whenever something happened to it, and every so many steps for what time alone brings."""
CHIME_FRAMES = 115


class Story(Struct, frozen=True):
    """What happened. `kept`: how often each promise was looked at; `broken`: the first that was not kept, told in lines."""

    seed: int
    hall: str
    hours: float
    steps: int
    story_hash: str
    happened: dict[str, int]
    left_with: dict[str, int]
    kept: dict[int, int]
    broken: tuple[str, ...] = ()
    broken_promise: int | None = None


class World:
    """One hall day. `folder` takes the journal and the outboxes and should be empty."""

    def __init__(self, seed: int, hours: float, trouble: Trouble, folder: Path, made: Made | None = None) -> None:
        self.seed = seed
        self.hours = hours
        self.steps = 0
        self.witness = Witness()
        self.promises = Promises()
        self.witness.listeners += [self._read_before, self.promises.take]
        self.ground = Ground(
            hall=hall_for(seed, hours),
            broker=MemoryBroker(self._luck("wire")),
            folder=folder,
            made=made or Made(),
        )
        broker = self.ground.broker
        broker.on_said, broker.on_arrived = self._said, self._arrived
        self.fate = Fate(self.ground, trouble, self.witness, self._luck("fate"))
        self.hub = HubProgram(self.ground, lambda: self.fate.strikes(trouble.hub_dies_at_commit))
        self.reader = JournalReader(self.hub.path, self.witness)
        chime = folder / "chime.wav"
        write_silence(chime, CHIME_FRAMES)
        self.kiosks = [self._kiosk(name, trouble) for name in KIOSKS]
        self.displays = [
            DisplayProgram(self.ground, name, chime, lambda: self.fate.strikes(trouble.voice_fails_at_sentence))
            for name in DISPLAYS
        ]
        self._eyes = {kiosk.name: KioskEyes(kiosk, self.witness) for kiosk in self.kiosks}
        self.visitors = [Visitors(kiosk, self.witness, self._luck(kiosk.name)) for kiosk in self.kiosks]
        self.officers = self._officers()
        self.asker = Asker(self.ground, self._numbers_told, self._luck("asker"))
        self._seen: dict[str, object] = {}
        self._hub_seen = False

    def run(self) -> Story:
        """The whole day, or as far as the first broken promise."""
        broken: BrokenPromise | None = None
        with quiet():
            try:
                for program in self._programs():
                    self.fate.start(program)
                while self.steps * STEP_S < self.hours * 3600:
                    self.step()
                self.reader.look_at_all()
            except BrokenPromise as found:
                broken = found
            finally:
                self._end()
        return self._story(broken)

    def step(self) -> None:
        """Half a second of everybody's life."""
        self.steps += 1
        ground, fate = self.ground, self.fate
        ground.now_s = self.witness.at_s = self.steps * STEP_S
        spell_s = ground.now_s % (TROUBLE_S + CALM_S)
        still = spell_s >= TROUBLE_S + CALM_S - STILL_S
        fate.step(STEP_S, self.hub, self.kiosks, self.displays)
        ground.broker.deliver()
        fate.run(self.hub, self.hub.step)
        self._read_journal()
        ground.broker.deliver()
        for display in self.displays:
            fate.run(display, display.step)
        for kiosk, visitors in zip(self.kiosks, self.visitors, strict=True):
            fate.run(kiosk, kiosk.step)
            self._look_at_kiosk(kiosk)
            fate.people(kiosk, partial(visitors.step, ground.now_s, still=still))
            self._look_at_kiosk(kiosk)
        for officer in self.officers:
            officer.step(ground.now_s, still=still)
        self.asker.step(ground.now_s)
        for display in self.displays:
            self._look_at_display(display)
        self.promises.agrees(ground.now_s)
        if spell_s == TROUBLE_S + CALM_S - STEP_S:
            self.witness.saw("at-rest")

    # --- what there is ---

    def _luck(self, of: str) -> Random:
        """Each has dice of its own: what one does more of changes nobody else's luck."""
        return Random(f"{self.seed} {of}")

    def _kiosk(self, name: DeviceId, trouble: Trouble) -> KioskProgram:
        strikes = self.fate.strikes
        perils = KioskPerils(
            dies_at_write=lambda: strikes(trouble.kiosk_dies_at_write),
            disk_full=lambda: strikes(trouble.kiosk_disk_full_at_write),
            dies_at_page=lambda: strikes(trouble.kiosk_dies_at_page),
        )
        return KioskProgram(self.ground, name, perils)

    def _officers(self) -> list[Officer]:
        ground, witness = self.ground, self.witness
        at_desks = [
            OfficerAtDesk(self.hub, counter, ground, witness, self._luck(counter))
            for counter in COUNTERS
            if counter != PAD_COUNTER
        ]
        return [*at_desks, OfficerWithPad(PAD, PAD_COUNTER, ground, witness, self._luck(PAD_COUNTER))]

    def _programs(self) -> list[Program]:
        return [self.hub, *self.kiosks, *self.displays]

    def _numbers_told(self) -> list[str]:
        record = self.promises.record
        return [
            record.issued[ticket]["number"]
            for ticket in sorted(self.promises.told)
            if record.day_of.get(ticket) == record.day
        ]

    # --- what is seen ---

    def _read_before(self, event: Event) -> None:
        """A page of the desk is answered after its commit: what it may show stands in the journal."""
        if event.what == "page":
            self._read_journal()

    def _said(self, device: DeviceId, packet: Packet) -> None:
        self._read_journal()
        self.witness.saw("said", by=device, topic=_short(packet.topic), body=body_of(packet.body))

    def _arrived(self, device: DeviceId, packet: Packet) -> None:
        if packet.topic.endswith(HEARD_ON_ARRIVAL):
            self.witness.saw("arrived", device=device, topic=_short(packet.topic), body=body_of(packet.body))

    def _read_journal(self) -> None:
        """New rows; and after each death of the hub, whether the old ones still stand."""
        if not self.hub.path.exists():
            return
        if self.hub.running and not self._hub_seen:
            self.reader.look_at_all()
        self._hub_seen = self.hub.running
        self.reader.look()

    def _look_at_kiosk(self, kiosk: KioskProgram) -> None:
        if kiosk.running and not (kiosk.changed or self.steps % LOOK_EVERY == 0):
            return
        self._eyes[kiosk.name].look()

    def _look_at_display(self, display: DisplayProgram) -> None:
        if not display.running or not (display.changed or self.steps % LOOK_EVERY == 0):
            return
        display.changed = False
        view = display.device.view(self.ground.now_s)
        board = view if isinstance(view, BoardView) else None
        shown = (
            tuple((row.call, row.number, row.counter_id) for row in board.lit) if board else (),
            tuple((row.call, row.number, row.counter_id) for row in board.rows) if board else (),
            board is None or board.stale,
            board is not None and board.sign is not None and board.sign.alone,
        )
        if self._seen.get(display.name) != shown:
            self._seen[display.name] = shown
            lit, rows, stale, shut = shown
            self.witness.saw(
                "board", display=display.name, zones=display.zones, lit=lit, rows=rows, stale=stale, shut=shut
            )
        self.promises.honest(display.name, self.ground.now_s, stale=shown[2])

    # --- the end ---

    def _end(self) -> None:
        for program in self._programs():
            if program.running:
                program.kill()
        self.reader.close()

    def _story(self, broken: BrokenPromise | None) -> Story:
        left = sum((visitors.left for visitors in self.visitors), Counter[str]())
        return Story(
            seed=self.seed,
            hall=self.ground.hall.name,
            hours=round(self.steps * STEP_S / 3600, 3),
            steps=self.steps,
            story_hash=self.witness.story_hash,
            happened=dict(sorted((self.witness.counts + self._counts()).items())),
            left_with=dict(sorted(left.items())),
            kept=dict(sorted(self.promises.kept.items())),
            broken=() if broken is None else self._told(broken),
            broken_promise=None if broken is None else broken.promise,
        )

    def _counts(self) -> Counter[str]:
        record, broker = self.promises.record, self.ground.broker
        return Counter(
            issued=len(record.issued),
            own=len(record.own),
            called=len(record.called),
            lost=broker.lost,
            doubled=broker.doubled,
        )

    def _told(self, broken: BrokenPromise) -> tuple[str, ...]:
        begins = self.ground.hall.begins
        begins_s = begins.hour * 3600 + begins.minute * 60.0
        events = self.witness.led_to(broken.about) or list(self.witness.history)[-15:]
        minute = self.ground.now_s / 60
        head = f"{broken} (seed {self.seed}, step {self.steps}, minute {minute:.1f}, {self.ground.hall.name})"
        return (head, *(told(event, begins_s) for event in events))


def _short(topic: str) -> str:
    """A topic from its branch on."""
    return topic.split("/", 3)[3]
