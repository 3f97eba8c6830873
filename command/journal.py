"""`./antrean journal verify|repair|backup DIR`: is the journal as the hub wrote it, and what to do when it is not."""

import argparse
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from assets.reading import BadFile
from command.failing import CommandFailed, hall_folder
from hub.config import read_config
from hub.journal import JournalInUse, JournalLock, JournalUnreadable, sqlite_url
from hub.proof import Noted, Proof, prove
from hub.repair import NotMended, repair


def run(words: list[str]) -> int:
    """The command. 0: it is sound, or mended, or copied; 1: it is not, and what was found on stdout."""
    parser = argparse.ArgumentParser(prog="antrean journal", description="Looks after a hall's journal.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify | repair | backup")
    verify = verbs.add_parser("verify", help="prove every row, also while the hub runs")
    verify.add_argument("--seen", type=_noted, metavar="ROW:HASH", help="a row's hash as it was noted earlier")
    mend = verbs.add_parser("repair", help="cut a torn end off, and keep what was cut")
    mend.add_argument("--even-days", action="store_true", help="also where whole days stand after the broken row")
    copy = verbs.add_parser("backup", help="a whole copy, also while the hub runs")
    for each in (verify, mend, copy):
        each.add_argument("hall", metavar="DIR", help="the hall directory")
    copy.add_argument("copy", metavar="FILE", type=Path, help="where the copy goes; must not be there yet")
    given = parser.parse_args(words)
    folder = hall_folder(given.hall)
    url = _url(folder)
    try:
        match given.verb:
            case "verify":
                return _verify(url, given.seen)
            case "repair":
                return _repair(_file(url), folder, even_days=given.even_days)
            case _:
                return _backup(_file(url), given.copy)
    except (JournalUnreadable, JournalInUse, NotMended) as error:
        raise CommandFailed(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise CommandFailed(f"it could not be done: {error}") from error


def _verify(url: str, noted: Noted | None) -> int:
    begun = time.monotonic()
    proof = prove(url, noted)
    took = time.monotonic() - begun
    _tell(proof)
    print(f"{proof.rows} rows, {proof.days} days, {took:.1f} s")
    if proof.rows:
        print(f"last sound row {proof.rows}:{proof.hash}")
    return 0 if proof.holds else 1


def _tell(proof: Proof) -> None:
    if proof.broken is not None:
        print(f"row {proof.broken.sequence} is {proof.broken.what}: {proof.broken.found}")
    elif proof.differs:
        print(f"all days together do not give today's {', '.join(proof.differs)}")
    else:
        print("the journal is sound: its chain holds, and all days together give today's state")


def _repair(file: Path, hall: Path, *, even_days: bool) -> int:
    lock = JournalLock(hall / "data" / "hub.lock")
    try:
        done = repair(file, datetime.now(UTC), even_days=even_days)
    finally:
        lock.release()
    if done is None:
        print("nothing to mend: the journal is sound")
        return 0
    print(f"row {done.broken.sequence} was {done.broken.what}: {done.broken.found}")
    print(
        f"cut after row {done.kept}, the end of the last whole commit; {done.cut} rows could still be read and are in"
    )
    print(f"  {done.rows_file}")
    print(f"the file as it was is {done.as_it_was}")
    if done.numbers:
        print(f"numbers that visitors may hold and that will be given again today: {', '.join(done.numbers)}")
    print(f"prove it: ./antrean journal verify {hall}")
    return 0


def _backup(file: Path, copy: Path) -> int:
    """SQLite's own way to copy what somebody is writing: all of it as it was at one moment."""
    copy.open("xb").close()
    copy.chmod(0o600)
    reading = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    with closing(reading) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    proof = prove(sqlite_url(copy))
    _tell(proof)
    print(f"{copy}: {proof.rows} rows, {proof.days} days; last sound row {proof.rows}:{proof.hash}")
    return 0 if proof.holds else 1


def _url(folder: Path) -> str:
    try:
        own = read_config(folder).journal.url
    except BadFile as error:
        raise CommandFailed(str(error)) from error
    return own or sqlite_url(folder / "data" / "journal.sqlite")


def _file(url: str) -> Path:
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or not place.database:
        raise CommandFailed(
            "this journal is kept by a database server: use the server's own ways to copy and restore it"
        )
    file = Path(place.database)
    if not file.exists() and not file.with_name(f"{file.name}.repaired").exists():
        raise CommandFailed(f"there is no journal yet: {file}")
    return file


def _noted(text: str) -> Noted:
    row, _, hashed = text.partition(":")
    if not row.isdigit() or len(hashed) < 8:
        raise argparse.ArgumentTypeError(f"{text!r} is no ROW:HASH, such as 1204:9f86d081884c7d65")
    return Noted(int(row), hashed)
