"""A call in each language as a hall hears it, written to WAV and listened to by measure: with the voices of the defaults.

Chime before speech, both loud and neither clipped; a pause behind each part of the number; digits at a pace that can be
followed. The figures, and how the voices were chosen, stand in docs/decisions/150.
"""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import convert

from assets.chime import LENGTH_S, chime
from assets.phrases import call_sentence
from contract.names import Language
from display.config import DEFAULTS, LanguageVoice
from voice import samples
from voice.cutting import LEVEL_DB, at_rate, speech_level_db
from voice.pausing import commas
from voice.pyttsx3_speaker import Pyttsx3Speaker
from voice.samples import Sound, decibels, peak, silence
from voice.speaker import Utterance

FRAMES_PER_S = 44_100
BLOCK_S = 0.01
SILENT_DB = -45.0
CHIME_TO_SPEECH_S = 0.15
"""At least so much lies between the two: the turn of the loop in which a display notices that the chime has ended, or more."""

GAP_S = 0.12
"""Longer than any consonant's closure, shorter than any pause."""

PAUSE_AT_LEAST_S = 0.25


@pytest.fixture(scope="module")
def speaker():
    tables = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))["voice"]["languages"]
    made = Pyttsx3Speaker({Language(code): convert(table, LanguageVoice) for code, table in tables.items()})
    made.open()
    yield made
    made.close()


def call_of(speaker: Pyttsx3Speaker, language: str, folder: Path) -> Sound:
    """Chime, pause and speech as they are played one after another; kept as a WAV."""
    words = Utterance(call_sentence("K007", "3", Language(language)), Language(language))
    speech = at_rate(samples.read(speaker.make(words).path), FRAMES_PER_S)
    ring = folder / "chime.wav"
    ring.write_bytes(chime())
    heard = Sound(samples.read(ring).samples + silence(CHIME_TO_SPEECH_S, FRAMES_PER_S) + speech.samples, FRAMES_PER_S)
    samples.write(folder / f"call-{language}.wav", heard)
    return samples.read(folder / f"call-{language}.wav")


def sounds_of(sound: Sound, gap_s: float) -> list[tuple[float, float]]:
    """From when to when something is heard; a silence shorter than `gap_s` does not part it."""
    step = round(BLOCK_S * sound.frames_per_s)
    found: list[tuple[float, float]] = []
    for at in range(0, len(sound.samples), step):
        if decibels(peak(sound.samples[at : at + step])) < SILENT_DB:
            continue
        begins_s, ends_s = at / sound.frames_per_s, (at + step) / sound.frames_per_s
        if found and begins_s - found[-1][1] < gap_s:
            found[-1] = (found[-1][0], ends_s)
        else:
            found.append((begins_s, ends_s))
    return found


def between(sound: Sound, begins_s: float, ends_s: float) -> Sound:
    rate = sound.frames_per_s
    return Sound(sound.samples[round(begins_s * rate) : round(ends_s * rate)], rate)


@pytest.mark.parametrize(("language", "whole_s"), [("id", (6.0, 7.2)), ("en", (5.6, 6.8))])
def test_a_call_is_heard_as_a_hall_needs_it(speaker, tmp_path, record_property, language, whole_s):
    heard = call_of(speaker, language, tmp_path)
    ring, *parts = sounds_of(heard, GAP_S)
    text = call_sentence("K007", "3", Language(language))

    # The chime first and alone, then a silence, then the letter, the digits, the way: a pause between each two.
    assert ring[0] < 0.02
    assert ring[1] <= LENGTH_S + BLOCK_S
    assert parts[0][0] - ring[1] > CHIME_TO_SPEECH_S - 2 * BLOCK_S
    assert len(parts) == commas(text) + 1 == 3
    pauses = [later[0] - earlier[1] for earlier, later in pairwise(parts)]
    assert all(PAUSE_AT_LEAST_S <= pause < 0.45 for pause in pauses), pauses
    assert whole_s[0] < heard.duration_s < whole_s[1]
    assert heard.duration_s - parts[-1][1] < 0.12  # the next call waits for no silence

    # Three digits at a pace that can be written down: between two and a half and four a second.
    digits_s = parts[1][1] - parts[1][0]
    assert 0.75 < digits_s < 1.4

    # Loud, not clipped, chime and speech alike.
    speech = between(heard, parts[0][0], parts[-1][1])
    level_db, ring_db = speech_level_db(speech), speech_level_db(between(heard, *ring))
    peak_db = decibels(peak(heard.samples))
    assert level_db == pytest.approx(LEVEL_DB, abs=1.5)
    assert ring_db == pytest.approx(level_db, abs=4.5)
    assert -6.0 < peak_db < -1.0
    for name, figure in (
        ("whole_s", heard.duration_s),
        ("digits_s", digits_s),
        ("pauses_s", pauses),
        ("speech_dbfs", level_db),
        ("chime_dbfs", ring_db),
        ("peak_dbfs", peak_db),
    ):
        record_property(f"{language}_{name}", figure)


@pytest.mark.parametrize("language", ["id", "en"])
def test_pauses_are_no_part_of_words(speaker, language):
    # A name without a comma is drawn out nowhere, whatever consonants close in it.
    plain = Utterance("Bapak tetap di tempat" if language == "id" else "Please put up the top part", Language(language))
    assert commas(plain.text) == 0
    sound = samples.read(speaker.make(plain).path)
    assert len(sounds_of(sound, PAUSE_AT_LEAST_S)) == 1
