"""What every narrator promises, the real one (a real voice, a player that writes down) and its twin alike."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from contract.names import Language
from kiosk.happenings import NotSaid, VoicesKnown
from kiosk.narrator import MuteNarrator, Narrator, NarratorEvent, Spoke
from kiosk.simulated_narrator import SimulatedNarrator
from kiosk.voice_narrator import VoiceNarrator
from link.inbox import Inbox
from tests.waiting import wait_for
from voice.pyttsx3_speaker import Pyttsx3Speaker, VoiceOfLanguage
from voice.simulated_player import SimulatedPlayer
from voice.simulated_speaker import SimulatedSpeaker
from voice.worker import ThreadWorker, VoiceEvent

ID, JV = Language("id"), Language("jv")
LONG = "Selamat datang di sini. Ambil nomor antrean Anda. Nomor antrean gratis. Buka sampai pukul lima belas."


class Rig:
    """A narrator, what it told, and how its troubles and its time are made."""

    def __init__(
        self, narrator: Narrator, pass_s: Callable[[float], None], deafen: Callable[[], None], played: Callable[[], int]
    ) -> None:
        self.narrator = narrator
        self.told: list[NarratorEvent] = []
        self.pass_s = pass_s
        self.deafen = deafen
        self.played = played
        """How many sounds began."""

    def listen(self) -> bool:
        self.told += self.narrator.listen()
        return True

    def hears(self, *wanted: NarratorEvent) -> None:
        wait_for(lambda: self.listen() and all(one in self.told for one in wanted), f"{wanted}; told: {self.told}", 15)

    def states_of(self, text: str) -> list[str]:
        return [event.state for event in self.told if isinstance(event, Spoke) and event.text == text]


def real(speaker: Any) -> Rig:
    inbox: Inbox[VoiceEvent] = Inbox()
    player = SimulatedPlayer()
    narrator = VoiceNarrator(lambda: ThreadWorker(speaker, inbox.put), lambda: player, inbox)
    return Rig(narrator, player.advance, lambda: setattr(player, "deaf", True), lambda: len(player.played))


def simulated() -> Rig:
    narrator = SimulatedNarrator((ID,))
    return Rig(narrator, narrator.advance, lambda: setattr(narrator, "deaf", True), lambda: len(narrator.said))


@pytest.fixture(params=["real", "simulated"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    made = real(Pyttsx3Speaker({ID: VoiceOfLanguage("poz/id")})) if request.param == "real" else simulated()
    yield made
    made.narrator.close()


def test_the_first_words_start_the_voice_and_are_said_to_their_end(rig: Rig) -> None:
    rig.listen()
    assert rig.told == []
    rig.narrator.say("Ambil nomor", ID, 0.5)
    rig.hears(VoicesKnown((ID,)), Spoke("Ambil nomor", ID, "began"))
    assert "ended" not in rig.states_of("Ambil nomor")
    rig.pass_s(10.0)
    rig.hears(Spoke("Ambil nomor", ID, "ended"))
    assert rig.told.count(VoicesKnown((ID,))) == 1


def test_a_long_text_is_said_whole_in_order(rig: Rig) -> None:
    rig.narrator.say(LONG, ID, 0.5)

    def over() -> bool:
        rig.pass_s(0.2)
        rig.listen()
        return Spoke(LONG, ID, "ended") in rig.told

    rig.hears(Spoke(LONG, ID, "began"))
    wait_for(over, "the end of a long text")
    assert rig.states_of(LONG) == ["began", "ended"]


def test_new_words_take_the_place_of_the_old_ones_at_once_and_nothing_queues_up(rig: Rig) -> None:
    rig.narrator.say(LONG, ID, 0.5)
    rig.hears(Spoke(LONG, ID, "began"))
    for word in ("satu", "dua", "tiga", "empat", "lima"):
        rig.narrator.say(word, ID, 0.5)
    rig.hears(Spoke("lima", ID, "began"))
    assert rig.states_of(LONG) == ["began", "hushed"]
    rig.pass_s(10.0)
    rig.hears(Spoke("lima", ID, "ended"))
    spoken = [event.text for event in rig.told if isinstance(event, Spoke) and event.state == "ended"]
    assert spoken == ["lima"]


def test_hush_is_silence_until_the_next_words(rig: Rig) -> None:
    rig.narrator.say(LONG, ID, 0.5)
    rig.hears(Spoke(LONG, ID, "began"))
    rig.narrator.hush()
    rig.listen()
    assert rig.states_of(LONG) == ["began", "hushed"]
    before = rig.played()
    rig.pass_s(20.0)
    rig.listen()
    assert rig.played() == before
    rig.narrator.say("Selesai", ID, 0.5)
    rig.hears(Spoke("Selesai", ID, "began"))


def test_hush_without_words_is_nothing(rig: Rig) -> None:
    rig.narrator.hush()
    rig.listen()
    assert rig.told == []


def test_a_language_without_a_voice_is_told_and_says_nothing(rig: Rig) -> None:
    rig.narrator.say("Sugeng rawuh", JV, 0.5)
    rig.hears(VoicesKnown((ID,)))
    assert rig.states_of("Sugeng rawuh") == []
    assert not any(isinstance(event, NotSaid) for event in rig.told)
    rig.narrator.say("Selamat datang", ID, 0.5)
    rig.hears(Spoke("Selamat datang", ID, "began"))


def test_a_loudspeaker_that_is_gone_is_told(rig: Rig) -> None:
    rig.deafen()
    rig.narrator.say("Ambil nomor", ID, 0.5)
    wait_for(lambda: rig.listen() and any(isinstance(event, NotSaid) for event in rig.told), "the trouble")
    assert rig.states_of("Ambil nomor") == []


@pytest.mark.parametrize("kind", ["real", "simulated", "mute"])
def test_a_machine_without_a_voice_says_so_each_time_it_is_asked(kind: str) -> None:
    narrator: Narrator
    if kind == "real":
        narrator = real(SimulatedSpeaker((), missing=True)).narrator
    else:
        narrator = SimulatedNarrator(()) if kind == "simulated" else MuteNarrator()
    told: list[NarratorEvent] = []
    for times in (1, 2):
        narrator.say("Ambil nomor", ID, 0.5)
        wait_for(lambda times=times: told.extend(narrator.listen()) or len(told) >= times, "an answer")  # type: ignore[func-returns-value, misc]
    assert told == [VoicesKnown(()), VoicesKnown(())]
    narrator.close()


def test_words_that_cannot_be_made_end_the_guidance_and_the_next_ones_begin_a_new_voice() -> None:
    speakers: list[SimulatedSpeaker] = []

    def worker() -> ThreadWorker:
        speakers.append(SimulatedSpeaker((ID,)))
        speakers[0].fail_next = 9
        return ThreadWorker(speakers[-1], inbox.put)

    inbox: Inbox[VoiceEvent] = Inbox()
    narrator = VoiceNarrator(worker, SimulatedPlayer, inbox)
    told: list[NarratorEvent] = []
    narrator.say("Ambil nomor", ID, 0.5)
    wait_for(lambda: told.extend(narrator.listen()) or any(isinstance(one, NotSaid) for one in told), "the trouble")  # type: ignore[func-returns-value]
    narrator.say("Ambil nomor", ID, 0.5)
    wait_for(lambda: told.extend(narrator.listen()) or Spoke("Ambil nomor", ID, "began") in told, "words")  # type: ignore[func-returns-value]
    assert len(speakers) == 2
    narrator.close()
