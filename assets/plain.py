"""Types, values and limits as people say them, for what is told about a bad file. Pure."""

from typing import Any

from msgspec import inspect

from contract.halls import PREFIX_PATTERN
from contract.names import CLOCK_PATTERN, LEVEL_PATTERN

PATTERN_WORDS = {
    LEVEL_PATTERN: "1 to 40 of a-z, 0-9 and -",
    PREFIX_PATTERN: "1 to 3 of A-Z and 0-9",
    CLOCK_PATTERN: 'a time of day from "00:00" to "24:00", such as "07:30"',
}
"""What a pattern allows, as people say it. A field with another pattern says it by Meta(description=...)."""

_NAMES: dict[type[inspect.Type], str] = {
    inspect.BoolType: "true or false",
    inspect.IntType: "a whole number",
    inspect.FloatType: "a number",
    inspect.DateType: "a date such as 2026-08-17",
    inspect.TimeType: "a time such as 07:30:00",
    inspect.DateTimeType: "a date and time such as 2026-08-17T07:30:00+08:00",
    inspect.StructType: "a table with keys",
    inspect.DictType: "a table with keys",
    inspect.VarTupleType: "a list in [ ]",
    inspect.ListType: "a list in [ ]",
    inspect.SetType: "a list in [ ]",
    inspect.FrozenSetType: "a list in [ ]",
}


def wanted(kind: inspect.Type) -> str:
    """What a type is called among people: "a whole number"."""
    match kind:
        case inspect.Metadata(type=inner, extra_json_schema=schema):
            return str((schema or {}).get("description") or wanted(inner))
        case inspect.StrType(pattern=pattern):
            return PATTERN_WORDS.get(pattern or "", "a text")
        case inspect.LiteralType(values=values):
            return "one of " + ", ".join(map(shown, values))
        case inspect.UnionType(types=types):
            return " or ".join(wanted(inner) for inner in types if not isinstance(inner, inspect.NoneType))
        case inspect.TupleType(item_types=items):
            return f"a list of {len(items)}: " + ", ".join(map(wanted, items))
        case _:
            return _NAMES.get(type(kind), type(kind).__name__)


def kind_of(value: Any) -> str:
    """What a value is, for "must be ..., not ...": "the text "K"", "a table"."""
    match value:
        case bool():
            return shown(value)
        case str():
            return f"the text {shown(value)}"
        case int() | float():
            return f"the number {value}"
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return f"the {type(value).__name__} {value}"


def shown(value: Any) -> str:
    """A value as it stands in the file, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:57]}..."'
    return str(value)


def extent(least: int, most: int | None) -> str:
    """A range of counts: "1 to 40", "at least 1", "exactly 3"."""
    if most is None:
        return f"at least {least}"
    if least == most:
        return f"exactly {least}"
    return f"{least} to {most}" if least else f"at most {most}"
