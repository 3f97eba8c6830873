"""Two displays of a group, each in a window with a sound card of its own, named by a real hub: they begin a call together.

What is judged is the instant that each gave its card, by this machine's one clock: how exactly a card keeps it is measured
in test_card_player, where nothing else wants the machine's cores.
"""

import contextlib
import re
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from command.programs import Program, antrean, environment
from contract.desk import DeskView
from tests.end_to_end.peers import Peer
from tests.halls import new_hall
from tests.waiting import wait_for

pytestmark = [pytest.mark.broker, pytest.mark.screen, pytest.mark.soak]

WITHIN_S = 0.05
"""Later than that two loudspeakers are an echo (decision 152)."""

HEARTBEATS_S = 22.0
CALLS = 3
PLANNED = re.compile(r"^(\S+ \S+) INFO display.output group-sound call=(\S+) in_ms=(\d+)", re.MULTILINE)


def chimes(log: Path) -> dict[str, float]:
    """For each call the instant of its first sound, in seconds since 1970."""
    found: dict[str, float] = {}
    for at, call, in_ms in PLANNED.findall(log.read_text()):
        found.setdefault(call, datetime.strptime(at, "%Y-%m-%d %H:%M:%S,%f").timestamp() + int(in_ms) / 1000)
    return found


def test_a_group_begins_each_call_within_fifty_milliseconds(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    hall = new_hall(tmp_path / "hall", "mqtt-5")
    kiosk_file, pad_file = hall.add("kiosk-9", "kiosk"), hall.add("pad-1", "counter", "--counter", "loket-1")
    files = [hall.add(f"display-{n}", "display", "--zones", "a,b,c") for n in (1, 2)]
    logs = [tmp_path / f"{file.stem}.log" for file in files]
    with contextlib.ExitStack() as stack:
        for file in files:
            file.write_text(file.read_text().replace('role = "display"\n', 'role = "display"\ngroup = "hall"\n'))
        stack.enter_context(hall.program("serve")).ready(25)
        displays = []
        for file, log in zip(files, logs, strict=True):
            env = environment(SDL_AUDIODRIVER="dummy")
            displays.append(stack.enter_context(Program(file.stem, antrean("display", str(file)), log, env)))
        for display in displays:
            display.ready(40)
        # Each knows the hub's clock by its heartbeats, and the first ones come while a board is drawn for the first time.
        due_s = time.time() + HEARTBEATS_S
        wait_for(lambda: time.time() >= due_s, "some heartbeats of the hub", 2 * HEARTBEATS_S)
        with Peer(kiosk_file) as kiosk, Peer(pad_file) as pad:
            assert isinstance(pad.act("open"), DeskView)
            for number in range(CALLS):
                kiosk.ask_number("kartu-keluarga", f"visitor-{number}")
                assert isinstance(pad.act("next"), DeskView)
                assert isinstance(pad.act("arrive"), DeskView)
                spoken = number + 1
                wait_for(
                    lambda: all(log.read_text().count("call-spoken") == spoken for log in logs),  # noqa: B023 - asked at once
                    "both displays to speak the call",
                    30,
                )
    one, other = map(chimes, logs)
    assert len(one) == CALLS
    assert one.keys() == other.keys()
    parted_ms = [round(1000 * abs(one[call] - other[call])) for call in one]
    record_property("parted_ms", parted_ms)
    assert max(parted_ms) < 1000 * WITHIN_S, parted_ms
