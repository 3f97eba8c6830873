"""A call as sound for a television that may play it: the chime, a breath, then the call in the hall's first language.

Speech is made by one thread that has the speaker to itself, as on a display; the pages wait for it, but not for ever.
It must never know what is shown.
"""

import array
import asyncio
import io
import itertools
import logging
import wave
from collections import OrderedDict

from assets.chime import chime
from voice.speaker import Speaker, Utterance
from voice.worker import Spoken, ThreadWorker, VoiceEvent

WITHIN_S = 10.0
"""So long a page waits: a cold engine takes half a second, a call that waited longer is old."""

KEPT = 20
"""So many calls are kept as sound: all that the hub tells as recent, some 150 KB each."""

BREATH_S = 0.2
logger = logging.getLogger(__name__)


class BoardVoice:
    """`say` from the web server's event loop; `close` from anywhere. The engine starts with the first call that is asked for."""

    def __init__(self, speaker: Speaker) -> None:
        self._worker = ThreadWorker(speaker, self._heard)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked: dict[str, asyncio.Future[bytes | None]] = {}
        """What is being made, by what is said: all televisions ask at the same instant."""
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def say(self, utterance: Utterance) -> bytes | None:
        """A wave file, or None where it could not be made (no engine, no voice, not in time)."""
        key = f"{utterance.language} {utterance.text}"
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._worker.open()
        if key not in self._asked:
            if not self._worker.ask(key, (utterance,)):
                logger.warning("board-not-spoken why=too many wait")
                return None
            self._asked[key] = self._loop.create_future()
        try:
            async with asyncio.timeout(WITHIN_S):
                return await asyncio.shield(self._asked[key])
        except TimeoutError:
            logger.warning("board-not-spoken why=not made within %s s", WITHIN_S)
            self._asked.pop(key, None)
            return None

    def close(self) -> None:
        """End the engine, if it was begun."""
        if self._loop is not None:
            self._worker.close()

    def _heard(self, told: VoiceEvent) -> None:
        """In the worker's thread: reads the wave before a newer one may take its place, and hands it over."""
        if not isinstance(told, Spoken) or self._loop is None:
            return
        sound = None
        if told.waves:
            _, made = told.waves[0]
            try:
                sound = chimed(made.path.read_bytes())
            except (OSError, EOFError, wave.Error) as trouble:
                logger.warning("board-not-spoken why=%s", trouble)
        try:
            self._loop.call_soon_threadsafe(self._settle, told.key, sound)
        except RuntimeError:
            logger.info("board-sound-too-late key=%s", told.key)

    def _settle(self, key: str, sound: bytes | None) -> None:
        if sound is not None:
            self._kept[key] = sound
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        made = self._asked.pop(key, None)
        if made is not None:
            made.set_result(sound)


def chimed(speech: bytes) -> bytes:
    """A wave file of the chime, a breath and this speech (mono, 16 bit), in the speech's own rate."""
    with wave.open(io.BytesIO(speech), "rb") as file:
        rate, samples = file.getframerate(), file.readframes(file.getnframes())
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(_chime_at(rate) + bytes(2 * int(BREATH_S * rate)) + samples)
    return out.getvalue()


def _chime_at(rate: int) -> bytes:
    """The chime's samples at another rate, each a mean of those it stands for: its overtones end far below what that takes off."""
    with wave.open(io.BytesIO(chime()), "rb") as file:
        own_rate, frames = file.getframerate(), array.array("h", file.readframes(file.getnframes()))
    step = own_rate / rate
    ends = [round(index * step) for index in range(int(len(frames) / step) + 1)]
    sums = (frames[begin : max(end, begin + 1)] for begin, end in itertools.pairwise(ends))
    return array.array("h", (round(sum(each) / len(each)) for each in sums if each)).tobytes()
