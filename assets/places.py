"""Where to go, as people read it: "Loket 1–4, 7". Pure; paper and screens say it alike."""

import re
from collections.abc import Iterable
from itertools import groupby

from assets.words import Words
from contract.halls import CounterOfHall
from contract.names import Language, Text

SHORTEST_RANGE = 3
"""Two neighbours stay two names: "3, 4"."""

_NUMBERED = re.compile(r"(\D*?)(\d+)")


def counters_phrase(counters: Iterable[CounterOfHall], words: Words) -> str:
    """As in "Loket 1–4", "Loket 3, 7", "Loket 2"; empty without counters. Names without a number stand last, as they are."""
    names = [said(counter.name, words.language.code) for counter in counters]
    ranges = name_ranges(names)
    if not ranges:
        return ""
    form = words.paper.counter if len(names) == 1 else words.paper.counters
    return form.format(counters=", ".join(ranges))


def name_ranges(names: Iterable[str]) -> tuple[str, ...]:
    """Names "1", "2", "3", "7" as "1–3", "7"; also with a prefix: "A1–A3". In order of number; each name once."""
    numbered: set[tuple[str, int]] = set()
    worded: list[str] = []
    for name in names:
        found = _NUMBERED.fullmatch(name.strip())
        if found and str(int(found[2])) == found[2]:
            numbered.add((found[1], int(found[2])))
        elif name.strip() and name.strip() not in worded:
            worded.append(name.strip())
    pieces: list[str] = []
    for prefix, group in groupby(sorted(numbered), key=lambda each: each[0]):
        counts = [count for _, count in group]
        for run in _runs(counts):
            if len(run) >= SHORTEST_RANGE:
                pieces.append(f"{prefix}{run[0]}–{prefix}{run[-1]}")
            else:
                pieces += [f"{prefix}{count}" for count in run]
    return (*pieces, *worded)


def _runs(counts: list[int]) -> list[list[int]]:
    """Neighbours together: 1 2 3 7 as [1 2 3] [7]. The counts are in order and differ."""
    runs: list[list[int]] = []
    for count in counts:
        if runs and runs[-1][-1] + 1 == count:
            runs[-1].append(count)
        else:
            runs.append([count])
    return runs


def said(text: Text, language: Language | str, otherwise: Language | str = "") -> str:
    """A text in a language; where it is lacking in `otherwise`, and then in the first it has. Empty for an empty text."""
    return text.get(Language(language)) or text.get(Language(otherwise)) or next(iter(text.values()), "")
