"""The outbox keeps what must still be said: in order, on disk, bounded, and it never stops a device from starting."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from link.outbox import Outbox, OutboxEntry, OutboxFull


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "outbox.sqlite"


def test_what_was_put_is_there_again_after_a_restart_in_order(path: Path):
    first = Outbox(path, 10)
    first.put("b", "request", b"1")
    first.put("a", "report", b"\x00\xff")
    first.close()
    assert Outbox(path, 10).entries() == (OutboxEntry("b", "request", b"1"), OutboxEntry("a", "report", b"\x00\xff"))


def test_a_key_put_again_is_written_over_and_keeps_its_place(path: Path):
    outbox = Outbox(path, 10)
    for key, body in (("a", b"1"), ("b", b"2"), ("a", b"3")):
        outbox.put(key, "request", body)
    assert [(entry.key, entry.body) for entry in outbox.entries()] == [("a", b"3"), ("b", b"2")]


def test_what_was_settled_is_gone_also_after_a_restart(path: Path):
    outbox = Outbox(path, 10)
    outbox.put("a", "request", b"1")
    outbox.settle("a")
    outbox.settle("never-there")
    outbox.close()
    assert Outbox(path, 10).entries() == ()


def test_at_its_limit_it_takes_no_more_and_loses_nothing(path: Path):
    outbox = Outbox(path, 2)
    outbox.put("a", "request", b"1")
    outbox.put("b", "request", b"2")
    with pytest.raises(OutboxFull):
        outbox.put("c", "request", b"3")
    outbox.put("a", "request", b"4")
    assert [(entry.key, entry.body) for entry in outbox.entries()] == [("a", b"4"), ("b", b"2")]
    outbox.settle("a")
    outbox.put("c", "request", b"3")
    assert [entry.key for entry in outbox.entries()] == ["b", "c"]


def test_what_was_put_survives_kill_9(path: Path):
    """The child says each key only after `put` has returned; whatever it said must be there."""
    program = (
        "import sys; from pathlib import Path; from link.outbox import Outbox\n"
        "outbox = Outbox(Path(sys.argv[1]), 100000)\n"
        "for count in range(100000):\n"
        "    outbox.put(f'k{count}', 'request', b'x' * 500); print(count, flush=True)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    said = [int(child.stdout.readline()) for _ in range(200)]
    os.kill(child.pid, signal.SIGKILL)
    said += [int(line) for line in child.stdout if line.endswith("\n")]
    child.stdout.close()
    child.wait()
    kept = [entry.key for entry in Outbox(path, 100000).entries()]
    assert kept[: len(said)] == [f"k{count}" for count in said]


@pytest.mark.parametrize(
    "rubbish", [b"not a database at all, only words " * 100, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_cannot_be_read_is_moved_aside_and_said(
    path: Path, rubbish: bytes, caplog: pytest.LogCaptureFixture
):
    path.parent.mkdir()
    path.write_bytes(rubbish)
    outbox = Outbox(path, 10)
    [aside] = outbox.moved_aside
    assert aside.read_bytes() == rubbish
    assert "outbox-moved-aside" in caplog.text
    outbox.put("a", "request", b"1")
    outbox.close()
    again = Outbox(path, 10)
    assert again.moved_aside == ()
    assert [entry.key for entry in again.entries()] == ["a"]


def test_a_file_torn_in_the_middle_is_moved_aside(path: Path):
    outbox = Outbox(path, 1000)
    for count in range(200):
        outbox.put(f"k{count}", "request", b"x" * 200)
    outbox.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x55" * (len(whole) - 4096))
    torn = Outbox(path, 1000)
    assert len(torn.moved_aside) == 1
    assert torn.entries() == ()


def test_a_database_of_somebody_else_is_moved_aside(path: Path):
    import sqlite3

    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE outbox (something TEXT)")
    other.close()
    outbox = Outbox(path, 10)
    assert len(outbox.moved_aside) == 1
    outbox.put("a", "request", b"1")


def test_moving_aside_twice_keeps_both(path: Path):
    path.parent.mkdir()
    for _ in range(2):
        path.write_bytes(b"words" * 1000)
        Outbox(path, 10).close()
    assert sorted(file.name for file in path.parent.glob("*.broken-*")) == [
        "outbox.sqlite.broken-1",
        "outbox.sqlite.broken-2",
    ]


def test_a_file_that_goes_bad_while_it_is_used_is_moved_aside_and_what_is_put_then_is_kept(path: Path):
    outbox = Outbox(path, 1000)
    for count in range(200):
        outbox.put(f"k{count}", "request", b"x" * 200)
    outbox.close()
    used = Outbox(path, 1000)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\x55" * (len(whole) - 100))
    assert used._connection is not None
    used._connection.execute("PRAGMA shrink_memory")  # else SQLite works on from what it holds in memory
    used.put("after", "request", b"1")
    assert len(used.moved_aside) == 1
    assert [entry.key for entry in used.entries()] == ["after"]


def test_a_place_that_cannot_be_written_is_said_and_not_taken_for_a_torn_file(tmp_path: Path):
    way = tmp_path / "file"
    way.write_text("in the way")
    outbox = Outbox(way / "outbox.sqlite", 10)
    with pytest.raises(OutboxFull):
        outbox.put("a", "request", b"1")
    with pytest.raises(OutboxFull):
        outbox.entries()
    way.unlink()
    outbox.put("a", "request", b"1")
    assert outbox.moved_aside == ()
    assert [entry.key for entry in outbox.entries()] == ["a"]
