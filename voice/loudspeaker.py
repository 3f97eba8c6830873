"""The display's loudspeaker: waves into a sound card's queue, at an exact instant where one is asked for.

It watches the card: a queue that stands still is a card that hangs, and it is opened anew in a thread of its own, because
a hanging card may hang whoever closes it. What was being said goes on where it stopped. It knows no call and no Kivy;
`look` is called at every turn of the owner's loop.
"""

import logging
import threading
import wave
from collections import deque
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from voice.card import BYTES_PER_FRAME, BYTES_PER_S, FRAMES_PER_S, Cards, NoCard, OpenCard
from voice.player import NotPlayed

logger = logging.getLogger(__name__)

STUCK_S = 1.5
"""A queue that does not move for so long hangs; a card eats its queue 20 to 90 times a second."""

OPENED_WITHIN_S = 4.0
TRY_AGAIN_S = 5.0
TAIL_S = 0.04
"""Silence behind each sound: when it is eaten, the last sample before it was heard."""

GO_BACK_S = 0.25
"""What the card had eaten and may not have been heard is said again."""

LEFT_HANGING = 8
"""So many hung cards are left to their threads; beyond, the program needs a new start and says so."""


class Loaded(Struct, frozen=True):
    """A wave's samples as the file has them, 16 bit."""

    samples: bytes
    channels: int
    frames_per_s: int


class Sounding(Struct):
    """A sound in the queue: its samples, `begins` and `ends` as bytes since the card was opened."""

    samples: bytes
    begins: int
    ends: int
    ended: Callable[[], None]


class CardPlayer:
    """Keeps voice.player.Player. `now` is the clock of `at_s`, in seconds."""

    def __init__(self, cards: Cards, now: Callable[[], float]) -> None:
        self._cards = cards
        self._now = now
        self._volume = 1.0
        self._prepared: dict[Path, Loaded] = {}
        self._card: OpenCard | None = None
        self._written = 0
        self._sounding: deque[Sounding] = deque()
        self._seen = (0, 0.0)
        self._trouble = ""
        self._opening: _Opening | None = None
        self._try_at_s = 0.0
        self._hanging: list[threading.Thread] = []
        self.reopened = 0

    def prepare(self, wave: Path) -> None:
        self._prepared[wave] = load(wave)
        self._need_card()

    def play(self, wave: Path, ended: Callable[[], None], at_s: float | None = None) -> None:
        loaded = self._prepared.get(wave) or load(wave)
        try:
            samples = self._cards.fit(loaded.samples, loaded.channels, loaded.frames_per_s, self._volume)
            samples += _silence(TAIL_S)
            if self._opening is not None:
                # It goes on the card that is being opened, behind what waits already.
                self._sounding.append(Sounding(samples, 0, len(samples), ended))
                return
            card = self._need_card()
            waits_s = card.queued() / BYTES_PER_S
            lead = _silence(max(0.0, at_s - self._now() - waits_s)) if at_s is not None else b""
            if not card.queued():
                self._seen = (0, self._now())
            card.queue(lead + samples)
        except NoCard as error:
            raise NotPlayed(f"{wave.name} cannot be played: {error}") from error
        begins = self._written + len(lead)
        self._written = begins + len(samples)
        self._sounding.append(Sounding(samples, begins, self._written, ended))

    def trouble(self) -> str:
        return self._trouble

    def set_volume(self, volume: float) -> None:
        self._volume = volume

    def look(self) -> None:
        """See how far the card is: ends of sounds, a card that hangs or went away, one that came back."""
        if self._opening is not None:
            self._take_opened(self._opening)
        elif self._card is None:
            if self._trouble and self._now() >= self._try_at_s:
                self._open_anew("looked for again")
        elif self._card.away():
            self._open_anew("it is away")
        else:
            self._follow(self._card)

    def close(self) -> None:
        self._sounding.clear()
        self._prepared.clear()
        card, self._card = self._card, None
        if card is not None:
            self._leave(card, wait_s=0.5)

    def _follow(self, card: OpenCard) -> None:
        queued, now_s = card.queued(), self._now()
        if not queued or queued != self._seen[0]:
            self._seen = (queued, now_s)
        elif now_s - self._seen[1] >= STUCK_S:
            self._open_anew(f"its queue stood still for {STUCK_S:g} s")
            return
        eaten = self._written - queued
        while self._sounding and self._sounding[0].ends <= eaten:
            self._sounding.popleft().ended()

    def _need_card(self) -> OpenCard:
        if self._card is None and not self._trouble:
            try:
                self._card = self._cards.open()
            except NoCard as error:
                self._fail(str(error))
            else:
                self._begin_queue()
        if self._card is None:
            raise NotPlayed(f"no sound device: {self._trouble}")
        return self._card

    def _begin_queue(self) -> None:
        self._written = 0
        self._seen = (0, self._now())

    def _fail(self, why: str) -> None:
        if self._trouble != why:
            logger.error("sound-device-missing why=%s", why)
        self._trouble = why
        self._try_at_s = self._now() + TRY_AGAIN_S

    def _open_anew(self, why: str) -> None:
        """Another thread closes the old card and opens it again; `look` takes what comes of it."""
        self._hanging = [thread for thread in self._hanging if thread.is_alive()]
        if len(self._hanging) >= LEFT_HANGING:
            # Nothing more is queued on it, and nobody waits for what was: whoever closed it would hang, too.
            self._card = None
            self._sounding.clear()
            self._fail("the sound card hangs again and again: start the display anew, or the machine")
            return
        if self._card is not None:
            logger.warning("sound-device-reopened why=%s", why)
            eaten = self._written - self._card.queued()
            self._keep_the_rest(eaten)
            self._leave(self._card, wait_s=0)
        self._card = None
        opening = self._opening = _Opening(self._now())
        thread = threading.Thread(target=opening.work, args=(self._cards,), name="sound-opening", daemon=True)
        self._hanging.append(thread)
        thread.start()

    def _leave(self, card: OpenCard, wait_s: float) -> None:
        thread = threading.Thread(target=card.close, name="sound-closing", daemon=True)
        self._hanging.append(thread)
        thread.start()
        thread.join(wait_s)

    def _keep_the_rest(self, eaten: int) -> None:
        """Of each sound what was not heard yet, and a little more."""
        back = round(GO_BACK_S * FRAMES_PER_S) * BYTES_PER_FRAME
        for sound in self._sounding:
            heard = max(0, eaten - sound.begins - back)
            sound.samples = sound.samples[heard // BYTES_PER_FRAME * BYTES_PER_FRAME :]

    def _take_opened(self, opening: "_Opening") -> None:
        if opening.error is None and opening.card is None:
            if self._now() - opening.began_s >= OPENED_WITHIN_S:
                self._opening = None
                opening.give_up()
                self._sounding.clear()
                self._fail("the sound card does not open")
            return
        self._opening = None
        if opening.card is None:
            # What was being said is lost: nobody is told that it ended, and its owner's patience finds out.
            self._sounding.clear()
            self._fail(opening.error or "it does not open")
            return
        self._card = opening.card
        self.reopened += 1
        logger.info("sound-device-back reopened=%d", self.reopened)
        self._trouble = ""
        self._begin_queue()
        for sound in self._sounding:
            self._card.queue(sound.samples)
            sound.begins = self._written
            sound.ends = self._written = self._written + len(sound.samples)


class _Opening:
    """One try to open the card, in a thread of its own."""

    def __init__(self, began_s: float) -> None:
        self.began_s = began_s
        self.card: OpenCard | None = None
        self.error: str | None = None
        self._lock = threading.Lock()
        self._given_up = False

    def work(self, cards: Cards) -> None:
        try:
            card = cards.open()
        except NoCard as error:
            self.error = str(error)
            return
        with self._lock:
            if not self._given_up:
                self.card = card
                return
        card.close()

    def give_up(self) -> None:
        """Nobody waits any more: a card that opens after all is closed again."""
        with self._lock:
            self._given_up = True


def load(path: Path) -> Loaded:
    """A wave file of 16 bit. NotPlayed where it is none."""
    try:
        with wave.open(str(path), "rb") as file:
            if file.getsampwidth() != 2 or not file.getnframes():
                raise NotPlayed(f"{path} cannot be played: no sound of 16 bit is in it")
            return Loaded(file.readframes(file.getnframes()), file.getnchannels(), file.getframerate())
    except (OSError, EOFError, wave.Error) as error:
        raise NotPlayed(f"{path} cannot be played: {error}") from error


def length_s(path: Path) -> float:
    """How long a wave file of 16 bit lasts. NotPlayed where it is none."""
    wave = load(path)
    return len(wave.samples) / (2 * wave.channels * wave.frames_per_s)


def _silence(seconds: float) -> bytes:
    return bytes(round(seconds * FRAMES_PER_S) * BYTES_PER_FRAME)
