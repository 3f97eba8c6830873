"""One language's file laid over the language that stands below it: what it has counts, what it lacks is taken from below.

A text that could not be filled when it is shown (a placeholder that nobody fills, braces left open) counts as lacking,
so that no language file can stop a program. Every fault is told, for whoever translates. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any, Literal

from msgspec import Struct

from assets.judging import did_you_mean
from assets.positions import Path

Kind = Literal["missing", "superfluous", "wrong", "lacks-placeholder"]

SAMPLES: dict[str, object] = {
    "weekday": "Senin", "day": 25, "month": "November", "month_number": 11, "year": 2026, "hour": 8, "minute": 12,
    "first": "08.00", "last": "15.00",
}  # fmt: skip
"""What assets.dates fills the forms of `[dates]` with: there, and only there, numbers may have a form ({minute:02})."""

NAMING = {"code", "name", "below"}
"""What `[language]` may say."""


class LanguageFault(Struct, frozen=True):
    """One thing that is not as it should be. `below` is the text that is shown instead, empty where there is none."""

    kind: Kind
    path: Path
    what: str
    hint: str = ""
    below: str = ""


class Laid(Struct, frozen=True):
    """A language made whole, as plain data, and what was found on the way."""

    data: dict[str, Any]
    faults: tuple[LanguageFault, ...]


def laid_over(own: Mapping[str, Any], below: Mapping[str, Any]) -> Laid:
    """`own` in the shape of `below`. What names a language (`[language]`) is its own alone."""
    faults: list[LanguageFault] = []
    naming = own.get("language")
    faults += _superfluous(naming if isinstance(naming, dict) else {}, NAMING, ("language",))
    data = {key: _laid(own.get(key), value, (key,), faults) for key, value in below.items() if key != "language"}
    faults += _superfluous(own, {*below, "language"}, ())
    return Laid(data, tuple(faults))


def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces, in order. ValueError where braces are left open."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def leaves(data: Mapping[str, Any], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every text, and every list of texts, by its path."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def _laid(own: Any, below: Any, path: Path, faults: list[LanguageFault]) -> Any:
    if isinstance(below, dict):
        if own is not None and not isinstance(own, dict):
            faults.append(LanguageFault("wrong", path, "must be a table"))
        table = own if isinstance(own, dict) else {}
        faults += _superfluous(table, set(below), path)
        return {key: _laid(table.get(key), value, (*path, key), faults) for key, value in below.items()}
    if own is None:
        faults.append(LanguageFault("missing", path, "is missing", below=shown(below)))
        return below
    wrong = _wrong_list(own, below) if isinstance(below, list) else _wrong_text(own, below, path)
    if wrong:
        faults.append(LanguageFault("wrong", path, *wrong, below=shown(below)))
        return below
    if isinstance(own, str):
        lacking = [name for name in dict.fromkeys(placeholders(below)) if name not in placeholders(own)]
        if lacking and path[0] != "dates":
            names = ", ".join(f"{{{name}}}" for name in lacking)
            faults.append(LanguageFault("lacks-placeholder", path, f"does not say {names}", below=shown(below)))
    return own


def shown(value: Any) -> str:
    """A text as it is; a list of texts in one line."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _wrong_text(own: Any, below: str, path: Path) -> tuple[str, str] | None:
    """What is wrong with a text, and a hint; None where it can be shown."""
    if not isinstance(own, str):
        return "must be a text", ""
    if below.strip() and not own.strip():
        return "must not be empty", "leave the line out where it is not translated yet"
    try:
        names = placeholders(own)
    except ValueError as error:
        return f"has braces that cannot be filled: {error}", ""
    known = tuple(SAMPLES) if path[0] == "dates" else placeholders(below)
    for name in names:
        if name not in known:
            return f"{{{name}}} is not filled here", did_you_mean(name, known) if known else "nothing is filled here"
    return _unfillable(own, known, in_dates=path[0] == "dates")


def _unfillable(own: str, known: Iterable[str], *, in_dates: bool) -> tuple[str, str] | None:
    samples = {name: SAMPLES[name] if in_dates else "7" for name in known}
    if not in_dates and any(spec or conversion for _, _, spec, conversion in Formatter().parse(own)):
        return "has a form inside its braces", "only the name may stand there"
    try:
        own.format(**samples)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        return f"cannot be filled: {error}", ""
    return None


def _wrong_list(own: Any, below: list[Any]) -> tuple[str, str] | None:
    if not isinstance(own, list) or not all(isinstance(one, str) and one.strip() for one in own):
        return "must be a list of texts", ""
    if len(own) != len(below):
        return f"must have {len(below)} items, not {len(own)}", ""
    return None


def _superfluous(own: Mapping[str, Any], known: set[str], path: Path) -> list[LanguageFault]:
    return [
        LanguageFault("superfluous", (*path, key), "is no text of this program", did_you_mean(key, sorted(known)))
        for key in own
        if key not in known
    ]
