"""A tiny run of the bench: it ends well though bars may be missed, and writes figures that were measured."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from command.programs import antrean, environment

pytestmark = pytest.mark.broker


def test_a_tiny_run_writes_figures_of_the_hub_and_of_its_floor(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    done = subprocess.run(
        antrean("bench", "--quick", "--only", "hub", "--json", str(path)),
        env={**os.environ, **environment()},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(path.read_text())
    assert {"floor", "issue", "next", "call-to-state", "throughput"} <= set(figures)
    for name, values in figures.items():
        assert set(values) == {"median", "p95", "p99", "unit", "floor", "ratio"}, name
        assert values["median"] > 0, name
    assert figures["issue"]["ratio"] == pytest.approx(figures["issue"]["median"] / figures["floor"]["median"])
    assert "p99 at most 3 x floor" in done.stdout


def test_a_page_of_half_a_run_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        antrean("bench", "--only", "hub", "--page", str(tmp_path / "page.md")),
        env={**os.environ, **environment()},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "--page wants the whole run" in done.stderr
    assert not (tmp_path / "page.md").exists()
