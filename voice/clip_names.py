"""Which recorded clips a sentence needs, by its words alone. Pure: it must never know what a call is.

A clip's name is the plain slug of what is said in it: "nomor-antrean" says "Nomor antrean". A sentence is cut at its
commas; within a piece the longest clip that fits goes first, so a whole phrase sounds better than its words in a row.
"""

import re

from msgspec import Struct

_WORDS = re.compile(r"\w+")
_PAUSES = re.compile(r"[,;:.!?]+(?=\s|$)")

NAME_LIMIT = 120


class Recipe(Struct, frozen=True):
    """What to put together: pieces with a pause between them, each of clips by name. `lacking`: words without a clip."""

    pieces: tuple[tuple[str, ...], ...]
    lacking: tuple[str, ...] = ()


def slug(text: str) -> str:
    """The name of the clip that says these words: lower case, words joined by hyphens, nothing else."""
    return "-".join(_WORDS.findall(text.casefold()))[:NAME_LIMIT]


def recipe(text: str, have: frozenset[str]) -> Recipe:
    """The clips that say a sentence, in order. Words that no clip of `have` says are named, each run as one slug."""
    longest = max((name.count("-") + 1 for name in have), default=1)
    pieces, lacking = [], []
    for piece in _PAUSES.split(text):
        words = _WORDS.findall(piece.casefold())
        clips, missed = _cover(words, have, longest)
        lacking.extend(missed)
        if clips:
            pieces.append(tuple(clips))
    return Recipe(tuple(pieces), tuple(dict.fromkeys(lacking)))


def _cover(words: list[str], have: frozenset[str], longest: int) -> tuple[list[str], list[str]]:
    clips: list[str] = []
    missed: list[str] = []
    run: list[str] = []
    at = 0
    while at < len(words):
        fitting = (
            count for count in range(min(longest, len(words) - at), 0, -1) if "-".join(words[at : at + count]) in have
        )
        count = next(fitting, 0)
        if count:
            clips.append("-".join(words[at : at + count]))
            if run:
                missed.append("-".join(run))
                run = []
        else:
            run.append(words[at])
        at += count or 1
    if run:
        missed.append("-".join(run))
    return clips, missed
