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
from display import announcements
from display.announcements import (
    Announcements,
    Became,
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
from display.quiet import QuietHours, manner_at
from display.wording import to_say
from link.inbox import Inbox
from voice.player import NotPlayed, Player
from voice.worker import Spoken, VoiceEvent, VoiceReady, Worker

logger = logging.getLogger(__name__)

SHORT = "short "
"""Before a call's id: what is asked of the voice is without courtesy. No id holds a blank."""


class Loudspeaker(NamedTuple):
    """What an announcer speaks with. `chime` is a WAV file."""

    worker: Worker
    inbox: Inbox[VoiceEvent]
    player: Player
    chime: Path


class Announcer:
    """`pump` does all there is to do at that moment; `report` is called with what became of each call, in order.

    `moment` tells the hall's own time, by which hours are `quiet`.
    """

    def __init__(
        self,
        manner: announcements.Manner,
        loudspeaker: Loudspeaker,
        *,
        quiet: tuple[QuietHours, ...],
        moment: Callable[[], datetime | None],
        hall: Callable[[], Hall | None],
        report: Callable[[Became], None],
        voice_known: Callable[[], None],
        tell: Callable[..., None],
    ) -> None:
        self._manner = manner
        self._quiet = quiet
        self._moment = moment
        self._worker, self._inbox, self._player, self._chime = loudspeaker
        self._hall = hall
        self._report = report
        self._voice_known = voice_known
        self._tell = tell
        self._state = Announcements()
        self._happened: deque[announcements.Happening] = deque()
        self._voices: tuple[Language, ...] | None = None
        self._loudspeaker = True
        self._now_s = 0.0
        self.audio = "starting"
        """How speech and loudspeaker do, in words for the technician."""

    def open(self, volume: float) -> None:
        """Start the voice, load the chime. Returns at once. `volume` is 0 to 1."""
        self._worker.open()
        self._player.set_volume(volume)
        try:
            self._player.prepare(self._chime)
        except NotPlayed as trouble:
            self._loudspeaker = False
            logger.error("loudspeaker-missing why=%s", trouble)  # noqa: TRY400 - the reason says all

    def set_volume(self, volume: float) -> None:
        """From 0 to 1; what is beyond is taken as the end it is nearest to."""
        self._player.set_volume(min(1.0, max(0.0, volume)))

    def silence(self) -> None:
        """Stop sounding at once."""
        self._player.close()

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
        return (self._voices or ()) if self._loudspeaker else ()

    @property
    def speaking(self) -> CallId | None:
        """The call whose turn it is."""
        return self._state.speaking.call.call if self._state.speaking else None

    @property
    def busy(self) -> bool:
        """Whether something happened that has not been worked off."""
        return bool(self._happened)

    def take(self, call: Call, stale_s: float, now_s: float) -> None:
        """A call came. It may be spoken until `stale_s`."""
        self._now_s = now_s
        self._happen(CallCame(call, stale_s))

    def pump(self, now_s: float) -> bool:
        """Take what the voice made, let time pass. Whether the voice said anything."""
        self._now_s = now_s
        heard = False
        for result in self._inbox.drain():
            self._take_voice(result)
            heard = True
        self._happen(TimePassed())
        return heard

    def _take_voice(self, result: VoiceEvent) -> None:
        match result:
            case VoiceReady(languages=languages, why_not=why_not):
                self._voices = languages
                self.audio = why_not or "ready: " + " ".join(languages)
                if not self._loudspeaker:
                    self.audio = "no loudspeaker"
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

    def _happen(self, happening: announcements.Happening) -> None:
        self._happened.append(happening)
        self._work_off()

    def _work_off(self) -> None:
        """One happening after another; carrying one out may make the next happen."""
        while self._happened:
            happening = self._happened.popleft()
            manner = manner_at(self._manner, self._quiet, self._moment())
            self._state, effects = announcements.step(self._state, happening, self._now_s, manner)
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
        utterances = to_say(call, self._hall(), self._voices, short=short)
        if not utterances:
            self._happened.append(SpeechLost(call.call, "no voice for " + " ".join(call.languages), short))
        elif not self._worker.ask(SHORT + call.call if short else call.call, utterances):
            self._happened.append(SpeechLost(call.call, "the speech engine is behind", short))

    def _sound(self, call: CallId, sound: Sound, wave: Path) -> None:
        def ended() -> None:
            self._tell("sound", kind=sound, call=call, state="ended")
            self._happened.append(SoundEnded(call, sound))

        try:
            self._player.play(wave, ended)
        except NotPlayed as trouble:
            logger.warning("not-played sound=%s call=%s why=%s", sound, call, trouble)
            self.audio = f"not played: {trouble}"
            self._happened.append(SoundLost(call, sound, str(trouble)))
        else:
            self._tell("sound", kind=sound, call=call, state="started")
