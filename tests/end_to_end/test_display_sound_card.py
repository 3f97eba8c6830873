"""A display in a real window whose sound card hangs in the middle of a call: the call is spoken to its end all the same."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from command.programs import Program, antrean, environment
from command.told import Told
from contract.desk import DeskView
from tests.end_to_end.peers import Peer
from tests.halls import new_hall
from tests.waiting import wait_for
from voice.card import BYTES_PER_S
from voice.disk_audio import sounds_in

pytestmark = [pytest.mark.broker, pytest.mark.screen]

SPOKEN_BEFORE_S = 2.0
"""The chime, and the first words after it."""


class Card:
    """A pipe that eats sound until it hangs: SDL's thread then stays in the middle of a write, as with a driver that is stuck.

    Who opens it anew finds another card in its place: a file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.loud_s = 0.0
        self._hangs = threading.Event()
        os.mkfifo(path)
        self._end = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        self._eater = threading.Thread(target=self._eat, daemon=True)
        self._eater.start()

    def hang(self) -> None:
        self._hangs.set()
        self._eater.join()
        self.path.rename(self.path.with_name("hung"))

    def close(self) -> None:
        self._hangs.set()
        self._eater.join()
        os.close(self._end)

    def _eat(self) -> None:
        while not self._hangs.wait(0.005):
            try:
                block = os.read(self._end, 65536)
            except BlockingIOError:
                continue
            self.loud_s += len(block) / BYTES_PER_S if any(block) else 0.0


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    made = Card(tmp_path / "card")
    yield made
    made.close()


@pytest.mark.soak  # the same over SDL alone stands in test_card_player, in a fifth of the time
def test_a_call_outlives_the_sound_card_it_began_on(tmp_path: Path, card: Card) -> None:
    hall = new_hall(tmp_path / "hall", "mqtt-5")
    kiosk_file, pad_file = hall.add("kiosk-9", "kiosk"), hall.add("pad-1", "counter", "--counter", "loket-1")
    words = antrean(
        "display", str(hall.add("display-1", "display", "--zones", "a,b,c")), "--tell", str(tmp_path / "told.jsonl")
    )
    env = environment(SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE=str(card.path))
    told = Told(tmp_path / "told.jsonl")
    with hall.program("serve") as serve, Program("display", words, tmp_path / "display.log", env) as display:
        serve.ready(25)
        display.ready(25)
        with Peer(kiosk_file) as kiosk, Peer(pad_file) as pad:
            assert isinstance(pad.act("open"), DeskView)
            kiosk.ask_number("kartu-keluarga", "visitor-1")
            assert isinstance(pad.act("next"), DeskView)
            wait_for(lambda: card.loud_s > SPOKEN_BEFORE_S, "the chime and the first words", 20)
            card.hang()
            (ended,) = wait_for(
                lambda: [line for line in told.look() if line["what"] == "call-ended"], "the end of the call", 20
            )
    assert ended["outcome"] == "spoken"
    said = sum(each.ends_s - each.begins_s for each in sounds_in(card.path))
    assert said > 1.5, "the rest of the sentence came out of the card that was opened anew"
    assert "sound-device-reopened why=its queue stood still" in (tmp_path / "display.log").read_text()
