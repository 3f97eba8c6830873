"""What a screen says about itself to whoever set `--tell FILE`: one JSON line for each thing that was shown or heard.

Demo and tests read it, only to know where to touch and when something was on the screen. Knows nothing of Kivy.
"""

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec


class Teller:
    """Appends lines `{"at": unix seconds, "what": ..., ...}`, each flushed at once. Without a path it says nothing.

    Safe to use from several threads. OSError where the file cannot be opened.
    """

    def __init__(self, path: Path | None) -> None:
        self._file = None if path is None else path.open("ab", buffering=0)
        self._lock = threading.Lock()

    def tell(self, what: str, **facts: Any) -> None:
        """Say it. `facts` must be what JSON can carry (structs are fine)."""
        if self._file is None:
            return
        line = msgspec.json.encode({"at": time.time(), "what": what} | facts) + b"\n"
        with self._lock:
            self._file.write(line)

    def close(self) -> None:
        """No more lines. Closing twice is fine."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
