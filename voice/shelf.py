"""A shelf of waves: a folder of wave files by what they say, so that what was just said need not be made again.

Bounded: when it holds `limit` waves, the one that was asked for longest ago goes. The folder is the shelf's own and is
removed with it; a folder that a killed program left behind is removed by the next one (`sweep`).
"""

import os
import shutil
import tempfile
import wave
import zlib
from collections import OrderedDict
from pathlib import Path

from voice.speaker import NotSpoken, Utterance, Wave

PREFIX = "antrean-voice-"


class Shelf:
    """Holds at most `limit` waves in a temporary folder of its own."""

    def __init__(self, limit: int) -> None:
        self._limit = max(1, limit)
        self._folder: Path | None = None
        self._waves: OrderedDict[Utterance, Wave] = OrderedDict()
        self._made = 0

    def find(self, utterance: Utterance) -> Wave | None:
        """The wave that says it, if it is still here; it counts as asked for now."""
        found = self._waves.get(utterance)
        if found is None:
            return None
        if not found.path.exists():
            del self._waves[utterance]
            return None
        self._waves.move_to_end(utterance)
        return found

    def place(self, utterance: Utterance) -> Path:
        """Where to write a new wave of it; `keep` must follow. NotSpoken where no folder can be made."""
        if self._folder is None:
            try:
                self._folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
            except OSError as error:
                raise NotSpoken(f"there is no room for waves: {error}") from error
        self._made += 1
        return self._folder / f"{self._made:06d}-{zlib.crc32(utterance.text.encode()):08x}.wav"

    def keep(self, utterance: Utterance, path: Path) -> Wave:
        """Put a written file on the shelf. NotSpoken where it is no wave file or has no sound in it."""
        try:
            with wave.open(str(path), "rb") as file:
                frames, rate, width = file.getnframes(), file.getframerate(), file.getsampwidth()
        except (OSError, EOFError, wave.Error) as error:
            raise NotSpoken(f"no wave came out of {utterance.text!r}: {error}") from error
        if not frames or width != 2:
            path.unlink(missing_ok=True)
            raise NotSpoken(f"an empty wave came out of {utterance.text!r}")
        kept = Wave(path, frames / rate)
        before = self._waves.pop(utterance, None)
        if before is not None and before.path != path:
            before.path.unlink(missing_ok=True)
        self._waves[utterance] = kept
        while len(self._waves) > self._limit:
            _, old = self._waves.popitem(last=False)
            old.path.unlink(missing_ok=True)
        return kept

    def clear(self) -> None:
        """Remove every wave and the folder."""
        self._waves.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def sweep(prefix: str = PREFIX) -> None:
    """Remove the temporary folders, named PREFIX + process id + "-" + anything, whose programs no longer live."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*-*"):
        owner = folder.name.removeprefix(prefix).split("-", 1)[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)
