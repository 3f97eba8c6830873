"""The scene of visits at random: a kiosk that anybody may touch, one that nobody touches, a hub, and much that goes wrong.

The production kiosk and hub over a link in memory. Beside the kiosk stands another that nobody touches, in the same hall
and at the same time: what it shows is what a kiosk shows of which nothing was wanted.
"""

from pathlib import Path
from random import Random

from msgspec.structs import asdict, replace

from contract.calls import NoticeText
from contract.names import DeviceId
from hub.wanted import NoticeWanted
from link.memory_link import MemoryBroker, Packet
from simulator.eyes import KioskEyes
from simulator.fate import Fate
from simulator.hall import KIOSKS, LANGUAGES, hall_for
from simulator.programs import Ground, HubProgram, KioskPerils, KioskProgram, Made
from simulator.promises import Promises
from simulator.trouble import Trouble
from simulator.witness import HEARD_ON_ARRIVAL, JournalReader, Witness, body_of

STEP_S = 0.5
ASK_AGAIN_S = 5.0
"""A notice that the hub has not put on record yet is asked for again after so long."""

BLOWS: dict[str, Trouble] = {
    "hub dies": Trouble(hub_dies=240),
    "hub dies at a commit": Trouble(hub_dies_at_commit=0.4),
    "broker dies": Trouble(broker_dies=240),
    "machine dies": Trouble(machine_dies=240),
    "messages are lost": Trouble(lose=0.06),
    "messages are late and doubled": Trouble(late=0.15, double=0.2),
    "the connection breaks": Trouble(cut=0.04),
    "the kiosk loses power": Trouble(kiosk_dies=200),
    "the kiosk loses power at a write": Trouble(kiosk_dies_at_write=0.25),
    "the kiosk loses power at a page": Trouble(kiosk_dies_at_page=0.5),
    "the disk is full": Trouble(kiosk_disk_full_at_write=0.4),
    "the paper is out": Trouble(paper_ends=360),
    "the paper ends midway": Trouble(paper_ends_midway=360),
    "the cover is open": Trouble(cover_opens=360),
    "the printer is away": Trouble(printer_away=360),
    "the printer is mute": Trouble(printer_mute=360),
}
"""What may strike a visit, some of it at once. Rates are per hour, and a visit takes a minute or two."""
HANGS, NOTICES, DEAF = "the hub hangs", "the hall gives notice", "the voice fails"

NOTICE_LEVELS = ("info", "urgent", "evacuate")


class Scene:
    """`folder` takes the journal and the outboxes and should be empty. `step` is half a second of everybody's life."""

    def __init__(self, seed: int, folder: Path, made: Made | None = None) -> None:
        self.luck = Random(f"{seed} visits")
        self.witness = Witness()
        self.promises = Promises()
        self.witness.listeners.append(self.promises.take)
        self.voice_has_failed = False
        self._calm = True
        self._hangs = False
        self._notices = 0
        self._notice_given = False
        self._wish: NoticeWanted | None = None
        self._wish_due_s = 0.0
        hall = hall_for(seed % 4, 1.0)
        self.ground = Ground(hall, MemoryBroker(Random(f"{seed} wire")), folder, made or Made())
        self.ground.broker.on_said, self.ground.broker.on_arrived = self._said, self._arrived
        self.fate = Fate(self.ground, Trouble(), self.witness, Random(f"{seed} fate"), lambda _now_s: self._calm)
        self.hub = HubProgram(self.ground, lambda: self.fate.strikes(self.fate.trouble.hub_dies_at_commit))
        self.kiosk = KioskProgram(self.ground, KIOSKS[0], self._perils())
        self.untouched = KioskProgram(self.ground, KIOSKS[1], KioskPerils(_never, _never, _never))
        self.reader = JournalReader(self.hub.path, self.witness)
        self._eyes = KioskEyes(self.kiosk, self.witness)
        self._hub_seen = False
        for program in (self.hub, self.kiosk, self.untouched):
            self.fate.start(program)

    def close(self) -> None:
        """Ends everything."""
        for program in (self.hub, self.kiosk, self.untouched):
            if program.running:
                program.kill()
        self.reader.close()

    def step(self) -> None:
        """Half a second of everybody's life, visitors aside."""
        ground, fate = self.ground, self.fate
        ground.now_s += STEP_S
        self.witness.at_s = ground.now_s
        fate.step(STEP_S, self.hub, [self.kiosk], [])
        self._ask_for_notice()
        ground.broker.deliver()
        if not self._hangs:
            fate.run(self.hub, self.hub.step)
        self._read_journal()
        ground.broker.deliver()
        fate.run(self.kiosk, self.kiosk.step)
        self.untouched.step()
        self.look()

    def look(self) -> None:
        """At the kiosk, after something may have changed there."""
        self._eyes.look()

    def wait(self, seconds: float) -> None:
        """Time passes."""
        for _ in range(round(seconds / STEP_S)):
            self.step()

    # --- trouble ---

    def strike(self) -> tuple[str, ...]:
        """Another trouble, of up to three kinds; or none."""
        luck = self.luck
        names = luck.sample([*BLOWS, HANGS, NOTICES, DEAF], luck.choice((0, 1, 1, 2, 3)))
        both = Trouble(longest_away_s=luck.choice((3.0, 20.0, 60.0, 150.0)))
        for name in names:
            for field, value in asdict(BLOWS.get(name, Trouble())).items():
                if field != "longest_away_s" and value:
                    both = replace(both, **{field: value})
        self.fate.trouble, self._calm = both, False
        self._hangs = HANGS in names
        self.kiosk.narrator.deaf = DEAF in names
        self.voice_has_failed |= DEAF in names
        if NOTICES in names:
            self._give_notice()
        return tuple(names)

    def mend(self) -> None:
        """All that died is started again, all that broke is as it was, and no notice stands any more."""
        self._calm, self._hangs = True, False
        self.kiosk.narrator.deaf = False
        if self._notice_given:
            self._notice_given = False
            self._want_notice(None)

    def _give_notice(self) -> None:
        self._notices += 1
        self._notice_given = True
        level = self.luck.choice(NOTICE_LEVELS)
        text = dict.fromkeys(LANGUAGES, f"Pengumuman {self._notices}")
        self._want_notice(NoticeText(f"notice-{self._notices}", text, level, ()))  # type: ignore[arg-type]

    def _want_notice(self, notice: NoticeText | None) -> None:
        def done() -> None:
            self._wish = None if self._wish is wish else self._wish

        wish = self._wish = NoticeWanted(notice, done)
        self._wish_due_s = self.ground.now_s

    def _ask_for_notice(self) -> None:
        """Again until it is on record: a hub may be away, or die over it."""
        if self._wish is not None and self.ground.now_s >= self._wish_due_s and self.hub.ask(self._wish):
            self._wish_due_s = self.ground.now_s + ASK_AGAIN_S

    def _perils(self) -> KioskPerils:
        def blow(name: str) -> bool:
            chance: float = getattr(self.fate.trouble, name)
            return self.fate.strikes(chance)

        return KioskPerils(
            dies_at_write=lambda: blow("kiosk_dies_at_write"),
            disk_full=lambda: blow("kiosk_disk_full_at_write"),
            dies_at_page=lambda: blow("kiosk_dies_at_page"),
        )

    # --- what is overheard ---

    def _said(self, device: DeviceId, packet: Packet) -> None:
        self._read_journal()
        self.witness.saw("said", by=device, topic=packet.topic.split("/", 3)[3], body=body_of(packet.body))

    def _arrived(self, device: DeviceId, packet: Packet) -> None:
        if packet.topic.endswith(HEARD_ON_ARRIVAL):
            self.witness.saw("arrived", device=device, topic=packet.topic.split("/", 3)[3], body=body_of(packet.body))

    def _read_journal(self) -> None:
        if not self.hub.path.exists():
            return
        if self.hub.running and not self._hub_seen:
            self.reader.look_at_all()
        self._hub_seen = self.hub.running
        self.reader.look()


def _never() -> bool:
    return False
