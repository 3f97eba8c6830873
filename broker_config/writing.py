"""Files of a hall directory, written whole or not at all, secrets readable by their owner alone.

Knows nothing of what is in them.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

SECRET = 0o600
OPEN = 0o644


def write_whole(path: Path, text: str, mode: int = SECRET) -> bool:
    """Put `text` at `path` in one step, synced to disk; False where it stood there already, so that nothing was written.

    A reader sees the old file or the new one, never a part. OSError where the folder cannot be written.
    """
    with contextlib.suppress(FileNotFoundError):
        if path.read_bytes() == text.encode() and path.stat().st_mode & 0o777 == mode:
            return False
    with _fresh(path, text, mode) as fresh:
        fresh.replace(path)
    sync_folder(path.parent)
    return True


def write_new(path: Path, text: str, mode: int = SECRET) -> None:
    """As write_whole, but FileExistsError where something stands at `path`: of two who come at once, one is told."""
    with _fresh(path, text, mode) as fresh:
        path.hardlink_to(fresh)
    sync_folder(path.parent)


@contextlib.contextmanager
def _fresh(path: Path, text: str, mode: int) -> Iterator[Path]:
    """The text, on disk beside `path` under another name, which is gone afterwards."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    # Never opened through a link that somebody put there, and never readable by others, not even for a moment.
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, SECRET)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            os.fchmod(file.fileno(), mode)
            _give_to_owner(file.fileno(), path.parent)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)


def _give_to_owner(handle: int, folder: Path) -> None:
    """A file that an administrator writes into a hall belongs to whom the hall belongs: its broker and hub must read it."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(handle, owner.st_uid, owner.st_gid)


def sync_folder(folder: Path) -> None:
    """So that a name that was made or taken away stays so through a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else changes the accounts in this folder meanwhile; waits for whoever does."""
    with (folder / ".lock").open("a") as file:
        _give_to_owner(file.fileno(), folder)
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
