"""TOML into frozen structs, with every error at once: file, line, key, what is wrong, and "did you mean".

Reading is the only thing here that opens files.
"""

from pathlib import Path
from typing import TypeVar

from msgspec import Struct

Read = TypeVar("Read", bound=Struct)


class Problem(Struct, frozen=True):
    """One thing that is wrong in a file. `line` counts from 1 (0: the whole file); `key` is dotted, as people write it."""

    file: str
    line: int
    key: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}: {self.key}: {self.what}{hint}"


class BadFile(Exception):
    """A file, or a folder of files, that cannot be used. Holds every problem that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read_toml(path: Path, into: type[Read], *, only: tuple[str, ...] = ()) -> Read:
    """The file as a struct. Unknown keys are problems where the struct forbids them.

    `only`: the top-level tables that `into` is read from; others are somebody else's.
    """
    raise NotImplementedError
