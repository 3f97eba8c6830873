"""The proof of a journal: that its chain holds from the first row, and that all its days give today's state.

It reads beside a running hub and writes nothing. What it cannot prove is told by the first row that is broken.
"""

from collections.abc import Iterator
from contextlib import closing

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from hub.chain import FARTHEST, GENESIS, Row, follows, what_is_wrong
from hub.domain.facts import Carried, DayBegan
from hub.domain.hall import HallState, carried, evolve
from hub.journal import DAY_BEGAN, JournalUnreadable, check_version, decoded
from hub.rows import AT_ONCE, reading_engine, rows_from

FOUND = {
    "altered": "it is not as it was written",
    "missing": "it is not there, and rows after it are",
    "inserted": "no hub wrote it",
    "reordered": "it stands at another place",
}


class Noted(Struct, frozen=True):
    """The hash that a row had, noted outside of the journal: 64 hexadecimal digits, or the first of them."""

    sequence: int
    hash: str


class Broken(Struct, frozen=True):
    """The first row that is not as it should be: which one, what in one word, and what was found."""

    sequence: int
    what: str
    found: str


class Proof(Struct):
    """What was proved. `rows` are sound, `whole` of them stand in whole commits; `hash` is of the last sound row.

    `differs` is what of the state since the last begun day all days together do not give.
    """

    rows: int = 0
    whole: int = 0
    days: int = 0
    hash: str = GENESIS.hex()
    broken: Broken | None = None
    differs: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all of it is as it should be."""
        return self.broken is None and not self.differs


def prove(url: str, noted: Noted | None = None) -> Proof:
    """Reads all of it. JournalUnreadable: there is no journal to prove, or it is another version's."""
    engine = reading_engine(url)
    try:
        with closing(engine.connect()) as connection:
            check_version(connection, url)
            return _prove(connection, noted)
    except SQLAlchemyError as error:
        raise JournalUnreadable(f"the journal {url} cannot be opened: {error}") from error
    finally:
        engine.dispose()


def rows_while_readable(connection: Connection, first: int = 1) -> Iterator[Row]:
    """As rows_from; where the file is damaged it gives every row before the damage, then SQLAlchemyError."""
    at_once = AT_ONCE
    while True:
        try:
            for row in rows_from(connection, first, at_once):
                yield row
                first = row.sequence + 1
        except SQLAlchemyError:
            if at_once == 1:
                raise
            at_once = 1
        else:
            return


def _prove(connection: Connection, noted: Noted | None) -> Proof:
    proof, state, began, ends = Proof(), HallState(), 1, 0
    before = GENESIS
    try:
        for row in rows_while_readable(connection):
            expected = proof.rows + 1
            proof.broken = _judge(connection, row, expected, before) or _evolve(state, row, noted)
            if proof.broken is not None:
                return proof
            proof.rows, before, ends = expected, row.hash, row.commit_ends
            proof.hash = before.hex()
            if expected == ends:
                proof.whole = expected
            if row.kind == DAY_BEGAN:
                proof.days, began = proof.days + 1, expected
    except SQLAlchemyError as error:
        proof.broken = Broken(
            proof.rows + 1, "unreadable", f"the file is damaged from here on: {error.__cause__ or error}"
        )
        return proof
    if proof.whole != proof.rows:
        proof.broken = Broken(proof.rows + 1, "torn", f"its commit goes to row {ends}, and no more rows are there")
    elif noted is not None and noted.sequence > proof.rows:
        proof.broken = Broken(proof.rows + 1, "missing", f"row {noted.sequence} was noted, and no more rows are there")
    else:
        proof.differs = _differences(state, _state_since(connection, began, proof.rows))
    return proof


def _judge(connection: Connection, row: Row, expected: int, before: bytes) -> Broken | None:
    """Whether this row is the next one of the chain."""
    if follows(row, expected, before):
        return None
    nearby: dict[int, Row] = {}
    try:
        for each in rows_while_readable(connection, max(1, expected - FARTHEST)):
            if each.sequence > expected + FARTHEST:
                break
            nearby[each.sequence] = each
    except SQLAlchemyError:
        pass  # the rows that can be read must do
    sequence, what = what_is_wrong(row, expected, nearby)
    return Broken(sequence, what, FOUND[what])


def _evolve(state: HallState, row: Row, noted: Noted | None) -> Broken | None:
    """Takes the row in, if it is a fact that can follow, and the one that was noted."""
    if noted is not None and row.sequence == noted.sequence and not row.hash.hex().startswith(noted.hash.lower()):
        return Broken(row.sequence, "altered", "its hash is not the one that was noted: the journal was made anew")
    try:
        fact = decoded(row)
        other = _differences(fact.carried, _carried(state, fact)) if isinstance(fact, DayBegan) else ()
        evolve(state, fact)
    except msgspec.DecodeError as error:
        return Broken(row.sequence, "no fact", str(error))
    except (KeyError, AssertionError) as error:
        return Broken(row.sequence, "impossible", f"it cannot follow on those before it: {error!r}")
    if other:
        return Broken(
            row.sequence, "impossible", f"its day begins with other {', '.join(other)} than those before it left"
        )
    return None


def _carried(state: HallState, fact: DayBegan) -> Carried:
    """What had to go on into this day. How busy the agencies were is taken as it stands: it was reckoned with the hall's files of then."""
    return replace(carried(state, fact.at), past=fact.carried.past)


def _state_since(connection: Connection, began: int, last: int) -> HallState:
    """The state that a start reaches: from the last begun day. The rows are proved already."""
    state = HallState()
    for row in rows_from(connection, began):
        if row.sequence > last:  # a running hub goes on writing
            break
        evolve(state, decoded(row))
    return state


def _differences(one: Struct, other: Struct) -> tuple[str, ...]:
    """The fields in which two of one kind differ, by value."""
    return tuple(name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name))
