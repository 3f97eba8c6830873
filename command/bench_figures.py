"""What the bench measured, as data: samples become figures, figures are held against bars, and both become a table.

Pure: it starts nothing, reads no clock and no file.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

Percentile = Literal["median", "p95", "p99"]
_SHARES: Mapping[Percentile, float] = {"median": 0.5, "p95": 0.95, "p99": 0.99}


class Figure(Struct, frozen=True):
    """One thing that was measured. `floor`: the median of the least that it could be, in the same run; `ratio`: median by floor.

    p95 and p99 are what 95 and 99 of 100 samples do not go beyond, towards the bad end: for a rate that is the low one.
    """

    name: str
    what: str
    unit: str
    median: float
    p95: float
    p99: float
    samples: int
    floor: float | None = None
    ratio: float | None = None


class Bar(Struct, frozen=True):
    """What a figure is held against: a number, or (with `beside`) so many times the same percentile of another figure."""

    of: str
    percentile: Percentile
    limit: float
    beside: str | None = None
    least: bool = False


BARS = (
    Bar("issue", "median", 1.5, beside="floor"),
    Bar("issue", "p99", 3.0, beside="floor"),
    Bar("next", "median", 1.5, beside="floor-next"),
    Bar("throughput", "median", 0.45, beside="floor-throughput", least=True),
    Bar("throughput", "median", 2000, least=True),
    Bar("call-to-frame", "p95", 100),
    Bar("call-to-frame-three", "p95", 1.5, beside="scene-three"),
    Bar("tap-to-paper", "p95", 300),
    Bar("first-frame-kiosk", "median", 3000),
    Bar("first-frame-display", "median", 3000),
    Bar("idle-frames-kiosk", "median", 30),
    Bar("idle-frames-display", "median", 30),
    Bar("idle-cpu-kiosk", "median", 2.0),
    Bar("idle-cpu-display", "median", 2.0),
    Bar("memory-kiosk", "median", 1.3, beside="memory-empty-kiosk"),
    Bar("memory-display", "median", 1.3, beside="memory-empty-display"),
    Bar("replay", "median", 1000),
    Bar("next-after-a-year", "median", 1.5, beside="next-on-a-new-journal"),
)
"""From docs/performance.md; shares of other figures hold on any machine, the numbers on an idle one of two cores."""


def percentile(samples: Iterable[float], share: float) -> float:
    """The smallest sample that at least `share` of all do not exceed (nearest rank). ValueError for none."""
    ordered = sorted(samples)
    if not ordered:
        raise ValueError("there is nothing to take a percentile of")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def figure(
    name: str, what: str, unit: str, samples: Sequence[float], *, floor: Figure | None = None, rate: bool = False
) -> Figure:
    """`samples` as a figure. `rate`: more is better."""
    bad_end = [-sample for sample in samples] if rate else samples
    median, p95, p99 = (abs(percentile(bad_end, share)) for share in _SHARES.values())
    ratio = None if floor is None or not floor.median else median / floor.median
    return Figure(name, what, unit, median, p95, p99, len(samples), None if floor is None else floor.median, ratio)


def as_json(figures: Iterable[Figure]) -> dict[str, dict[str, float | str | None]]:
    """What `--json` writes."""
    return {
        one.name: {
            "median": one.median,
            "p95": one.p95,
            "p99": one.p99,
            "unit": one.unit,
            "floor": one.floor,
            "ratio": one.ratio,
        }
        for one in figures
    }


def reached(bar: Bar, figures: Mapping[str, Figure]) -> float | None:
    """What is held against the bar's limit; None where it was not measured."""
    one = figures.get(bar.of)
    other = None if bar.beside is None else figures.get(bar.beside)
    if one is None or (bar.beside is not None and other is None):
        return None
    value: float = getattr(one, bar.percentile)
    if other is None:
        return value
    beside: float = getattr(other, bar.percentile)
    return value / beside if beside else None


def holds(bar: Bar, figures: Mapping[str, Figure]) -> bool | None:
    """Whether a bar is kept; None where it was not measured."""
    value = reached(bar, figures)
    if value is None:
        return None
    return value >= bar.limit if bar.least else value <= bar.limit


def in_words(bar: Bar, unit: str) -> str:
    """Such as: "p99 at most 3 x floor"."""
    wanted = f"{bar.percentile} {'at least' if bar.least else 'at most'} {_short(bar.limit)}"
    return f"{wanted} x {bar.beside}" if bar.beside else f"{wanted} {unit}"


HEADINGS = ("figure", "median", "p95", "p99", "unit", "of its floor", "bar", "holds")


def table(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """Rows of HEADINGS: one for each figure, and one more for each further bar of it."""
    by_name = {one.name: one for one in figures}
    rows: list[tuple[str, ...]] = []
    for one in figures:
        bars = [bar for bar in BARS if bar.of == one.name]
        verdicts = [(in_words(bar, one.unit), _verdict(bar, by_name)) for bar in bars] or [("", "")]
        ratio = "" if one.ratio is None else f"{one.ratio:.2f} x"
        first = (one.name, _number(one.median), _number(one.p95), _number(one.p99), one.unit, ratio)
        rows.append((*first, *verdicts[0]))
        rows += [("", "", "", "", "", "", *verdict) for verdict in verdicts[1:]]
    return rows


def as_text(figures: Sequence[Figure]) -> str:
    """The table for a terminal."""
    rows = [HEADINGS, *table(figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column in {1, 2, 3, 5} else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def as_markdown(figures: Sequence[Figure]) -> str:
    """The table, and what each figure is."""
    lines = ["| " + " | ".join(HEADINGS) + " |", "|---|---:|---:|---:|---|---:|---|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in table(figures)]
    lines += ["", "| figure | what it is | samples |", "|---|---|---:|"]
    lines += [f"| {one.name} | {one.what} | {one.samples} |" for one in figures]
    return "\n".join(lines)


def _verdict(bar: Bar, figures: Mapping[str, Figure]) -> str:
    value = reached(bar, figures)
    if value is None:
        return "not measured"
    kept = "yes" if holds(bar, figures) else "NO"
    return f"{kept}: {value:.2f} x" if bar.beside else kept


def _number(value: float) -> str:
    for above, digits in ((100, 0), (10, 1)):
        if value >= above:
            return f"{value:.{digits}f}"
    return f"{value:.2f}"


def _short(value: float) -> str:
    return f"{value:g}"
