"""The hub as a program: its files, its one right to write, its ready line, its end. No broker runs: it goes on without."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from command.hall import make
from hub.config import read_config
from hub.domain.facts import HubStarted
from hub.journal import Journal, sqlite_url
from hub.main import NOT_NOW, WRONG_FILES, run
from hub.register import fingerprint, read_register
from tests.journals import change
from tests.unit.hub_hall import MORNING

ROOT = Path(__file__).resolve().parents[2]
CODE = "import sys; from pathlib import Path; from hub.main import run; sys.exit(run(Path(sys.argv[1])))"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "hall"
    make(folder, 18_830, always_open=True)
    (folder / "hub.toml").write_text("[desk]\nport = 0\n")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield folder
    for number, handler in handlers.items():
        signal.signal(number, handler)


DIES_SOON = """
import asyncio, sys
from pathlib import Path
import hub.desk.watching, uvicorn
from hub.main import run

async def dies(self, *_, **__):
    await asyncio.to_thread(sys.stdin.readline)
    raise RuntimeError("a fault of ours")

{what}.{verb} = dies
sys.exit(run(Path(sys.argv[1])))
"""


class Running:
    def __init__(self, folder: Path, code: str = CODE) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ready(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(number)
        _, told = self.process.communicate(timeout=2)
        return self.process.returncode, told


@pytest.fixture
def hubs() -> Iterator[list[Running]]:
    started: list[Running] = []
    yield started
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
        each.process.communicate()


def test_it_says_when_it_is_ready_serves_the_desk_and_ends_cleanly(hall: Path, hubs: list[Running]) -> None:
    hubs.append(Running(hall))
    line = hubs[0].ready()
    assert line.startswith("hub ready: desk at http://127.0.0.1:")
    with urllib.request.urlopen(line.split(" at ")[1], timeout=5) as page:  # noqa: S310 - our own page
        assert page.status == 200
    code, told = hubs[0].end()
    assert code == 0
    assert "hub-started boot=1" in told
    assert "Traceback" not in told


def test_a_second_hub_on_one_hall_refuses_to_start_and_says_who_runs(hall: Path, hubs: list[Running]) -> None:
    hubs.append(Running(hall))
    hubs[0].ready()
    hubs.append(Running(hall))
    _, told = hubs[1].process.communicate(timeout=10)
    assert hubs[1].process.returncode == NOT_NOW
    assert f"another hub (process {hubs[0].process.pid}) already runs" in told
    assert hubs[0].process.poll() is None


def test_after_kill_9_it_starts_again_with_the_next_boot(hall: Path, hubs: list[Running]) -> None:
    hubs.append(Running(hall))
    hubs[0].ready()
    hubs[0].end(signal.SIGKILL)
    hubs.append(Running(hall))
    assert hubs[1].ready().startswith("hub ready")
    code, told = hubs[1].end(signal.SIGINT)
    assert code == 0
    assert "hub-started boot=2" in told


@pytest.mark.parametrize(
    ("what", "verb", "told"),
    [("hub.desk.watching.Watcher", "run", "desk-watching-died"), ("uvicorn.Server", "serve", "desk-died")],
)
def test_a_hub_whose_desk_has_died_ends_loudly_to_be_started_again(
    hall: Path, hubs: list[Running], what: str, verb: str, told: str
) -> None:
    hubs.append(Running(hall, DIES_SOON.format(what=what, verb=verb)))
    assert hubs[0].ready().startswith("hub ready")
    _, said = hubs[0].process.communicate("\n", timeout=15)
    assert hubs[0].process.returncode == 1
    assert told in said
    assert "CRITICAL" in said


def test_a_torn_journal_is_not_gone_on_with_and_the_way_to_look_is_told(
    hall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = Journal(sqlite_url(hall / "data" / "journal.sqlite"))
    journal.append([HubStarted(at=MORNING, boot=1, clock=MORNING)] * 3)
    journal.close()
    change(hall / "data" / "journal.sqlite", "DELETE FROM facts WHERE sequence = 3")
    assert run(hall) == NOT_NOW
    told = capsys.readouterr().err
    assert "is torn: fact 3" in told
    assert f"./antrean journal verify {hall}" in told


def test_wrong_files_are_told_all_at_once(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hall / "hub.toml").write_text('[desk]\nprot = 1\nhost = "127.0.0.1"\n[log]\nlevel = "loud"\n')
    (hall / "broker" / "hub.toml").unlink()
    text = (hall / "hall.toml").read_text()
    (hall / "hall.toml").write_text(re.sub(r"^day_closes", "day_closses", text, flags=re.MULTILINE))
    assert run(hall) == WRONG_FILES
    told = capsys.readouterr().err
    for each in ("prot", "level", "day_closses", "broker/hub.toml"):
        assert each in told


def test_a_broken_journal_is_refused_and_left_as_it_is(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hall / "data").mkdir(exist_ok=True)
    journal = hall / "data" / "journal.sqlite"
    journal.write_text("this was a journal once " * 100)
    before = journal.read_bytes()
    assert run(hall) == NOT_NOW
    assert "the hub cannot start" in capsys.readouterr().err
    assert journal.read_bytes() == before


def test_a_desk_off_loopback_is_refused(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hall / "hub.toml").write_text('[desk]\nhost = "0.0.0.0"\nport = 0\n')
    assert run(hall) == NOT_NOW
    assert 'host = "127.0.0.1"' in capsys.readouterr().err


def test_the_defaults_are_whole_and_a_hall_may_say_less(tmp_path: Path) -> None:
    assert read_config(tmp_path).desk.port == 8080
    (tmp_path / "hub.toml").write_text("[desk]\nport = 9\n")
    assert (read_config(tmp_path).desk.port, read_config(tmp_path).desk.host) == (9, "127.0.0.1")


def test_the_register_is_the_folder_of_device_files_and_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    def write(name: str, text: str) -> None:
        (tmp_path / f"{name}.toml").write_text(text)

    broker = '\n[broker]\nhost = "127.0.0.1"\nport = 1\n'
    write("kiosk-1", f'hall = "h"\n[device]\nid = "kiosk-1"\nrole = "kiosk"\npassword = "x"{broker}')
    before = fingerprint(tmp_path)
    write("pad-3", f'hall = "h"\n[device]\nid = "pad-3"\nrole = "counter"\npassword = "x"\ncounter = "loket-3"{broker}')
    write("bad", "hall = ")
    write("z-kiosk", f'hall = "h"\n[device]\nid = "kiosk-1"\nrole = "display"\npassword = "x"{broker}')
    assert fingerprint(tmp_path) != before
    register = read_register(tmp_path)
    assert {name: (device.role, device.counter) for name, device in register.items()} == {
        "kiosk-1": ("kiosk", None),
        "pad-3": ("counter", "loket-3"),
    }


LET_IN_WHILE_IT_STARTS = """
import sys
from pathlib import Path
import hub.main

def read(folder, real=hub.main.read_register):
    found = real(folder)
    late = folder / "pad-9.toml"
    if not late.exists():
        section = 'id = "pad-9"\\nrole = "counter"\\npassword = "x"\\ncounter = "loket-1"'
        late.write_text(f'hall = "h"\\n[device]\\n{section}\\n[broker]\\nhost = "127.0.0.1"\\nport = 1\\n')
    return found

hub.main.read_register = read
sys.exit(hub.main.run(Path(sys.argv[1])))
"""


def test_a_device_that_is_let_in_while_the_hub_starts_is_known_to_it(hall: Path, hubs: list[Running]) -> None:
    (hall / "devices").mkdir(exist_ok=True)
    hubs.append(Running(hall, LET_IN_WHILE_IT_STARTS))
    hubs[0].ready()
    assert hubs[0].process.stderr is not None
    assert any("register-read devices=1" in line for line in iter(hubs[0].process.stderr.readline, ""))


DESK_DIES = """
import sys, threading
from pathlib import Path
from hub.desk.watching import Watcher
from hub.main import run

async def broken(self):
    raise RuntimeError("a fault of ours")

Watcher.run = broken
sys.exit(run(Path(sys.argv[1])))
"""


def test_a_hub_whose_desk_died_ends_so_that_both_are_started_anew(hall: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DESK_DIES, str(hall)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "desk-died" in done.stderr
