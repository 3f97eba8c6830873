"""The journal: what was answered is there after any sudden death, and what is broken is never replayed."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from hub.domain.facts import DayBegan, HubStarted, Issued
from hub.domain.hall import HallState, evolve
from hub.journal import Journal, JournalFailed, JournalInUse, JournalLock, JournalUnreadable, sqlite_url
from tests.unit.hub_hall import MORNING, World
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def world_on(path: Path) -> World:
    return World(journal=Journal(sqlite_url(path)))


def busy_day(world: World) -> None:
    world.act("open")
    for _ in range(5):
        world.ask()
    world.act("next")
    world.act("arrive")
    world.act("next")
    world.act("recall")


def test_replay_gives_the_same_state(path: Path) -> None:
    world = world_on(path)
    busy_day(world)
    assert Journal(sqlite_url(path)).replay() == world.hub.state


def test_replay_from_the_last_day_gives_the_same_state_as_from_the_first_fact(path: Path) -> None:
    world = world_on(path)
    busy_day(world)
    world.run(seconds=24 * 3600)
    world.ask()
    journal = Journal(sqlite_url(path))
    from_the_first = HallState()
    for _, fact in journal.facts():
        evolve(from_the_first, fact)
    assert [type(fact) for _, fact in journal.facts()].count(DayBegan) == 2
    assert journal.replay() == from_the_first == world.hub.state


def test_many_requests_are_one_commit() -> None:
    world = World()
    for _ in range(40):
        world.kiosk.say(world.requested())
    world.broker.settle()
    before = world.journal.commits
    world.hub.handle(tuple(world.inbox.drain()))
    assert world.journal.commits == before + 1
    assert sum(isinstance(fact, Issued) for fact in world.journal.facts) == 40


def test_nobody_is_told_what_could_not_be_journalled() -> None:
    world = World()
    world.journal.broken = True
    world.kiosk.say(world.requested())
    world.broker.settle()
    with pytest.raises(OSError, match="disk full"):
        world.hub.handle(tuple(world.inbox.drain()))
    world.broker.settle()
    assert not [each for each in world.kiosk.all(object) if type(each).__name__ == "TicketIssued"]


def test_the_log_has_only_what_is_safe_also_at_the_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    world = World()
    for broken in (False, True):
        world.journal.broken = broken
        world.kiosk.say(world.requested())
        world.broker.settle()
        with pytest.raises(OSError, match="disk full") if broken else nullcontext():
            world.hub.answer(tuple(world.inbox.drain()))
    world.hub.close()
    assert [line for line in caplog.messages if line.startswith("ticket-issued")] == [
        "ticket-issued number=K001 service=kk-baru device=kiosk-1"
    ]


def test_a_full_disk_is_told_as_such(path: Path) -> None:
    journal = Journal(sqlite_url(path))
    started = HubStarted(at=MORNING, boot=1, clock=MORNING)
    journal.append([started])
    writer = sqlite3.connect(path)
    writer.execute("CREATE TRIGGER full BEFORE INSERT ON facts BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    writer.commit()
    with pytest.raises(JournalFailed, match="disk full"):
        journal.append([started])


def test_every_commit_is_synced(path: Path) -> None:
    journal = Journal(sqlite_url(path))
    cursor = journal._insert._connection.cursor()
    assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ('UPDATE facts SET body = \'{"type":"issued"\' WHERE sequence = 4', "fact 4 .* not as it was written"),
        ("UPDATE facts SET body = CAST(x'ff00' AS BLOB) WHERE sequence = 4", "fact 4 .* not as it was written"),
        ("UPDATE facts SET body = CAST(x'ff00' AS TEXT) WHERE sequence = 4", "fact .* is broken"),
        ("DELETE FROM facts WHERE sequence = 4", "fact 4 is missing"),
        ("UPDATE facts SET body = (SELECT body FROM facts WHERE sequence = 4) WHERE sequence = 5", "fact 5 .* written"),
    ],
)
def test_a_broken_journal_is_not_replayed(path: Path, damage: str, told: str) -> None:
    world = world_on(path)
    busy_day(world)
    writer = sqlite3.connect(path)
    writer.execute(damage)
    writer.commit()
    with pytest.raises(JournalUnreadable, match=told):
        Journal(sqlite_url(path)).replay()


def test_a_file_that_is_no_journal_is_told_as_such(path: Path) -> None:
    path.write_text("not a database, but long enough to be taken for one at first sight" * 20)
    with pytest.raises(JournalUnreadable, match="cannot be opened"):
        Journal(sqlite_url(path))


def test_a_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    first = JournalLock(tmp_path / "data" / "hub.lock")
    with pytest.raises(JournalInUse, match=str(os.getpid())):
        JournalLock(tmp_path / "data" / "hub.lock")
    first.release()
    JournalLock(tmp_path / "data" / "hub.lock").release()


STREAM = """
import sys
from pathlib import Path
from hub.journal import Journal, sqlite_url
from tests.unit.hub_hall import World, small_book
world = World(journal=Journal(sqlite_url(Path(sys.argv[1]))))
for asked in range(100_000):
    print(world.ask(request=f"{world.hub.boot}-{asked}").ticket.number, flush=True)
"""


def test_everything_that_was_answered_is_there_after_kill_9(path: Path) -> None:
    """A real process, a real SQLite file, killed in the middle of a stream of issues: three lives of one journal."""
    answered: list[str] = []
    for life in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", STREAM, str(path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        stdout = child.stdout
        assert stdout is not None
        wanted = len(answered) + 40 + 7 * life
        while len(answered) < wanted:
            line = stdout.readline()
            assert line, "the child ended by itself"
            answered.append(line.strip())
        child.send_signal(signal.SIGKILL)
        child.wait()
        answered += stdout.read().split()
        stdout.close()
    numbers = [fact.number for _, fact in Journal(sqlite_url(path)).facts() if isinstance(fact, Issued)]
    assert len(answered) == len(set(answered)) > 120
    assert set(answered) <= set(numbers)
    assert len(numbers) == len(set(numbers))
    assert numbers == [f"K{count:03d}" for count in range(1, len(numbers) + 1)]


def test_the_boot_number_rises_with_every_start(path: Path) -> None:
    boots = []
    for _ in range(3):
        world = world_on(path)
        boots.append(world.hub.boot)
        world.journal.close()
    assert boots == [1, 2, 3]


@pytest.mark.parametrize("url", ["nonsense", "oracle+nothing://x", "postgresql+nothing://hub:secret@server/antrean"])
def test_a_url_that_cannot_be_used_is_told_without_its_password(url: str) -> None:
    with pytest.raises(JournalUnreadable, match=r"url in hub\.toml cannot be used") as told:
        Journal(url)
    assert "secret" not in str(told.value)


def test_facts_are_kept_while_the_clock_was_set_back(path: Path) -> None:
    world = world_on(path)
    world.ask()
    world.now -= timedelta(hours=1)
    world.run()
    assert Journal(sqlite_url(path)).replay() == world.hub.state


def test_the_lock_is_free_again_after_sudden_death(tmp_path: Path) -> None:
    lock = tmp_path / "hub.lock"
    code = f"from pathlib import Path; from hub.journal import JournalLock; x = JournalLock(Path({str(lock)!r})); print(1, flush=True); input()"
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stdin is not None
    child.stdout.readline()
    with pytest.raises(JournalInUse, match=str(child.pid)):
        JournalLock(lock)
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    wait_for(lambda: JournalLock(lock), "the lock")
