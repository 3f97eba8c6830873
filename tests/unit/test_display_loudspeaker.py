"""The display's loudspeaker over a sound card that does what sound cards do: hang, go away, come back, hang whoever closes it."""

import threading
import wave
from pathlib import Path

import pytest

from tests.waiting import wait_for
from voice.card import BYTES_PER_S, NoCard
from voice.loudspeaker import STUCK_S, TAIL_S, TRY_AGAIN_S, CardPlayer
from voice.player import NotPlayed

SOUND_S = 2.0


class Card:
    """Eats its queue by the clock of its machine; keeps what was heard, second by second."""

    def __init__(self, machine: "Machine") -> None:
        self.machine = machine
        self.waiting = b""
        self.eaten = b""
        self.stuck = False
        self.gone = False
        self.closed = threading.Event()

    def queue(self, samples: bytes) -> None:
        self.waiting += samples

    def queued(self) -> int:
        return len(self.waiting)

    def away(self) -> bool:
        return self.gone

    def close(self) -> None:
        self.closed.set()
        if self.stuck:
            self.machine.let_go.wait(5)

    def pass_time(self, seconds: float) -> None:
        if not self.stuck:
            count = round(seconds * BYTES_PER_S)
            self.eaten += self.waiting[:count].ljust(count, b"\0")
            self.waiting = self.waiting[count:]


class Machine:
    """Keeps voice.card.Cards. `missing`: why no card opens."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.cards: list[Card] = []
        self.missing = ""
        self.let_go = threading.Event()

    def open(self) -> Card:
        if self.missing:
            raise NoCard(self.missing)
        self.cards.append(Card(self))
        return self.cards[-1]

    def fit(self, samples: bytes, channels: int, frames_per_s: int, volume: float) -> bytes:
        del channels, frames_per_s
        return samples if volume == 1 else bytes([round(255 * volume)]) * len(samples)

    def run(self, player: CardPlayer, seconds: float) -> None:
        for _ in range(round(seconds * 50)):
            self.now_s += 0.02
            for card in self.cards:
                card.pass_time(0.02)
            player.look()


@pytest.fixture
def machine():
    made = Machine()
    yield made
    made.let_go.set()


@pytest.fixture
def player(machine):
    return CardPlayer(machine, lambda: machine.now_s)


@pytest.fixture
def call(tmp_path: Path) -> Path:
    return a_wave(tmp_path / "call.wav", b"\x11\x11\x22\x22")


def a_wave(path: Path, frame: bytes, seconds: float = SOUND_S) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(frame * round(seconds * 44_100))
    return path


def heard_s(card: Card, byte: bytes = b"\x11") -> float:
    return 2 * card.eaten.count(byte) / BYTES_PER_S


def test_a_sound_ends_once_when_its_last_sample_was_eaten(machine, player, call):
    ended: list[float] = []
    player.play(call, lambda: ended.append(machine.now_s))
    machine.run(player, 10)
    assert ended == [pytest.approx(100 + SOUND_S + TAIL_S, abs=0.03)]
    assert heard_s(machine.cards[0]) == SOUND_S
    assert player.trouble() == ""


def test_a_sound_begins_at_the_instant_that_was_asked_for(machine, player, call):
    player.play(call, lambda: None, at_s=100.6)
    machine.run(player, 4)
    assert machine.cards[0].eaten.index(b"\x11") / BYTES_PER_S == pytest.approx(0.6, abs=0.001)


def test_an_instant_is_kept_although_something_still_sounds(machine, player, call):
    player.play(call, lambda: None)
    machine.run(player, 1)
    player.play(call, lambda: None, at_s=103.0)
    machine.run(player, 6)
    eaten = machine.cards[0].eaten
    assert eaten.index(b"\x11", round(2.5 * BYTES_PER_S)) / BYTES_PER_S == pytest.approx(3.0, abs=0.001)


def test_an_instant_that_has_passed_means_now(machine, player, call):
    player.play(call, lambda: None, at_s=90.0)
    machine.run(player, 1)
    assert machine.cards[0].eaten.startswith(b"\x11")


def test_volume_is_that_of_the_next_sound(machine, player, call):
    player.set_volume(0.2)
    player.play(call, lambda: None)
    machine.run(player, 1)
    assert machine.cards[0].eaten.startswith(bytes([51]))


def test_a_card_that_hangs_is_opened_anew_and_the_call_goes_on_where_it_stopped(machine, player, call):
    ended: list[float] = []
    player.play(call, lambda: ended.append(machine.now_s))
    machine.run(player, 0.5)
    machine.cards[0].stuck = True
    machine.run(player, STUCK_S - 0.1)
    assert player.reopened == 0
    machine.run(player, 0.2)
    wait_for(lambda: len(machine.cards) == 2, "a new card")
    machine.run(player, 4)
    assert player.reopened == 1
    assert player.trouble() == ""
    assert len(ended) == 1
    # Nothing was left out, and only a quarter of a second was said twice. Whoever closes the old card still hangs.
    assert heard_s(machine.cards[0]) + heard_s(machine.cards[1]) == pytest.approx(SOUND_S + 0.25, abs=0.03)
    assert machine.cards[0].closed.is_set()


def test_a_call_that_comes_while_the_card_is_opened_anew_is_heard_behind_what_waits(machine, player, call, tmp_path):
    player.play(call, lambda: None)
    machine.run(player, 0.5)
    machine.cards[0].stuck = True
    machine.run(player, STUCK_S)
    player._open_anew("a test")
    ended: list[float] = []
    player.play(a_wave(tmp_path / "next.wav", b"\x33\x33\x33\x33"), lambda: ended.append(machine.now_s))
    wait_for(lambda: len(machine.cards) == 2, "a new card")
    machine.run(player, 5)
    assert len(ended) == 1
    assert heard_s(machine.cards[1], b"\x33") == 2 * SOUND_S


def test_a_card_that_was_pulled_out_is_looked_for_until_it_is_back(machine, player, call):
    lost: list[float] = []
    player.play(call, lambda: lost.append(machine.now_s))
    machine.run(player, 0.5)
    machine.missing = "there is no sound device 'HDMI'; there are: 'USB'"
    machine.cards[0].gone = True
    player.look()
    machine_settles(machine, player)
    assert "there are: 'USB'" in player.trouble()
    with pytest.raises(NotPlayed, match=r"no sound device.*'USB'"):
        player.play(call, lambda: None)
    machine.missing = ""
    machine.run(player, TRY_AGAIN_S + 0.1)
    wait_for(lambda: len(machine.cards) == 2, "the card back")
    machine.run(player, 0.1)
    assert player.trouble() == ""
    ended: list[float] = []
    player.play(call, lambda: ended.append(machine.now_s))
    machine.run(player, 3)
    assert len(ended) == 1
    assert lost == []


def machine_settles(machine: Machine, player: CardPlayer) -> None:
    def failed() -> bool:
        player.look()
        return bool(machine.missing) and machine.missing in player.trouble()

    wait_for(failed, "the failed opening")


def test_a_machine_without_a_card_says_so_at_once_and_finds_one_that_comes(machine, player, call):
    machine.missing = "no sound device"
    with pytest.raises(NotPlayed, match="no sound device"):
        player.prepare(call)
    machine.missing = ""
    machine.run(player, TRY_AGAIN_S + 0.1)
    wait_for(lambda: len(machine.cards) == 1, "the card")
    machine.run(player, 0.1)
    player.play(call, lambda: None)
    machine.run(player, 3)
    assert heard_s(machine.cards[0]) == SOUND_S


def hang_until_given_up(machine: Machine, player: CardPlayer, call: Path) -> None:
    for _ in range(30):
        if "start the display anew" in player.trouble():
            return
        player.play(call, lambda: None)
        for card in machine.cards:
            card.stuck = True
        machine.run(player, STUCK_S + 0.1)
        wait_for(lambda: not any(each.name == "sound-opening" for each in threading.enumerate()), "the opening")
        machine.run(player, 0.1)
    pytest.fail("it was never given up")


def test_a_card_that_hangs_for_ever_does_not_gather_threads_for_ever(machine, player, call):
    before = threading.active_count()
    hang_until_given_up(machine, player, call)
    assert threading.active_count() - before <= 10


def test_a_card_that_was_given_up_takes_no_more_sounds_and_is_looked_for_when_it_lets_go(machine, player, call):
    hang_until_given_up(machine, player, call)
    waiting = [len(card.waiting) for card in machine.cards]
    for _ in range(3):
        with pytest.raises(NotPlayed, match="hangs again and again"):
            player.play(call, lambda: None)
    assert [len(card.waiting) for card in machine.cards] == waiting
    machine.let_go.set()
    wait_for(lambda: not any(each.name == "sound-closing" for each in threading.enumerate()), "the old cards")
    machine.run(player, TRY_AGAIN_S + 0.1)
    wait_for(lambda: not any(each.name == "sound-opening" for each in threading.enumerate()), "the opening")
    machine.run(player, 0.1)
    assert player.trouble() == ""
    player.play(call, lambda: None)
    machine.run(player, 3)
    assert heard_s(machine.cards[-1]) == SOUND_S


def test_what_is_no_wave_is_not_played(player, tmp_path):
    nonsense = tmp_path / "nonsense.wav"
    nonsense.write_bytes(b"no sound in here at all")
    for path in (nonsense, tmp_path / "none.wav"):
        with pytest.raises(NotPlayed, match="cannot be played"):
            player.play(path, lambda: None)


def test_closing_stops_what_sounds_and_nobody_is_told_an_end(machine, player, call):
    ended: list[float] = []
    player.play(call, lambda: ended.append(machine.now_s))
    player.close()
    player.close()
    machine.run(player, 3)
    assert machine.cards[0].closed.is_set()
    assert ended == []
