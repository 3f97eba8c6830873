"""Where to go, as people read it: "Loket 1–4, 7". Pure; paper and screens say it alike."""

import re
from collections.abc import Iterable
from itertools import groupby

from assets.phrases import is_spelled
from assets.words import Words
from contract.halls import CounterOfHall
from contract.names import Language, Text

SHORTEST_RANGE = 3
"""Two neighbours stay two names: "3, 4"."""

_NUMBERED = re.compile(r"(\D*?)(\d+)")


def counters_phrase(counters: Iterable[CounterOfHall], words: Words) -> str:
    """As in "Loket 1–4", "Loket 3, 7", "Loket 2"; empty without counters. Counters named in words stand last: "Kasir"."""
    names = list(dict.fromkeys(counter_name(counter, words.language.code) for counter in counters))
    spelled = [name for name in names if is_spelled(name)]
    worded = [name for name in names if not is_spelled(name)]
    form = words.paper.counter if len(spelled) == 1 else words.paper.counters
    return ", ".join(([form.format(counters=", ".join(name_ranges(spelled)))] if spelled else []) + worded)


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


def counter_name(counter: CounterOfHall, language: Language | str) -> str:
    """What stands over a counter; its id where nothing does, so that nobody is sent to no place."""
    return said(counter.name, language).strip() or counter.id


def said(text: Text, language: Language | str, otherwise: Language | str = "") -> str:
    """A text in a language; where it is lacking in `otherwise`, and then in the first it has. Empty for an empty text."""
    return text.get(Language(language)) or text.get(Language(otherwise)) or next(filter(None, text.values()), "")
