"""What carries out the queue of calls: asks the voice for speech, plays chime and speech, takes in how they went.

It decides nothing: announcements.py does. The voice works in its own thread and puts its results into an inbox; the
rest happens in the thread that calls `pump`. It knows no link and no Kivy.
"""

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, assert_never

from contract.calls import Call
from contract.halls import Hall
from contract.names import CallId, Language
from display.announcements import step
from display.loudness import VolumeHours
from display.output import Output
from display.quiet import QuietHours, manner_at
from display.turns import (
    Announcements,
    Became,
    CallCame,
    Effect,
    Happening,
    Make,
    Manner,
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
from display.wording import to_say
from link.inbox import Inbox
from voice.player import NotPlayed, Player
from voice.worker import Spoken, VoiceEvent, VoiceReady, Worker

logger = logging.getLogger(__name__)

SHORT = "short "
"""Before a call's id: what is asked of the voice is without courtesy. No id holds a blank."""


AUDIO_LIMIT = 64
"""As long as the contract lets a health reading in words be."""


class Loudspeaker(NamedTuple):
    """What an announcer speaks with. `chime` is a WAV file."""

    worker: Worker
    inbox: Inbox[VoiceEvent]
    player: Player
    chime: Path


class Announcer:
    """`pump` does all there is to do at that moment; `report` is called with what became of each call, in order.

    `moment` tells the hall's own time, by which hours are `quiet`, and `hours` have a volume of their own.
    """

    def __init__(
        self,
        manner: Manner,
        loudspeaker: Loudspeaker,
        *,
        quiet: tuple[QuietHours, ...],
        hours: tuple[VolumeHours, ...],
        moment: Callable[[], datetime | None],
        hall: Callable[[], Hall | None],
        report: Callable[[Became], None],
        voice_known: Callable[[], None],
        tell: Callable[..., None],
    ) -> None:
        self._manner = manner
        self._quiet = quiet
        self._moment = moment
        self._worker, self._inbox = loudspeaker.worker, loudspeaker.inbox
        self._output = Output(loudspeaker.player, loudspeaker.chime, hours)
        self._hall = hall
        self._report = report
        self._voice_known = voice_known
        self._tell = tell
        self._state = Announcements()
        self._happened: deque[Happening] = deque()
        self._voices: tuple[Language, ...] | None = None
        self._now_s = 0.0
        self._audio = "starting"
        self._not_played = ""

    def open(self, volume: float) -> None:
        """Start the voice, load the chime. Returns at once. `volume` is 0 to 1."""
        self._worker.open()
        self._output.open(volume)

    def set_volume(self, volume: float) -> None:
        """From 0 to 1; what is beyond is taken as the end it is nearest to."""
        self._output.set_volume(volume)

    def silence(self) -> None:
        """Stop sounding at once."""
        self._output.close()

    def close(self) -> None:
        """End the voice; within 2 s."""
        self._worker.close()

    @property
    def ready(self) -> bool:
        """Whether it is known if this display can speak."""
        return self._voices is not None

    @property
    def speaks(self) -> tuple[Language, ...]:
        """The languages it can be heard in now."""
        return (self._voices or ()) if not self._output.missing else ()

    @property
    def audio(self) -> str:
        """How speech and loudspeaker do, in words for the technician; no longer than a label."""
        if self._output.missing:
            return "no loudspeaker"
        return "; ".join(filter(None, (self._not_played or self._audio, self._output.remark)))[:AUDIO_LIMIT]

    @property
    def speaking(self) -> CallId | None:
        """The call whose turn it is."""
        return self._state.speaking.call.call if self._state.speaking else None

    @property
    def busy(self) -> bool:
        """Whether something happened that has not been worked off."""
        return bool(self._happened)

    def heartbeat(self, at: datetime, now_s: float) -> None:
        """The hub's clock, live: by it displays that speak together begin together."""
        self._output.heartbeat(at, now_s)

    def take(self, call: Call, stale_s: float, now_s: float, *, ours: bool) -> None:
        """A call came. It may be spoken until `stale_s`. `ours`: it is of a zone of this display."""
        self._now_s = now_s
        if ours and self._manner_now().chime:
            self._output.ring_alone(call, now_s)
        self._happen(CallCame(call, stale_s))

    def pump(self, now_s: float) -> bool:
        """Take what the voice made, let time pass. Whether the voice said anything."""
        self._now_s = now_s
        heard = False
        for result in self._inbox.drain():
            self._take_voice(result)
            heard = True
        self._output.hour(self._moment())
        if self._output.look():
            logger.info("loudspeaker-changed missing=%s", self._output.missing or "nothing")
            self._voice_known()
        self._happen(TimePassed())
        return heard

    def _take_voice(self, result: VoiceEvent) -> None:
        match result:
            case VoiceReady(languages=languages, why_not=why_not):
                self._voices = languages
                self._audio = why_not or "ready: " + " ".join(languages)
                logger.info("voice-ready languages=%s", ",".join(languages) or "none")
                self._voice_known()
            case Spoken(key=key, waves=waves, why_not=why_not):
                call, short = CallId(key.removeprefix(SHORT)), key.startswith(SHORT)
                parts = tuple(Part(utterance.language, wave) for utterance, wave in waves)
                lost = SpeechLost(call, why_not or "nothing was made", short)
                self._happened.append(SpeechMade(call, parts, short) if parts else lost)
            case _:
                assert_never(result)
        self._work_off()

    def _happen(self, happening: Happening) -> None:
        self._happened.append(happening)
        self._work_off()

    def _work_off(self) -> None:
        """One happening after another; carrying one out may make the next happen."""
        while self._happened:
            happening = self._happened.popleft()
            self._state, effects = step(self._state, happening, self._now_s, self._manner_now())
            for effect in effects:
                self._carry_out(effect)

    def _manner_now(self) -> Manner:
        return manner_at(self._manner, self._quiet, self._moment())

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Report(became=became):
                self._report(became)
            case Ring():
                self._sound("chime", None)
            case Play(part=part):
                self._sound("speech", part)
            case Make(call=call, short=short):
                self._make(call, short=short)
            case _:
                assert_never(effect)

    def _make(self, call: Call, *, short: bool) -> None:
        utterances = to_say(call, self._hall(), self._voices, short=short)
        if not utterances:
            self._happened.append(SpeechLost(call.call, "no voice for " + " ".join(call.languages), short))
        elif not self._worker.ask(SHORT + call.call if short else call.call, utterances):
            self._happened.append(SpeechLost(call.call, "the speech engine is behind", short))

    def _sound(self, sound: Sound, part: Part | None) -> None:
        """The chime (no part) or a part of the call whose turn it is."""
        assert self._state.speaking is not None  # noqa: S101 - only its sounds are asked for
        call = self._state.speaking.call

        def ended() -> None:
            self._tell("sound", kind=sound, call=call.call, state="ended")
            self._happened.append(SoundEnded(call.call, sound))

        try:
            if part is None:
                self._output.ring(call, ended, self._now_s)
            else:
                self._output.play(call, part.wave.path, part.wave.duration_s, ended, self._now_s)
        except NotPlayed as trouble:
            logger.warning("not-played sound=%s call=%s why=%s", sound, call.call, trouble)
            self._not_played = f"not played: {trouble}"
            self._happened.append(SoundLost(call.call, sound, str(trouble)))
        else:
            self._not_played = ""
            self._tell("sound", kind=sound, call=call.call, state="started")
