"""The display's own copy of a playlist: pictures made fit for the screen, and the list of them, on its own disk.

The list is written last, whole, and synced; only then are pictures deleted that it does not name. So whatever happens in
between, the list on disk is one that can be shown, and without its source the display shows it for as long as it lives.
"""

import hashlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from display.media import Item, Playlist
from display.playlist import LARGEST_BYTES, Entry, NotWhole, Stamp, Wanted

logger = logging.getLogger(__name__)

DEADLINE_S = 300.0
"""A picture that takes longer to be made fit is broken. It has the processor only when nobody else wants it."""

ROOT = Path(__file__).parent.parent

Intake = Callable[[Path, Path], str]
"""Makes `source` fit and writes it as `target`; why that cannot be done, or nothing."""


class Broken(Struct, frozen=True):
    """A file that was left out, and why."""

    file: str
    why: str


class Kept(Struct, frozen=True):
    """A picture that is in the cache, and the file it was made of."""

    stamp: Stamp
    key: str


class Record(Struct, frozen=True):
    """The list as it lies on disk."""

    playlist: Playlist = Playlist()
    kept: tuple[Kept, ...] = ()


class Cache:
    """Used by one thread; `playlist` may be read by any."""

    def __init__(self, folder: Path, intake: Intake, seconds: float, shape: str = "") -> None:
        """`seconds`: how long a picture stands whose entry does not say. `shape`: what pictures are made fit for; in another
        one they are made anew.
        """
        self._folder = folder
        self._intake = intake
        self._seconds = seconds
        self._shape = shape
        self._record = Record()
        self._broken: dict[Stamp, str] = {}

    @property
    def playlist(self) -> Playlist:
        """The newest list that is whole."""
        return self._record.playlist

    def path(self, key: str) -> Path:
        """Where a picture lies."""
        return self._folder / f"{key}.jpg"

    def load(self) -> Playlist:
        """Take up the list of the last run; pictures that are gone are left out of it."""
        try:
            record = msgspec.json.decode((self._folder / "list.json").read_bytes(), type=Record)
        except FileNotFoundError:
            return self.playlist
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            logger.warning("media-list-unreadable folder=%s why=%s", self._folder, error)
            return self.playlist
        there = tuple(item for item in record.playlist.items if self.path(item.key).is_file())
        self._record = Record(
            Playlist(record.playlist.revision, there),
            tuple(kept for kept in record.kept if self.path(kept.key).is_file()),
        )
        return self.playlist

    def take_in(self, source: Path, wanted: Wanted, stopped: threading.Event) -> tuple[Broken, ...]:
        """Make the wanted list the one that is shown; what was left out. NotWhole: the old one stays, and why."""
        self._folder.mkdir(parents=True, exist_ok=True)
        before = {kept.stamp: kept.key for kept in self._record.kept if kept.key.endswith(f"-{self._shape}")}
        items, kept, broken = [], [], []
        try:
            for entry, stamp in wanted.entries:
                if stopped.is_set():
                    raise NotWhole("stopped")
                if stamp not in self._broken and not (stamp in before and self.path(before[stamp]).is_file()):
                    self._fetch(source, stamp, before)
                if stamp in self._broken:
                    broken.append(Broken(entry.file, self._broken[stamp]))
                    continue
                items.append(_item(entry, before[stamp], self._seconds))
                kept.append(Kept(stamp, before[stamp]))
            if broken and not items:
                raise NotWhole(f"no picture of {len(broken)} can be shown: {broken[0].file}: {broken[0].why}")
            self._write(Record(Playlist(_revision(items), tuple(items)), tuple(dict.fromkeys(kept))))
        except OSError as error:
            raise NotWhole(f"cache: {error.strerror}") from error
        finally:
            self._sweep()
        there = {stamp for _, stamp in wanted.entries}
        self._broken = {stamp: why for stamp, why in self._broken.items() if stamp in there}
        return tuple(broken)

    def _fetch(self, source: Path, stamp: Stamp, known: dict[Stamp, str]) -> None:
        """Make one picture fit, or remember why that file cannot be shown."""
        if stamp.fault:
            self._broken[stamp] = stamp.fault
            return
        if stamp.size > LARGEST_BYTES:
            self._broken[stamp] = f"{stamp.size // 1_000_000} MB are too much"
            return
        file = source / stamp.file
        try:
            with file.open("rb") as content:
                key = f"{hashlib.file_digest(content, 'sha256').hexdigest()[:32]}-{self._shape}"
        except OSError as error:
            raise NotWhole(f"missing: {stamp.file}: {error.strerror}") from error
        if not self.path(key).is_file() and (why := self._intake(file, self.path(key))):
            self._broken[stamp] = why
            return
        known[stamp] = key

    def _write(self, record: Record) -> None:
        written = self._folder / "list.new"
        with written.open("wb") as file:
            file.write(msgspec.json.encode(record))
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._folder / "list.json")
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        self._record = record

    def _sweep(self) -> None:
        """Delete what the list on disk does not name."""
        named = {f"{item.key}.jpg" for item in self.playlist.items} | {"list.json"}
        for path in self._folder.iterdir():
            if path.name not in named:
                path.unlink(missing_ok=True)


class ProcessIntake:
    """Makes pictures fit in a process each (display.intake), which is ended when it takes too long."""

    def __init__(self, box: tuple[int, int], deadline_s: float = DEADLINE_S) -> None:
        self._size = [str(side) for side in box]
        self._deadline_s = deadline_s

    def __call__(self, source: Path, target: Path) -> str:
        order = [sys.executable, "-m", "display.intake", str(source), str(target), *self._size]
        try:
            done = subprocess.run(  # noqa: S603 - our own program; the file's name is an argument, never a command
                order, cwd=ROOT, capture_output=True, text=True, timeout=self._deadline_s, check=False
            )
        except subprocess.TimeoutExpired:
            return f"took longer than {self._deadline_s:.0f} s"
        if done.returncode == 0:
            return ""
        return (done.stdout.strip() or f"ended with {done.returncode}")[:200]


def _item(entry: Entry, key: str, seconds: float) -> Item:
    return Item(
        key,
        entry.file,
        entry.seconds or seconds,
        entry.first_day,
        entry.last_day,
        entry.days,
        entry.begins,
        entry.ends,
    )


def _revision(items: list[Item]) -> str:
    return hashlib.sha256(msgspec.json.encode(items)).hexdigest()[:12]
