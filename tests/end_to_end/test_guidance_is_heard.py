"""The guidance's sound, measured where the loudspeaker would be: each step of the volume is a step, and hush is hush."""

import array
import json
import math
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.guide import DECIBELS_A_STEP, VOLUMES
from voice.disk_audio import CHANNELS, FRAMES_PER_S

ROOT = Path(__file__).resolve().parents[2]
A_SECOND = FRAMES_PER_S * CHANNELS * 2
QUIET = 60
"""Samples below this (of 32768) are silence: at the softest step speech is some fifty times as loud."""


def samples(raw: bytes, begins: int, ends: int) -> "array.array[int]":
    found = array.array("h")
    found.frombytes(raw[begins // 4 * 4 : ends // 4 * 4])
    return found


def decibels(part: "array.array[int]") -> float:
    return 10 * math.log10(sum(sample * sample for sample in part) / len(part) / 32768**2)


def test_each_step_is_louder_by_what_it_promises_and_hush_is_heard_at_once(tmp_path: Path) -> None:
    file = tmp_path / "loudspeaker.raw"
    done = subprocess.run(
        [sys.executable, "-m", "tests.narrated", str(file)],
        cwd=ROOT,
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT),
            "SDL_AUDIODRIVER": "disk",
            "SDL_DISKAUDIOFILE": str(file),
            "SDL_VIDEODRIVER": "dummy",
        },
        check=True,
        capture_output=True,
        text=True,
        timeout=90,
    )
    steps = json.loads(done.stdout.splitlines()[-1])
    raw = file.read_bytes()
    assert len(steps) == VOLUMES
    levels = [decibels(samples(raw, began, hushed)) for began, hushed in steps]
    rises = [louder - softer for softer, louder in pairwise(levels)]
    assert all(rise == pytest.approx(DECIBELS_A_STEP, abs=1.5) for rise in rises), levels
    for _, hushed in steps:
        after = samples(raw, hushed, hushed + A_SECOND // 4)
        last = max((place for place, sample in enumerate(after) if abs(sample) > QUIET), default=0)
        assert last / CHANNELS / FRAMES_PER_S < 0.1
