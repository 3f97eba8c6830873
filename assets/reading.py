"""TOML into frozen structs, with every error at once: file, line, key, what is wrong, and "did you mean".

Reading is the only thing here that opens files. What is right in a struct is said once, by its annotations.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from assets import positions
from assets.judging import faults_of

Read = TypeVar("Read", bound=Struct)

_SYNTAX_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_CONVERT_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`$")


class Problem(Struct, frozen=True):
    """One thing that is wrong in a file. `line` counts from 1 (0: the whole file); `key` is dotted, as people write it."""

    file: str
    line: int
    key: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f" {self.key}:" if self.key else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}:{key} {self.what}{hint}"


class BadFile(Exception):
    """A file, or a folder of files, that cannot be used. Holds every problem that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Source(Struct, frozen=True):
    """A TOML file that was read: its data, and its text, in which the lines of keys are looked up when there is a problem."""

    file: str
    data: dict[str, Any]
    text: str = ""
    below: "Source | None" = None
    """The file that filled in what this one leaves out."""

    def problem(self, path: positions.Path, what: str, hint: str = "") -> Problem:
        """A problem at a path; where that does not exist (something is missing), at the nearest table around it."""
        lines = positions.lines_of(self.text)
        if self.below and path not in lines and path in positions.lines_of(self.below.text):
            return self.below.problem(path, what, hint)
        standing = path
        while standing and standing not in lines:
            standing = standing[:-1]
        return Problem(self.file, lines.get(standing, 0), dotted(path), what, hint)


def read_toml(path: Path, into: type[Read], *, only: tuple[str, ...] = (), defaults: Path | None = None) -> Read:
    """The file as a struct; BadFile with every problem. Unknown keys are problems where the struct forbids them.

    `only`: the top-level keys that `into` is read from; others are somebody else's.
    `defaults`: a TOML file that stands below: what `path` does not say is taken from there, table by table.
    """
    source = read_source(path)
    if defaults is not None:
        source = _over(source, read_source(defaults))
    return struct_of(source, into, only=only)


def read_source(path: Path) -> Source:
    """The file's data and the lines of its keys; BadFile with one problem where it is no TOML."""
    name = str(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise BadFile((Problem(name, 0, "", "there is no such file", _near(path)),)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadFile((Problem(name, line, "", "is not UTF-8 text", "save the file as UTF-8"),)) from error
    except OSError as error:
        raise BadFile((Problem(name, 0, "", f"cannot be read: {error.strerror}"),)) from error
    return source_of(name, text.removeprefix("\ufeff").replace("\r\n", "\n"))


def source_of(name: str, text: str) -> Source:
    """A TOML text's data and the lines of its keys; BadFile with one problem where it is no TOML."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFile((_syntax_problem(name, text, str(error)),)) from error
    except (RecursionError, ValueError) as error:  # nested too deep; a date such as 2026-02-30
        raise BadFile((Problem(name, 0, "", f"is not to be read as TOML: {error}"),)) from error
    return Source(name, data, text)


def struct_of(source: Source, into: type[Read], *, only: tuple[str, ...] = ()) -> Read:
    """What was read, as a struct; BadFile with every problem."""
    data = {key: value for key, value in source.data.items() if not only or key in only}
    try:
        return msgspec.convert(data, into)
    except (msgspec.ValidationError, ValueError, TypeError) as error:
        faults = faults_of(data, into)
        if faults:
            problems = tuple(source.problem(fault.path, fault.what, fault.hint) for fault in faults)
            raise BadFile(in_order(problems)) from error
        # A struct's own __post_init__ may refuse what its annotations allow.
        place = _CONVERT_PLACE.search(str(error))
        what = str(error)[: place.start()] if place else str(error)
        raise BadFile((source.problem(_path_in(place["path"] if place else ""), what),)) from error


def in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """As a person goes through the files: the outer ones first, then by name, then by line."""
    return tuple(sorted(problems, key=lambda problem: (len(Path(problem.file).parts), problem.file, problem.line)))


def dotted(path: positions.Path) -> str:
    """`services[2].name.en`: list items count from 1, as people do."""
    written = ""
    for step in path:
        if isinstance(step, int):
            written += f"[{step + 1}]"
        else:
            plain = re.fullmatch(r"[A-Za-z0-9_-]+", step)
            written += ("." if written else "") + (step if plain else f'"{step}"')
    return written


def _over(source: Source, defaults: Source) -> Source:
    return Source(source.file, _merged(defaults.data, source.data), source.text, below=defaults)


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both_tables = isinstance(value, dict) and isinstance(under, dict)
        merged[key] = _merged(under, value) if both_tables and under is not None else value
    return merged


def _syntax_problem(name: str, text: str, message: str) -> Problem:
    place = _SYNTAX_PLACE.search(message)
    what = message[: place.start()] if place else message
    if place and place["line"]:
        return Problem(name, int(place["line"]), "", f"column {place['column']}: {what}", "this is not TOML")
    return Problem(name, text.count("\n") + 1, "", f"at the end of the file: {what}", "this is not TOML")


def _near(path: Path) -> str:
    """A file beside it whose name is much the same."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where something went wrong

    names = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    close = get_close_matches(path.name, names, n=1)
    return f'did you mean "{close[0]}"?' if close else ""


def _path_in(written: str) -> positions.Path:
    """A path as msgspec writes it, `.services[0].name`."""
    steps = re.findall(r"\.([A-Za-z0-9_-]+)|\[(\d+)\]", written)
    return tuple(key or int(index) for key, index in steps)
