"""A hub that a test plays, a display over the memory link, and time that only the test moves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assets.chime import chime
from contract.calls import Board, Call, CallReported
from contract.devices import DeviceStatus
from contract.halls import AgencyOfHall, CounterOfHall, Hall, HubHeartbeat, ZoneOfHall
from contract.names import (
    AgencyId,
    CallId,
    CounterId,
    DeviceId,
    HallId,
    Language,
    Number,
    ServiceId,
    TicketId,
    ZoneId,
)
from display import turns, views
from display.announcer import Loudspeaker
from display.device import DisplayDevice
from display.identity import Identity, Surroundings
from display.sight import Panel
from display.views import BoardView
from link.inbox import Inbox
from link.link import Heard, LinkEvent, LinkSettings
from link.memory_link import MemoryBroker, MemoryLink
from ui.machine import Machine
from voice.simulated_player import SimulatedPlayer
from voice.simulated_speaker import SimulatedSpeaker
from voice.worker import InlineWorker, VoiceEvent

HALL, HUB, ME = HallId("mpp"), DeviceId("hub"), DeviceId("display-1")
INDONESIAN, ENGLISH = Language("id"), Language("en")
AT = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
FRAME_S = 1 / 30

CHIME = chime()

THE_HALL = Hall(
    revision="1",
    name={INDONESIAN: "Mal Pelayanan Publik"},
    time_zone="Asia/Makassar",
    languages=(INDONESIAN, ENGLISH),
    day_begins="06:00",
    day_closes="17:00",
    zones=(ZoneOfHall(ZoneId("a"), "A", {INDONESIAN: "A"}), ZoneOfHall(ZoneId("b"), "B", {INDONESIAN: "B"})),
    agencies=(AgencyOfHall(AgencyId("samsat"), {INDONESIAN: "Samsat"}, ZoneId("a")),),
    counters=(CounterOfHall(CounterId("loket-3"), {INDONESIAN: "3"}, ZoneId("a"), ()),),
    errands=(),
)


class World:
    """A hub that a test plays, a display over the memory link, and time that only the test moves."""

    def __init__(self, folder: Path, zones=("a",), quiet=()) -> None:
        self.broker = MemoryBroker()
        self.now_s = 500.0
        self.hub_inbox: Inbox[LinkEvent] = Inbox()
        self.hub = MemoryLink(self.broker, LinkSettings(HALL, HUB, "", "", 0), self.hub_inbox, None)
        self.hub.subscribe([f"antrean/v1/{HALL}/from/+/+"])
        self.hub.open()
        self.speaker = SimulatedSpeaker((INDONESIAN, ENGLISH))
        self.player = SimulatedPlayer()
        self.player.now_s = self.now_s
        self.told: list[dict[str, Any]] = []
        inbox: Inbox[LinkEvent] = Inbox()
        voice_inbox: Inbox[VoiceEvent] = Inbox()
        wave = folder / "chime.wav"
        wave.write_bytes(CHIME)
        will = DeviceStatus("lost", "display", 4, "abc", "0")
        self.link = MemoryLink(self.broker, LinkSettings(HALL, ME, "", "", 0), inbox, will)
        zone_ids = tuple(ZoneId(zone) for zone in zones)
        self.device = DisplayDevice(
            Identity(HALL, ME, boot=4, installation="abc", version="0", quiet=quiet),
            views.Manner("display-1", INDONESIAN, zone_ids, Panel(1920, 1080, 55, 8.5)),
            turns.Manner(me=ME),
            link=self.link,
            inbox=inbox,
            loudspeaker=Loudspeaker(InlineWorker(self.speaker, voice_inbox.put), voice_inbox, self.player, wave),
            surroundings=Surroundings(lambda: self.hub_time, Machine, self._tell),
            now_s=self.now_s,
        )
        self.heard: list[Any] = []
        self.beats = 0

    def _tell(self, what: str, **facts: Any) -> None:
        self.told.append({"what": what, "at": self.now_s} | facts)

    @property
    def hub_time(self) -> datetime:
        return AT + timedelta(seconds=self.now_s - 500)

    def frame(self, seconds: float = FRAME_S) -> None:
        self.now_s += seconds
        self.player.advance(seconds)
        self.broker.settle()
        self.device.pump(self.now_s)
        self.broker.settle()
        self.heard += [event.message for event in self.hub_inbox.drain() if isinstance(event, Heard)]

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / FRAME_S)):
            self.frame()

    def beat(self, boot: int = 1) -> None:
        self.beats += 1
        self.hub.say(HubHeartbeat("online", boot, self.hub_time, self.beats))

    def begin(self) -> None:
        self.broker.settle()
        self.hub.say(THE_HALL)
        self.hub.say(Board(1, 1, self.hub_time, "2026-11-25", (), ()))
        self.device.open()
        self.frame()
        self.beat()
        self.frame()

    def call(self, count: int, *, announcers=(ME,), languages=(INDONESIAN,), zone="a", fresh_s=30.0) -> Call:
        at = self.hub_time
        made = Call(
            boot=1,
            seq=count,
            call=CallId(f"call-{count}"),
            at=at,
            expires_at=at + timedelta(seconds=fresh_s),
            ticket=TicketId(f"t{count}"),
            number=Number(f"K{count:03}"),
            service=ServiceId("kk"),
            counter=CounterId("loket-3"),
            zone=ZoneId(zone),
            repeat=1,
            languages=languages,
            announcers=announcers,
        )
        assert self.hub.say(made)
        return made

    def reports(self) -> list[tuple[str, str]]:
        return [(each.call, each.outcome) for each in self.heard if isinstance(each, CallReported)]

    def statuses(self) -> list[DeviceStatus]:
        return [each for each in self.heard if isinstance(each, DeviceStatus)]

    def board(self) -> BoardView:
        view = self.device.view(self.now_s)
        assert isinstance(view, BoardView)
        return view

    def sounds(self) -> list[tuple[str, str, str]]:
        return [(each["call"], each["kind"], each["state"]) for each in self.told if each["what"] == "sound"]
