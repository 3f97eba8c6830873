"""The chain of the journal's rows: each carries the hash of the row before it, and a hash of that and its own content.

Pure. A row can be judged by itself (is it as it was written?) and beside the one before it (does it follow?). It knows
nothing of what facts mean, and nothing of where rows are kept.

A chain proves that nothing within it was changed. It cannot know what was cut off its end, nor that somebody who can
write the journal made the whole of it anew: for that, a hash that was noted elsewhere is compared (`--seen`).
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Literal, NamedTuple

GENESIS = sha256(b"antrean journal 1").digest()
"""What stands in the first row's `before`."""

FARTHEST = 2000
"""A row that stands where it does not belong is looked for so many places up and down."""


class Row(NamedTuple):
    """A fact as it is kept.

    `sequence` counts from 1 without a gap. `commit_ends` is the sequence of the last row of its commit: the commit is
    whole when that row is there. `at` is RFC 3339 in UTC, `body` the fact as JSON. `before` and `hash` are SHA-256.
    """

    sequence: int
    commit_ends: int
    at: str
    kind: str
    body: str
    before: bytes
    hash: bytes


WhatIsWrong = Literal["altered", "missing", "inserted", "reordered"]


def seal(before: bytes, sequence: int, commit_ends: int, at: str, kind: str, body: str) -> bytes:  # noqa: PLR0917 - called for each row of a replay: names would cost more than the hash
    """The hash of a row. The lengths keep what belongs to one column from being taken for another's."""
    content = f"{sequence} {commit_ends} {len(at)} {len(kind)} {at}{kind}{body}"
    return sha256(before + content.encode()).digest()


def belongs(row: Row, sequence: int) -> bool:
    """Whether the row is as it was written, at this place of the chain. Columns of a wrong type are not."""
    try:
        return seal(row.before, sequence, *row[1:5]) == row.hash
    except (TypeError, UnicodeEncodeError):
        return False


def follows(row: Row, sequence: int, before: bytes) -> bool:
    """Whether this is the row `sequence`, unchanged, after the row with the hash `before`."""
    return row.sequence == sequence and row.before == before and belongs(row, sequence)


def what_is_wrong(row: Row, expected: int, nearby: Mapping[int, Row]) -> tuple[int, WhatIsWrong]:
    """Which row is the first broken one, and what happened to it, where `row` should have been row `expected`.

    `nearby` are the rows about it that can be read, by sequence.
    """
    if row.sequence > expected:
        return expected, "missing"
    home = _home(row)
    if home == expected:  # sound by itself, and yet not the successor of the row before it
        return expected, "inserted"
    if home is None:
        after = nearby.get(expected + 1)
        return expected, "inserted" if after is not None and belongs(after, expected) else "altered"
    if (
        home < expected
    ):  # a copy of a row that stands further up; or something was put in there, and moved this one down
        original = nearby.get(home)
        is_copy = original is not None and original.hash == row.hash
        return expected if is_copy else home, "inserted"
    moved = any(belongs(each, expected) for each in nearby.values())
    return expected, "reordered" if moved else "missing"


def _home(row: Row) -> int | None:
    """The place at which the row was written, if it is unchanged but for its place."""
    near = range(max(1, row.sequence - FARTHEST), row.sequence + FARTHEST + 1)
    return next((place for place in near if belongs(row, place)), None)
