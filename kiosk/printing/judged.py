"""What is wrong in a layout file that no single key's type can tell: keys of other blocks, pictures, one's own texts.

It goes over the data as it stands, so that everything is told at once, also beside what the types refuse.
"""

import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assets.judging import did_you_mean
from assets.positions import Path as KeyPath
from assets.reading import Problem, Source
from assets.words import languages
from kiosk.printing.logo import why_no_picture
from kiosk.printing.saying import PLACEHOLDERS

LINE = frozenset({"size", "weight", "align"})
KEYS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("copy", "hall", "place", "caption", "number", "words", "agency"), LINE),
    **dict.fromkeys(("when", "missed", "free", "footer"), LINE),
    "service": LINE | {"small"},
    "text": LINE | {"text"},
    "logo": frozenset({"picture", "height", "align"}),
    "rule": frozenset(),
    "space": frozenset({"height"}),
    "bar": frozenset({"size", "weight"}),
    "ahead": frozenset({"size", "small", "weight"}),
    "about": frozenset({"size", "small", "weight"}),
    "prepare": frozenset({"size", "small", "weight"}),
    "follow": frozenset({"size", "small", "weight", "module"}),
}
"""The keys of each block besides `show`."""
EVERY_KEY = frozenset().union(*KEYS.values())
LARGEST_MM = 20.0
"""Of all capitals but those of the number, which makes itself smaller where it must: a letter still fits on 58 mm."""


def problems_in(source: Source, folder: Path) -> Iterator[Problem]:
    """Every problem of a layout's blocks. `folder`: where the file stands, to which its pictures are relative."""
    sheet = source.data.get("paper")
    blocks = sheet.get("blocks") if isinstance(sheet, dict) else None
    for at, block in enumerate(blocks if isinstance(blocks, list) else ()):
        if isinstance(block, dict) and block.get("show") in KEYS:
            yield from _of_block(source, ("paper", "blocks", at), block, folder)
    if isinstance(blocks, list) and blocks and not any(_shows_number(block) for block in blocks):
        what = "show no number: whoever gets this paper could not be called by it"
        yield source.problem(("paper", "blocks"), what, 'add { show = "number" }')


def _shows_number(block: object) -> bool:
    return isinstance(block, dict) and block.get("show") == "number"


def _of_block(source: Source, path: KeyPath, block: dict[str, Any], folder: Path) -> Iterator[Problem]:
    show = block["show"]
    for key in block:
        if key != "show" and key in EVERY_KEY and key not in KEYS[show]:
            hint = "it takes " + (", ".join(sorted(KEYS[show])) or "no other keys")
            yield source.problem((*path, key), f'says nothing about a "{show}"', hint)
    size = block.get("size")
    if show != "number" and isinstance(size, int | float) and size > LARGEST_MM:
        yield source.problem((*path, "size"), f"only the number may be larger than {LARGEST_MM:.0f} mm")
    picture = block.get("picture")
    if show == "logo" and isinstance(picture, str) and (why := why_no_picture(folder / picture)):
        yield source.problem((*path, "picture"), why, "a PNG, its path from the layout's folder")
    if show == "text":
        yield from _of_text(source, (*path, "text"), block.get("text"))


def _of_text(source: Source, path: KeyPath, text: object) -> Iterator[Problem]:
    """One's own words: `text = { id = "...", en = "..." }`."""
    if not isinstance(text, dict) or not text:
        if text is None or text == {}:
            yield source.problem(path, "is missing", 'such as text = { id = "Terima kasih", en = "Thank you" }')
        return
    for language, words in text.items():
        if language not in languages():
            hint = did_you_mean(language, languages())
            yield source.problem((*path, language), f'there is no language "{language}"', hint)
        if isinstance(words, str):
            yield from _of_words(source, (*path, language), words)


def _of_words(source: Source, path: KeyPath, words: str) -> Iterator[Problem]:
    if not words.strip():
        yield source.problem(path, "must not be empty")
    try:
        pieces = list(string.Formatter().parse(words))
    except ValueError:
        yield source.problem(path, "has a brace without its other half", "{{ and }} print a brace")
        return
    for _, name, form, conversion in pieces:
        if name is None:
            continue
        if name not in PLACEHOLDERS:
            yield source.problem(path, f"there is nothing called {{{name}}}", did_you_mean(name, PLACEHOLDERS))
        elif form or conversion:
            yield source.problem(path, f"{{{name}}} stands with more than its name", f"write {{{name}}}")
