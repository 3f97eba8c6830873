"""The journal: every fact in the order in which it was decided, on disk before anybody is told.

Append-only, one writer. `append` returns when the facts would survive the machine's sudden death; a group of facts is
one transaction and one sync. It knows what facts look like as rows, and nothing of what they mean.
"""

import fcntl
import logging
import os
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import IO, Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from hub.domain.facts import DayBegan, Fact
from hub.domain.hall import HallState, evolve

logger = logging.getLogger(__name__)

_METADATA = MetaData()
FACTS = Table(
    "facts",
    _METADATA,
    Column("sequence", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("kind", String(40), nullable=False, index=True),
    Column("body", Text, nullable=False),
)
"""`sequence` counts from 1 without a gap; `at` is RFC 3339 in UTC; `body` is the fact as JSON, its kind within."""

_ENCODER = msgspec.json.Encoder()
_DECODER: msgspec.json.Decoder[Fact] = msgspec.json.Decoder(Fact)
_DAY_BEGAN = str(DayBegan.__struct_config__.tag)


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
            self._engine = _engine_of(url)
        except (SQLAlchemyError, ImportError) as error:
            what = f"[journal] url in hub.toml cannot be used: {error} (a PostgreSQL server needs the package psycopg)"
            raise JournalUnreadable(what) from error
        try:
            if not inspect(self._engine).has_table(FACTS.name):
                _METADATA.create_all(self._engine)
            self._connection = self._engine.connect()
            self._last = self._last_sequence()
        except SQLAlchemyError as error:
            raise JournalUnreadable(f"the journal {self._engine.url} cannot be opened: {error}") from error

    def append(self, facts: Sequence[Fact]) -> None:
        """Writes these facts, in order, all or none. JournalFailed: none is certain, stop."""
        rows = [
            {
                "sequence": sequence,
                "at": fact.at.astimezone(UTC).isoformat(),
                "kind": fact.__struct_config__.tag,
                "body": _ENCODER.encode(fact).decode(),
            }
            for sequence, fact in enumerate(facts, self._last + 1)
        ]
        try:
            with self._connection.begin():
                self._connection.execute(insert(FACTS), rows)
        except SQLAlchemyError as error:
            raise JournalFailed(f"the journal {self._engine.url} could not be written: {error}") from error
        self._last += len(rows)

    def replay(self) -> HallState:
        """The state that the facts make. It begins at the last begun day, which carries over all that goes on.

        JournalUnreadable: a row is no fact, one is missing, or one cannot follow on those before it.
        """
        state = HallState()
        for sequence, fact in self.facts(self._start_of_day()):
            try:
                evolve(state, fact)
            except (KeyError, AssertionError) as error:
                raise JournalUnreadable(f"fact {sequence} cannot follow on those before it: {error!r}") from error
        return state

    def facts(self, first: int = 1) -> Iterator[tuple[int, Fact]]:
        """The facts from sequence `first` on, each with its sequence. JournalUnreadable as in replay."""
        query = select(FACTS.c.sequence, FACTS.c.body).where(FACTS.c.sequence >= first).order_by(FACTS.c.sequence)
        expected = first
        try:
            for sequence, body in self._rows(query):
                if sequence != expected:
                    raise JournalUnreadable(f"fact {expected} is missing from the journal {self._engine.url}")
                yield sequence, _DECODER.decode(body)
                expected += 1
        except (msgspec.DecodeError, SQLAlchemyError, UnicodeError, TypeError) as error:
            raise JournalUnreadable(f"fact {expected} of the journal {self._engine.url} is broken: {error}") from error

    def close(self) -> None:
        """Ends the connection; what was appended is on disk already."""
        self._connection.close()
        self._engine.dispose()

    @property
    def last(self) -> int:
        """The sequence of the last fact, 0 for none."""
        return self._last

    def _rows(self, query: Any) -> Iterator[tuple[int, str]]:
        with self._connection.begin():
            for row in self._connection.execute(query.execution_options(yield_per=1000)):
                yield row[0], row[1]

    def _last_sequence(self) -> int:
        with self._connection.begin():
            return self._connection.execute(select(func.max(FACTS.c.sequence))).scalar() or 0

    def _start_of_day(self) -> int:
        query = select(func.max(FACTS.c.sequence)).where(FACTS.c.kind == _DAY_BEGAN)
        try:
            with self._connection.begin():
                return self._connection.execute(query).scalar() or 1
        except SQLAlchemyError as error:
            raise JournalUnreadable(f"the journal {self._engine.url} cannot be read: {error}") from error


def _engine_of(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _make_durable)
    return engine


def _make_durable(connection: Any, _record: Any) -> None:
    """Each commit is synced to disk; a checkpoint now and then keeps the log beside the database small."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()
