"""The journal: every fact in the order in which it was decided, on disk before anybody is told.

Append-only, one writer. `append` returns when the facts would survive the machine's sudden death; a group of facts is
one transaction and one sync. Rows are chained (hub/chain.py); what is replayed is checked. It knows what facts look
like as rows, and nothing of what they mean.
"""

import fcntl
import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import IO

import msgspec
from sqlalchemy import Connection, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from hub.chain import GENESIS, Row, seal
from hub.domain.facts import DayBegan, Fact
from hub.domain.hall import HallState, evolve
from hub.rows import FACTS, JOURNAL, METADATA, VERSION, NotWritten, RowInsert, rows_from, writing_engine

_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[Fact] = msgspec.json.Decoder(Fact)
DAY_BEGAN = str(DayBegan.__struct_config__.tag)


class JournalInUse(Exception):
    """Another hub writes this journal."""


class JournalUnreadable(Exception):
    """The journal cannot be replayed: somebody must look at it before a hub may go on with it."""


class JournalFailed(Exception):
    """Facts could not be written (disk full, I/O error). Nobody may be told of them; the hub must stop."""


class JournalLock:
    """The right to write, held as long as the process lives: a lock on a file, with the holder's process id in it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file: IO[str] = path.open("a+", encoding="ascii")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.seek(0)
            holder = self._file.read().strip() or "unknown"
            self._file.close()
            raise JournalInUse(f"another hub (process {holder}) already runs on this hall: {path}") from error
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()

    def release(self) -> None:
        """Gives the right back; the file stays."""
        self._file.close()


def sqlite_url(path: Path) -> str:
    """The URL of a journal in a file."""
    return f"sqlite:///{path}"


class Journal:
    """Facts on disk. `url` is SQLAlchemy's: SQLite by default, PostgreSQL where the hall has one."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = writing_engine(url)
        except (SQLAlchemyError, ImportError) as error:
            what = f"[journal] url in hub.toml cannot be used: {error} (a PostgreSQL server needs the package psycopg)"
            raise JournalUnreadable(what) from error
        self._name = str(self._engine.url)
        refuse_half_repaired(self._engine.url.database)
        try:
            self._connection = self._engine.connect()
            if not _tables(self._connection):
                _begin_journal(self._connection)
            check_version(self._connection, self._name)
            self._last, self._hash = self._end()
            self._insert = RowInsert(self._engine)
        except SQLAlchemyError as error:
            raise JournalUnreadable(f"the journal {self._name} cannot be opened: {error}") from error

    def append(self, facts: Sequence[Fact]) -> None:
        """Writes these facts, in order, all or none. JournalFailed: none is certain, stop."""
        if not facts:
            return
        rows, last = [], self._last + len(facts)
        before = self._hash
        for sequence, fact in enumerate(facts, self._last + 1):
            at, kind = fact.at.astimezone(UTC).isoformat(), str(fact.__struct_config__.tag)
            body = _ENCODER.encode(fact).decode()
            sealed = seal(before, sequence, last, at, kind, body)
            rows.append(Row(sequence, last, at, kind, body, before, sealed))
            before = sealed
        try:
            self._insert.commit(rows)
        except NotWritten as error:
            raise JournalFailed(f"the journal {self._name} could not be written: {error}") from error
        self._last, self._hash = last, before

    def replay(self) -> HallState:
        """The state that the facts make. It begins at the last begun day, which carries over all that goes on.

        JournalUnreadable: a row is no fact, one is missing or changed, or one cannot follow on those before it.
        """
        state = HallState()
        with _nothing_collected():
            for sequence, fact in self.facts(self._start_of_day()):
                try:
                    evolve(state, fact)
                except (KeyError, AssertionError) as error:
                    raise JournalUnreadable(f"fact {sequence} cannot follow on those before it: {error!r}") from error
        return state

    def facts(self, first: int = 1) -> Iterator[tuple[int, Fact]]:
        """The facts from sequence `first` on, each with its sequence, their chain checked. JournalUnreadable as in replay."""
        expected, before = first, None
        try:
            before = self._hash_of(first - 1)
            for row in rows_from(self._connection, first):
                sequence, commit_ends, at, kind, body, after, hashed = row
                if sequence != expected or before is None:
                    raise JournalUnreadable(f"fact {expected} is missing from the journal {self._name}")
                if after != before or seal(before, sequence, commit_ends, at, kind, body) != hashed:
                    raise JournalUnreadable(f"fact {expected} of the journal {self._name} is not as it was written")
                yield sequence, _DECODER.decode(body)
                expected, before = sequence + 1, hashed
        except (msgspec.DecodeError, SQLAlchemyError, UnicodeError, TypeError) as error:
            raise JournalUnreadable(f"fact {expected} of the journal {self._name} is broken: {error}") from error

    def close(self) -> None:
        """Ends the connection; what was appended is on disk already."""
        self._insert.close()
        self._connection.close()
        self._engine.dispose()

    @property
    def last(self) -> int:
        """The sequence of the last fact, 0 for none."""
        return self._last

    @property
    def hash(self) -> str:
        """The hash of the last fact's row, in hexadecimal: whoever notes it can prove later that all of this was there."""
        return self._hash.hex()

    def _end(self) -> tuple[int, bytes]:
        """The sequence and the hash of the last row."""
        query = select(FACTS.c.sequence, FACTS.c.commit_ends, FACTS.c.hash).order_by(FACTS.c.sequence.desc()).limit(1)
        with self._connection.begin():
            found = self._connection.execute(query).first()
        if found is None:
            return 0, GENESIS
        sequence, commit_ends, hashed = found
        if sequence != commit_ends:
            raise JournalUnreadable(
                f"the journal {self._name} is torn: fact {sequence + 1} and what follows it are lost"
            )
        return sequence, hashed

    def _hash_of(self, sequence: int) -> bytes | None:
        """The hash of a row; that of a new chain for row 0; None where there is no such row."""
        if sequence == 0:
            return GENESIS
        with self._connection.begin():
            found: bytes | None = self._connection.execute(
                select(FACTS.c.hash).where(FACTS.c.sequence == sequence)
            ).scalar()
        return found

    def _start_of_day(self) -> int:
        # From the end: the day is never far back, and looking through it once is cheaper than an index at every commit.
        query = select(FACTS.c.sequence).where(FACTS.c.kind == DAY_BEGAN).order_by(FACTS.c.sequence.desc()).limit(1)
        try:
            with self._connection.begin():
                return self._connection.execute(query).scalar() or 1
        except SQLAlchemyError as error:
            raise JournalUnreadable(f"the journal {self._name} cannot be read: {error}") from error


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Python does not look for garbage meanwhile: a growing state has none, and looking costs a tenth of a replay."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


def _begin_journal(connection: Connection) -> None:
    """Tables and version, all or none."""
    with connection.begin():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # Python's sqlite3 begins no transaction for a CREATE
        METADATA.create_all(connection)
        connection.execute(insert(JOURNAL).values(version=VERSION))


def decoded(row: Row) -> Fact:
    """The fact of a row; msgspec.DecodeError where it is none."""
    return _DECODER.decode(row.body)


def refuse_half_repaired(file: str | None) -> None:
    """JournalUnreadable where a repair was interrupted at its last step: only finishing it is safe."""
    if file is not None and repaired_path(Path(file)).exists():
        raise JournalUnreadable(f"a repair of the journal {file} was interrupted: ./antrean journal repair ends it")


def repaired_path(file: Path) -> Path:
    """Where a repaired journal lies whole until it takes the place of the broken one."""
    return file.with_name(f"{file.name}.repaired")


def check_version(connection: Connection, name: str) -> None:
    """JournalUnreadable for a journal that another version of the program wrote."""
    tables = _tables(connection)
    if JOURNAL.name not in tables:
        raise JournalUnreadable(f"the journal {name} says no version: it is not one of this program's, or too old")
    with connection.begin():
        found = connection.execute(select(JOURNAL.c.version)).scalars().all()
    if found != [VERSION] or FACTS.name not in tables:
        said = ", ".join(map(str, found)) or "none"
        raise JournalUnreadable(f"the journal {name} is of version {said}; this program knows version {VERSION}")


def _tables(connection: Connection) -> list[str]:
    """The tables that there are."""
    with connection.begin():
        return inspect(connection).get_table_names()
