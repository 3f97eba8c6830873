"""Visits at random: one visitor after another before a kiosk, with hands that touch anything, and trouble at every turn.

The production kiosk and hub over a link in memory. Beside the kiosk stands another that nobody touches: once a visitor
has gone, both must show the same. Each visit must end with a number that is on record, or with a reason on the screen.
"""

from collections import Counter
from pathlib import Path
from random import Random

from msgspec import Struct
from msgspec.structs import asdict, replace

from contract.calls import Notice, NoticeText
from contract.names import DeviceId
from kiosk import choices
from kiosk.choices import name_of
from kiosk.faces import screen_name
from link.memory_link import MemoryBroker, Packet
from simulator.ends import BadEnd, check_on_record, check_reason, left_behind, reason_told
from simulator.eyes import KioskEyes, numbers_told
from simulator.fate import Fate
from simulator.hall import KIOSKS, LANGUAGES, hall_for
from simulator.hands import Act, Hands
from simulator.programs import Ground, HubProgram, KioskPerils, KioskProgram, Made
from simulator.promises import Promises
from simulator.record import BrokenPromise
from simulator.trouble import Trouble
from simulator.witness import Event, JournalReader, Witness, body_of, told

STEP_S = 0.5
PATIENCE_S = 400.0
"""A visitor who has neither a number nor a reason after so long has been let down."""
AT_REST_WITHIN_S = 240.0
"""After so long without trouble and without a touch, nothing of the visitor is left."""
QUIET_S = 4.0

BLOWS: dict[str, Trouble] = {
    "hub dies": Trouble(hub_dies=240),
    "hub dies at a commit": Trouble(hub_dies_at_commit=0.4),
    "broker dies": Trouble(broker_dies=240),
    "machine dies": Trouble(machine_dies=240),
    "messages are lost": Trouble(lose=0.25),
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

Notices = tuple[tuple[str, str], ...]
NOTICE_LEVELS = ("info", "urgent", "evacuate")


class Visit(Struct, frozen=True):
    """How one visit went. `ended` is "number", "reason SCREEN" or "gave the number back"; `bad` what may not be, in lines."""

    place: int
    blows: tuple[str, ...]
    taps: int
    ended: str
    seconds: float
    bad: tuple[str, ...] = ()


class Visits:
    """`folder` takes the journal and the outboxes and should be empty. The same seed is the same row of visits."""

    def __init__(self, seed: int, folder: Path, made: Made | None = None) -> None:
        self.seed = seed
        self.luck = Random(f"{seed} visits")
        self.witness = Witness()
        self.promises = Promises()
        self.witness.listeners.append(self.promises.take)
        self.ends: Counter[str] = Counter()
        self.screens: Counter[str] = Counter()
        self._calm = True
        self._hangs = self._voice_failed = False
        self._notices = 0
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
        self._wait(20.0)

    def close(self) -> None:
        """Ends everything."""
        for program in (self.hub, self.kiosk, self.untouched):
            if program.running:
                program.kill()
        self.reader.close()

    def visit(self, place: int) -> Visit:
        """One visitor, from the first touch until nothing is left. It never raises what it can tell."""
        blows = self._trouble()
        began_s = self.ground.now_s
        visitor = Visitor(self, Hands(self.luck))
        bad: tuple[str, ...] = ()
        try:
            visitor.go()
            self._leave(visitor)
            self._pass_the_time()
        except (BadEnd, BrokenPromise) as found:
            bad = self._told(found, place, began_s)
        self.ends[visitor.ended] += 1
        return Visit(place, blows, visitor.taps, visitor.ended, self.ground.now_s - began_s, bad)

    # --- time ---

    def step(self) -> None:
        """Half a second of everybody's life, visitors aside."""
        ground, fate = self.ground, self.fate
        ground.now_s += STEP_S
        self.witness.at_s = ground.now_s
        fate.step(STEP_S, self.hub, [self.kiosk], [])
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

    def _wait(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.step()

    def _pass_the_time(self) -> None:
        """Some minutes until the next visitor; at night until the morning comes nearer."""
        self._calm, self._hangs = True, False
        hour = self.ground.clock().hour
        self.ground.now_s += self.luck.uniform(0, 5400 if hour >= 16 or hour < 7 else 600)
        self._wait(20.0)

    # --- trouble ---

    def _trouble(self) -> tuple[str, ...]:
        """Another trouble for each visit; some have none."""
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
        self._voice_failed |= DEAF in names
        if NOTICES in names:
            self._give_notice()
        return tuple(names)

    def _give_notice(self) -> None:
        level = self.luck.choice(NOTICE_LEVELS)
        until = None
        text = dict.fromkeys(LANGUAGES, f"Pengumuman {self._notices}")
        self._say_notice(NoticeText(f"notice-{self._notices}", text, level, (), until))  # type: ignore[arg-type]

    def _say_notice(self, notice: NoticeText | None) -> None:
        self._notices += 1
        self.hub.say(Notice(boot=1_000, seq=self._notices, notice=notice))

    def _perils(self) -> KioskPerils:
        def blow(name: str) -> bool:
            chance: float = getattr(self.fate.trouble, name)
            return self.fate.strikes(chance)

        return KioskPerils(
            dies_at_write=lambda: blow("kiosk_dies_at_write"),
            disk_full=lambda: blow("kiosk_disk_full_at_write"),
            dies_at_page=lambda: blow("kiosk_dies_at_page"),
        )

    # --- the end of a visit ---

    def _leave(self, visitor: "Visitor") -> None:
        """The visitor walks away. All is mended; then the kiosk must come to rest, as if nobody had been there."""
        self._calm, self._hangs = True, False
        self.kiosk.narrator.deaf = False
        if self._notices:
            self._say_notice(None)
        deadline_s = self.ground.now_s + AT_REST_WITHIN_S
        since_s: float | None = None
        left: tuple[str, ...] = ("it never came to rest",)
        while self.ground.now_s < deadline_s:
            self.step()
            if self._notices and not since_s:
                self._say_notice(None)
            if self.kiosk.running:
                left = left_behind(
                    self.kiosk.device.view(), self.untouched.device.view(), voice_failed=self._voice_failed
                )
            since_s = None if left or not self.kiosk.running else since_s or self.ground.now_s
            if since_s is not None and self.ground.now_s - since_s >= QUIET_S:
                break
        if left:
            raise BadEnd("something of the visitor stays: " + "; ".join(left[:6]))
        self._wait(20.0)
        record, device = self.promises.record, self.kiosk.name
        check_on_record(visitor.numbers, visitor.giving, visitor.given_back, record, device)

    def _told(self, found: Exception, place: int, began_s: float) -> tuple[str, ...]:
        begins = self.ground.hall.begins
        begins_s = begins.hour * 3600 + begins.minute * 60.0
        events = [event for event in self.witness.history if event.at_s >= began_s and event.what != "said"]
        head = f"{found} (seed {self.seed}, visit {place}, {', '.join(sorted(self._names()))})"
        return (head, *(told(event, begins_s) for event in events[-60:]))

    def _names(self) -> list[str]:
        plain = asdict(Trouble())
        return [name for name, value in asdict(self.fate.trouble).items() if value != plain[name]]

    # --- what is overheard ---

    def _said(self, device: DeviceId, packet: Packet) -> None:
        self._read_journal()
        self.witness.saw("said", by=device, topic=packet.topic.split("/", 3)[3], body=body_of(packet.body))

    def _arrived(self, device: DeviceId, packet: Packet) -> None:
        if packet.topic.endswith(("ticket-issued", "number-told", "offline-numbers")):
            self.witness.saw("arrived", device=device, topic=packet.topic.split("/", 3)[3], body=body_of(packet.body))

    def _read_journal(self) -> None:
        if not self.hub.path.exists():
            return
        if self.hub.running and not self._hub_seen:
            self.reader.look_at_all()
        self._hub_seen = self.hub.running
        self.reader.look()


class Visitor:
    """Somebody before the kiosk. `ended` says how it went; `numbers` are those that were read, `given_back` some of them."""

    def __init__(self, visits: Visits, hands: Hands) -> None:
        self.ended = "nothing"
        self.numbers: set[str] = set()
        self.giving: set[str] = set()
        self.given_back: set[str] = set()
        self.taps = 0
        self._visits = visits
        self._hands = hands
        self._taken = 0
        self._asked: set[str] = set()
        self._shown: list[str] = []
        visits.witness.listeners.append(self._hear)

    def go(self) -> None:
        """Until there is a number or a reason; then perhaps some touches more. BadEnd where neither comes."""
        try:
            self._go()
        finally:
            self._visits.witness.listeners.remove(self._hear)

    def _go(self) -> None:
        visits = self._visits
        deadline_s = visits.ground.now_s + PATIENCE_S + 40 * self._hands.wanders
        after = 0 if visits.luck.random() < 0.6 else visits.luck.randint(1, 6)
        while visits.ground.now_s < deadline_s:
            act = self._look_and_act()
            for _ in range(max(1, round(act.rest_s / STEP_S))):
                visits.step()
                self._read()
            if self.ended != "nothing" and self._hands.acts >= self._hands.wanders:
                after -= 1
                if after < 0:
                    return
        raise BadEnd(f"neither a number nor a reason after {PATIENCE_S:.0f} s and {self.taps} touches")

    def _read(self) -> None:
        """What stands on the screen now."""
        visits = self._visits
        if not visits.kiosk.running:
            return
        face = visits.kiosk.device.view()
        visits.screens[screen_name(face)] += 1
        if numbers := numbers_told(face):
            self._shown = numbers
            self.numbers |= set(numbers)
            self.ended = "number"
        elif screen_name(face) == "cancelled" and self.giving:
            self.given_back |= self.giving
            self.ended = "gave the number back"
        elif reason_told(face) and not self.numbers:
            check_reason(face)
            self.ended = f"reason: {screen_name(face)}"

    def _look_and_act(self) -> Act:
        visits = self._visits
        if not visits.kiosk.running:
            return Act("dark", 1.0)
        self._read()
        face = visits.kiosk.device.view()
        after_all = self.ended != "nothing" and self._hands.acts >= self._hands.wanders
        act = self._hands.wander(face) if after_all else self._hands.next(face)
        visits.witness.saw(
            "acted",
            screen=screen_name(face),
            kind=act.kind,
            choice=name_of(act.choice) if act.choice is not None else act.text,
            times=act.times,
            stale=act.stale,
        )
        visits.fate.people(visits.kiosk, lambda: self._do(act))
        visits.look()
        self._read()
        return act

    def _do(self, act: Act) -> None:
        device = self._visits.kiosk.device
        turn = device.turn - 1 if act.stale else device.turn
        self.taps += act.kind == "touch"
        match act.kind:
            case "scan":
                device.scanned(act.text)
            case "key":
                self._note(device.guided[1] if act.text == "choose" else None)
                device.press(act.text)  # type: ignore[arg-type]  # one of hands.KEYS
            case "type":
                device.typed(act.text)
            case "break":
                device.broke()
            case "feel":
                device.feel(turn, act.choice, "")
            case _:
                self._note(act.choice)
                for _ in range(act.times):
                    device.touched()
                    if act.choice is not None:
                        device.choose(turn, act.choice)

    def _note(self, choice: choices.Choice | None) -> None:
        """What the judges must know of a touch beforehand. However often one taps in a row: it is one touch."""
        match choice:
            case choices.Take():
                self._taken += 1
            case choices.CancelForSure(number=number):
                meant = self._shown if number is None else [str(number)]
                self.giving |= set(meant)
                self._visits.witness.saw("gave-back", device=self._visits.kiosk.name, numbers=meant)
            case _:
                pass

    def _hear(self, event: Event) -> None:
        """One tap, one ticket: no more is asked for than was touched."""
        if event.what != "said" or event.facts["by"] != self._visits.kiosk.name:
            return
        if event.facts["topic"].endswith("/ticket-requested"):
            body = event.facts["body"]
            if not (body.get("offline") or {}).get("instead_of"):
                self._asked.add(body["request"])
            if len(self._asked) > self._taken:
                raise BadEnd(f"{len(self._asked)} numbers were asked for, and taken was touched {self._taken} times")


def _never() -> bool:
    return False
