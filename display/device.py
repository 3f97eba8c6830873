"""The display at work: hears the link, keeps the board, hands the calls to the announcer, tells the hub what became of them.

It acts and decides nothing: board.py and views.py decide, and announcements.py for the announcer. Everything happens
in the thread that calls `pump`. Knows no Kivy.
"""

import logging
from collections import deque
from datetime import datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from assets.tongues import in_known_languages
from contract.calls import CALL_ENDED, Call, CallReported
from contract.catalogue import Message
from contract.devices import CommandDone, DeviceCommand, DeviceHealth, DeviceStatus
from contract.halls import Hall, HubHeartbeat
from contract.names import LONGEST_DETAIL, ZoneId
from display import board, turns
from display.announcer import Announcer, Loudspeaker
from display.board import Knowledge
from display.care import covering
from display.identity import Identity, Surroundings
from display.media import Media, NoMedia
from display.views import Manner, View, view_of
from link.inbox import Inbox
from link.link import Broken, Connected, Disconnected, Heard, Link, LinkEvent
from link.topics import topics_of

logger = logging.getLogger(__name__)


UNSAID_LIMIT = 200
"""So many reports are kept while the broker is away; beyond, the oldest are lost (and that is logged)."""


class DisplayDevice:
    """`pump(now_s)` does all there is to do at that moment; `view(now_s)` is what is to be seen."""

    def __init__(
        self,
        identity: Identity,
        manner: Manner,
        speaking: turns.Manner,
        *,
        link: Link,
        inbox: Inbox[LinkEvent],
        loudspeaker: Loudspeaker,
        surroundings: Surroundings,
        now_s: float,
        media: Media | None = None,
    ) -> None:
        self._identity = identity
        self._manner = manner
        self._link = link
        self._inbox = inbox
        self._world = surroundings
        self._media = media or NoMedia()
        self._now_s = now_s
        self._known = Knowledge(began_s=now_s)
        self._announcer = Announcer(
            speaking,
            loudspeaker,
            quiet=identity.quiet,
            hours=identity.hours,
            moment=self._hall_time,
            hall=lambda: self._known.hall,
            report=self._report,
            voice_known=self._say_status,
            tell=surroundings.tell,
        )
        self._unsaid: deque[CallReported] = deque()
        self._connected = False
        self._topics: tuple[str, ...] = ()
        self._hub_boot: int | None = None
        self._health_due_s = now_s + identity.health_s

    def open(self) -> None:
        """Start the voice, load the chime, connect. Returns at once."""
        self._announcer.open(self._identity.volume)
        self._media.open()
        self._hear_topics()
        self._link.open()

    def pump(self, now_s: float) -> bool:
        """Take what came in, let time pass. Call it for every frame. Whether anything came in."""
        self._now_s = now_s
        heard = self._announcer.busy
        for event in self._inbox.drain():
            self._take(event)
            heard = True
        if lost := self._inbox.lost():
            logger.error("inbox-full lost=%d: the hub's state is asked for once more", lost)
            self._link.subscribe(self._topics)
        heard = self._announcer.pump(now_s) or heard
        if now_s >= self._health_due_s:
            self._health_due_s = now_s + self._identity.health_s
            self._link.say(self._health())
        return heard

    def view(self, now_s: float) -> View:
        """What is to be seen now."""
        known, manner, speaking = self._known, self._manner, self._announcer.speaking
        covered = covering(known, manner.zones, manner.care, now_s, speaking=speaking, page_s=manner.page_s)
        picture = self._media.look(self._hall_time(), now_s)
        return covered or view_of(known, manner, speaking, now_s, picture)

    def fit(self, width: int, height: int) -> None:
        """The panel has so many pixels from now on: its resolution was changed, or it was turned."""
        panel = self._manner.panel
        if (panel.width, panel.height) != (width, height) and min(width, height) > 0:
            logger.info("panel-changed width=%d height=%d", width, height)
            self._manner = replace(self._manner, panel=replace(panel, width=width, height=height))

    @property
    def ready(self) -> bool:
        """Whether it is known if this display can speak."""
        return self._announcer.ready

    @property
    def speaks_now(self) -> bool:
        """Whether a call's turn at the loudspeaker is on."""
        return self._announcer.speaking is not None

    def close(self) -> None:
        """Stop sounding, say goodbye, end the voice; within 2 s."""
        self._announcer.silence()
        self._link.close(self._status("offline"))
        self._announcer.close()
        self._media.close()

    # --- the link ---

    def _take(self, event: LinkEvent) -> None:
        match event:
            case Heard(message=message, retained=retained):
                self._hear(in_known_languages(message), retained=retained)
            case Connected(broker=broker, protocol=protocol):
                logger.info("connected broker=%s protocol=%s", broker, protocol)
                self._connected = True
                self._say_status()
                self._say_unsaid()
            case Disconnected(why=why):
                logger.warning("disconnected why=%s", why)
                self._connected = False
            case Broken(topic=topic, why=why):
                logger.warning("broken-message topic=%s why=%s", topic, why)
            case _:
                assert_never(event)

    def _hear(self, message: Message, *, retained: bool) -> None:
        self._known = board.learn(self._known, message, self._now_s, self._identity.attention_s, retained=retained)
        match message:
            case Hall():
                self._hear_topics()
                if not self._manner.zones:
                    self._say_status()
            case HubHeartbeat(state="online", boot=boot, at=at) if not retained:
                self._announcer.heartbeat(at, self._now_s)
                if boot != self._hub_boot:
                    self._hub_boot = boot
                    self._say_status()
            case Call() if not retained:
                ours = message.zone in (self._manner.zones or self._all_zones())
                self._announcer.take(message, self._stale_s(message), self._now_s, ours=ours)
            case DeviceCommand():
                self._obey(message)
            case _:
                pass

    def _stale_s(self, call: Call) -> float:
        """Until when a call may be spoken, by our clock: what is left of its life by the hub's."""
        now = board.time_of_hub(self._known, self._now_s) or call.at
        return self._now_s + (call.expires_at - now).total_seconds()

    def _hall_time(self) -> datetime | None:
        """Now, by the hub's clock, in the hall's own time zone; None before both are known."""
        now, hall = board.time_of_hub(self._known, self._now_s), self._known.hall
        return now.astimezone(ZoneInfo(hall.time_zone)) if now and hall else None

    def _hear_topics(self) -> None:
        agencies = tuple(agency.id for agency in self._known.hall.agencies) if self._known.hall else ()
        topics = topics_of("display", self._identity.hall, self._identity.device, agencies)
        if topics != self._topics:
            self._topics = topics
            self._link.subscribe(topics)

    def _status(self, state: str) -> DeviceStatus:
        return DeviceStatus(
            state="online" if state == "online" else "offline",
            role="display",
            boot=self._identity.boot,
            installation=self._identity.installation,
            version=self._identity.version,
            at=board.time_of_hub(self._known, self._now_s),
            zones=self._manner.zones or self._all_zones(),
            can_speak=bool(self._announcer.speaks),
            speaks=self._announcer.speaks,
        )

    def _all_zones(self) -> tuple[ZoneId, ...]:
        return tuple(zone.id for zone in self._known.hall.zones) if self._known.hall else ()

    def _health(self) -> DeviceHealth:
        hub = board.time_of_hub(self._known, self._now_s)
        offset = (self._world.wall_clock() - hub) / timedelta(seconds=1) if hub else None
        machine = self._world.readings()
        self._world.tell("health", frames_per_s=machine.frames_per_s, memory_mb=machine.memory_mb)
        return DeviceHealth(
            audio=self._announcer.audio,
            frames_per_s=machine.frames_per_s,
            temperature_c=machine.temperature_c,
            memory_mb=machine.memory_mb,
            clock_offset_s=offset,
            media=self._media.state,
        )

    def _say_status(self) -> None:
        if self._connected:
            self._link.say(self._status("online"))

    def _obey(self, command: DeviceCommand) -> None:
        now = board.time_of_hub(self._known, self._now_s)
        if now is not None and now > command.expires_at:
            done = CommandDone(command.request, ok=False, detail="expired")
        elif command.command == "set-volume" and isinstance(percent := command.arguments.get("percent"), int | float):
            self._announcer.set_volume(percent / 100)
            done = CommandDone(command.request, ok=True)
        else:
            done = CommandDone(command.request, ok=False, detail=f"a display does not do {command.command} yet")
        self._link.say(done)

    # --- reports ---

    def _report(self, became: turns.Became) -> None:
        at = board.time_of_hub(self._known, self._now_s) or self._world.wall_clock()
        report = CallReported(became.call, became.outcome, at, became.detail[:LONGEST_DETAIL])
        logger.info("call-%s call=%s detail=%s", became.outcome, became.call, became.detail)
        if became.outcome in CALL_ENDED:
            self._world.tell("call-ended", call=became.call, number=became.number, outcome=became.outcome)
        self._unsaid.append(report)
        if len(self._unsaid) > UNSAID_LIMIT:
            lost = self._unsaid.popleft()
            logger.error("report-lost call=%s outcome=%s", lost.call, lost.outcome)
        self._say_unsaid()

    def _say_unsaid(self) -> None:
        """In order; what cannot be said now stays for the next connection."""
        while self._unsaid and self._link.say(self._unsaid[0]):
            self._unsaid.popleft()
