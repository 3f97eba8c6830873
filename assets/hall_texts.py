"""What is wrong with the texts in a hall's files: not in the hall's first language, empty, or in no known language. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, structs

from assets.judging import did_you_mean
from assets.positions import Path
from assets.reading import Problem, Source
from assets.words import languages
from contract.names import Language

NO_TEXTS = frozenset({"words", "synonyms", "broker"})
"""Fields that are tables and yet no texts in every language: errands and services need not have synonyms in each."""


def text_problems(entry: Struct, source: Source, tongues: tuple[Language, ...]) -> Iterator[Problem]:
    """Every table of texts below `entry`. An optional one that is empty is absent, which is for others to judge."""
    for path, text in _texts_in(entry, ()):
        yield from _text_problem(path, text, source, tongues)


def _texts_in(value: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every text: required ones and items of lists even where they are empty."""
    match value:
        case Struct():
            for field in structs.fields(value):
                inner = getattr(value, field.name)
                if inner == {} and field.required:
                    yield (*path, field.name), {}
                elif field.name not in NO_TEXTS:
                    yield from _texts_in(inner, (*path, field.name))
        case tuple():
            for index, item in enumerate(value):
                yield from _texts_in(item, (*path, index))
        case dict() if value or isinstance(path[-1], int):
            yield path, {key: text for key, text in value.items() if key != "note"}
            if isinstance(value.get("note"), dict):
                yield (*path, "note"), value["note"]
        case _:
            return


def _text_problem(
    path: Path, text: Mapping[str, Any], source: Source, tongues: tuple[Language, ...]
) -> Iterator[Problem]:
    known = {*tongues, *languages()}
    for key, words in text.items():
        if key not in known:
            hint = did_you_mean(key, sorted(known))
            yield source.problem((*path, key), f'there is no language "{key}"', hint)
        elif not isinstance(words, str):
            yield source.problem((*path, key), "must be a text")
        elif not words.strip():
            yield source.problem((*path, key), "must not be empty")
    if tongues and tongues[0] not in text:
        yield source.problem((*path, tongues[0]), f'is missing: "{tongues[0]}" is the hall\'s first language')
