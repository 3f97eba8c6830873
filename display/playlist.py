"""Reads what a folder of media wants to be shown: its `playlist.toml`, or else all its pictures in the order of their names.

Opens the folder and the list, never a picture. What it cannot trust to be whole it refuses, so that the old list stays.
"""

import stat
from datetime import date
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from assets.reading import BadFile, read_toml
from contract.names import ClockTime
from contract.opening import Weekday

LIST = "playlist.toml"
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"})
MOST_ITEMS = 100
LARGEST_BYTES = 40_000_000


class NotWhole(Exception):
    """The folder cannot be shown as it is: away, empty, its list wrong, or a file of the list missing. Says which."""


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[picture]]` of a playlist. `file` is a name in the folder; without `seconds` it stands as long as others do."""

    file: Annotated[str, Meta(min_length=1, max_length=200)]
    seconds: Annotated[float, Meta(ge=3, le=3600)] | None = None
    first_day: date | None = None
    last_day: date | None = None
    days: tuple[Weekday, ...] = ()
    begins: ClockTime | None = None
    ends: ClockTime | None = None

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValueError(f"{self.file} would never be shown: last_day stands before first_day")
        if (self.begins or "00:00") == (self.ends or "24:00"):
            raise ValueError(f"{self.file} would never be shown: its hours end when they begin")


class PlaylistFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`playlist.toml`. One without any `[[picture]]` shows nothing."""

    picture: Annotated[tuple[Entry, ...], Meta(max_length=MOST_ITEMS)] = ()


class Stamp(Struct, frozen=True):
    """A file as it lies in the folder: another size or time is another file."""

    file: str
    size: int
    changed_ns: int
    fault: str = ""
    """Why it cannot be opened at all, if so."""


class Wanted(Struct, frozen=True):
    """What the folder wants to be shown: each entry with its file as it lies there now."""

    entries: tuple[tuple[Entry, Stamp], ...] = ()
    left_out: int = 0
    """Pictures beyond the limit, in a folder without a list."""


def read_folder(folder: Path) -> Wanted:
    """What is wanted now. NotWhole where the old list is to stay."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise NotWhole(f"folder away: {error.strerror}") from error
    if LIST in names:
        return _by_list(folder)
    pictures = [name for name in names if Path(name).suffix.lower() in PICTURES and not name.startswith(".")]
    if not pictures:
        # A stick or a share that is not there leaves an empty folder behind: that takes nothing off the screen.
        raise NotWhole("folder empty")
    entries = tuple((Entry(name), _stamp(folder, name, listed=False)) for name in pictures[:MOST_ITEMS])
    return Wanted(entries, max(0, len(pictures) - MOST_ITEMS))


def _by_list(folder: Path) -> Wanted:
    try:
        listed = read_toml(folder / LIST, PlaylistFile)
    except BadFile as bad:
        raise NotWhole(f"{LIST}: {bad.problems[0]}") from bad
    return Wanted(tuple((entry, _stamp(folder, entry.file, listed=True)) for entry in listed.picture))


def _stamp(folder: Path, name: str, *, listed: bool) -> Stamp:
    """A file as it lies there. What a list names has to be there; in a folder without one a link may lead nowhere."""
    if Path(name).name != name or "\0" in name:
        raise NotWhole(f"{LIST}: {name!r} is not a name in this folder")
    path = folder / name
    try:
        found = path.stat()
    except OSError as error:
        if not listed and path.is_symlink():
            return Stamp(name, 0, 0, "the link leads nowhere")
        raise NotWhole(f"missing: {name}") from error
    return Stamp(name, found.st_size, found.st_mtime_ns, _fault(name, found.st_mode))


def _fault(name: str, mode: int) -> str:
    # A pipe would be waited for and a device be read for ever; neither a list on disk nor a message can hold such a name.
    if not stat.S_ISREG(mode):
        return "not a file"
    return "" if name.isascii() or "\ufffd" not in readable(name) else "the name is not UTF-8"


def readable(name: str) -> str:
    """A file's name as it may stand in a log or a message: in one line, and of signs that can be written."""
    return "".join("\ufffd" if sign < " " or "\ud800" <= sign <= "\udfff" else sign for sign in name)
