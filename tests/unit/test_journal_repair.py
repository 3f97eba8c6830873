"""A torn journal: cut to its last whole commit, and nothing of what was cut is lost. Killed hubs leave none."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from command.failing import CommandFailed
from command.journal import run
from hub.domain.facts import JournalCut
from hub.journal import Journal, JournalLock, JournalUnreadable, repaired_path, sqlite_url
from hub.proof import rows_while_readable
from hub.repair import NotMended, Repaired, repair
from hub.rows import reading_engine
from tests.journals import change, changed, kept, proof_of, spoiled, two_days
from tests.unit.hub_hall import MORNING, World

ROOT = Path(__file__).resolve().parents[2]
LATER = MORNING + timedelta(days=2, hours=1)


@pytest.fixture(scope="module")
def whole() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.sqlite"
        two_days(path).journal.close()
        yield path


def mended(path: Path, *, even_days: bool = False) -> Repaired:
    done = repair(path, LATER, even_days=even_days)
    assert done is not None, "it found nothing to mend"
    assert proof_of(path).holds
    journal = Journal(sqlite_url(path))
    facts = list(journal.facts())
    journal.close()
    assert [sequence for sequence, _ in facts] == list(range(1, done.kept + 2))
    last = facts[-1][1]
    assert isinstance(last, JournalCut)
    assert (last.after, last.rows, last.kept_in) == (done.kept, done.cut, done.rows_file.name)
    return done


def test_cut_at_any_row_it_is_mended_to_the_last_whole_commit(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    ends = {row["commit_ends"] for row in rows}
    torn = 0
    for last in range(1, len(rows)):
        path = changed(whole, tmp_path, "DELETE FROM facts WHERE sequence > ?", given=(last,))
        if last in ends:
            assert proof_of(path).holds
            assert repair(path, LATER) is None
            continue
        torn += 1
        found = proof_of(path).broken
        assert found is not None
        assert (found.sequence, found.what) == (last + 1, "torn")
        with pytest.raises(JournalUnreadable, match="is torn"):
            Journal(sqlite_url(path))
        sound = max((end for end in ends if end < last), default=0)
        begins_day = any(row["kind"] == "day-began" for row in rows[sound:last])
        done = mended(path, even_days=begins_day)
        assert done.kept == sound
        assert kept(path)[: done.kept] == rows[: done.kept]
        lines = [json.loads(line) for line in done.rows_file.read_text().splitlines()]
        assert [line["body"] for line in lines] == [row["body"] for row in rows[done.kept : last]]
        assert lines[-1]["hash"] == rows[last - 1]["hash"].hex()
        assert kept(done.as_it_was) == rows[:last]
        for each in (done.rows_file, done.as_it_was):
            each.unlink()
    assert torn > 3


def test_rows_after_a_gap_are_cut_and_kept(whole: Path, tmp_path: Path) -> None:
    last = kept(whole)[-1]["sequence"]
    path = changed(whole, tmp_path, "DELETE FROM facts WHERE sequence = ?", given=(last - 1,))
    done = mended(path)
    assert [json.loads(line)["sequence"] for line in done.rows_file.read_text().splitlines()][-1] == last


def test_numbers_that_visitors_may_hold_are_told(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    issued = [row for row in rows if row["kind"] == "issued"][-1]
    path = changed(whole, tmp_path, "UPDATE facts SET hash = x'00' WHERE sequence = ?", given=(issued["sequence"],))
    assert mended(path).numbers == ("K004",)


def test_days_are_not_cut_off_unless_it_is_asked_for(whole: Path, tmp_path: Path) -> None:
    path = changed(whole, tmp_path, "UPDATE facts SET body = '{}' WHERE sequence = 4")
    before = path.read_bytes()
    with pytest.raises(NotMended, match=r"the beginning of 2 days .* Restore a backup"):
        repair(path, LATER)
    assert path.read_bytes() == before
    assert sorted(tmp_path.glob("*.jsonl")) == []
    assert mended(path, even_days=True).kept < 4


def readable(path: Path) -> int:
    engine = reading_engine(sqlite_url(path))
    count = 0
    try:
        with engine.connect() as connection:
            for _ in rows_while_readable(connection):
                count += 1
    except (SQLAlchemyError, JournalUnreadable):
        return count
    return count


def test_a_file_cut_at_any_length_is_mended_or_refused_and_never_taken_for_whole(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    size = whole.stat().st_size
    outcomes = set()
    for length in range(0, size, 1500):

        def cut(path: Path, length: int = length) -> None:
            os.truncate(path, length)

        path = spoiled(whole, tmp_path, cut)
        if length == 0:
            continue  # an empty file is what SQLite begins with
        could_be_read = readable(path)
        try:
            done = repair(path, LATER, even_days=True)
        except JournalUnreadable:
            outcomes.add("refused")
            with pytest.raises(JournalUnreadable):
                Journal(sqlite_url(path))
            continue
        assert done is not None, f"{length} of {size} bytes were taken for the whole"
        outcomes.add("mended")
        assert proof_of(path).holds
        assert kept(path)[: done.kept] == rows[: done.kept]
        assert done.kept <= could_be_read <= len(rows)
        assert done.as_it_was.stat().st_size == length
        done.rows_file.unlink()
    assert outcomes == {"mended", "refused"}


def test_a_copy_without_its_log_is_an_earlier_whole_journal_or_none(tmp_path: Path) -> None:
    path, copy = tmp_path / "journal.sqlite", tmp_path / "copy.sqlite"
    world = two_days(path)  # still open: most of it stands in the log
    shutil.copy(path, copy)
    try:
        proof = proof_of(copy)
    except JournalUnreadable:
        return
    finally:
        world.journal.close()
    assert proof.holds
    assert proof.rows <= len(kept(path))


def test_a_copy_with_half_its_log_is_an_earlier_whole_journal(tmp_path: Path) -> None:
    path, copy = tmp_path / "journal.sqlite", tmp_path / "copy.sqlite"
    world = two_days(path)
    log = (tmp_path / "journal.sqlite-wal").read_bytes()
    shutil.copy(path, copy)
    for part in range(1, 8):
        (tmp_path / "copy.sqlite-shm").unlink(missing_ok=True)
        (tmp_path / "copy.sqlite-wal").write_bytes(log[: len(log) * part // 8])
        try:
            proof = proof_of(copy)
        except JournalUnreadable:
            continue
        assert proof.holds
    world.journal.close()


def test_a_repair_that_was_interrupted_is_ended_by_the_next_and_no_hub_starts_before(
    whole: Path, tmp_path: Path
) -> None:
    last = kept(whole)[-1]["sequence"]
    path = changed(whole, tmp_path, "DELETE FROM facts WHERE sequence = ?", given=(last - 1,))
    broken = path.read_bytes()
    done = mended(path)
    path.replace(repaired_path(path))
    path.write_bytes(broken)
    path.with_name("journal.sqlite-wal").write_bytes(b"of the broken one")
    with pytest.raises(JournalUnreadable, match=r"repair .* was interrupted"):
        Journal(sqlite_url(path))
    assert repair(path, LATER) is None
    assert proof_of(path).holds
    assert len(kept(path)) == done.kept + 1
    Journal(sqlite_url(path)).close()


def test_a_sound_journal_is_left_as_it_is(whole: Path, tmp_path: Path) -> None:
    path = changed(whole, tmp_path)
    before = path.read_bytes()
    assert repair(path, LATER) is None
    assert path.read_bytes() == before


STREAM = """
import sys
from pathlib import Path
from hub.journal import Journal, sqlite_url
from tests.unit.hub_hall import World
world = World(journal=Journal(sqlite_url(Path(sys.argv[1]))))
while True:
    for _ in range(7):
        world.kiosk.say(world.requested(request=f"{world.hub.boot}-{world.journal.last}-{_}"))
    world.run()
    print(world.journal.last, world.journal.hash, flush=True)
"""


def test_after_kill_9_in_a_stream_of_commits_the_chain_holds_and_nothing_told_is_missing(tmp_path: Path) -> None:
    """Real processes on one journal, killed one after the other; after each the next goes on with the chain."""
    path = tmp_path / "journal.sqlite"
    for life in range(3):
        child = subprocess.Popen(
            [sys.executable, "-c", STREAM, str(path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(10 + life)]
        child.send_signal(signal.SIGKILL)
        child.wait()
        told += [line for line in child.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        child.stdout.close()
        proof = proof_of(path)
        assert proof.holds, proof
        hashes = {row["sequence"]: row["hash"].hex() for row in kept(path)}
        for line in told:
            last, hashed = line.split()
            assert hashes[int(last)] == hashed


@pytest.fixture
def hall(whole: Path, tmp_path: Path) -> Path:
    (tmp_path / "hall.toml").write_text("")
    (tmp_path / "data").mkdir()
    shutil.copy(whole, tmp_path / "data" / "journal.sqlite")
    return tmp_path


def test_the_command_says_rows_days_and_seconds(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = kept(hall / "data" / "journal.sqlite")
    assert run(["verify", str(hall)]) == 0
    said = capsys.readouterr().out
    assert "the journal is sound" in said
    assert f"{len(rows)} rows, 3 days, 0." in said
    noted = said.split("last sound row ")[1].split()[0]
    assert run(["verify", str(hall), "--seen", noted]) == 0
    assert run(["verify", str(hall), "--seen", f"{len(rows)}:{'0' * 16}"]) == 1


def test_the_command_names_the_broken_row_mends_and_says_what_it_did(
    hall: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = hall / "data" / "journal.sqlite"
    last = kept(file)[-1]["sequence"]
    change(file, "UPDATE facts SET at = '2026' WHERE sequence = ?", given=(last,))
    assert run(["verify", str(hall)]) == 1
    assert f"row {last} is altered" in capsys.readouterr().out
    assert run(["repair", str(hall)]) == 0
    said = capsys.readouterr().out
    assert "the end of the last whole commit; 1 rows could still be read" in said
    assert run(["verify", str(hall)]) == 0
    assert run(["repair", str(hall)]) == 0
    assert "nothing to mend" in capsys.readouterr().out


def test_a_journal_in_use_is_not_mended(hall: Path) -> None:
    lock = JournalLock(hall / "data" / "hub.lock")
    with pytest.raises(CommandFailed, match="another hub"):
        run(["repair", str(hall)])
    lock.release()


def test_a_backup_beside_a_writing_hub_is_one_whole_sound_file(hall: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = hall / "data" / "journal.sqlite"
    world = World(journal=Journal(sqlite_url(file)), now=LATER)
    world.ask()
    assert run(["backup", str(hall), str(hall / "copy.sqlite")]) == 0
    copied = len(kept(hall / "copy.sqlite"))
    assert copied == world.journal.last
    world.ask()
    assert f"{copied} rows" in capsys.readouterr().out
    assert not (hall / "copy.sqlite-wal").exists()
    with pytest.raises(CommandFailed, match="exists"):
        run(["backup", str(hall), str(hall / "copy.sqlite")])
    world.journal.close()
    shutil.copy(hall / "copy.sqlite", file)
    Journal(sqlite_url(file)).replay()
