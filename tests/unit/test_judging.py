from typing import Annotated, Any, Literal

import msgspec
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct

from assets.judging import did_you_mean, faults_of
from assets.mending import mended
from assets.positions import lines_of
from assets.reading import BadFile, Problem, source_of, struct_of
from contract.names import ClockTime, Counter, Text


class Inner(Struct, frozen=True, forbid_unknown_fields=True):
    id: Counter
    day: Literal["monday", "friday"]
    begins: ClockTime = "08:00"
    count: Annotated[int, Meta(ge=1, le=9)] | None = None


class Outer(Struct, frozen=True, forbid_unknown_fields=True):
    name: Text
    inner: Inner | None = None
    many: Annotated[tuple[Inner, ...], Meta(max_length=3)] = ()
    either: str | int = 0
    share: float = 1.0
    on: bool = True


SCALARS = st.one_of(
    st.sampled_from(["a", "loket-1", "monday", "friday", "08:00", "", "Ab", "25:00"]),
    st.integers(-2, 12),
    st.booleans(),
    st.sampled_from([0.5, 2.0]),
)
INNER = st.dictionaries(st.sampled_from(["id", "day", "begins", "count", "beginz"]), SCALARS, max_size=4)
VALUES = st.one_of(SCALARS, INNER, st.lists(st.one_of(INNER, SCALARS), max_size=4))
OUTER = st.dictionaries(st.sampled_from(["name", "inner", "many", "either", "share", "on", "nam"]), VALUES, max_size=6)


@given(OUTER)
def test_faults_are_found_exactly_where_msgspec_refuses(data: dict[str, Any]):
    try:
        msgspec.convert(data, Outer)
    except msgspec.ValidationError:
        assert faults_of(data, Outer)
    else:
        assert faults_of(data, Outer) == ()


@given(OUTER)
def test_every_fault_of_a_file_has_a_line_that_is_in_it(data: dict[str, Any]):
    text = tomlkit.dumps(data)
    problems: tuple[Problem, ...] = ()
    try:
        struct_of(source_of("f.toml", text), Outer)
    except BadFile as bad:
        problems = bad.problems
    assert bool(problems) == bool(faults_of(data, Outer))
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)
    assert len(set(map(str, problems))) == len(problems)


@given(OUTER)
def test_data_with_faults_can_still_be_made_into_its_struct(data: dict[str, Any]):
    whole = mended(data, Outer)
    assert isinstance(whole, Outer)
    assert all(isinstance(one, Inner) for one in whole.many)


@given(st.dictionaries(st.text(max_size=5), st.one_of(SCALARS, INNER, st.lists(SCALARS, max_size=3)), max_size=5))
def test_every_key_of_any_file_is_found(data: dict[str, Any]):
    lines = lines_of(tomlkit.dumps(data))
    assert {(key,) for key in data} <= set(lines)
    for key, value in data.items():
        inner = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        assert all((key, step) in lines for step in inner)


def test_the_nearest_word_is_asked_for_whatever_its_case():
    assert did_you_mean("Servces", ["services", "zones"]) == 'did you mean "services"?'


def test_where_nothing_is_near_the_few_possible_words_are_listed():
    assert did_you_mean("x", ["red", "blue"]) == "possible: red, blue"
    assert did_you_mean("x", map(str, range(100))) == ""
