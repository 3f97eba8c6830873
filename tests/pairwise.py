"""Few rows in which any two values of any two factors meet: what one value alone, or two together, break is found."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any


def pairwise_rows(factors: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Rows of one value for each factor, so that every pair of values of two factors stands in at least one.

    Greedy and always the same: each row begins with a pair that is still missing and takes, factor by factor, the value
    that meets most of what is missing.
    """
    names = list(factors)
    places = {name: place for place, name in enumerate(names)}
    missing = {
        (one, first, other, second)
        for one, other in combinations(names, 2)
        for first in range(len(factors[one]))
        for second in range(len(factors[other]))
    }
    rows: list[dict[str, int]] = []
    while missing:
        one, first, other, second = min(missing, key=lambda pair: (places[pair[0]], pair[1], places[pair[2]], pair[3]))
        row = {one: first, other: second}
        for name in names:
            if name not in row:
                row[name] = _best(row, name, len(factors[name]), places, missing, turn=len(rows))
        missing -= {(one, row[one], other, row[other]) for one, other in combinations(names, 2)}
        rows.append(row)
    return [{name: factors[name][row[name]] for name in names} for row in rows]


def _best(
    row: Mapping[str, int], name: str, count: int, places: Mapping[str, int], missing: set[Any], *, turn: int
) -> int:
    """The value that meets most; of equals each has its turn, so that more than pairs are mixed."""
    return max(
        range(count),
        key=lambda value: (_met(row, name, value, places, missing), -((value - turn - turn // count) % count)),
    )


def _met(row: Mapping[str, int], name: str, value: int, places: Mapping[str, int], missing: set[Any]) -> int:
    """How many missing pairs a value makes with what stands in the row already."""
    pairs = (
        (name, value, other, taken) if places[name] < places[other] else (other, taken, name, value)
        for other, taken in row.items()
    )
    return sum(pair in missing for pair in pairs)
