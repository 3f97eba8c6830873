"""Mends a journal whose end is torn: it is cut to its last whole commit, and what is cut is kept beside it.

The hub never does this by itself. SQLite leaves no torn end after a crash, so a torn one means that a piece of the
file was lost, and what stood in it may have been told to people: somebody must know. Nothing is deleted: the file as
it was stays under another name, and the rows that were cut are written down as text as well.
"""

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from hub.chain import Row
from hub.domain.facts import Issued, JournalCut
from hub.journal import DAY_BEGAN, Journal, JournalUnreadable, decoded, repaired_path, sqlite_url
from hub.proof import Broken, prove, rows_while_readable
from hub.rows import AT_ONCE, FACTS, reading_engine, rows_downward, writing_engine


class NotMended(Exception):
    """It was left as it is, and why."""


class Repaired(Struct, frozen=True):
    """What was done. `kept` rows stay; `cut` could be read and are in `rows_file`; `as_it_was` is the former file.

    `numbers` are those that visitors may have got in the rows that were cut.
    """

    broken: Broken
    kept: int
    cut: int
    rows_file: Path
    as_it_was: Path
    numbers: tuple[str, ...]


def repair(file: Path, now: datetime, *, even_days: bool = False) -> Repaired | None:
    """Cuts the journal to its last whole commit; None where there is nothing to mend.

    To be called with the right to write. NotMended: more than the last day would be cut (and not `even_days`).
    JournalUnreadable: nothing of it can be used. OSError: a copy could not be made; the journal is as it was.
    """
    _end_former_repair(file)
    proof = prove(sqlite_url(file))
    if proof.broken is None:
        if proof.differs:
            raise NotMended(
                f"no row is broken, and yet the days differ in {', '.join(proof.differs)}: cutting mends nothing"
            )
        return None
    cut = tuple(_all_readable(file, proof.whole + 1))
    days = sum(row.kind == DAY_BEGAN for row in cut)
    if days and not even_days:
        raise NotMended(
            f"row {proof.broken.sequence} is broken ({proof.broken.what}), and {len(cut)} rows and the beginning of "
            f"{days} days stand after row {proof.whole}: this is no torn end. Restore a backup, or cut all of it with --even-days"
        )
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    rows_file = file.with_name(f"{file.stem}-cut-after-{proof.whole}-{stamp}.jsonl")
    as_it_was = file.with_name(f"{file.stem}-before-repair-{stamp}{file.suffix}")
    _write_rows(rows_file, cut)
    for suffix in ("", "-wal"):
        with suppress(FileNotFoundError):
            _copy(file.with_name(file.name + suffix), as_it_was.with_name(as_it_was.name + suffix))
    _build(file, proof.whole, now, len(cut), rows_file.name)
    _end_former_repair(file)
    return Repaired(proof.broken, proof.whole, len(cut), rows_file, as_it_was, tuple(_numbers(cut)))


def _end_former_repair(file: Path) -> None:
    """The repaired file takes the broken one's place; until that is done no hub starts.

    The broken one's log must be gone before: SQLite would take it for the new one's.
    """
    repaired = repaired_path(file)
    if repaired.exists():
        for suffix in ("-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        repaired.replace(file)
        _sync(file.parent)


def _build(file: Path, whole: int, now: datetime, cut: int, kept_in: str) -> None:
    """The journal up to its last whole commit, and the fact that it was cut, in a file of its own."""
    building = file.with_name(f"{file.name}.building")
    for suffix in ("", "-wal", "-shm"):
        building.with_name(building.name + suffix).unlink(missing_ok=True)
    Journal(sqlite_url(building)).close()
    building.chmod(file.stat().st_mode & 0o777)
    _fill(file, building, whole)
    journal = Journal(sqlite_url(building))
    last_at = journal.replay().last_at
    at = now if last_at is None else max(now, last_at)
    journal.append([JournalCut(at=at, after=whole, rows=cut, kept_in=kept_in)])
    journal.close()
    again = prove(sqlite_url(building))
    if not again.holds:
        raise JournalUnreadable(f"what was kept cannot be proved: {again.broken or again.differs}")
    # Closing moved the log into the file; a reader may have left an empty one.
    for suffix in ("-wal", "-shm"):
        building.with_name(building.name + suffix).unlink(missing_ok=True)
    _sync(building)
    building.replace(repaired_path(file))
    _sync(file.parent)


def _fill(source: Path, building: Path, whole: int) -> None:
    """Writes the sound rows, as they are, into an empty journal."""
    reading, writing = reading_engine(sqlite_url(source)), writing_engine(sqlite_url(building))
    with closing(reading.connect()) as sound, writing.begin() as connection:
        rows = (row._asdict() for row in islice(rows_while_readable(sound), whole))
        while some := list(islice(rows, AT_ONCE)):
            connection.execute(insert(FACTS), some)
    reading.dispose()
    writing.dispose()


def _all_readable(file: Path, first: int) -> list[Row]:
    """Every row from `first` on that can be read: those before a damage, and those after it."""
    found: dict[int, Row] = {}
    engine = reading_engine(sqlite_url(file))
    with closing(engine.connect()) as connection:
        try:
            found.update((row.sequence, row) for row in rows_while_readable(connection, first))
        except SQLAlchemyError:
            with suppress(SQLAlchemyError):
                for row in rows_downward(connection):
                    if row.sequence < first or row.sequence in found:
                        break
                    found[row.sequence] = row
    engine.dispose()
    return [found[sequence] for sequence in sorted(found)]


def _numbers(rows: Sequence[Row]) -> list[str]:
    """The numbers that these rows gave, as far as they still say so."""
    numbers = []
    for row in rows:
        with suppress(msgspec.DecodeError, TypeError, UnicodeError):
            fact = decoded(row)
            if isinstance(fact, Issued):
                numbers.append(str(fact.number))
    return numbers


def _write_rows(path: Path, rows: Sequence[Row]) -> None:
    """One row a line, as JSON; hashes in hexadecimal, what is no text as Python shows it."""
    with path.open("x", encoding="utf-8", errors="backslashreplace") as file:
        for row in rows:
            plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in row._asdict().items()}
            file.write(json.dumps(plain, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)


def _copy(source: Path, target: Path) -> None:
    shutil.copy2(source, target)
    _sync(target)


def _sync(path: Path) -> None:
    """On disk, whatever happens to the machine now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
