"""Pauses drawn out: only as many as there are commas, the longest silences, and nothing of a word lost."""

import array

import pytest

from tests.recordings import tone
from voice.pausing import TAIL_S, commas, paused
from voice.samples import Sound, silence

RATE = 44_100


def speech(*silences_s: float) -> Sound:
    """Words of 0.4 s with silences of these lengths behind them."""
    whole = array.array("h")
    for each in silences_s:
        whole += tone(0.4, 0.3) + silence(each, RATE)
    return Sound(whole, RATE)


def test_a_sentence_asks_for_a_pause_at_each_comma():
    assert commas("Nomor antrean ka, nol nol tujuh, silakan menuju loket tiga") == 2
    assert commas("loket 1,5") == 0
    assert commas("ka,") == 0


def test_the_longest_silences_are_the_pauses_and_become_as_long_as_is_wanted():
    made = paused(speech(0.18, 0.10, 0.22, 0.0), 2, 0.3)
    assert made.duration_s == pytest.approx(4 * 0.4 + 0.3 + 0.10 + 0.3, abs=0.04)


def test_a_pause_that_is_long_enough_is_left_alone():
    assert paused(speech(0.5, 0.0), 1, 0.3).duration_s == pytest.approx(1.3, abs=0.02)


def test_the_closure_of_a_consonant_is_no_pause():
    assert paused(speech(0.05, 0.06, 0.0), 2, 0.3).duration_s == pytest.approx(1.31, abs=0.02)


def test_the_silence_behind_the_last_word_goes():
    assert paused(speech(0.0, 0.4), 0, 0.3).duration_s == pytest.approx(0.8 + TAIL_S, abs=0.02)


def test_silence_alone_stays_what_it_is_and_nothing_stays_nothing():
    assert paused(Sound(silence(1, RATE), RATE), 2, 0.3).duration_s <= 1
    assert paused(Sound(array.array("h"), RATE), 2, 0.3).duration_s == 0
