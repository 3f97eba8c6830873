"""Languages for tests: one that nobody speaks, in which every text is 40 % longer, and files of languages in a folder of their own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from msgspec import convert, to_builtins

from assets import words
from assets.language_file import leaves
from assets.words import WHOLE, Words, words_of
from contract.names import Language

LONGER = 1.4
_FILLER = "âêîôû"


def longer(text: str) -> str:
    """The text with every word 40 % longer, in letters with marks above; what stands in braces stays."""
    return "".join(part if part.startswith("{") else _stretched(part) for part in re.split(r"(\{[^}]*\})", text))


def long_words(language: Language = WHOLE) -> Words:
    """All words of a language made longer; numbers are said and written as before."""
    return convert(_longer(to_builtins(words_of(language)), ()), Words)


def _longer(value: Any, path: tuple[str, ...]) -> Any:
    match value:
        case dict():
            return {key: _longer(one, (*path, key)) for key, one in value.items()}
        case str() if path[0] not in ("language", "spoken", "dates"):
            return longer(value)
        case _:
            return value


def _stretched(part: str) -> str:
    """Each word gets letters in its middle."""
    return re.sub(r"\w{3,}", lambda word: _word(word.group()), part)


def _word(word: str) -> str:
    more = max(1, round(len(word) * (LONGER - 1)))
    middle = len(word) // 2
    return word[:middle] + "".join(_FILLER[place % len(_FILLER)] for place in range(more)) + word[middle:]


@contextmanager
def folder_of_languages(folder: Path) -> Iterator[Path]:
    """The language files in a folder of a test's own, and this program reading them there."""
    folder.mkdir(exist_ok=True)
    for file in words.FOLDER.glob("*.toml"):
        copy(file, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "FOLDER", folder)
        forget()
        yield folder
    forget()


def forget() -> None:
    """Files may have changed: read them anew."""
    for cached in (words.words_of, words.laid, words.languages):
        cached.cache_clear()


def every_text(language: Language) -> dict[str, str]:
    """The texts of a language by their dotted names; lists and tables of letters aside."""
    data = to_builtins(words_of(language))
    return {".".join(map(str, path)): text for path, text in leaves(data) if isinstance(text, str)}
