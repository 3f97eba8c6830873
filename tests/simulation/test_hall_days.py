"""Whole hall days in one process: the production hub, kiosks and displays under seeded trouble, held to the promises."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command.simulate import simulate
from simulator.world import Story

ROOT = Path(__file__).resolve().parents[2]
HOURS = 0.5
CALM_SEEDS, ROUGH_SEEDS = range(1, 11), (*range(11, 20), 21)
"""Of rough day 20 the last calls fall into another hall day: there is nothing to hold promise 5 against."""


def kept(story: Story) -> None:
    """Every promise was kept, and there was something to keep it against."""
    assert story.broken == (), "\n".join(story.broken)
    assert set(story.kept) == {1, 2, 3, 4, 5, 6}
    assert story.kept[6] > 500, "the screens were hardly ever compared"
    assert story.happened["at-rest"] >= 2


@pytest.mark.parametrize("seed", CALM_SEEDS)
def test_a_day_in_good_hands_keeps_every_promise(seed: int) -> None:
    kept(simulate(seed, HOURS, "calm"))


@pytest.mark.parametrize("seed", ROUGH_SEEDS)
def test_a_day_full_of_trouble_keeps_every_promise(seed: int) -> None:
    story = simulate(seed, HOURS, "rough")
    kept(story)
    assert story.happened["died"] > 5
    assert story.happened["lost"] > 50


def test_the_days_are_full_of_people_calls_and_turns() -> None:
    story = simulate(14, HOURS, "rough")
    assert story.hall == "round the clock"
    assert story.happened["issued"] > 10
    assert story.happened["called"] > 10
    assert story.happened["paper"] > 5
    assert story.left_with["number"] > 5


def test_the_same_seed_is_the_same_story_in_any_process() -> None:
    command = [sys.executable, "-m", "command.main", "simulate", "--seed", "3", "--hours", "0.2", "--trouble", "rough"]
    stories = []
    for hashes in ("1", "2"):
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hashes},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        [story] = [line.rsplit(" ", 1)[1] for line in done.stdout.splitlines() if ", story " in line]
        stories.append(story)
    assert stories[0] == stories[1]


def test_another_seed_is_another_story() -> None:
    assert simulate(3, 0.05, "rough").story_hash != simulate(8, 0.05, "rough").story_hash


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1060))
def test_many_more_days_full_of_trouble_keep_every_promise(seed: int) -> None:
    kept(simulate(seed, 1.5, "rough"))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2000, 2006))
def test_whole_days_with_their_nights_keep_every_promise(seed: int) -> None:
    kept(simulate(seed, 30.0, "rough"))
