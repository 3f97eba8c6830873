"""Recorded clips: which a sentence needs, how they are put together, cut and levelled, and what is refused with which words."""

import array
import logging
import math
import wave
from pathlib import Path

import pytest

from assets.phrases import call_sentence, short_call_sentence
from contract.names import Language
from tests.recordings import recording, tone
from voice import samples
from voice.clip_names import recipe, slug
from voice.clips_speaker import ClipsSpeaker, Pauses
from voice.cutting import FRAMES_PER_S, LEVEL_DB, PEAK_DB, at_rate, cut, speech_level_db
from voice.samples import BadWave, Sound, decibels, peak
from voice.simulated_speaker import SimulatedSpeaker
from voice.speaker import NotSpoken, NoVoice, Speaker, SpeakerMissing, Utterance

INDONESIAN, ENGLISH = Language("id"), Language("en")
CALL = Utterance(call_sentence("K007", "3", INDONESIAN), INDONESIAN)
CLIPS = ("nomor-antrean", "ka", "nol", "tujuh", "silakan-menuju-loket", "tiga")
CLIP_S = 0.3


def fill(folder: Path, names: tuple[str, ...] = CLIPS, rate: int = FRAMES_PER_S) -> Path:
    (folder / "id").mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names):
        samples.write(folder / "id" / f"{name}.wav", Sound(tone(CLIP_S, 0.3, 300 + 40 * number, rate), rate))
    return folder


def opened(folder: Path, behind: Speaker | None = None) -> ClipsSpeaker:
    speaker = ClipsSpeaker(folder, behind=behind)
    speaker.open()
    return speaker


def test_a_clip_is_named_by_the_plain_words_in_it():
    assert slug("Nomor antrean") == "nomor-antrean"
    assert slug("Loket 3, Lantai 2!") == "loket-3-lantai-2"


def test_a_call_is_put_together_of_the_longest_clips_that_fit():
    made = recipe(CALL.text, frozenset(CLIPS))
    assert made.pieces == (("nomor-antrean", "ka"), ("nol", "nol", "tujuh"), ("silakan-menuju-loket", "tiga"))
    assert made.lacking == ()
    assert recipe("silakan menuju loket tiga", frozenset((*CLIPS, "silakan", "menuju", "loket"))).pieces == (
        ("silakan-menuju-loket", "tiga"),
    )


def test_what_no_clip_says_is_named_in_the_order_it_is_said():
    made = recipe(CALL.text, frozenset({"ka", "nol", "silakan-menuju-loket"}))
    assert made.lacking == ("nomor-antrean", "tujuh", "tiga")


def test_a_call_of_clips_is_as_long_as_its_clips_and_pauses(tmp_path):
    speaker = opened(fill(tmp_path))
    made = speaker.make(CALL)
    pauses = Pauses()
    assert made.duration_s == pytest.approx(7 * CLIP_S + 2 * pauses.comma_s + 4 * pauses.word_s, abs=0.01)
    assert speaker.make(CALL) == made
    assert speaker.languages() == (INDONESIAN,)
    speaker.close()
    assert not made.path.exists()


def test_a_call_that_lacks_a_clip_is_spoken_by_the_engine_and_the_log_names_the_clip(tmp_path, caplog):
    behind = SimulatedSpeaker((INDONESIAN, ENGLISH))
    speaker = opened(fill(tmp_path, CLIPS[:-2]), behind)
    with caplog.at_level(logging.WARNING):
        made = speaker.make(CALL)
    assert behind.made == [CALL]
    assert made.duration_s > 3
    assert "clip-missing language=id clips=silakan-menuju-loket-tiga" in caplog.text
    assert speaker.languages() == (INDONESIAN, ENGLISH)
    speaker.make(Utterance("Queue number K", ENGLISH))
    assert behind.made[-1].language == ENGLISH
    speaker.close()


def test_without_an_engine_behind_them_clips_speak_what_they_can(tmp_path):
    speaker = opened(fill(tmp_path), SimulatedSpeaker((INDONESIAN,), missing=True))
    assert speaker.make(CALL).duration_s > 2
    with pytest.raises(NotSpoken, match="no clip says sembilan"):
        speaker.make(Utterance("ka, nol nol sembilan", INDONESIAN))
    with pytest.raises(NoVoice):
        speaker.make(Utterance("Queue number K", ENGLISH))
    speaker.close()
    with pytest.raises(SpeakerMissing, match="no clips"):
        opened(tmp_path / "nowhere")


def test_a_folder_without_clips_is_told_and_the_engine_speaks(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        speaker = opened(tmp_path / "nowhere", SimulatedSpeaker((INDONESIAN,)))
    assert f"clips-missing folder={tmp_path / 'nowhere'}" in caplog.text
    assert speaker.languages() == (INDONESIAN,)
    speaker.close()


def test_a_clip_that_is_no_recording_is_left_out_and_the_others_speak(tmp_path, caplog):
    fill(tmp_path)
    (tmp_path / "id" / "satu.wav").write_bytes(b"no sound in here")
    samples.write(tmp_path / "id" / "zz.wav", Sound(tone(0.2, 0.3, rate=48_000), 48_000))
    with caplog.at_level(logging.WARNING):
        speaker = opened(tmp_path)
    assert speaker.make(CALL).duration_s > 2
    assert "satu.wav: is no WAV file" in caplog.text
    assert "zz.wav: has 48000 samples a second, the others 44100" in caplog.text
    speaker.close()


@pytest.mark.parametrize("share", [0.005, 0.05, 0.6])
def test_a_cut_clip_has_no_silence_and_the_level_of_all_others(share):
    clip = cut(recording(share))
    assert 0.5 <= clip.sound.duration_s < 0.58
    assert clip.is_db == pytest.approx(LEVEL_DB, abs=0.5)
    assert decibels(peak(clip.sound.samples)) <= PEAK_DB + 0.01
    assert clip.was_db == pytest.approx(decibels(share / math.sqrt(2)), abs=0.5)


def test_a_clip_begins_and_ends_at_nothing_so_that_it_does_not_click():
    whole = tone(1.0, 0.5)  # it begins and ends in full sound
    clip = cut(Sound(whole, FRAMES_PER_S)).sound.samples
    assert clip[0] == clip[-1] == 0
    assert max(map(abs, clip[:16])) < 0.1 * max(clip)


def test_a_clip_of_sharp_peaks_stays_quieter_instead_of_being_clipped():
    sharp = samples.silence(1.0, FRAMES_PER_S)
    for at in range(4000, 40_000, 400):
        sharp[at : at + 3] = array.array("h", (3000, -3000, 3000))
    clip = cut(Sound(sharp, FRAMES_PER_S))
    assert clip.peak_db == pytest.approx(PEAK_DB, abs=0.1)
    assert clip.is_db < LEVEL_DB


def test_a_room_that_is_heard_behind_the_words_is_said():
    loud = recording(0.3)
    hum = tone(loud.duration_s, 0.05, 50)
    noisy = cut(Sound(array.array("h", map(sum, zip(loud.samples, hum, strict=True))), FRAMES_PER_S))
    assert noisy.noisy
    assert noisy.sound.duration_s < 0.7
    assert not cut(loud).noisy


def test_another_rate_is_brought_to_that_of_all_clips_without_a_change_of_pitch():
    slow = at_rate(Sound(tone(0.2, 0.5, 1000, 22_050), 22_050), FRAMES_PER_S)
    assert slow.duration_s == pytest.approx(0.2, abs=0.001)
    crossings = sum(a < 0 <= b for a, b in zip(slow.samples, slow.samples[1:], strict=False))
    assert crossings == pytest.approx(200, abs=2)
    assert speech_level_db(slow) == pytest.approx(decibels(0.5 / math.sqrt(2)), abs=0.2)
    # What is too high for the lower rate does not come back as another tone.
    high = at_rate(Sound(tone(0.1, 0.5, 40_000, 96_000), 96_000), FRAMES_PER_S)
    assert decibels(peak(high.samples[500:-500])) < -50


def test_silence_and_overdriven_recordings_are_refused_with_what_to_do():
    with pytest.raises(BadWave, match=r"nothing but silence.*record it again"):
        cut(Sound(samples.silence(1, FRAMES_PER_S), FRAMES_PER_S))
    clipped = array.array("h", (max(-32767, min(32767, 3 * value)) for value in tone(0.5, 0.6)))
    with pytest.raises(BadWave, match=r"overdriven.*quieter"):
        cut(Sound(clipped, FRAMES_PER_S))


@pytest.mark.parametrize(("width", "channels"), [(1, 1), (2, 2), (3, 1), (4, 2)])
def test_whatever_width_a_recorder_writes_is_understood(tmp_path, width, channels):
    path = tmp_path / "a.wav"
    frames = b"".join(_frame(value, width) * channels for value in tone(0.2, 0.5))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(FRAMES_PER_S)
        file.writeframes(frames)
    heard = samples.read(path)
    assert heard.duration_s == pytest.approx(0.2, abs=0.001)
    assert speech_level_db(heard) == pytest.approx(decibels(0.5 / math.sqrt(2)), abs=0.3)


def _frame(value: int, width: int) -> bytes:
    if width == 1:
        return bytes([(value >> 8) + 128])
    return (value << 8 * (width - 2)).to_bytes(width, "little", signed=True)


def test_what_cannot_be_used_is_refused_by_name_with_what_to_do(tmp_path):
    for name, content, said in (
        ("empty.wav", b"", "is empty"),
        ("text.wav", b"RIFF and nothing else but words, words, words", "is no WAV file"),
        ("none.wav", None, "No such file"),
        ("short.wav", _header(promised=44_100), "is cut short"),
        ("floats.wav", _header(kind=3), "floating point.*16-bit PCM"),
        ("poor.wav", _header(rate=8_000, real=800), "8000 samples a second.*44100"),
        ("long.wav", _header(rate=16_000, real=16_000 * 31), "31 s long"),
        ("many.wav", _header(channels=6, real=60), "6 channels"),
        ("nothing.wav", _header(), "holds no sound"),
    ):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BadWave, match=f"{name}: .*{said}"):
            samples.read(path)


def _header(*, kind: int = 1, channels: int = 1, rate: int = 44_100, promised: int = 0, real: int = 0) -> bytes:
    """A WAV of 16 bit that promises some frames and has `real` of them."""
    data = b"\0" * 2 * real
    size = 2 * (promised or real)
    form = b"".join(
        value.to_bytes(width, "little")
        for value, width in ((kind, 2), (channels, 2), (rate, 4), (2 * channels * rate, 4), (2 * channels, 2), (16, 2))
    )
    body = b"WAVEfmt " + (16).to_bytes(4, "little") + form + b"data" + size.to_bytes(4, "little") + data
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def test_the_short_form_needs_no_clip_that_is_not_asked_for():
    made = recipe(short_call_sentence("K007", "3", INDONESIAN), frozenset((*CLIPS, "loket")))
    assert made.pieces == (("ka",), ("nol", "nol", "tujuh"), ("loket", "tiga"))
