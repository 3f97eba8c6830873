"""What a program tells (`--tell FILE`): JSON lines that are read as the file grows."""

import json
from pathlib import Path
from typing import Any


class Told:
    """One file of tellings. It need not be there yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._lines: list[dict[str, Any]] = []

    def look(self) -> list[dict[str, Any]]:
        """All whole lines so far, each with `at` (seconds of the machine's clock) and `what`."""
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._read)
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    self._read += len(line)
                    self._lines.append(json.loads(line))
        return self._lines
