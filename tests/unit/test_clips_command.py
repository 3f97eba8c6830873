"""`./antrean clips`: from a hall without clips to a call that can be listened to, by the printed words alone."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from assets.calling import call_of
from assets.hall_file import read_hall
from command.clips import run
from command.clips_needed import called_of, needed
from command.failing import CommandFailed
from contract.names import CounterId, Language
from tests.recordings import recording, tone
from voice import samples
from voice.clip_names import recipe
from voice.cutting import LEVEL_DB, cut, speech_level_db
from voice.samples import Sound

EXAMPLE = Path(__file__).resolve().parents[2] / "assets" / "halls" / "mpp"


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "hall")
    return tmp_path / "hall"


@pytest.mark.parametrize("said", ["digits", "number"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_list_is_enough_for_every_number_and_every_counter(language, said):
    file = read_hall(EXAMPLE)
    spoken = replace(file.hall.counters[0], id=CounterId("foto"), spoken={Language("id"): "ruang foto, lantai dua"})
    hall = replace(file.hall, numbers_said=said, counters=(*file.hall.counters[:2], *file.hall.counters[-2:], spoken))
    prefixes = [service.prefix for agency in file.agencies for service in agency.services]
    counters = [called_of(counter, Language(language)) for counter in hall.counters]
    have = frozenset(each.name for each in needed(prefixes, counters, Language(language), said))
    for prefix in dict.fromkeys(prefixes):
        for count in (0, 7, 10, 11, 45, 99, 100, 213, 999, 1000, 4321, 9999):
            for counter in hall.counters:
                for short in (False, True):
                    call = call_of(hall, f"{prefix}{count:03d}", counter.id, Language(language), short=short)
                    assert recipe(call, have).lacking == (), call


def test_from_nothing_to_a_trial(hall, tmp_path, capsys):
    assert run(["missing", str(hall), "--language", "id"]) == 1
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if ".wav " in line]
    assert "nomor-antrean.wav" in listed
    for name in listed:
        samples.write(tmp_path / name, recording(0.05))
    clips = hall / "clips" / "id"
    assert run(["cut", *(str(tmp_path / name) for name in listed), "--out", str(clips)]) == 0
    assert run(["missing", str(hall)]) == 0
    assert "0 missing" in capsys.readouterr().out
    trial = tmp_path / "trial.wav"
    assert run(["play", "K007", "loket-3", "--hall", str(hall), "--out", str(trial)]) == 0
    said = capsys.readouterr().out
    assert "Nomor antrean ka, nol nol tujuh, silakan menuju loket tiga" in said
    heard = samples.read(trial)
    assert heard.duration_s > 3
    assert speech_level_db(heard) == pytest.approx(LEVEL_DB, abs=0.5)


def test_what_is_there_and_unusable_is_said_and_what_no_call_needs_is_counted(hall, capsys):
    clips = hall / "clips" / "id"
    clips.mkdir(parents=True)
    (clips / "ka.wav").write_bytes(b"no sound in here at all")
    samples.write(clips / "selamat-pagi.wav", cut(recording(0.1)).sound)
    assert run(["missing", str(hall)]) == 1
    said = capsys.readouterr().out
    assert "ka.wav: is no WAV file" in said
    assert "1 unusable, 1 that no call needs" in said


def test_a_recording_is_never_written_over_and_one_that_fails_does_not_stop_the_others(tmp_path, capsys):
    good, silent = tmp_path / "ka.wav", tmp_path / "nol.wav"
    samples.write(good, recording(0.1))
    samples.write(silent, Sound(samples.silence(1, 44_100), 44_100))
    with pytest.raises(CommandFailed, match=r"1 of 2 were not cut:\n.*nol.wav: holds nothing but silence"):
        run(["cut", str(silent), str(good), "--out", str(tmp_path / "clips")])
    assert "ka.wav" in capsys.readouterr().out
    with pytest.raises(CommandFailed, match="would be written over"):
        run(["cut", str(good), "--out", str(tmp_path)])


def test_a_trial_that_cannot_be_put_together_says_what_lacks(hall):
    clips = hall / "clips" / "id"
    clips.mkdir(parents=True)
    samples.write(clips / "ka.wav", Sound(tone(0.2, 0.3), 44_100))
    with pytest.raises(CommandFailed, match=r"lacks nomor-antrean.wav, .*tiga.wav"):
        run(["play", "K003", "loket-3", "--hall", str(hall)])
    with pytest.raises(CommandFailed, match=r"there is no counter 'loket-99'.*loket-1"):
        run(["play", "K003", "loket-99", "--hall", str(hall)])
    with pytest.raises(CommandFailed, match="no language 'xx'"):
        run(["missing", str(hall), "--language", "xx"])
