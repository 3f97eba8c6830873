"""The real loudspeaker, heard through SDL's disk driver: the chime at once, then real speech, nothing overlapping."""

import json
import os
import subprocess
import sys
import wave
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assets.chime import LENGTH_S, chime
from contract.names import Language
from voice.disk_audio import peak, sounds_in, wrap
from voice.pyttsx3_speaker import Pyttsx3Speaker, VoiceOfLanguage
from voice.speaker import Utterance

ROOT = Path(__file__).resolve().parents[2]
INDONESIAN = Language("id")
CALL = Utterance("Nomor antrean ka, nol nol tujuh, silakan menuju loket tiga", INDONESIAN)


def play(raw: Path, *waves: Path, driver: str = "disk") -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.loudspeaker", *map(str, waves)],
        cwd=ROOT,
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT),
            "SDL_AUDIODRIVER": driver,
            "SDL_DISKAUDIOFILE": str(raw),
            "SDL_VIDEODRIVER": "dummy",
        },
        check=True,
        capture_output=True,
        text=True,
        timeout=90,
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def chime_wave(tmp_path: Path) -> Path:
    path = tmp_path / "chime.wav"
    path.write_bytes(chime())
    return path


def test_a_chime_and_a_call_sound_one_after_the_other(tmp_path: Path, chime_wave: Path) -> None:
    speaker = Pyttsx3Speaker({INDONESIAN: VoiceOfLanguage("poz/id")})
    speaker.open()
    try:
        speech = speaker.make(CALL)
        raw = tmp_path / "loudspeaker.raw"
        times = play(raw, chime_wave, speech.path, chime_wave)
    finally:
        speaker.close()
    assert all(len(each) == 2 for each in times)
    assert all(one[1] <= other[0] for one, other in pairwise(times))
    # What is on disk is as long as what was played: nothing was cut off and nothing lay over another.
    stretches = sounds_in(raw, gap_s=0.04)
    heard = sum(each.ends_s - each.begins_s for each in stretches)
    assert heard > 0.6 * (2 * LENGTH_S + speech.duration_s)
    whole = stretches[-1].ends_s - stretches[0].begins_s
    assert whole >= 2 * LENGTH_S + speech.duration_s - 0.6
    assert 0.1 < peak(raw) < 1.0
    length_s = wrap(raw, tmp_path / "announcement.wav")
    with wave.open(str(tmp_path / "announcement.wav"), "rb") as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(length_s, abs=0.01)


def test_a_prepared_chime_sounds_at_once(tmp_path: Path, chime_wave: Path) -> None:
    ((began, ended),) = play(tmp_path / "loudspeaker.raw", chime_wave)
    assert began < 0.1
    assert LENGTH_S - 0.1 < ended < LENGTH_S + 1.0


def test_what_is_no_wave_is_said_to_be_unplayable(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.wav"
    nonsense.write_bytes(b"no sound in here")
    assert "cannot be played" in play(tmp_path / "loudspeaker.raw", nonsense)["not-played"]
    assert "cannot be played" in play(tmp_path / "loudspeaker.raw", tmp_path / "none.wav")["not-played"]


def test_a_machine_without_a_sound_device_says_so_and_goes_on(tmp_path: Path, chime_wave: Path) -> None:
    assert "no sound device" in play(tmp_path / "loudspeaker.raw", chime_wave, driver="no-such-driver")["not-played"]
