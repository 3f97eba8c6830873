"""What must still be said although the hub is away: a bounded outbox on disk that survives a sudden death.

It knows keys, kinds and bodies, never what they mean. An entry stays until its owner settles it. A file that cannot
be read is moved aside and said (`moved_aside`, and in the log), and a new one is begun; one that cannot even be opened,
as on a full disk, keeps nothing and is tried again with everything that is asked of it: a device must start.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

logger = logging.getLogger(__name__)

_TABLE = """CREATE TABLE IF NOT EXISTS outbox (
    place INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, body BLOB NOT NULL)"""
_PUT = """INSERT INTO outbox (key, kind, body) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, body = excluded.body"""
# What SQLite says of a file that is none of its own, or is torn. Anything else (disk full, read only) is not cured
# by a new file.
_TORN = ("SQLITE_CORRUPT", "SQLITE_NOTADB")

Answer = TypeVar("Answer")


class OutboxFull(Exception):
    """Nothing more can be kept: the outbox is at its limit, or its disk takes no more. What is in it stays."""


class OutboxEntry(Struct, frozen=True):
    """One thing to be said still. `kind` is its owner's word for what `body` is."""

    key: str
    kind: str
    body: bytes


class Outbox:
    """Entries by key, in the order in which their keys were first put. Thread-safe.

    `limit` counts entries. Every verb raises OutboxFull where the file can neither be read nor made.
    """

    def __init__(self, path: Path, limit: int) -> None:
        self.moved_aside: tuple[Path, ...] = ()
        """Files that could not be read, where they lie now."""
        self._path = path
        self._limit = limit
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = self._opened()
        except OutboxFull as error:
            logger.error("outbox-unopened why=%s", error)  # noqa: TRY400 - the reason says all

    def put(self, key: str, kind: str, body: bytes) -> None:
        """On disk when this returns. A key that is there already is written over and keeps its place."""
        self._act(lambda connection: self._put(connection, key, kind, body))

    def entries(self) -> tuple[OutboxEntry, ...]:
        """What is still to be said, oldest first."""
        rows = self._act(
            lambda connection: connection.execute("SELECT key, kind, body FROM outbox ORDER BY place").fetchall()
        )
        return tuple(OutboxEntry(key, kind, body) for key, kind, body in rows)

    def settle(self, key: str) -> None:
        """Said and done: forgotten, on disk too. Nothing happens where the key is not there."""
        self._act(lambda connection: connection.execute("DELETE FROM outbox WHERE key = ?", (key,)))

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()

    def _put(self, connection: sqlite3.Connection, key: str, kind: str, body: bytes) -> None:
        known, count = connection.execute("SELECT COALESCE(SUM(key = ?), 0), COUNT(*) FROM outbox", (key,)).fetchone()
        if not known and count >= self._limit:
            raise OutboxFull(f"{self._path} holds {count} entries, its limit is {self._limit}")
        connection.execute(_PUT, (key, kind, body))

    def _act(self, action: Callable[[sqlite3.Connection], Answer]) -> Answer:
        with self._lock:
            connection = self._connection or self._opened()
            self._connection = connection
            try:
                return action(connection)
            except sqlite3.DatabaseError as error:
                if not _is_torn(error):
                    raise OutboxFull(f"{self._path}: {error}") from error
                connection.close()
                self._connection = None
                try:
                    self._move_aside(error)
                except OSError as why:
                    raise OutboxFull(f"{self._path} is torn and stays where it is: {why}") from why
                self._connection = self._opened()
                return action(self._connection)

    def _opened(self) -> sqlite3.Connection:
        try:
            try:
                return self._connected()
            except sqlite3.DatabaseError as error:
                if not _is_torn(error):
                    raise
                self._move_aside(error)
                return self._connected()
        except (sqlite3.Error, OSError) as error:
            raise OutboxFull(f"{self._path} cannot be opened: {error}") from error

    def _connected(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # isolation_level None: every statement is a transaction of its own, on disk when it returns.
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(_TABLE)
            _check(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _move_aside(self, error: Exception) -> None:
        number = 1
        while (aside := self._path.with_name(f"{self._path.name}.broken-{number}")).exists():
            number += 1
        self._path.rename(aside)
        for tail in ("-wal", "-shm"):
            beside = self._path.with_name(self._path.name + tail)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + tail))
        self.moved_aside += (aside,)
        logger.error("outbox-moved-aside file=%s to=%s why=%s", self._path, aside, error)


def _check(connection: sqlite3.Connection) -> None:
    """Raises DatabaseError where the file is not whole, or holds a table of another form."""
    [said] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise _Torn(said)
    connection.execute("SELECT place, key, kind, body FROM outbox").fetchall()


class _Torn(sqlite3.DatabaseError):
    """The file opens and is not whole."""


def _is_torn(error: sqlite3.DatabaseError) -> bool:
    """Also a table of another form: it is no outbox of ours."""
    return (
        isinstance(error, _Torn)
        or str(getattr(error, "sqlite_errorname", "")).startswith(_TORN)
        or "no such column" in str(error)
    )
