"""A hall of calls alone: the real hub, a few real displays of one zone, officers who call when they are told to.

In one process, in simulated time, with speech as long as it was measured. It keeps what each display showed and
sounded, and what is on record of each call. It decides nothing about queues.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.chime import chime
from contract.calls import CALL_ENDED, CallOutcome
from contract.desk import Action, DeskAction
from contract.devices import DeviceStatus
from contract.names import (
    CallId,
    CounterId,
    DeviceId,
    Language,
    Number,
    RequestId,
)
from contract.tickets import TicketRequested
from display import turns, views
from display.announcer import Loudspeaker
from display.device import DisplayDevice
from display.identity import Identity, Surroundings
from display.sight import Panel
from display.views import BoardView
from hub.desk.door import Act, CounterDesk, DeskAnswer, DeskAsked
from hub.journal import Journal
from hub.register import Register, RegisteredDevice
from hub.service import BATCH, HubService, will_of
from link.inbox import Inbox
from link.link import LinkSettings
from link.memory_link import MemoryBroker, MemoryLink
from link.topics import topics_of
from simulator.hall import LANGUAGES, texts
from simulator.ids import Ids
from simulator.voices import SilentSpeaker, speech_s
from simulator.zone import HALL, HUB, KIOSK, SERVICE, ZONE, book_of_zone
from ui.machine import Machine
from voice.simulated_player import SimulatedPlayer
from voice.worker import InlineWorker, VoiceEvent

BEGINS = datetime(2026, 11, 25, 7, 30, tzinfo=ZoneInfo("Asia/Makassar"))
STEP_S = 0.05
IDLE_STEP_S = 0.5
KEEPALIVE_S = 15.0
"""So long after a device lost its power its broker says its last will: one and a half times 10 s."""


class Manners(Struct, frozen=True):
    """How a hall of calls is set up. `group`: all its displays begin their calls together."""

    displays: int = 3
    counters: int = 8
    say_times: int = 1
    group: str | None = None


class Sounded(Struct, frozen=True):
    """A chime or a sentence of a call began or ended on a display, at a second of the hall."""

    display: DeviceId
    call: CallId
    kind: str
    state: str
    at_s: float


class Screen:
    """A display of the hall as a program: started, stepped, killed. Keeps what it drew first and what it sounded."""

    def __init__(self, hall: "CallHall", name: DeviceId, chime_file: Path) -> None:
        self.name = name
        self.running = False
        self.player = SimulatedPlayer()
        self.shown: dict[Number, float] = {}
        """When each number was first lit."""
        self.device: DisplayDevice
        self._hall = hall
        self._chime = chime_file
        self._boots = 0

    def start(self) -> None:
        """Start the voice, connect."""
        hall = self._hall
        self.running = True
        self._boots += 1
        inbox: Inbox[Any] = Inbox()
        voice_inbox: Inbox[VoiceEvent] = Inbox()
        speaker = SilentSpeaker(LANGUAGES, hall.folder / "waves", lambda: False, speech_s)
        will = DeviceStatus("lost", "display", self._boots, "one", "simulated")
        self.link = MemoryLink(hall.broker, LinkSettings(HALL, self.name, "", "memory", 1), inbox, will)
        self.player = SimulatedPlayer()
        self.player.advance(hall.now_s)
        self.device = DisplayDevice(
            Identity(HALL, self.name, self._boots, "one", "simulated"),
            views.Manner(self.name, LANGUAGES[0], (ZONE,), Panel(1920, 1080, 55, 8.5)),
            turns.Manner(me=self.name, say_times=hall.manners.say_times),
            link=self.link,
            inbox=inbox,
            loudspeaker=Loudspeaker(InlineWorker(speaker, voice_inbox.put), voice_inbox, self.player, self._chime),
            surroundings=Surroundings(hall.clock, Machine, self._tell),
            now_s=hall.now_s,
        )
        self.device.open()

    def step(self) -> None:
        """One look at everything."""
        if not self.running:
            return
        self.player.advance(max(0.0, self._hall.now_s - self.player.now_s))
        self.player.played.clear()
        if self.device.pump(self._hall.now_s):
            view = self.device.view(self._hall.now_s)
            if isinstance(view, BoardView):
                for row in reversed(view.lit):
                    self.shown.setdefault(Number(row.number), self._hall.now_s)

    def kill(self) -> None:
        """Its process is gone, and its sound with it; the broker says so at once."""
        self.running = False
        self.player.close()
        self.link.die()

    def cut_power(self) -> None:
        """Its machine is gone without a word; the broker notices when nothing came for KEEPALIVE_S."""
        self.running = False
        self.player.close()
        self._hall.later(KEEPALIVE_S, self.link.die)

    def _tell(self, what: str, **facts: Any) -> None:
        if what == "sound":
            sounded = Sounded(self.name, facts["call"], facts["kind"], facts["state"], self._hall.now_s)
            self._hall.take_sound(sounded)


class CallHall:
    """`now_s` are seconds since the hall began; `hub_ahead_s` is by how much the hub's clock was set forward meanwhile.

    `sounds` holds what was heard since the last `forget`; `listeners` are told of each sound.
    """

    def __init__(self, folder: Path, manners: Manners | None = None) -> None:
        self.folder = folder
        self.manners = manners or Manners()
        self.now_s = self.hub_ahead_s = 0.0
        self.broker = MemoryBroker()
        self.sounds: list[Sounded] = []
        self.listeners: list[Callable[[Sounded], None]] = []
        self._ids: Counter[str] = Counter()
        self._later: list[tuple[float, Callable[[], None]]] = []
        folder.mkdir(parents=True, exist_ok=True)
        chime_file = folder / "chime.wav"
        chime_file.write_bytes(chime())
        names = [DeviceId(f"display-{n}") for n in range(1, self.manners.displays + 1)]
        self.register: Register = {
            KIOSK: RegisteredDevice(KIOSK, "kiosk"),
            **{name: RegisteredDevice(name, "display", group=self.manners.group) for name in names},
        }
        self.counters = tuple(CounterId(f"loket-{n}") for n in range(1, self.manners.counters + 1))
        self.journal = Journal(f"sqlite:///{folder / 'journal.sqlite'}")
        self._kiosk = MemoryLink(self.broker, LinkSettings(HALL, KIOSK, "", "memory", 1), Inbox(), None)
        self._kiosk.open()
        self.start_hub()
        self.screens = {name: Screen(self, name, chime_file) for name in names}
        for screen in self.screens.values():
            screen.start()
        self.run(2.0)
        for counter in self.counters:
            self.act(counter, "open")

    def clock(self) -> datetime:
        """The hub's time of day."""
        return BEGINS + timedelta(seconds=self.now_s + self.hub_ahead_s)

    def start_hub(self) -> None:
        """Replay, connect."""
        book = book_of_zone(self.counters)
        state = self.journal.replay()
        self._inbox: Inbox[Any] = Inbox()
        will = will_of(state.boot + 1, book.moment(self.clock()))
        self._link = MemoryLink(self.broker, LinkSettings(HALL, HUB, "", "memory", 1), self._inbox, will)
        self._link.subscribe(topics_of("hub", HALL, HUB))
        self._link.open()
        self.hub = HubService(
            state=state,
            book=book,
            journal=self.journal,
            link=self._link,
            register=self.register,
            texts=texts(),
            clock=self.clock,
            chance=Ids(self._new),
        )
        self.hub.start()

    def kill_hub(self) -> None:
        """Its process is gone."""
        self._link.die()

    def later(self, seconds: float, do: Callable[[], None]) -> None:
        """Something happens then."""
        self._later.append((self.now_s + seconds, do))

    def step(self, seconds: float = STEP_S) -> None:
        """Time passes; everybody looks once."""
        self.now_s += seconds
        for item in [item for item in self._later if item[0] <= self.now_s]:
            self._later.remove(item)
            item[1]()
        self.broker.deliver(2)
        self.hub.handle(tuple(self._inbox.drain(BATCH)))
        self.broker.deliver(2)
        for screen in self.screens.values():
            screen.step()

    def run(self, seconds: float, step_s: float = STEP_S) -> None:
        """So many seconds. Longer steps are for times in which nothing sounds."""
        for _ in range(round(seconds / step_s)):
            self.step(step_s)

    def pass_until(self, moment_s: float) -> None:
        """Until that second: in small steps while a call is on its way to ears, else in large ones."""
        while self.now_s < moment_s:
            latest = next(reversed(self.hub.state.calls.values()), None)
            step_s = IDLE_STEP_S if latest is None or latest.outcome in CALL_ENDED else STEP_S
            self.step(min(step_s, moment_s - self.now_s))

    def run_until(self, holds: Callable[[], bool], within_s: float) -> None:
        """Until something holds. TimeoutError where it does not in time."""
        until_s = self.now_s + within_s
        while not holds():
            if self.now_s >= until_s:
                raise TimeoutError(f"not within {within_s} s")
            self.step()

    def take_numbers(self, count: int, language: Language = LANGUAGES[0]) -> None:
        """So many visitors take a number."""
        for _ in range(count):
            expires_at = self.clock() + timedelta(seconds=12)
            request = RequestId(self._new("request"))
            self._kiosk.say(
                TicketRequested(
                    request=request,
                    service=SERVICE,
                    visitor="regular",
                    needs=(),
                    language=language,
                    expires_at=expires_at,
                )
            )
            self.step()
        self.run(0.5)

    def act(self, counter: CounterId, action: Action) -> DeskAnswer:
        """An officer acts; what the page is answered."""
        answers: list[DeskAnswer] = []
        asked = DeskAction(RequestId(self._new("request")), action)
        self._inbox.put(DeskAsked(Act(counter, "officer", asked), answers.append))
        self.hub.handle(tuple(self._inbox.drain(BATCH)))
        return answers[0]

    def call(self, counter: CounterId, *, ends: bool = True) -> Number:
        """The next visitor is called there; with `ends` he is served at once. LookupError where nobody can be called."""
        desk = self.act(counter, "next")
        if not isinstance(desk, CounterDesk) or desk.ticket is None:
            raise LookupError(f"{counter} called nobody: {desk}")
        if ends:
            self.act(counter, "finish")
        return desk.ticket.number

    def take_sound(self, sounded: Sounded) -> None:
        """A display told it."""
        self.sounds.append(sounded)
        for listen in self.listeners:
            listen(sounded)

    def outcomes(self) -> dict[Number, CallOutcome | None]:
        """What is on record of each number's latest call today."""
        return {call.number: call.outcome for call in self.hub.state.calls.values()}

    def settled(self) -> bool:
        """Whether the end of every call is on record."""
        return all(outcome in CALL_ENDED for outcome in self.outcomes().values())

    def close(self) -> None:
        """Lets go of the journal's file."""
        self.journal.close()

    def _new(self, kind: str) -> str:
        self._ids[kind] += 1
        return f"{kind}-{self._ids[kind]}"
