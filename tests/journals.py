"""A journal of two hall days for the tests of its chain, and ways to spoil it by hand."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from hub.chain import GENESIS, seal
from hub.journal import Journal, sqlite_url
from hub.proof import Noted, Proof, prove
from tests.unit.hub_hall import World

COLUMNS = ("sequence", "commit_ends", "at", "kind", "body", "before", "hash")


def two_days(path: Path) -> World:
    """Commits of one and of many facts; the second day is under way."""
    world = World(journal=Journal(sqlite_url(path)))
    for _ in range(2):
        world.act("open")
        for _ in range(4):
            world.ask()
        world.act("next")
        world.act("arrive")
        world.act("next")
        world.act("finish")  # three facts in one commit
        world.run(seconds=24 * 3600)
    for _ in range(4):
        world.ask()
    return world


def kept(path: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as reader:
        found = reader.execute(f"SELECT {', '.join(COLUMNS)} FROM facts ORDER BY sequence")  # noqa: S608 - our own names
        return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def change(path: Path, *statements: str, given: tuple[Any, ...] = ()) -> None:
    with closing(sqlite3.connect(path)) as writer:
        for statement in statements:
            writer.execute(statement, given)
        writer.commit()


def changed(whole: Path, tmp_path: Path, *statements: str, given: tuple[Any, ...] = ()) -> Path:
    """A copy in which this was changed by hand."""
    return spoiled(whole, tmp_path, lambda path: change(path, *statements, given=given))


def with_rows(whole: Path, tmp_path: Path, rows: list[dict[str, Any]]) -> Path:
    """A copy that holds these rows instead."""
    return spoiled(whole, tmp_path, lambda path: replace_rows(path, rows))


def replace_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    """Whatever is wanted, instead of what was there."""
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("DELETE FROM facts")
        marks = ", ".join("?" * len(COLUMNS))
        for row in rows:
            writer.execute(
                f"INSERT INTO facts ({', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608 - our own names
                tuple(row[name] for name in COLUMNS),
            )
        writer.commit()


def sealed_anew(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What somebody does who knows how: the whole chain is made again over what the rows say now."""
    before, done = GENESIS, []
    for sequence, row in enumerate(rows, 1):
        ends = max(row["commit_ends"], sequence)
        sealed = seal(before, sequence, ends, row["at"], row["kind"], row["body"])
        done.append(row | {"sequence": sequence, "commit_ends": ends, "before": before, "hash": sealed})
        before = sealed
    return done


def proof_of(path: Path, noted: Noted | None = None) -> Proof:
    return prove(sqlite_url(path), noted)


def broken(path: Path) -> tuple[int, str]:
    """The first broken row, and what is wrong with it."""
    found = proof_of(path).broken
    assert found is not None, "nothing was found"
    return found.sequence, found.what


def spoiled(whole: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> Path:
    """A copy, spoiled."""
    path = tmp_path / "journal.sqlite"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(whole, path)
    spoil(path)
    return path
