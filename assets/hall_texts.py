"""What is wrong with the texts in a hall's files. Pure.

Not in the hall's first language, empty, in no known language; longer than any screen or paper shows; with signs in them
that nobody sees: a line's end, a colour for a terminal, a turn of the reading direction.
"""

import unicodedata
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

LONGEST = 400
"""Letters of a text that says something: of a requirement, a step, a fee. A paper's whole side has some 1,500."""
LONGEST_OF = {"name": 150, "place": 150, "about": 200, "product": 200, "duration": 200, "ticket_footer": 200}
"""Of texts that have less room. The example hall's longest has 43; laws make three times of it."""
LONGEST_WORD = 80
"""Letters without a space: more than any address that people copy from paper."""
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Unicode's kinds of signs that print nothing or anything: controls, formats, private ones, ends of lines."""


def sign_problem(words: str, path: Path, source: Source) -> Problem | None:
    """A sign in a text that nobody sees, or None."""
    for place, sign in enumerate(words, 1):
        if unicodedata.category(sign) in UNSEEN:
            name = unicodedata.name(sign, "an end of line" if sign in "\r\n" else "a control sign")
            what = f"has a sign that nobody sees as its {place}. one: {name} (U+{ord(sign):04X})"
            return source.problem(path, what, "write the text anew on one line, without pasting it")
    return None


def length_problem(words: str, path: Path, source: Source) -> Problem | None:
    """A text, or a word in it, that no screen and no paper has room for, or None. The path's last name says of what kind it is."""
    kind = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
    longest = LONGEST_OF.get(kind, LONGEST)
    if len(words) > longest:
        what = f"has {len(words)} letters, {longest} are the most"
        return source.problem(path, what, "say it shorter: it must be read on a screen and on paper")
    word = max(words.split(), key=len, default="")
    if len(word) > LONGEST_WORD:
        what = f'has a word of {len(word)} letters ("{word[:20]}..."), {LONGEST_WORD} are the most'
        return source.problem(path, what, "put spaces into it")
    return None


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
        else:
            for judge in (sign_problem, length_problem):
                if (problem := judge(words, (*path, key), source)) is not None:
                    yield problem
    if tongues and tongues[0] not in text:
        yield source.problem((*path, tongues[0]), f'is missing: "{tongues[0]}" is the hall\'s first language')
