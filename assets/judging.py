"""What is wrong with data that should become a struct: every fault, in plain words. Pure; it opens nothing.

The rules are the struct's own annotations, read through msgspec's inspection; msgspec itself stops at the first fault.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Annotated, Any

import msgspec
from msgspec import Struct, inspect

from assets.plain import PATTERN_WORDS, extent, kind_of, shown, wanted
from assets.positions import Path


class Fault(Struct, frozen=True):
    """One thing that is wrong, at its path."""

    path: Path
    what: str
    hint: str = ""


def faults_of(data: object, into: type[Any]) -> tuple[Fault, ...]:
    """Every fault of the data, in the order of the struct's fields; none means that msgspec will take it."""
    return tuple(_judge(data, inspect.type_info(into), ()))


def did_you_mean(word: str, known: Iterable[str], *, list_up_to: int = 12) -> str:
    """The nearest of the known words as a question; else all of them where they are few."""
    words = list(known)
    lower = {known_word.lower(): known_word for known_word in words}
    close = get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{lower[close[0]]}"?'
    return "possible: " + ", ".join(words) if 0 < len(words) <= list_up_to else ""


def _judge(value: Any, kind: inspect.Type, path: Path, said: str = "") -> Iterator[Fault]:
    """`said`: the rule in words, where an annotation gives a description."""
    match kind:
        case inspect.Metadata(type=inner, extra_json_schema=schema):
            yield from _judge(value, inner, path, str((schema or {}).get("description", said)))
        case inspect.AnyType() | inspect.RawType():
            return
        case inspect.StructType():
            yield from _judge_struct(value, kind, path)
        case inspect.DictType():
            yield from _judge_dict(value, kind, path)
        case inspect.VarTupleType() | inspect.ListType() | inspect.SetType() | inspect.FrozenSetType():
            yield from _judge_list(value, kind, path)
        case inspect.UnionType(types=types):
            yield from _judge_union(value, types, path, said)
        case inspect.TupleType(item_types=items):
            yield from _judge_fixed_list(value, items, path)
        case _:
            yield from _judge_single(value, kind, path, said)


def _judge_single(value: Any, kind: inspect.Type, path: Path, said: str) -> Iterator[Fault]:
    match kind:
        case inspect.LiteralType(values=values):
            yield from _judge_choice(value, values, path)
        case inspect.EnumType(cls=cls):
            yield from _judge_choice(value, tuple(member.value for member in cls), path)
        case inspect.StrType():
            yield from _judge_text(value, kind, path, said)
        case inspect.IntType() | inspect.FloatType():
            yield from _judge_number(value, kind, path, said)
        case _:
            yield from _judge_other(value, kind, path)


def _judge_struct(value: Any, kind: inspect.StructType, path: Path) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(path, f"must be a table with keys, not {kind_of(value)}")
        return
    names = {field.encode_name: field for field in kind.fields}
    if kind.forbid_unknown_fields:
        for key in value:
            if key not in names:
                yield Fault((*path, key), "there is no such key here", did_you_mean(key, names))
    for name, field in names.items():
        if name in value:
            yield from _judge(value[name], field.type, (*path, name))
        elif field.required:
            written = get_close_matches(name, [key for key in value if key not in names], n=1)
            hint = f'you wrote "{written[0]}"' if written else f"it must be {wanted(field.type)}"
            yield Fault((*path, name), "is missing", hint)


def _judge_dict(value: Any, kind: inspect.DictType, path: Path) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault(path, f"must be a table with keys, not {kind_of(value)}")
        return
    for key, inner in value.items():
        for fault in _judge(key, kind.key_type, (*path, key)):
            yield Fault(fault.path, f"as a key, {fault.what}", fault.hint)
        yield from _judge(inner, kind.value_type, (*path, key))


def _judge_list(
    value: Any,
    kind: inspect.VarTupleType | inspect.ListType | inspect.SetType | inspect.FrozenSetType,
    path: Path,
) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(path, f"must be a list in [ ], not {kind_of(value)}")
        return
    few, many = kind.min_length or 0, kind.max_length
    if len(value) < few or (many is not None and len(value) > many):
        yield Fault(path, f"must have {extent(few, many)} items, it has {len(value)}")
    for index, item in enumerate(value):
        yield from _judge(item, kind.item_type, (*path, index))


def _judge_fixed_list(value: Any, items: tuple[inspect.Type, ...], path: Path) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(path, f"must be a list in [ ], not {kind_of(value)}")
    elif len(value) != len(items):
        yield Fault(path, f"must have {extent(len(items), len(items))} items, it has {len(value)}")
    else:
        for index, (item, kind) in enumerate(zip(value, items, strict=True)):
            yield from _judge(item, kind, (*path, index))


def _judge_union(value: Any, types: tuple[inspect.Type, ...], path: Path, said: str) -> Iterator[Fault]:
    """TOML knows no null: what may be absent is judged by the rest. Of several, the best fit tells its faults."""
    real = [kind for kind in types if not isinstance(kind, inspect.NoneType)]
    found = [tuple(_judge(value, kind, path, said)) for kind in real]
    if all(found):
        of_this_kind = [faults for faults in found if not any(fault.path == path for fault in faults)]
        if of_this_kind or len(real) == 1:
            yield from min(of_this_kind or found, key=len)
        else:
            yield Fault(path, f"must be {' or '.join(map(wanted, real))}, not {kind_of(value)}")


def _judge_choice(value: Any, values: tuple[Any, ...], path: Path) -> Iterator[Fault]:
    if not any(type(value) is type(choice) and value == choice for choice in values):
        hint = did_you_mean(value, map(str, values), list_up_to=0) if isinstance(value, str) else ""
        yield Fault(path, f"must be one of {', '.join(map(shown, values))}, not {shown(value)}", hint)


def _judge_text(value: Any, kind: inspect.StrType, path: Path, said: str) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault(
            path,
            f"must be a text, not {kind_of(value)}",
            "put it in quotes" if isinstance(value, int | float | dt.date | dt.time) else "",
        )
        return
    shortest, longest = kind.min_length or 0, kind.max_length
    if kind.pattern is not None and re.search(kind.pattern, value) is None:
        rule = said or PATTERN_WORDS.get(kind.pattern, f"a text that fits {kind.pattern}")
        yield Fault(path, f"must be {rule}, not {shown(value)}")
    elif shortest and not value:
        yield Fault(path, "must not be empty")
    elif len(value) < shortest or (longest is not None and len(value) > longest):
        yield Fault(path, f"must be {said or extent(shortest, longest) + ' characters'}, it has {len(value)}")


def _judge_number(value: Any, kind: inspect.IntType | inspect.FloatType, path: Path, said: str) -> Iterator[Fault]:
    whole = isinstance(kind, inspect.IntType)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        hint = "without quotes" if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) else ""
        yield Fault(path, f"must be a {'whole ' if whole else ''}number, not {kind_of(value)}", hint)
        return
    rules = (
        (kind.ge is not None and value < kind.ge, f"at least {kind.ge}"),
        (kind.gt is not None and value <= kind.gt, f"more than {kind.gt}"),
        (kind.le is not None and value > kind.le, f"at most {kind.le}"),
        (kind.lt is not None and value >= kind.lt, f"less than {kind.lt}"),
        (kind.multiple_of is not None and value % kind.multiple_of != 0, f"a multiple of {kind.multiple_of}"),
    )
    for broken, rule in rules:
        if broken:
            yield Fault(path, f"must be {said or rule}, not {value}")
            return


def _judge_other(value: Any, kind: inspect.Type, path: Path) -> Iterator[Fault]:
    """Dates, times, switches: these have no inside to walk, so msgspec judges them itself."""
    try:
        msgspec.convert(value, _annotation(kind))
    except msgspec.ValidationError:
        yield Fault(path, f"must be {wanted(kind)}, not {kind_of(value)}")


def _annotation(kind: inspect.Type) -> Any:
    match kind:
        case inspect.BoolType():
            return bool
        case inspect.DateType():
            return dt.date
        case inspect.TimeType():
            return dt.time
        case inspect.DateTimeType(tz=aware):
            return Annotated[dt.datetime, msgspec.Meta(tz=aware)]
        case _:
            raise TypeError(f"settings cannot hold a {type(kind).__name__}: say here how it is judged")
