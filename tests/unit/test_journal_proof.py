"""The chain: whatever is changed in a journal is found, at its row; whoever looks disturbs nobody."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.domain.facts import HubStarted
from hub.journal import Journal, JournalUnreadable, sqlite_url
from hub.proof import Noted
from tests.journals import COLUMNS, broken, change, changed, kept, proof_of, sealed_anew, two_days, with_rows
from tests.unit.hub_hall import MORNING, World


@pytest.fixture(scope="module")
def whole() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.sqlite"
        two_days(path).journal.close()
        yield path


def test_a_journal_as_the_hub_wrote_it_is_proved(whole: Path) -> None:
    proof = proof_of(whole)
    rows = kept(whole)
    assert proof.holds
    assert (proof.rows, proof.whole, proof.days) == (len(rows), len(rows), 3)
    assert proof.hash == rows[-1]["hash"].hex()


def test_an_empty_journal_is_proved(tmp_path: Path) -> None:
    Journal(sqlite_url(tmp_path / "j")).close()
    assert proof_of(tmp_path / "j").holds


def test_rows_of_one_commit_say_where_it_ends(whole: Path) -> None:
    rows = kept(whole)
    ends = [row["commit_ends"] for row in rows]
    assert all(end >= row["sequence"] for end, row in zip(ends, rows, strict=True))
    assert all(ends[end - 1] == end for end in ends)
    assert max(ends.count(end) for end in ends) >= 3


def altered(value: Any, where: int, how: int) -> Any:
    """One byte of the value is another."""
    if isinstance(value, int):
        return value ^ (1 << how % 8)
    raw = bytearray(value.encode() if isinstance(value, str) else value)
    raw[where % len(raw)] ^= 1 + how % 127
    return raw.decode(errors="surrogateescape") if isinstance(value, str) else bytes(raw)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    column=st.sampled_from(COLUMNS), numbers=st.tuples(st.integers(0, 1000), st.integers(0, 2000), st.integers(0, 254))
)
def test_any_changed_byte_of_any_column_is_found(
    whole: Path, tmp_path: Path, column: str, numbers: tuple[int, int, int]
) -> None:
    rows = kept(whole)
    row, where, how = numbers
    row %= len(rows)
    value = altered(rows[row][column], where, how)
    others = {each["sequence"] for each in rows}
    if column == "sequence" and (value in others or value == rows[row]["sequence"]):
        return  # SQLite keeps no two rows of one sequence
    given_value: Any = value
    cast = "?"
    if isinstance(value, str):  # bytes that are no text any more are put in as they are
        given_value, cast = value.encode(errors="surrogateescape"), "CAST(? AS TEXT)"
    sequence = rows[row]["sequence"]
    statement = f"UPDATE facts SET {column} = {cast} WHERE sequence = {sequence}"  # noqa: S608 - our own names
    path = changed(whole, tmp_path, statement, given=(given_value,))
    found = proof_of(path).broken
    assert found is not None
    assert found.sequence in ({value, sequence} if column == "sequence" else {sequence})


def test_a_column_of_another_type_is_found(whole: Path, tmp_path: Path) -> None:
    for column in ("at", "kind", "body"):
        statement = f"UPDATE facts SET {column} = CAST({column} AS BLOB) WHERE sequence = 4"  # noqa: S608 - our own names
        assert broken(changed(whole, tmp_path, statement)) == (
            4,
            "altered",
        )


def test_a_row_that_is_missing_is_named(whole: Path, tmp_path: Path) -> None:
    for gone in (1, 2, 7):
        path = changed(whole, tmp_path, "DELETE FROM facts WHERE sequence = ?", given=(gone,))
        assert broken(path) == (gone, "missing")


def test_a_row_that_was_taken_out_is_named_although_the_others_moved_up(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    moved = [row | {"sequence": number} for number, row in enumerate(rows[:6] + rows[7:], 1)]
    assert broken(with_rows(whole, tmp_path, moved)) == (7, "missing")


def test_a_row_that_was_put_in_is_named(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    wrong = [*rows[:6], rows[3], *rows[6:]]
    moved = [row | {"sequence": number} for number, row in enumerate(wrong, 1)]
    assert broken(with_rows(whole, tmp_path, moved)) == (7, "inserted")


def test_a_row_that_was_put_in_with_a_right_hash_is_named(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    forged = sealed_anew([*rows[:6], rows[5] | {"commit_ends": 7}])
    moved = [*forged, *(row | {"sequence": row["sequence"] + 1} for row in rows[6:])]
    found = broken(with_rows(whole, tmp_path, moved))
    assert found[0] == 7


def test_two_rows_that_changed_places_are_named(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    rows[4], rows[8] = rows[8] | {"sequence": 5}, rows[4] | {"sequence": 9}
    assert broken(with_rows(whole, tmp_path, rows)) == (5, "reordered")


def test_a_row_edited_by_hand_with_its_own_hash_made_anew_is_found(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    wrong = rows[5]["body"].replace("K00", "K99")
    again = sealed_anew([*rows[:5], rows[5] | {"body": wrong}])
    assert broken(with_rows(whole, tmp_path, [*again, *rows[6:]]))[0] in {6, 7}


def test_a_chain_made_anew_over_wrong_rows_is_found_by_a_hash_that_was_noted(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    noted = Noted(len(rows), rows[-1]["hash"].hex()[:16])
    assert proof_of(whole, noted).holds
    rows[5]["body"] = rows[5]["body"].replace('"language":"id"', '"language":"en"')
    again = sealed_anew(rows)
    assert again[-1]["hash"] != kept(whole)[-1]["hash"]
    path = with_rows(whole, tmp_path, again)
    assert proof_of(path).holds  # by itself it cannot know
    found = proof_of(path, noted).broken
    assert found is not None
    assert "noted" in found.found


def test_an_end_that_was_cut_off_is_found_by_a_hash_that_was_noted(whole: Path, tmp_path: Path) -> None:
    rows = kept(whole)
    noted = Noted(len(rows), rows[-1]["hash"].hex())
    ends = sorted({row["commit_ends"] for row in rows})
    path = changed(whole, tmp_path, "DELETE FROM facts WHERE sequence > ?", given=(ends[-2],))
    assert proof_of(path).holds
    found = proof_of(path, noted).broken
    assert found is not None
    assert (found.sequence, found.what) == (ends[-2] + 1, "missing")


@pytest.mark.parametrize(
    ("body", "what"),
    [("{", "no fact"), ('{"type":"dreamt"}', "no fact"), (None, "impossible")],
)
def test_a_row_that_is_no_fact_is_found_though_its_chain_holds(
    whole: Path, tmp_path: Path, body: str | None, what: str
) -> None:
    rows = kept(whole)
    issued = next(row for row in rows if row["kind"] == "issued")
    issued_again = rows[issued["sequence"]]
    issued_again["body"] = body or issued["body"]  # the same number a second time
    path = with_rows(whole, tmp_path, sealed_anew(rows))
    assert broken(path) == (issued_again["sequence"], what)


def test_a_day_that_begins_with_another_state_than_the_days_before_it_gave_is_found(
    whole: Path, tmp_path: Path
) -> None:
    rows = kept(whole)
    opened = next(row for row in rows if row["kind"] == "counter-opened")
    opened["body"] = opened["body"].replace('"request":"', '"request":"another-')
    path = with_rows(whole, tmp_path, sealed_anew(rows))
    proof = proof_of(path)
    assert proof.broken is not None
    assert rows[proof.broken.sequence - 1]["kind"] == "day-began"
    assert "acted" in proof.broken.found


def test_it_reads_beside_a_hub_that_writes(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    world = World(journal=Journal(sqlite_url(path)))
    for _ in range(3):
        before = world.journal.last
        proof = proof_of(path)
        assert proof.holds
        assert proof.rows == before
        world.ask()
        assert world.journal.last > before
    world.journal.close()


def test_a_start_refuses_what_it_would_replay_and_is_not(whole: Path, tmp_path: Path) -> None:
    last = kept(whole)[-1]["sequence"]
    for column in ("commit_ends", "at", "kind", "body"):
        new = "commit_ends + 1" if column == "commit_ends" else f"{column} || ' '"
        statement = f"UPDATE facts SET {column} = {new} WHERE sequence = {last}"  # noqa: S608 - our own names
        path = changed(whole, tmp_path, statement)
        with pytest.raises(JournalUnreadable, match=f"torn|fact {last} .* not as it was written"):
            Journal(sqlite_url(path)).replay()


def test_a_row_of_an_earlier_day_stops_no_start_and_is_found_by_the_proof(whole: Path, tmp_path: Path) -> None:
    path = changed(whole, tmp_path, "UPDATE facts SET body = '{}' WHERE sequence = 3")
    journal = Journal(sqlite_url(path))
    journal.replay()
    journal.close()
    assert broken(path) == (3, "altered")


@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_journal_of_another_version_is_refused(whole: Path, tmp_path: Path, version: int) -> None:
    path = changed(whole, tmp_path, "UPDATE journal SET version = ?", given=(version,))
    for use in (proof_of, lambda path: Journal(sqlite_url(path))):
        with pytest.raises(JournalUnreadable, match=f"of version {version}; this program knows version 1"):
            use(path)


def test_a_journal_from_before_there_was_a_chain_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    change(path, "CREATE TABLE facts (sequence INTEGER PRIMARY KEY, at TEXT, kind TEXT, body TEXT)")
    with pytest.raises(JournalUnreadable, match="says no version"):
        Journal(sqlite_url(path))


def test_looking_changes_nothing(whole: Path, tmp_path: Path) -> None:
    path = changed(whole, tmp_path, "UPDATE facts SET kind = 'x' WHERE sequence = 2")
    before = path.read_bytes()
    assert broken(path) == (2, "altered")
    assert path.read_bytes() == before
    with pytest.raises(JournalUnreadable, match="cannot be opened"):
        proof_of(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()


def test_a_commit_is_not_begun_by_nothing(tmp_path: Path) -> None:
    journal = Journal(sqlite_url(tmp_path / "j"))
    journal.append([])
    journal.append([HubStarted(at=MORNING, boot=1, clock=MORNING)])
    assert journal.last == 1
    with sqlite3.connect(tmp_path / "j") as reader:
        assert reader.execute("SELECT count(*) FROM facts").fetchone() == (1,)
