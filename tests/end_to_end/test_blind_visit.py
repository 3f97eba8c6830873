"""Visits of somebody who sees nothing, at the real kiosk: by a keypad and by touch, led by what is spoken alone.

No picture is looked at and no place of a target is asked for: each step is decided by words that were spoken ("spoke" lines
of `--tell`), and the sound card's samples show that there was sound when there were words.
"""

import array
import math
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assets.phrases import number_phrase
from command.programs import Program, antrean, environment, virtual_screen
from command.told import Told
from contract.names import Language
from simulator.printer_emulator import PrinterEmulator
from tests.halls import Hall, new_hall
from tests.waiting import wait_for
from voice.disk_audio import CHANNELS, FRAMES_PER_S

pytestmark = [pytest.mark.broker, pytest.mark.screen]

WIDTH, HEIGHT = 1080, 1920
STEP, LISTENS_S, STAYS_S = 56, 0.12, 1.2
"""A finger slides so many pixels (14 mm: less than any target is high), and so long it listens before it slides on, or lifts."""

SPOKEN_S = 6.0
"""So long one waits for words; the very first ones start the voice's process."""


class Listener:
    """Ears and a hand before the kiosk. `heard` is what began to be spoken, in order; nothing else is known here."""

    def __init__(self, tells: Path, sound: Path, display: str) -> None:
        self.heard: list[str] = []
        self._told = Told(tells)
        self._sound = sound
        self._display = display

    def hand(self, *words: str) -> None:
        """xdotool's words."""
        subprocess.run(["xdotool", *words], env={"DISPLAY": self._display}, check=True)

    def spoken(self) -> list[dict[str, Any]]:
        return [line for line in self._told.look() if line["what"] == "spoke" and line["state"] == "began"]

    def next_words(self, what: str) -> str:
        """What is spoken next."""
        count = len(self.heard)
        wait_for(lambda: len(self.spoken()) > count, f"words after {what}; last: {self.heard[-1:]}", SPOKEN_S)
        self.heard += [line["text"] for line in self.spoken()[count:]]
        return self.heard[-1]

    def more_words(self, within_s: float) -> list[str]:
        """What began to be spoken within this time; often nothing, for there is much glass between things."""
        count, ends = len(self.heard), time.monotonic() + within_s
        wait_for(lambda: len(self.spoken()) > count or time.monotonic() > ends, "a moment to listen")
        self.heard += [line["text"] for line in self.spoken()[count:]]
        return self.heard[count:]

    def press(self, key: str) -> str:
        """A key of the keypad, and what is spoken then."""
        self.hand("key", key)
        return self.next_words(key)

    def wait_until(self, wanted: str) -> str:
        """Listen until these words are spoken, if they were not the last: what the kiosk says of itself."""
        since = max(0, len(self.heard) - 1)
        wait_for(lambda: any(wanted in line["text"] for line in self.spoken()[since:]), wanted, SPOKEN_S)
        self.heard = [line["text"] for line in self.spoken()]
        return next(text for text in reversed(self.heard) if wanted in text)

    def loudness(self) -> float:
        """The level (root mean square, of 1) of the last half second that the loudspeaker would have played."""
        size = FRAMES_PER_S * CHANNELS * 2 // 2
        content = self._sound.read_bytes()[-size:] if self._sound.exists() else b""
        samples = array.array("h")
        samples.frombytes(content[: len(content) // 2 * 2])
        return math.sqrt(sum(sample * sample for sample in samples) / max(1, len(samples))) / 32768

    def hears_sound(self) -> None:
        """There is sound now, not only words in a file."""
        wait_for(lambda: self.loudness() > 0.005, "sound from the loudspeaker")

    def hears_silence(self) -> None:
        wait_for(lambda: self.loudness() < 0.0005, "silence", 30)


class Place:
    """A hall with one kiosk that prints, and the listener before it."""

    def __init__(self, hall: Hall, printer: PrinterEmulator, listener: Listener) -> None:
        self.hall = hall
        self.printer = printer
        self.listener = listener

        self._visits = 0

    def has_printed(self, number_heard: str) -> None:
        """One number was given to each visit, the last is the one that was heard, and its paper came out."""
        self._visits += 1
        visits = self._visits
        self.printer.wait_for_slips(visits)
        issued = self._facts("issued")
        assert len(issued) == visits
        assert number_phrase(issued[-1]["number"], Language("id")) in number_heard
        wait_for(lambda: len(self._facts("printed")) == visits, "the paper on record")
        assert self._facts("printed")[-1]["outcome"] == "printed"

    def _facts(self, kind: str) -> list[dict[str, Any]]:
        with sqlite3.connect(f"file:{self.hall.folder / 'data/journal.sqlite'}?mode=ro", uri=True) as journal:
            rows = journal.execute("select body from facts where kind = ? order by sequence", (kind,)).fetchall()
        return [msgspec.json.decode(body) for (body,) in rows]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    tmp_path = tmp_path_factory.mktemp("place")
    hall = new_hall(tmp_path / "hall")
    file = hall.add("kiosk-1", "kiosk")
    tells, sound = tmp_path / "kiosk.jsonl", tmp_path / "loudspeaker.raw"
    screen, display = virtual_screen(WIDTH, HEIGHT, tmp_path / "xvfb.log")
    with screen, PrinterEmulator() as printer, hall.program("serve") as serve:
        with file.open("a") as text:
            text.write(f"\n[screen]\nwidth = {WIDTH}\nheight = {HEIGHT}\nfullscreen = false\n")
            text.write(f'\n[printer]\nkind = "network"\nhost = "127.0.0.1"\nport = {printer.port}\n')
        serve.ready(25)
        env = environment(DISPLAY=display, SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE=str(sound))
        words = antrean("kiosk", str(file), "--tell", str(tells))
        with Program("kiosk", words, tmp_path / "kiosk.log", env) as kiosk:
            kiosk.ready(25)
            yield Place(hall, printer, Listener(tells, sound, display))
            kiosk.check()


def press_until(listener: Listener, wanted: str, most: int = 60) -> str:
    """Down and down again, until what was wanted is spoken."""
    for _ in range(most):
        said = listener.press("Down")
        if wanted in said:
            return said
    raise AssertionError(f"{wanted} was not heard in {listener.heard[-most:]}")


def test_a_number_is_taken_by_keypad_and_ear_alone(place: Place) -> None:
    listener = place.listener
    assert listener.press("Down").startswith("Panduan suara menyala.")
    listener.hears_sound()
    listener.wait_until("Ambil nomor antrean di sini.")
    press_until(listener, "Sentuh untuk mulai")
    assert listener.press("Return").startswith("Mau mengurus apa?")
    press_until(listener, "Disdukcapil")
    assert "Disdukcapil" in listener.press("Return")
    press_until(listener, "Kartu Keluarga")
    assert listener.press("Return").startswith("Kartu Keluarga.")
    press_until(listener, "Ambil nomor, antrean biasa")
    listener.hand("key", "Return")
    number = listener.wait_until("Nomor antrean Anda:")
    listener.hears_sound()
    place.has_printed(number)
    press_until(listener, "Selesai")
    assert listener.press("Return") == "Panduan suara dimatikan."
    listener.hears_silence()


def slide_until(listener: Listener, wanted: str, x: int, *, upwards: bool = False) -> None:
    """One finger slides along a column of the glass until what was wanted is spoken, and lifts there.

    Where the voice lags behind the finger it goes back, as somebody would who hears that it went too far.
    """
    path = list(range(STEP, HEIGHT - STEP, STEP))
    path = path[::-1] if upwards else path
    listener.hand("mousemove", str(x), str(path[0]), "mousedown", "1")
    at, way = 0, 1
    try:
        while 0 <= at < len(path):
            listener.hand("mousemove", str(x), str(path[at]))
            said = listener.more_words(LISTENS_S)
            if said and wanted in said[-1]:
                said = listener.more_words(STAYS_S)
                if not said:
                    return
                way = -1
            elif any(wanted in words for words in said):
                way = -1
            at += way
    finally:
        listener.hand("mouseup", "1")
    raise AssertionError(f"{wanted} was not heard in {listener.heard[-40:]}")


def tap_twice(listener: Listener) -> str:
    """Two taps in a corner where nothing stands, and what is spoken then."""
    listener.hand("mousemove", "30", "30", "click", "--repeat", "2", "--delay", "120", "1")
    return listener.next_words("two taps")


def test_a_number_is_taken_by_exploring_with_a_finger(place: Place) -> None:
    listener = place.listener
    assert listener.press("Down").startswith("Panduan suara menyala.")  # the plug of the headphones is a key
    listener.wait_until("Ambil nomor antrean di sini.")
    slide_until(listener, "Sentuh untuk mulai", 540, upwards=True)
    assert tap_twice(listener).startswith("Mau mengurus apa?")
    slide_until(listener, "Disdukcapil", 300)
    assert "Disdukcapil" in tap_twice(listener)
    slide_until(listener, "Kartu Keluarga", 300)
    assert tap_twice(listener).startswith("Kartu Keluarga.")
    slide_until(listener, "Ambil nomor, antrean biasa", 700, upwards=True)
    tap_twice(listener)
    place.has_printed(listener.wait_until("Nomor antrean Anda:"))
