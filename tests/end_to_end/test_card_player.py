"""The display's loudspeaker on real SDL: two that start together, a card that really hangs, a card that is not there.

SDL's disk driver stands for the sound card. Where it writes into a pipe, what comes out has its time; and a pipe that
nobody reads any more is a card that hangs, its thread in the middle of a write.
"""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assets.chime import LENGTH_S, chime
from tests.sound_pipes import loud_since, pipe
from tests.waiting import wait_for
from voice.card import BYTES_PER_S
from voice.disk_audio import peak, sounds_in

ROOT = Path(__file__).resolve().parents[2]
STARTED: list["subprocess.Popen[str]"] = []


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    while STARTED:
        process = STARTED.pop()
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()


@pytest.fixture
def chime_wave(tmp_path: Path) -> Path:
    path = tmp_path / "chime.wav"
    path.write_bytes(chime())
    return path


def start(raw: Path, orders: str, **more: str) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.card_player", *orders.split()],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(raw)} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    STARTED.append(process)
    return process


def answer(process: "subprocess.Popen[str]") -> Any:
    assert process.stdout is not None
    line = process.stdout.readline()
    return json.loads(process.stdout.readline() if line == "queued\n" else line)


def test_two_displays_begin_a_call_within_fifty_milliseconds(tmp_path, chime_wave, record_property):
    begins_s = time.time() + 0.8
    ends = {pipe(tmp_path / name): name for name in ("one", "other")}
    heard: dict[int, list[float]] = {end: [] for end in ends}
    for name in ends.values():
        start(tmp_path / name, f"{chime_wave}=0.4 {chime_wave}=1.9", BEGINS=str(begins_s))
    loud_since(heard, begins_s + 3.3)
    for end in ends:
        os.close(end)
    one, other = heard.values()
    assert len(one) == len(other) == 2
    parted_ms = [round(1000 * abs(a - b), 1) for a, b in zip(one, other, strict=True)]
    record_property("parted_ms", parted_ms)
    record_property(
        "after_the_instant_ms", [round(1000 * (at - begins_s - due)) for at, due in zip(one, (0.4, 1.9), strict=True)]
    )
    # Both, where the machine has time. One of the two will do where other tests make a simulated card late.
    assert min(parted_ms) < 50
    assert max(parted_ms) < 150
    assert all(abs(at - begins_s - due) < 0.3 for at, due in zip(one, (0.4, 1.9), strict=True))


def test_a_card_that_hangs_is_opened_anew_and_the_rest_of_the_sound_is_heard(tmp_path, chime_wave):
    end = pipe(tmp_path / "card")
    process = start(tmp_path / "card", f"{chime_wave}=0", NEXT_FILE=str(tmp_path / "next"))
    read = bytearray()

    def half() -> bool:
        read.extend(os.read(end, 2048) if select.select([end], [], [], 0.1)[0] else b"")
        return len(read) > 0.3 * BYTES_PER_S

    wait_for(half, "the first third of a second")
    # From here on nobody reads: the card's thread hangs in its write.
    result = answer(process)
    assert result["reopened"] == 1
    assert len(result["ended"]) == 1
    assert process.wait(10) == 0
    os.close(end)
    (rest,) = sounds_in(tmp_path / "next", gap_s=0.5)
    assert 0.3 < rest.ends_s - rest.begins_s < LENGTH_S


def test_a_device_by_name_or_an_error_that_names_those_that_are_there(tmp_path, chime_wave):
    usual = "System audio output device"
    there = start(tmp_path / "raw", f"{chime_wave}=0", DEVICE=usual, VOLUME="0.5")
    missing = start(tmp_path / "none", f"{chime_wave}=0", DEVICE="HDMI")
    assert answer(missing) == {"not-played": f"no sound device: there is no sound device 'HDMI'; there are: '{usual}'"}
    assert len(answer(there)["ended"]) == 1
    assert there.wait(10) == 0
    # Half as loud as the chime was made.
    assert peak(tmp_path / "raw") == pytest.approx(0.31, abs=0.01)
