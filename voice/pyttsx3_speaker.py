"""The real speaker: pyttsx3 (espeak-ng) in one long-lived child process, which is ended and begun anew when it hangs.

pyttsx3 has been seen to hang, and to speak only once, when threads are about; a process can be killed, a thread cannot.
Everything the child needs stands in pyttsx3_child.py; here are the deadline, the restart and the shelf of waves.
"""

import contextlib
import logging
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from contract.names import Language
from voice import samples
from voice.pausing import commas, paused
from voice.pyttsx3_child import Answer, Order
from voice.shelf import Shelf, sweep
from voice.speaker import NotSpoken, NoVoice, SpeakerMissing, Utterance, Wave

logger = logging.getLogger(__name__)

START_DEADLINE_S = 15.0
"""A cold start reads the library and its data from a slow disk; on a warm machine it takes 0.4 s."""


WARMING = "satu"
"""Said to nobody: it warms a voice, and proves that the engine lives."""


class VoiceOfLanguage(Struct, frozen=True, forbid_unknown_fields=True):
    """How one language is spoken: espeak-ng's name of the voice, words a minute, and loudness from 0 to 1.

    `pause_s`: how long the silence at a comma is at least; 0 leaves the engine's own, which shrink with the rate.
    """

    voice: Annotated[str, Meta(min_length=1)]
    rate: Annotated[int, Meta(ge=80, le=450)] = 150
    """What espeak-ng takes."""
    volume: Annotated[float, Meta(ge=0, le=1)] = 1.0
    pause_s: Annotated[float, Meta(ge=0, le=5)] = 0.0


class Pyttsx3Speaker:
    """Keeps voice.speaker.Speaker. `deadline_s` is for one utterance; `kept` waves stay on the shelf."""

    def __init__(
        self,
        voices: Mapping[Language, VoiceOfLanguage],
        *,
        deadline_s: float = 4.0,
        kept: int = 64,
        bundled: bool = False,
    ) -> None:
        self._voices = voices
        self._deadline_s = deadline_s
        self._bundled = bundled
        self._shelf = Shelf(kept)
        self._usable: tuple[Language, ...] = ()
        self._child: subprocess.Popen[bytes] | None = None
        self._unread = b""
        self.restarts = 0

    def open(self) -> None:
        sweep()
        self._drop_child()
        self._start()
        usable = []
        for language in self._voices:
            # The first words of a voice take half a second (its dictionary is read); the hall should not wait for it.
            try:
                self._speak(Utterance(WARMING, language))
            except (NoVoice, NotSpoken) as trouble:
                logger.warning("voice-missing language=%s why=%s", language, trouble)
            else:
                usable.append(language)
        self._usable = tuple(usable)

    def languages(self) -> tuple[Language, ...]:
        return self._usable

    def make(self, utterance: Utterance) -> Wave:
        if utterance.language not in self._voices:
            raise NoVoice(f"no voice is configured for {utterance.language}")
        return self._shelf.find(utterance) or self._speak(utterance)

    def look(self) -> None:
        for language in self._usable[:1]:
            self._speak(Utterance(WARMING, language))

    def close(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            _end(child)
        self._shelf.clear()

    def _speak(self, utterance: Utterance) -> Wave:
        """Ask the child; one that is dead, dies of it or hangs is replaced, and the new one is asked once more.

        A call that is spoken some seconds late is better than one that is not spoken.
        """
        for attempt in (1, 2):
            if self._child is None:
                self.restarts += 1
                self._start()
            try:
                return self._ask(utterance)
            except _ChildLost as lost:
                logger.warning("voice-restart attempt=%d why=%s", attempt, lost)
                self._drop_child()
                if attempt == 2:
                    raise NotSpoken(str(lost)) from lost
        raise AssertionError("unreachable")

    def _ask(self, utterance: Utterance) -> Wave:
        how = self._voices[utterance.language]
        path = self._shelf.place(utterance)
        answer = self._say_and_hear(Order(utterance.text, how.voice, how.rate, how.volume, str(path)))
        if answer.failed is not None:
            trouble = NoVoice if answer.kind == "voice" else NotSpoken
            raise trouble(f"{utterance.language} ({how.voice}): {answer.failed}")
        if how.pause_s:
            _draw_out(path, utterance.text, how.pause_s)
        return self._shelf.keep(utterance, path)

    def _start(self) -> None:
        root = str(Path(__file__).resolve().parents[1])
        command = [sys.executable, "-P", "-m", "voice.pyttsx3_child", *(["--bundled"] if self._bundled else [])]
        self._unread = b""
        # Its stderr is ours, so that a trace is not lost.
        try:
            self._child = subprocess.Popen(  # noqa: S603 - the arguments are our own module's name
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": root}
            )
        except OSError as error:
            raise SpeakerMissing(f"the speech engine does not start: {error}") from error
        try:
            answer = self._hear(START_DEADLINE_S)
        except _ChildLost as lost:
            self._drop_child()
            raise SpeakerMissing(f"the speech engine does not start: {lost}") from lost
        if not answer.ready:
            self._drop_child()
            raise SpeakerMissing(f"the speech engine does not start: {answer.failed}")

    def _say_and_hear(self, order: Order) -> Answer:
        child = self._child
        assert child is not None  # noqa: S101 - _speak has started one
        assert child.stdin is not None  # noqa: S101 - it was started with a pipe
        try:
            child.stdin.write(msgspec.json.encode(order) + b"\n")
            child.stdin.flush()
        except OSError as error:
            raise _ChildLost(f"the engine's process is gone ({error})") from error
        return self._hear(self._deadline_s)

    def _hear(self, deadline_s: float) -> Answer:
        """One line of the child; _ChildLost when it dies or stays silent for `deadline_s`."""
        child = self._child
        assert child is not None  # noqa: S101 - asked of a child only
        assert child.stdout is not None  # noqa: S101 - it was started with a pipe
        until = time.monotonic() + deadline_s
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while b"\n" not in self._unread:
                left_s = until - time.monotonic()
                if left_s <= 0 or not selector.select(left_s):
                    raise _ChildLost(f"no answer in {deadline_s:g} s")
                more = os.read(child.stdout.fileno(), 65536)
                if not more:
                    raise _ChildLost(f"the engine's process ended (code {child.poll()})")
                self._unread += more
        line, _, self._unread = self._unread.partition(b"\n")
        try:
            return msgspec.json.decode(line, type=Answer)
        except msgspec.DecodeError as error:
            raise _ChildLost(f"the engine's process talks nonsense: {error}") from error

    def _drop_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            _end(child)


def _draw_out(path: Path, text: str, pause_s: float) -> None:
    """Lengthen the pauses of a wave where it lies. One that cannot be read is left to the shelf, which says why."""
    try:
        samples.write(path, paused(samples.read(path), commas(text), pause_s))
    except (samples.BadWave, OSError) as trouble:
        logger.warning("pauses-kept why=%s", trouble)


class _ChildLost(Exception):
    """The child died or hangs; its words say which."""


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Its input ends, so it ends itself; else it is killed."""
    for pipe in (child.stdin, child.stdout):
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.close()
    try:
        child.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
