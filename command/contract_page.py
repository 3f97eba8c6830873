"""The public contract as a page: docs/contract.md, made from the catalogue, the messages' own docstrings and the goldens.

    PYTHONPATH=. .venv/bin/python -m command.contract_page > docs/contract.md

The prose around it is contract_page.md. Nothing here is needed to run a hall.
"""

import ast
import inspect
import re
import shlex
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec import inspect as types

from contract.catalogue import CATALOGUE, SMALL_BODY, Entry
from contract.names import CLOCK_PATTERN, LEVEL_PATTERN, NUMBER_PATTERN
from contract.reasons import WhyClosed, WhyRefused

ROOT = Path(__file__).resolve().parents[1]
PROSE = Path(__file__).with_suffix(".md")
PAGE = ROOT / "docs" / "contract.md"
GOLDENS = ROOT / "tests" / "contract" / "golden"

EXAMPLE_HALL = "antrean/v1/mpp-kukar"
EXAMPLE_DEVICES = {"hub": "kiosk-1", "kiosk": "kiosk-1", "display": "display-1", "counter": "pad-3", "sign": "sign-3"}
PATTERN_WORDS = {
    LEVEL_PATTERN: "name",
    NUMBER_PATTERN: "number such as `K007`",
    CLOCK_PATTERN: "time of day such as `07:30`",
}


def page() -> str:
    """The whole page as Markdown."""
    filled = {
        "{table}": table(),
        "{messages}": "\n\n".join(message_section(entry) for entry in CATALOGUE),
        "{parts}": "\n\n".join(part_section(part) for part in parts()),
        "{why_closed}": _listed([reason.value for reason in WhyClosed]),
        "{why_refused}": _listed([reason.value for reason in WhyRefused]),
    }
    text = PROSE.read_text()
    for mark, words in filled.items():
        text = text.replace(mark, words)
    return text


def name_of(entry: Entry) -> str:
    """The level that names the message."""
    return [level for level in entry.topic.split("/") if not level.startswith("{")][-1]


def table() -> str:
    rows = ["| message | topic | said by | heard by | retained |", "|---|---|---|---|---|"]
    for entry in CATALOGUE:
        kept = "yes, last will" if entry.last_will else "yes" if entry.retained else "no"
        link = f"[{name_of(entry)}](#{name_of(entry)})"
        rows.append(f"| {link} | `{entry.topic}` | {_who(entry.said_by)} | {_who(entry.heard_by)} | {kept} |")
    return "\n".join(rows)


def message_section(entry: Entry) -> str:
    """One message: where, who, what it means, its fields, an example, and a command to see or to try it."""
    about = [f"`{entry.topic}`, {_who(entry.said_by)} to {_who(entry.heard_by)}"]
    if entry.retained:
        about.append("retained")
    if entry.last_will:
        about.append("also the last will")
    if entry.qos != 1:
        about.append(f"quality of service {entry.qos}")
    if entry.limit != SMALL_BODY:
        about.append(f"at most {entry.limit // 1024} KiB")
    is_json = name_of(entry) != "led"
    body = (GOLDENS / f"{name_of(entry)}{'.json' if is_json else '.txt'}").read_text()
    fields = field_table(entry.message) if is_json else "The body is plain ASCII, no JSON: the number, or nothing."
    return "\n\n".join(
        [
            f"### {name_of(entry)}",
            ", ".join(about) + ".",
            _doc_of(entry.message),
            fields,
            f"`{topic_of_example(entry)}`",
            f"```{'json' if is_json else 'text'}\n{body}\n```",
            f"```sh\n{command_for(entry, body)}\n```",
        ]
    )


def topic_of_example(entry: Entry) -> str:
    device = EXAMPLE_DEVICES[(entry.said_by if entry.branch == "from" else entry.heard_by)[0]]
    filled = entry.topic.replace("{device}", device).replace("{agency}", "imigrasi").replace("{counter}", "loket-3")
    return f"{EXAMPLE_HALL}/{filled}"


def command_for(entry: Entry, body: str) -> str:
    """For what devices say a command to say it; for what they hear one to hear it."""
    says = entry.branch == "from"
    device = EXAMPLE_DEVICES[(entry.said_by if says else entry.heard_by)[0]]
    words = ["mosquitto_pub" if says else "mosquitto_sub", "-h", "127.0.0.1", "-p", "1883"]
    words += ["-u", device, "-P", '"$PASSWORD"', "-i", device, "-q", str(entry.qos)]
    words += ["-r"] if says and entry.retained else []
    words += ["-t", topic_of_example(entry), *(["-m", shlex.quote(body)] if says else [])]
    return " ".join(words)


def part_section(part: type[Struct]) -> str:
    return f"### {part.__name__}\n\n{_doc_of(part)}\n\n{field_table(part)}"


def parts() -> tuple[type[Struct], ...]:
    """The structs within messages, in the order in which they are met."""
    messages = {entry.message for entry in CATALOGUE}
    found: dict[type[Struct], None] = {}
    to_see: list[types.Type] = [types.type_info(entry.message) for entry in CATALOGUE]
    while to_see:
        kind = to_see.pop(0)
        if isinstance(kind, types.StructType):
            if kind.cls in found:
                continue
            if kind.cls not in messages:
                found[kind.cls] = None
        to_see = [*_inside(kind), *to_see]
    return tuple(found)


def _inside(kind: types.Type) -> tuple[types.Type, ...]:
    match kind:
        case types.StructType(fields=fields):
            return tuple(field.type for field in fields)
        case types.UnionType(types=several):
            return several
        case types.Metadata(type=inner) | types.VarTupleType(item_type=inner) | types.DictType(value_type=inner):
            return (inner,)
        case _:
            return ()


def field_table(kind: type[Struct]) -> str:
    """Field, type, whether it must be there, meaning."""
    docs = field_docs(kind)
    info = types.type_info(kind)
    assert isinstance(info, types.StructType)  # noqa: S101 - told to the type checker
    rows = ["| field | is | without it | means |", "|---|---|---|---|"]
    for field in info.fields:
        default = "broken" if field.required else _default(field)
        rows.append(f"| `{field.encode_name}` | {type_words(field.type)} | {default} | {docs[field.name]} |")
    return "\n".join(rows)


def field_docs(kind: type[Struct]) -> dict[str, str]:
    """The strings that stand under the fields of a struct. KeyError is raised by who needs one that is not there."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - told to the type checker
    docs = {}
    for field, below in zip(body.body, body.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str):
            docs[field.target.id] = " ".join(below.value.value.split())
    return docs


def type_words(kind: types.Type) -> str:
    """A type as a reader of another language says it."""
    match kind:
        case types.UnionType(types=several):
            real = [each for each in several if not isinstance(each, types.NoneType)]
            words = " or ".join([*(["null"] if len(real) < len(several) else []), *map(type_words, real)])
        case types.StructType(cls=cls):
            words = f"[{cls.__name__}](#{cls.__name__.lower()})"
        case types.LiteralType(values=values):
            words = "one of " + _listed([str(value) for value in values])
        case types.EnumType(cls=cls) if cls is WhyClosed:
            words = "one of the [reasons](#reasons)"
        case types.VarTupleType(item_type=item):
            words = f"list of {type_words(item)}"
        case types.DictType(value_type=value):
            words = "text by language" if _is_plain_text(value) else f"object of {type_words(value)}"
        case types.StrType():
            words = _text_words(kind)
        case _:
            words = _PLAIN[type(kind)]
    return words


_PLAIN: dict[type[types.Type], str] = {
    types.BoolType: "true or false",
    types.IntType: "whole number, not negative",
    types.FloatType: "number",
    types.DateType: "date",
    types.DateTimeType: "time",
    types.AnyType: "anything",
}


def _text_words(kind: types.StrType) -> str:
    if kind.pattern in PATTERN_WORDS:
        return PATTERN_WORDS[kind.pattern or ""]
    if kind.pattern:
        # What a language other than Python calls the end of a text.
        return f"text like `{kind.pattern.replace(chr(92) + 'Z', '$').replace('|', chr(92) + '|')}`"
    return f"text of at most {kind.max_length}" if kind.max_length else "text"


def _is_plain_text(kind: types.Type) -> bool:
    return isinstance(kind, types.StrType) and not (kind.pattern or kind.max_length)


def _default(field: types.Field) -> str:
    value: Any = field.default if field.default is not NODEFAULT else field.default_factory()
    return f"`{msgspec.json.encode(value).decode()}`"


def _doc_of(kind: type[Any]) -> str:
    """What Python calls None is null on the wire."""
    return re.sub(r"\bNone\b", "null", " ".join((inspect.getdoc(kind) or "").split()))


def _who(parties: Sequence[str]) -> str:
    return "every device" if len(parties) == 4 else ", ".join(parties)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


if __name__ == "__main__":
    sys.stdout.write(page())
