"""The display at work: hears the link, keeps the board and the queue of calls, carries out what they decide.

It acts and decides nothing: board.py, announcements.py and views.py decide. Everything happens in the thread that
calls `pump`; the voice works in its own and puts its results into an inbox. Knows no Kivy.
"""

import logging
from collections import deque
from datetime import timedelta
from pathlib import Path
from typing import assert_never

from assets.tongues import in_known_languages
from contract.calls import Call, CallReported
from contract.catalogue import Message
from contract.devices import CommandDone, DeviceCommand, DeviceHealth, DeviceStatus
from contract.halls import Hall, HubHeartbeat
from contract.names import CallId, Language, ZoneId
from display import announcements, board
from display.announcements import (
    Announcements,
    CallCame,
    Make,
    Part,
    Play,
    Report,
    Ring,
    Sound,
    SoundEnded,
    SoundLost,
    SpeechLost,
    SpeechMade,
    TimePassed,
)
from display.board import Knowledge
from display.identity import Identity, Surroundings
from display.views import Manner, View, view_of
from display.wording import to_say
from link.inbox import Inbox
from link.link import Broken, Connected, Disconnected, Heard, Link, LinkEvent
from link.topics import topics_of
from voice.player import NotPlayed, Player
from voice.worker import Spoken, VoiceEvent, VoiceReady, Worker

logger = logging.getLogger(__name__)

ENDINGS = ("spoken", "dropped", "failed")

UNSAID_LIMIT = 200
"""So many reports are kept while the broker is away; beyond, the oldest are lost (and that is logged)."""


class DisplayDevice:
    """`pump(now_s)` does all there is to do at that moment; `view(now_s)` is what is to be seen."""

    def __init__(
        self,
        identity: Identity,
        manner: Manner,
        speaking: announcements.Manner,
        *,
        link: Link,
        inbox: Inbox[LinkEvent],
        worker: Worker,
        voice_inbox: Inbox[VoiceEvent],
        player: Player,
        chime: Path,
        surroundings: Surroundings,
        now_s: float,
    ) -> None:
        self._identity = identity
        self._manner = manner
        self._speaking = speaking
        self._link = link
        self._inbox = inbox
        self._worker = worker
        self._voice_inbox = voice_inbox
        self._player = player
        self._chime = chime
        self._world = surroundings
        self._now_s = now_s
        self._known = Knowledge(began_s=now_s)
        self._announcements = Announcements()
        self._happened: deque[announcements.Happening] = deque()
        self._unsaid: deque[CallReported] = deque()
        self._voices: tuple[Language, ...] | None = None
        self._audio = "starting"
        self._loudspeaker = True
        self._connected = False
        self._topics: tuple[str, ...] = ()
        self._hub_boot: int | None = None
        self._health_due_s = now_s + identity.health_s

    def open(self) -> None:
        """Start the voice, load the chime, connect. Returns at once."""
        self._worker.open()
        self._player.set_volume(self._identity.volume)
        try:
            self._player.prepare(self._chime)
        except NotPlayed as trouble:
            self._loudspeaker = False
            logger.error("loudspeaker-missing why=%s", trouble)  # noqa: TRY400 - the reason says all
        self._hear_topics()
        self._link.open()

    def pump(self, now_s: float) -> bool:
        """Take what came in, let time pass. Call it for every frame. Whether anything came in."""
        self._now_s = now_s
        heard = bool(self._happened)
        for event in self._inbox.drain():
            self._take(event)
            heard = True
        if lost := self._inbox.lost():
            logger.error("inbox-full lost=%d: the hub's state is asked for once more", lost)
            self._link.subscribe(self._topics)
        for result in self._voice_inbox.drain():
            self._take_voice(result)
            heard = True
        self._happen(TimePassed())
        if now_s >= self._health_due_s:
            self._health_due_s = now_s + self._identity.health_s
            self._link.say(self._health())
        return heard

    def view(self, now_s: float) -> View:
        """What is to be seen now."""
        speaking = self._announcements.speaking
        return view_of(self._known, self._manner, speaking.call.call if speaking else None, now_s)

    @property
    def ready(self) -> bool:
        """Whether it is known if this display can speak."""
        return self._voices is not None

    def close(self) -> None:
        """Stop sounding, say goodbye, end the voice; within 2 s."""
        self._player.close()
        self._link.close(self._status("offline"))
        self._worker.close()

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
            case HubHeartbeat(state="online", boot=boot) if not retained and boot != self._hub_boot:
                self._hub_boot = boot
                self._say_status()
            case Call() if not retained:
                self._happened.append(CallCame(message, self._stale_s(message)))
                self._work_off()
            case DeviceCommand():
                self._obey(message)
            case _:
                pass

    def _stale_s(self, call: Call) -> float:
        """Until when a call may be spoken, by our clock: what is left of its life by the hub's."""
        now = board.time_of_hub(self._known, self._now_s) or call.at
        return self._now_s + (call.expires_at - now).total_seconds()

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
            can_speak=bool(self._voices) and self._loudspeaker,
            speaks=(self._voices or ()) if self._loudspeaker else (),
        )

    def _all_zones(self) -> tuple[ZoneId, ...]:
        return tuple(zone.id for zone in self._known.hall.zones) if self._known.hall else ()

    def _health(self) -> DeviceHealth:
        hub = board.time_of_hub(self._known, self._now_s)
        offset = (self._world.wall_clock() - hub) / timedelta(seconds=1) if hub else None
        machine = self._world.readings()
        self._world.tell("health", frames_per_s=machine.frames_per_s, memory_mb=machine.memory_mb)
        return DeviceHealth(
            audio=self._audio,
            frames_per_s=machine.frames_per_s,
            temperature_c=machine.temperature_c,
            memory_mb=machine.memory_mb,
            clock_offset_s=offset,
        )

    def _say_status(self) -> None:
        if self._connected:
            self._link.say(self._status("online"))

    def _obey(self, command: DeviceCommand) -> None:
        now = board.time_of_hub(self._known, self._now_s)
        if now is not None and now > command.expires_at:
            done = CommandDone(command.request, ok=False, detail="expired")
        elif command.command == "set-volume" and isinstance(volume := command.arguments.get("volume"), int | float):
            self._player.set_volume(min(1.0, max(0.0, float(volume))))
            done = CommandDone(command.request, ok=True)
        else:
            done = CommandDone(command.request, ok=False, detail=f"a display does not do {command.command} yet")
        self._link.say(done)

    # --- the voice ---

    def _take_voice(self, result: VoiceEvent) -> None:
        match result:
            case VoiceReady(languages=languages, why_not=why_not):
                self._voices = languages
                self._audio = why_not or "ready: " + " ".join(languages)
                if not self._loudspeaker:
                    self._audio = "no loudspeaker"
                logger.info("voice-ready languages=%s", ",".join(languages) or "none")
                self._say_status()
            case Spoken(key=key, waves=(), why_not=why_not):
                self._happened.append(SpeechLost(CallId(key), why_not or "nothing was made"))
            case Spoken(key=key, waves=waves):
                parts = tuple(Part(utterance.language, wave) for utterance, wave in waves)
                self._happened.append(SpeechMade(CallId(key), parts))
            case _:
                assert_never(result)
        self._work_off()

    def _happen(self, happening: announcements.Happening) -> None:
        self._happened.append(happening)
        self._work_off()

    def _work_off(self) -> None:
        """One happening after another; carrying one out may make the next happen."""
        while self._happened:
            happening = self._happened.popleft()
            self._announcements, effects = announcements.step(
                self._announcements, happening, self._now_s, self._speaking
            )
            for effect in effects:
                self._carry_out(effect)

    def _carry_out(self, effect: announcements.Effect) -> None:
        match effect:
            case Report(became=became):
                self._report(became)
            case Ring(call=call):
                self._sound(call, "chime", self._chime)
            case Play(call=call, part=part):
                self._sound(call, "speech", part.wave.path)
            case Make(call=call, short=short):
                self._make(call, short=short)
            case _:
                assert_never(effect)

    def _make(self, call: Call, *, short: bool) -> None:
        utterances = to_say(call, self._known.hall, self._voices, short=short)
        if not utterances:
            self._happened.append(SpeechLost(call.call, "no voice for " + " ".join(call.languages)))
        elif not self._worker.ask(call.call, utterances):
            self._happened.append(SpeechLost(call.call, "the speech engine is behind"))

    def _sound(self, call: CallId, sound: Sound, wave: Path) -> None:
        def ended() -> None:
            self._world.tell("sound", kind=sound, call=call, state="ended")
            self._happened.append(SoundEnded(call, sound))

        try:
            self._player.play(wave, ended)
        except NotPlayed as trouble:
            logger.warning("not-played sound=%s call=%s why=%s", sound, call, trouble)
            self._audio = f"not played: {trouble}"
            self._happened.append(SoundLost(call, sound, str(trouble)))
        else:
            self._world.tell("sound", kind=sound, call=call, state="started")

    # --- reports ---

    def _report(self, became: announcements.Became) -> None:
        at = board.time_of_hub(self._known, self._now_s) or self._world.wall_clock()
        report = CallReported(became.call, became.outcome, at, became.detail[:400])
        logger.info("call-%s call=%s detail=%s", became.outcome, became.call, became.detail)
        if became.outcome in ENDINGS:
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
