import array
import io
import wave
from itertools import pairwise

from assets.chime import LENGTH_S, chime


def samples() -> tuple[int, list[int]]:
    with wave.open(io.BytesIO(chime())) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return file.getframerate(), list(array.array("h", file.readframes(file.getnframes())))


def test_the_chime_is_as_long_as_it_says_and_always_the_same():
    rate, heard = samples()
    assert abs(len(heard) / rate - LENGTH_S) < 0.01
    assert chime() == chime()


def test_the_chime_is_loud_but_never_clips():
    _, heard = samples()
    loudest = max(map(abs, heard))
    assert 0.4 * 32767 < loudest < 0.8 * 32767


def test_the_chime_begins_softly_sounds_at_once_and_ends_in_silence():
    rate, heard = samples()
    assert abs(heard[0]) < 50
    assert max(map(abs, heard[: rate // 50])) > 2000
    assert max(map(abs, heard[-rate // 200 :])) < 200


def test_the_chime_does_not_click():
    _, heard = samples()
    steps = max(abs(one - other) for one, other in pairwise(heard))
    assert steps < 16000
