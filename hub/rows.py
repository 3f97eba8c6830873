"""Where the journal's rows are kept: the tables, and the engines that write and read them.

SQLite by default, PostgreSQL by URL. It knows columns, and nothing of chains or of what facts mean.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    select,
)

from hub.chain import Row

VERSION = 1
"""What this program writes and reads. Another version is refused, never guessed at."""

_BIG = BigInteger().with_variant(Integer, "sqlite")
METADATA = MetaData()
JOURNAL = Table("journal", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))
"""One row: the version."""
FACTS = Table(
    "facts",
    METADATA,
    Column("sequence", _BIG, primary_key=True, autoincrement=False),
    Column("commit_ends", _BIG, nullable=False),
    Column("at", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("before", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
)
"""As hub.chain.Row tells. No index beside the key: each would be one more page to sync for every ticket."""

AT_ONCE = 500
"""So many rows are read in one go: a reader beside a running hub must not hold its log open for long."""


class NotWritten(Exception):
    """The database did not take rows."""


class RowInsert:
    """Commits rows on a connection of its own, straight through the driver, by a statement that is put together once.

    SQLAlchemy makes the statement and the connection; to go through it for each commit as well took 40 us of a ticket's
    way even with warm caches (docs/performance.md).
    """

    def __init__(self, engine: Engine) -> None:
        """SQLAlchemyError where there is no connection to be had."""
        compiled = insert(FACTS).compile(dialect=engine.dialect)
        self._statement = str(compiled)
        self._positional = compiled.positional
        self._connection = engine.raw_connection()
        self._failure: type[Exception] = engine.dialect.loaded_dbapi.Error

    def commit(self, rows: Sequence[Row]) -> None:
        """All or none, on disk when this returns. NotWritten: none is certain."""
        values: Any = rows if self._positional else [row._asdict() for row in rows]
        try:
            cursor = self._connection.cursor()
            cursor.executemany(self._statement, values)
            self._connection.commit()
        except self._failure as error:
            raise NotWritten(str(error)) from error

    def close(self) -> None:
        """Ends its connection."""
        self._connection.close()


def writing_engine(url: str) -> Engine:
    """For the one who writes: each commit is synced to disk."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _make_durable)
    return engine


def reading_engine(url: str) -> Engine:
    """For somebody who looks at it, perhaps beside a running hub: writes nothing, and reads also a damaged file."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        engine = create_engine(f"sqlite:///file:{quote(engine.url.database or '')}?mode=ro&uri=true")
        event.listen(engine, "connect", _make_tolerant)
    return engine


def rows_from(connection: Connection, first: int, at_once: int = AT_ONCE) -> Iterator[Row]:
    """The rows from sequence `first` on, in order; one short transaction for each `at_once` of them."""
    while True:
        query = select(FACTS).where(FACTS.c.sequence >= first).order_by(FACTS.c.sequence).limit(at_once)
        with connection.begin():
            found = connection.execute(query).fetchall()
        yield from map(Row._make, found)
        if len(found) < at_once:
            return
        first = found[-1][0] + 1


def rows_downward(connection: Connection) -> Iterator[Row]:
    """The rows from the last one on, downward, one at a time: for what stands behind a damage."""
    query = select(FACTS).order_by(FACTS.c.sequence.desc()).limit(1)
    with connection.begin():
        found = connection.execute(query).first()
    while found is not None:
        yield Row._make(found)
        with connection.begin():
            found = connection.execute(query.where(FACTS.c.sequence < found[0])).first()


def _make_durable(connection: Any, _record: Any) -> None:
    """A checkpoint now and then keeps the log beside the database small."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _make_tolerant(connection: Any, _record: Any) -> None:
    # Text that is none any more is still read, as what cannot be a fact.
    connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    # SQLite opens no file that is shorter than it should be, unless it is told that somebody is mending it.
    connection.execute("PRAGMA writable_schema=ON")
