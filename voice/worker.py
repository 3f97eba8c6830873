"""One thread that has the speaker to itself: sentences are asked for, waves come back through an inbox.

The owner never waits for a speech engine. A twin without a thread does the work at once, for simulated time.
It must never know what is being announced: `key` is the owner's own name for what it asked.
"""

import logging
import queue
import threading
from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from contract.names import Language
from voice.speaker import NotSpoken, NoVoice, Speaker, SpeakerMissing, Utterance, Wave

logger = logging.getLogger(__name__)

WAITING_LIMIT = 50
"""So many orders may wait; the owner makes one call at a time, so more is a speaker that hangs for ever."""


LOOK_S = 30.0
"""A voice that hung while nobody was called is begun anew before the next call waits for it."""

BROKE = "the speaking program broke"


class VoiceReady(Struct, frozen=True):
    """The speaker has started; `languages` are those it can speak (none: there is no speech engine)."""

    languages: tuple[Language, ...]
    why_not: str = ""


class Spoken(Struct, frozen=True):
    """What became of an order: a wave for each utterance that could be made, in order; `why_not` of those that could not."""

    key: str
    waves: tuple[tuple[Utterance, Wave], ...]
    why_not: str = ""


VoiceEvent = VoiceReady | Spoken


class Worker(Protocol):
    """Three verbs. Results are given to the `put` that it was made with."""

    def open(self) -> None:
        """Start the speaker; VoiceReady follows."""

    def ask(self, key: str, utterances: tuple[Utterance, ...]) -> bool:
        """Make these; Spoken follows. False when too many wait: nothing follows."""

    def close(self) -> None:
        """End the speaker; waits for what is being made."""


class ThreadWorker:
    """Keeps Worker with a thread of its own. `put` is called in that thread: it must only put into an inbox.

    Every `look_s` in which nothing was asked, and after each order of which nothing could be made, the speaker has to
    prove that it speaks: VoiceReady says when it ceased to, and when it does again.
    """

    def __init__(self, speaker: Speaker, put: Callable[[VoiceEvent], object], look_s: float = LOOK_S) -> None:
        self._speaker = speaker
        self._put = put
        self._look_s = look_s
        self._ready = VoiceReady(())
        self._orders: queue.Queue[tuple[str, tuple[Utterance, ...]] | None] = queue.Queue(WAITING_LIMIT)
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)

    def open(self) -> None:
        self._thread.start()

    def ask(self, key: str, utterances: tuple[Utterance, ...]) -> bool:
        try:
            self._orders.put_nowait((key, utterances))
        except queue.Full:
            return False
        return True

    def close(self) -> None:
        try:
            self._orders.put_nowait(None)
        except queue.Full:
            logger.warning("voice-not-ended why=its orders are full")
            return
        if self._thread.is_alive():
            self._thread.join(timeout=1.5)

    def _work(self) -> None:
        order: tuple[str, tuple[Utterance, ...]] | None = None
        try:
            self._ready = ready(self._speaker)
            self._put(self._ready)
            while True:
                try:
                    order = self._orders.get(timeout=self._look_s)
                except queue.Empty:
                    self._look()
                    continue
                if order is None:
                    return
                spoken = carry_out(self._speaker, *order)
                self._put(spoken)
                order = None
                if bool(spoken.waves) != bool(self._ready.languages):
                    self._look()
        except Exception:
            # The top of this thread: our own mistake. The display goes on and says that it cannot speak any more.
            logger.exception("voice-broke")
            self._go_on_without(order)
        finally:
            self._speaker.close()

    def _look(self) -> None:
        now = proven(self._speaker) if self._ready.languages else ready(self._speaker)
        if now != self._ready:
            logger.warning(
                "voice-changed languages=%s why=%s", ",".join(now.languages) or "none", now.why_not or "none"
            )
            self._ready = now
            self._put(now)

    def _go_on_without(self, broken: tuple[str, tuple[Utterance, ...]] | None) -> None:
        """No more speech until the next start; what was asked for is answered, so that no call waits for it."""
        self._put(VoiceReady((), BROKE))
        order = broken or self._orders.get()
        while order is not None:
            self._put(Spoken(order[0], (), BROKE))
            order = self._orders.get()


class InlineWorker:
    """Keeps Worker without a thread: what is asked is there when `ask` returns."""

    def __init__(self, speaker: Speaker, put: Callable[[VoiceEvent], object]) -> None:
        self._speaker = speaker
        self._put = put

    def open(self) -> None:
        self._put(ready(self._speaker))

    def ask(self, key: str, utterances: tuple[Utterance, ...]) -> bool:
        self._put(carry_out(self._speaker, key, utterances))
        return True

    def close(self) -> None:
        self._speaker.close()


class SilentWorker:
    """Keeps Worker for a display that is set not to speak: nothing is made, and why is said."""

    WHY = "this display is set not to speak"

    def __init__(self, put: Callable[[VoiceEvent], object]) -> None:
        self._put = put

    def open(self) -> None:
        self._put(VoiceReady((), self.WHY))

    def ask(self, key: str, utterances: tuple[Utterance, ...]) -> bool:
        del utterances
        self._put(Spoken(key, (), self.WHY))
        return True

    def close(self) -> None:
        """Nothing was begun."""


def ready(speaker: Speaker) -> VoiceReady:
    """Start a speaker and say what it can do."""
    try:
        speaker.open()
    except SpeakerMissing as missing:
        logger.error("voice-missing why=%s", missing)  # noqa: TRY400 - the reason says all, there is no fault to trace
        return VoiceReady((), str(missing))
    return VoiceReady(speaker.languages())


def proven(speaker: Speaker) -> VoiceReady:
    """What a speaker that has started can still do."""
    try:
        speaker.look()
    except (NotSpoken, SpeakerMissing) as trouble:
        return VoiceReady((), str(trouble))
    return VoiceReady(speaker.languages())


def carry_out(speaker: Speaker, key: str, utterances: tuple[Utterance, ...]) -> Spoken:
    """Make each utterance; one that cannot be made does not take the others with it."""
    waves = []
    troubles = []
    for utterance in utterances:
        try:
            waves.append((utterance, speaker.make(utterance)))
        except (NoVoice, NotSpoken, SpeakerMissing) as trouble:
            logger.warning("not-spoken key=%s language=%s why=%s", key, utterance.language, trouble)
            troubles.append(f"{utterance.language}: {trouble}")
    return Spoken(key, tuple(waves), "; ".join(troubles))
