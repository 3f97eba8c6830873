"""Data with faults as the struct it was meant to be, so that what is right in it can still be judged with the rest.

Only ever used to look for more faults: what is wrong or missing is left out or stands empty. Pure.
"""

from datetime import date
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, inspect

Mended = TypeVar("Mended", bound=Struct)


def mended(data: object, into: type[Mended]) -> Mended:
    """The data as `into`; the empty value of its type wherever something is of the wrong type or missing."""
    built: Mended = _mend(data, inspect.type_info(into))
    return built


def _mend(value: Any, kind: inspect.Type) -> Any:
    mend: Any = value
    match kind:
        case inspect.Metadata(type=inner):
            mend = _mend(value, inner)
        case inspect.StructType(cls=cls):
            mend = _mend_struct(value if isinstance(value, dict) else {}, kind, cls)
        case inspect.VarTupleType(item_type=item):
            mend = tuple(_mend(one, item) for one in value) if isinstance(value, list) else ()
        case inspect.DictType(value_type=item):
            mend = {key: _mend(one, item) for key, one in value.items()} if isinstance(value, dict) else {}
        case inspect.UnionType(types=types):
            real = [one for one in types if not isinstance(one, inspect.NoneType)]
            if len(real) == 1:
                mend = _mend(value, real[0]) if _fits(value, real[0]) else None
        case _:
            mend = _mend_single(value, kind)
    return mend


def _mend_single(value: Any, kind: inspect.Type) -> Any:
    match kind:
        case inspect.StrType() | inspect.LiteralType():
            return value if isinstance(value, str) else ""
        case inspect.DateType():
            return _date(value)
        case inspect.BoolType():
            return value is True
        case inspect.IntType():
            return value if isinstance(value, int) else 0
        case _:
            return value


def _date(value: Any) -> date:
    """The date, also out of a text, as msgspec takes it."""
    try:
        return msgspec.convert(value, date)
    except msgspec.ValidationError:
        return date.min


def _mend_struct(data: dict[str, Any], kind: inspect.StructType, cls: type[Any]) -> Any:
    fields = {}
    for field in kind.fields:
        if field.encode_name in data:
            fields[field.name] = _mend(data[field.encode_name], field.type)
        elif field.required:
            fields[field.name] = _mend(None, field.type)
    return cls(**fields)


def _fits(value: Any, kind: inspect.Type) -> bool:
    """Whether an optional value is at least of the right kind; if not, it is taken for absent."""
    match kind:
        case inspect.Metadata(type=inner):
            return _fits(value, inner)
        case inspect.StrType():
            return isinstance(value, str)
        case inspect.IntType():
            return isinstance(value, int)
        case inspect.VarTupleType():
            return isinstance(value, list)
        case _:
            return True
