"""One suite of promises for both speakers, the real one (pyttsx3 in its own process) and its twin; measured by their waves."""

import array
import os
import signal
import subprocess
import wave
from pathlib import Path

import pytest

from contract.names import Language
from voice.pyttsx3_speaker import Pyttsx3Speaker, VoiceOfLanguage
from voice.simulated_speaker import SimulatedSpeaker
from voice.speaker import NotSpoken, NoVoice, Speaker, SpeakerMissing, Utterance

INDONESIAN = Language("id")
ENGLISH = Language("en")
VOICES = {INDONESIAN: VoiceOfLanguage("poz/id", 150), ENGLISH: VoiceOfLanguage("gmw/en", 150)}
CALL = Utterance("Nomor antrean ka, nol, nol, tujuh, silakan menuju loket tiga", INDONESIAN)
KEPT = 4


@pytest.fixture(scope="module", params=["simulated", "pyttsx3", "pyttsx3 with the bundled library"])
def speaker(request):
    made: Speaker
    if request.param == "simulated":
        made = SimulatedSpeaker((INDONESIAN, ENGLISH), kept=KEPT)
    else:
        made = Pyttsx3Speaker(VOICES, kept=KEPT, bundled="bundled" in request.param)
    made.open()
    yield made
    made.close()


def child_of(speaker: Pyttsx3Speaker) -> "subprocess.Popen[bytes]":
    assert speaker._child is not None
    return speaker._child


def samples(path: Path) -> "array.array[int]":
    with wave.open(str(path), "rb") as file:
        assert file.getsampwidth() == 2
        assert file.getnchannels() == 1
        heard = array.array("h")
        heard.frombytes(file.readframes(file.getnframes()))
    return heard


def test_a_call_becomes_a_wave_of_a_few_seconds_of_sound(speaker):
    made = speaker.make(CALL)
    heard = samples(made.path)
    with wave.open(str(made.path), "rb") as file:
        assert file.getframerate() == 22050
    loudness = (sum(value * value for value in heard) / len(heard)) ** 0.5
    assert 3.0 < made.duration_s < 8.0
    assert made.duration_s == pytest.approx(len(heard) / 22050)
    assert loudness > 1000  # -30 dB of full scale: silence and hum are far below, speech is far above
    assert max(abs(value) for value in heard) < 32767  # nothing is clipped


def test_speech_begins_and_ends_without_a_long_silence(speaker):
    heard = samples(speaker.make(CALL).path)
    loud = [index for index, value in enumerate(heard) if abs(value) > 500]
    assert loud[0] / 22050 < 0.25
    assert (len(heard) - loud[-1]) / 22050 < 0.9


def test_two_numbers_sound_different(speaker):
    other = Utterance(CALL.text.replace("tujuh", "delapan"), INDONESIAN)
    assert samples(speaker.make(CALL).path) != samples(speaker.make(other).path)


def test_a_longer_sentence_takes_longer(speaker):
    short = Utterance("ka, nol, nol, tujuh, loket tiga", INDONESIAN)
    assert speaker.make(short).duration_s < speaker.make(CALL).duration_s


def test_the_same_words_sound_different_in_the_other_language(speaker):
    english = Utterance(CALL.text, ENGLISH)
    assert samples(speaker.make(CALL).path) != samples(speaker.make(english).path)


def test_what_was_said_lately_is_not_made_again(speaker):
    first = speaker.make(CALL)
    assert speaker.make(CALL) == first
    assert first.path.exists()


def test_only_so_many_waves_stay_on_disk(speaker):
    made = [speaker.make(Utterance(f"loket {count}", INDONESIAN)).path for count in range(KEPT + 3)]
    assert [path.exists() for path in made] == [False] * 3 + [True] * KEPT
    assert len(list(made[-1].parent.iterdir())) == KEPT


def test_languages_that_take_turns_never_lose_a_word(speaker):
    lengths: dict[Utterance, set[float]] = {}
    for count in range(45):
        said = Utterance(f"loket {count % 5}", ENGLISH if count % 3 == 0 else INDONESIAN)
        lengths.setdefault(said, set()).add(speaker.make(said).duration_s)
    # An engine may add a pause of some hundredths of a second, but never leave out a word (0.3 s or more).
    assert all(min(found) > 0.5 and max(found) - min(found) < 0.1 for found in lengths.values()), lengths


def test_languages_are_those_it_has_a_voice_for(speaker):
    assert speaker.languages() == (INDONESIAN, ENGLISH)


def test_a_language_without_a_voice_is_refused_and_the_next_call_is_spoken(speaker):
    with pytest.raises(NoVoice):
        speaker.make(Utterance("halo", Language("bjn")))
    assert speaker.make(CALL).duration_s > 3


def test_closing_leaves_nothing_behind():
    for closing in (SimulatedSpeaker((INDONESIAN,)), Pyttsx3Speaker(VOICES)):
        closing.open()
        folder = closing.make(CALL).path.parent
        closing.close()
        closing.close()
        assert not folder.exists()


def test_a_dead_engine_is_begun_anew_and_the_call_is_still_spoken():
    speaker = Pyttsx3Speaker(VOICES)
    speaker.open()
    try:
        os.kill(child_of(speaker).pid, signal.SIGKILL)
        assert speaker.make(CALL).duration_s > 3
        assert speaker.restarts == 1
    finally:
        speaker.close()


def test_a_hanging_engine_costs_its_deadline_and_no_call():
    speaker = Pyttsx3Speaker(VOICES, deadline_s=1.5)
    speaker.open()
    try:
        hung = child_of(speaker)
        os.kill(hung.pid, signal.SIGSTOP)
        assert speaker.make(CALL).duration_s > 3
        assert hung.poll() is not None
        assert speaker.restarts == 1
    finally:
        speaker.close()


def test_an_engine_that_hung_while_nobody_was_called_is_begun_anew_before_the_next_call():
    speaker = Pyttsx3Speaker(VOICES, deadline_s=1.0)
    speaker.open()
    try:
        folder = speaker.make(CALL).path.parent
        for _ in range(5):
            speaker.look()
        assert len(list(folder.iterdir())) == 3  # a proof leaves no wave behind
        os.kill(child_of(speaker).pid, signal.SIGSTOP)
        speaker.look()
        assert speaker.restarts == 1
        assert speaker.make(Utterance("loket tiga", INDONESIAN)).duration_s > 0.5
        assert speaker.restarts == 1
    finally:
        speaker.close()


def test_the_engine_ends_when_the_program_that_started_it_is_gone():
    speaker = Pyttsx3Speaker(VOICES)
    speaker.open()
    child = child_of(speaker)
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=5) == 0
    speaker.close()


def test_a_machine_without_an_engine_says_so(monkeypatch):
    monkeypatch.setattr("voice.pyttsx3_speaker.sys.executable", "/bin/false")
    with pytest.raises(SpeakerMissing):
        Pyttsx3Speaker(VOICES).open()
    with pytest.raises(SpeakerMissing):
        SimulatedSpeaker((INDONESIAN,), missing=True).open()


def test_a_wrong_voice_name_leaves_its_language_out():
    speaker = Pyttsx3Speaker({**VOICES, ENGLISH: VoiceOfLanguage("no-such-voice")})
    speaker.open()
    try:
        assert speaker.languages() == (INDONESIAN,)
        with pytest.raises(NoVoice):
            speaker.make(Utterance("hello", ENGLISH))
    finally:
        speaker.close()


def test_a_troubled_twin_fails_as_the_real_one_does():
    speaker = SimulatedSpeaker((INDONESIAN,))
    speaker.fail_next = 1
    with pytest.raises(NotSpoken):
        speaker.make(CALL)
    assert speaker.make(CALL).duration_s > 3
    speaker.close()
