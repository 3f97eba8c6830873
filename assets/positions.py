"""Where every key of a TOML text stands: its path and its line. Pure.

The standard reader gives values without lines, so this goes over the text once more. It must be given TOML that the
standard reader has accepted: it finds places, it judges nothing.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

Path = tuple[str | int, ...]
"""A way into the data: names of keys and, in lists, indexes from 0."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^\s,\]}#][^,\]}#\r\n]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


@lru_cache(maxsize=64)
def lines_of(text: str) -> Mapping[Path, int]:
    """The line (from 1) of every key, table and list item. A table that is opened several ways keeps its first line.

    The last 64 texts are remembered: one bad file asks for many lines.
    """
    return _Walk(text).lines()


class _Walk:
    """One pass over one text. `at` is how far it has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {(): 1}
        self.lists: dict[Path, int] = {}
        self.counted_to = 0
        self.line = 1

    def lines(self) -> dict[Path, int]:
        table: Path = ()
        while self.blank():
            if self.text.startswith("[[", self.at):
                table = self.list_item()
            elif self.text[self.at] == "[":
                table = self.table()
            else:
                self.pair(table)
        return self.found

    def blank(self) -> bool:
        """Past blanks, newlines and comments; whether anything is left."""
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at < len(self.text)

    def note(self, path: Path) -> None:
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        self.found.setdefault(path, self.line)

    def inner(self, base: Path, keys: list[str]) -> Path:
        """The path of dotted keys below `base`, each step noted; a step into a list of tables means its last item."""
        path = base
        for key in keys:
            path = (*path, key)
            self.note(path)
            if path in self.lists and key is not keys[-1]:
                path = (*path, self.lists[path])
        return path

    def table(self) -> Path:
        start = self.at
        self.at += 1
        keys = self.keys()
        end = self.at + 1
        self.at = start
        path = self.inner((), keys)
        self.at = end
        return path

    def list_item(self) -> Path:
        start = self.at
        self.at += 2
        keys = self.keys()
        end = self.at + 2
        self.at = start
        path = self.inner((), keys)
        self.lists[path] = self.lists.get(path, -1) + 1
        path = (*path, self.lists[path])
        self.note(path)
        self.at = end
        return path

    def pair(self, table: Path) -> None:
        start = self.at
        keys = self.keys()
        end = self.at + 1
        self.at = start
        path = self.inner(table, keys)
        self.at = end
        self.value(path)

    def keys(self) -> list[str]:
        """A dotted key, up to what follows it."""
        keys = []
        while True:
            self.blank()
            keys.append(self.string() if self.text[self.at] in "\"'" else self.bare())
            self.blank()
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def bare(self) -> str:
        match = _BARE.match(self.text, self.at)
        if match is None:
            raise ValueError(f"no key at character {self.at}: this text was not accepted as TOML")
        self.at = match.end()
        return match.group()

    def string(self) -> str:
        """A quoted string of any of the four kinds; its content only matters where it is a key."""
        quote = self.text[self.at]
        mark = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        start = self.at = self.at + len(mark)
        while not self.text.startswith(mark, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        inside = self.text[start : self.at]
        self.at += len(mark)
        while len(mark) == 3 and self.text.startswith(quote, self.at):
            self.at += 1  # up to two quotes may stand directly before the closing three
        return _ESCAPE.sub(_unescape, inside) if quote == '"' else inside

    def value(self, path: Path) -> None:
        self.blank()
        first = self.text[self.at]
        if first in "\"'":
            self.string()
        elif first == "[":
            self.items(path)
        elif first == "{":
            self.inline(path)
        else:
            match = _SCALAR.match(self.text, self.at)
            self.at = match.end() if match else self.at + 1

    def items(self, path: Path) -> None:
        """A list in brackets."""
        self.at += 1
        count = 0
        while self.blank() and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.note((*path, count))
            self.value((*path, count))
            count += 1
        self.at += 1

    def inline(self, path: Path) -> None:
        """A table in braces."""
        self.at += 1
        while self.blank() and self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.pair(path)
        self.at += 1


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1)
    return chr(int(code[1:], 16)) if code[0] in "uU" else _ESCAPED.get(code, code)
