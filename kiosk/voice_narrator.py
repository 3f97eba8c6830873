"""The real narrator: sentences through voice's worker (a process of its own makes the waves), heard through a player.

A text is made and played sentence by sentence, the next one while this one sounds, so that a long text begins at once and
stops at once. Neither the voice's process nor the sound device is started before the first words: a kiosk that nobody
asks to speak pays for neither.
"""

import logging
import re
from collections import deque
from collections.abc import Callable
from typing import Literal

from contract.names import Language
from kiosk.happenings import NotSaid, VoicesKnown
from kiosk.narrator import NarratorEvent, Spoke
from link.inbox import Inbox
from voice.player import NotPlayed, Player
from voice.speaker import Utterance, Wave
from voice.worker import Spoken, VoiceEvent, VoiceReady, Worker

logger = logging.getLogger(__name__)

_SENTENCES = re.compile(r"(?<=[.?!])\s+")

AHEAD = 1
"""So many sentences are made before they are needed: making one takes a tenth of saying it at the most."""


class VoiceNarrator:
    """Keeps Narrator. `worker` and `player` are made when they are first needed."""

    def __init__(self, worker: Callable[[], Worker], player: Callable[[], Player], inbox: Inbox[VoiceEvent]) -> None:
        self._make_worker = worker
        self._make_player = player
        self._inbox = inbox
        self._worker: Worker | None = None
        self._player: Player | None = None
        self._voices: tuple[Language, ...] | None = None
        self._events: deque[NarratorEvent] = deque()
        self._turn = 0
        self._text, self._language, self._volume = "", Language(""), 0.0
        self._left: deque[str] = deque()
        self._made: deque[Wave] = deque()
        self._making = False
        self._sounding = False
        self._began = False

    def say(self, text: str, language: Language, volume: float) -> None:
        self.hush()
        self._text, self._language, self._volume = text, language, volume
        self._left.extend(part for part in _SENTENCES.split(text.strip()) if part)
        if self._worker is None:
            logger.info("voice-started why=somebody is to be spoken to")
            self._voices, self._making = None, False
            self._worker = self._make_worker()
            self._worker.open()
        self._go_on()

    def hush(self) -> None:
        self._turn += 1
        if self._sounding and self._player is not None:
            self._player.close()
        if self._began:
            self._tell("hushed")
        self._left.clear()
        self._made.clear()
        self._sounding = self._began = False

    def listen(self) -> tuple[NarratorEvent, ...]:
        for event in self._inbox.drain():
            match event:
                case VoiceReady(languages=languages):
                    self._know(languages)
                case Spoken():
                    self._take(event)
        self._go_on()
        events = tuple(self._events)
        self._events.clear()
        return events

    def close(self) -> None:
        self.hush()
        self._end_voice()

    # --- making and playing ---

    def _know(self, languages: tuple[Language, ...]) -> None:
        self._voices = languages
        self._events.append(VoicesKnown(languages))
        if not languages:
            self._end_voice()
        elif self._language not in languages:
            self._left.clear()

    def _take(self, made: Spoken) -> None:
        """A sentence is made. One that was asked for before the last hush is for nobody."""
        self._making = False
        if made.key != str(self._turn):
            return
        if made.waves:
            self._made.extend(wave for _, wave in made.waves)
        else:
            self._fail(made.why_not)

    def _go_on(self) -> None:
        """Play what is made, ask for what comes after it."""
        if self._made and not self._sounding:
            self._play(self._made.popleft())
        ready = self._worker is not None and self._voices and not self._making
        if ready and self._left and len(self._made) < AHEAD:
            self._ask(self._left.popleft())

    def _ask(self, sentence: str) -> None:
        assert self._worker is not None  # noqa: S101 - asked of a worker that is ready
        self._making = self._worker.ask(str(self._turn), (Utterance(sentence, self._language),))
        if not self._making:
            self._fail("the speech engine is behind")

    def _play(self, wave: Wave) -> None:
        turn = self._turn

        def ended() -> None:
            if turn == self._turn:
                self._sounding = False
                self._is_over()

        try:
            if self._player is None:
                self._player = self._make_player()
            self._player.set_volume(self._volume)
            self._player.play(wave.path, ended)
        except NotPlayed as trouble:
            self._fail(str(trouble))
            return
        self._sounding = True
        if not self._began:
            self._began = True
            self._tell("began")

    def _is_over(self) -> None:
        self._go_on()
        if not (self._sounding or self._made or self._left or self._making):
            self._tell("ended")
            self._began = False

    def _fail(self, why: str) -> None:
        logger.warning("not-said why=%s", why)
        self.hush()
        self._events.append(NotSaid(why))
        self._end_voice()

    def _tell(self, state: Literal["began", "ended", "hushed"]) -> None:
        self._events.append(Spoke(self._text, self._language, state))

    def _end_voice(self) -> None:
        worker, self._worker, self._voices = self._worker, None, None
        if worker is not None:
            worker.close()
