"""Sounds by measure: the chime, what SDL wrote to disk, the simulated loudspeaker, the voice's own thread."""

import array
import io
import math
import tempfile
import wave
from pathlib import Path

import pytest

from assets.chime import LENGTH_S, chime
from contract.names import Language
from tests.waiting import wait_for
from voice.disk_audio import peak, sounds_in, wrap
from voice.player import NotPlayed
from voice.simulated_player import SimulatedPlayer
from voice.simulated_speaker import SimulatedSpeaker
from voice.speaker import Utterance
from voice.worker import BROKE, InlineWorker, SilentWorker, Spoken, ThreadWorker, VoiceEvent, VoiceReady

INDONESIAN = Language("id")
CALL = Utterance("ka, nol nol tujuh, loket tiga", INDONESIAN)


def samples(content: bytes) -> "array.array[int]":
    with wave.open(io.BytesIO(content), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (44_100, 1, 2)
        heard = array.array("h")
        heard.frombytes(file.readframes(file.getnframes()))
    return heard


def strength(heard: "array.array[int]", hertz: float) -> float:
    """How strong one frequency is (Goertzel), as a share of full scale."""
    turn = 2 * math.cos(math.tau * hertz / 44_100)
    last, before = 0.0, 0.0
    for value in heard:
        last, before = value / 32768 + turn * last - before, last
    return math.sqrt(max(0.0, last * last + before * before - turn * last * before)) * 2 / len(heard)


def test_the_chime_begins_at_once_is_not_clipped_and_ends_in_silence():
    heard = samples(chime())
    assert len(heard) / 44_100 == pytest.approx(LENGTH_S, abs=0.01)
    assert max(abs(value) for value in heard[:441]) > 1000
    assert 0.5 < max(abs(value) for value in heard) / 32768 < 0.8
    assert max(abs(value) for value in heard[-20:]) < 40


def test_the_chime_is_two_notes_the_second_lower():
    heard = samples(chime())
    first, second = heard[: int(0.3 * 44_100)], heard[int(0.5 * 44_100) : int(0.9 * 44_100)]
    assert strength(first, 659.26) > 3 * strength(first, 523.25)
    assert strength(second, 523.25) > 2 * strength(second, 659.26)


def raw_sound(path: Path, *pieces: tuple[float, float]) -> Path:
    """Bare samples as SDL's disk driver writes them: (seconds, loudness 0 to 1) one after another."""
    written = array.array("h")
    for seconds, loudness in pieces:
        for frame in range(int(seconds * 44_100)):
            value = round(32767 * loudness * math.sin(frame * 0.06))
            written.extend((value, value))
    path.write_bytes(written.tobytes())
    return path


def test_what_was_played_becomes_a_wave_file_without_its_long_silences(tmp_path):
    raw = raw_sound(tmp_path / "raw", (4.0, 0), (1.0, 0.5), (0.1, 0), (2.0, 0.3), (5.0, 0), (1.0, 0.5), (3.0, 0))
    length_s = wrap(raw, tmp_path / "out.wav", longest_silence_s=1.0)
    assert length_s == pytest.approx(0.25 + 1 + 0.1 + 2 + 1 + 1 + 0.25, abs=0.1)
    with wave.open(str(tmp_path / "out.wav"), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (44_100, 2, 2)
        assert file.getnframes() / 44_100 == pytest.approx(length_s, abs=0.001)


def test_sounds_are_found_with_their_times(tmp_path):
    raw = raw_sound(tmp_path / "raw", (2.0, 0), (1.0, 0.5), (0.1, 0), (2.0, 0.3), (5.0, 0), (1.0, 0.5))
    found = [(round(each.begins_s, 1), round(each.ends_s, 1)) for each in sounds_in(raw)]
    assert found == [(2.0, 5.1), (10.1, 11.1)]
    assert peak(raw) == pytest.approx(0.5, abs=0.01)


def test_silence_alone_is_no_announcement(tmp_path):
    with pytest.raises(ValueError, match="nothing but silence"):
        wrap(raw_sound(tmp_path / "raw", (1.0, 0)), tmp_path / "out.wav")


def a_wave(folder: Path) -> Path:
    path = folder / "chime.wav"
    path.write_bytes(chime())
    return path


def test_a_sound_ends_once_when_its_time_is_over(tmp_path):
    player, ended = SimulatedPlayer(), []
    player.play(a_wave(tmp_path), lambda: ended.append(player.now_s))
    player.advance(LENGTH_S - 0.01)
    assert ended == []
    player.advance(5)
    assert ended == [pytest.approx(LENGTH_S, abs=0.001)]


def test_what_is_no_wave_cannot_be_played(tmp_path):
    with pytest.raises(NotPlayed):
        SimulatedPlayer().play(tmp_path / "none.wav", lambda: None)


@pytest.mark.parametrize("kind", ["inline", "thread"])
def test_the_voice_makes_what_is_asked_and_says_what_it_could_not_make(kind):
    results: list[VoiceEvent] = []
    speaker = SimulatedSpeaker((INDONESIAN,))
    worker = InlineWorker(speaker, results.append) if kind == "inline" else ThreadWorker(speaker, results.append)
    worker.open()
    assert worker.ask("call-1", (CALL, Utterance("hello", Language("en"))))
    wait_for(lambda: len(results) == 2, "the voice's answers")
    ready, spoken = results
    assert ready == VoiceReady((INDONESIAN,))
    assert isinstance(spoken, Spoken)
    assert [utterance for utterance, _ in spoken.waves] == [CALL]
    assert spoken.why_not.startswith("en: ")
    path = spoken.waves[0][1].path
    worker.close()
    assert not path.exists()


def test_a_voice_that_dies_unasked_is_told_and_so_is_its_return():
    results: list[VoiceEvent] = []
    speaker = SimulatedSpeaker((INDONESIAN,))
    worker = ThreadWorker(speaker, results.append, look_s=0.02)
    worker.open()
    wait_for(lambda: speaker.looked > 3, "proofs that the voice lives")
    assert results == [VoiceReady((INDONESIAN,))]
    speaker.missing = True
    wait_for(lambda: len(results) == 2, "the loss of the voice")
    assert results[-1] == VoiceReady((), "this simulated machine has no speech engine")
    speaker.missing = False
    wait_for(lambda: len(results) == 3, "the voice back")
    assert results[-1] == VoiceReady((INDONESIAN,))
    worker.close()


def test_a_voice_that_can_make_nothing_any_more_is_told_after_the_first_call_that_it_lost():
    results: list[VoiceEvent] = []
    speaker = SimulatedSpeaker((INDONESIAN,))
    worker = ThreadWorker(speaker, results.append)
    worker.open()
    wait_for(lambda: len(results) == 1, "the voice")
    speaker.missing = True
    assert worker.ask("call-1", (CALL,))
    wait_for(lambda: len(results) == 3, "what became of the call and of the voice")
    assert results[2] == VoiceReady((), "this simulated machine has no speech engine")
    speaker.missing = False
    assert worker.ask("call-2", (CALL,))
    wait_for(lambda: len(results) == 5, "the next call, and the voice back")
    assert isinstance(results[3], Spoken)
    assert results[3].waves
    assert results[4] == VoiceReady((INDONESIAN,))
    worker.close()


def test_a_single_sentence_that_fails_says_nothing_against_the_voice():
    results: list[VoiceEvent] = []
    speaker = SimulatedSpeaker((INDONESIAN,))
    worker = ThreadWorker(speaker, results.append)
    worker.open()
    wait_for(lambda: len(results) == 1, "the voice")
    speaker.fail_next = 1
    assert worker.ask("call-1", (CALL,))
    assert worker.ask("call-2", (CALL,))
    wait_for(lambda: len(results) == 3, "both calls")
    assert speaker.looked == 1
    assert not any(isinstance(each, VoiceReady) for each in results[1:])
    worker.close()


def test_a_voice_without_an_engine_answers_that_it_has_none():
    results: list[VoiceEvent] = []
    worker = ThreadWorker(SimulatedSpeaker((INDONESIAN,), missing=True), results.append)
    worker.open()
    worker.ask("call-1", (CALL,))
    wait_for(lambda: len(results) == 2, "the voice's answers")
    assert results[0] == VoiceReady((), "this simulated machine has no speech engine")
    assert isinstance(results[1], Spoken)
    assert results[1].waves == ()
    worker.close()


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_voice_that_breaks_says_so_and_answers_every_call_instead_of_falling_silent(monkeypatch):
    results: list[VoiceEvent] = []
    speaker = SimulatedSpeaker((INDONESIAN,))
    monkeypatch.setattr(speaker, "make", lambda _: 1 / 0)
    worker = ThreadWorker(speaker, results.append)
    worker.open()
    assert worker.ask("call-1", (CALL,))
    assert worker.ask("call-2", (CALL,))
    wait_for(lambda: len(results) == 4, "the voice's answers")
    assert results[1:] == [VoiceReady((), BROKE), Spoken("call-1", (), BROKE), Spoken("call-2", (), BROKE)]
    worker.close()


def test_a_full_disk_costs_a_call_and_not_the_voice(monkeypatch):
    def full(**_: object) -> str:
        raise OSError("no space left on device")

    results: list[VoiceEvent] = []
    worker = InlineWorker(SimulatedSpeaker((INDONESIAN,)), results.append)
    worker.open()
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkdtemp", full)
        assert worker.ask("call-1", (CALL,))
    assert worker.ask("call-2", (CALL,))
    lost, spoken = results[1:]
    assert isinstance(lost, Spoken)
    assert isinstance(spoken, Spoken)
    assert not lost.waves
    assert "no space left" in lost.why_not
    assert len(spoken.waves) == 1
    worker.close()


def test_a_display_that_is_set_to_be_silent_says_so():
    results: list[VoiceEvent] = []
    worker = SilentWorker(results.append)
    worker.open()
    assert worker.ask("call-1", (CALL,))
    worker.close()
    assert results == [VoiceReady((), SilentWorker.WHY), Spoken("call-1", (), SilentWorker.WHY)]
