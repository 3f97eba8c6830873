"""Memory stays flat over ten thousand visits to the real kiosk in a real window. It takes hours on a slow machine: a soak."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.pictures.harness import ROOT, x_server

VISITS = 10_000
WARM = 500
"""By then every screen was made in every look, and every cache is full."""
GROWTH_MB = 12.0
"""What may come and go by how memory is handed out. 1 KB a visit would be 9.5 MB."""


@pytest.mark.soak
@pytest.mark.screen
def test_memory_is_flat_over_ten_thousand_visits(record_property: Callable[[str, object], None]) -> None:
    with x_server(600, 1000) as display:
        done = subprocess.run(
            [sys.executable, "-m", "tests.pictures.many_visits", str(VISITS), "1"],
            cwd=ROOT,
            env=os.environ | {"DISPLAY": display, "PYTHONPATH": str(ROOT), "LIBGL_ALWAYS_SOFTWARE": "1"},
            check=True,
            capture_output=True,
            text=True,
        )
    read = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert read[-1]["visits"] == VISITS
    assert read[-1]["numbers"] > VISITS / 4
    warm = next(line["mb"] for line in read if line["visits"] >= WARM)
    record_property("memory_mb", f"{warm} to {read[-1]['mb']}")
    assert read[-1]["mb"] - warm < GROWTH_MB
