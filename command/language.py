"""`./antrean language`: the languages of this program. Each is one file, assets/languages/CODE.toml, named by its own name.

check CODE   what is missing of it, with the screen it stands on; what is too much, wrong, too long, or has no letters
new CODE     a file to fill in, with the texts of another language beside each line
list         the languages there are, and how whole each is
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from assets import words
from assets.judging import did_you_mean
from assets.language_file import LanguageFault, leaves, shown
from assets.reading import BadFile, Source, dotted, read_source
from assets.seen import seen_at
from assets.words import WHOLE, below, laid, languages, words_of
from command.failing import CommandFailed
from command.language_form import form_of
from command.language_rooms import letters_without_type, too_long
from contract.names import Language

CODE = re.compile(r"[a-z]{2,3}")
"""A language's code, as ISO 639 has them: "id", "bjn"."""


class Finding(Struct, frozen=True):
    """One line of a check: where in the file, which text, where it is seen, and what is to be done."""

    line: int
    key: str
    seen: str
    what: str


def run(words_said: list[str]) -> int:
    """The command. check: 0 where the language is whole, 1 where anything is to be done."""
    parser = argparse.ArgumentParser(
        prog="antrean language", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="what is to be done about a language")
    check.add_argument("code", metavar="CODE")
    new = verbs.add_parser("new", help="a file to fill in")
    new.add_argument("code", metavar="CODE")
    new.add_argument("--from", dest="origin", metavar="CODE", default=str(WHOLE), help="the language to translate from")
    verbs.add_parser("list", help="the languages there are")
    asked = parser.parse_args(words_said)
    if asked.verb == "list":
        return _list()
    if CODE.fullmatch(asked.code) is None:
        raise CommandFailed(f'"{asked.code}" is no code of a language: two or three small letters, such as "bjn"')
    return _new(Language(asked.code), Language(asked.origin)) if asked.verb == "new" else _check(Language(asked.code))


def _list() -> int:
    for language in languages():
        missing = () if language == WHOLE else [one for one in laid(language).faults if one.kind == "missing"]
        state = f"{len(missing)} of {_count()} texts are missing" if missing else "whole"
        print(f"{language:<4} {words_of(language).language.name}: {state}")
    return 0


def _new(language: Language, origin: Language) -> int:
    path = _path(language)
    if path.exists():
        raise CommandFailed(f"{path} is there already")
    if origin not in languages():
        raise CommandFailed(f'there is no language "{origin}"; {did_you_mean(origin, languages())}')
    path.write_text(form_of(language, read_source(_path(origin)).text, origin), encoding="utf-8")
    print(
        f"{path}: {_count()} texts to fill in. It is offered once `name` stands in it; then: ./antrean language check {language}"
    )
    return 0


def _check(language: Language) -> int:
    path = _path(language)
    if not path.exists():
        hint = did_you_mean(language, languages())
        raise CommandFailed(f"there is no {path}; {hint}. To begin: ./antrean language new {language}")
    try:
        source = read_source(path)
    except BadFile as bad:
        print("\n".join(map(str, bad.problems)))
        return 1
    found = {
        title: sorted(findings, key=lambda one: (one.seen, one.line)) for title, findings in _findings(language, source)
    }
    for title, findings in found.items():
        if findings:
            print("\n".join(_told(title, findings)))
    if not any(found.values()):
        print(f"{language} ({words_of(language).language.name}) is whole: {_count()} texts")
        return 0
    return 1


def _findings(language: Language, source: Source) -> Iterator[tuple[str, list[Finding]]]:
    """What is found, in four heaps."""
    naming = list(_naming(language, source))
    yield "Until this is put right the language is not offered", naming
    faults = laid(language).faults if language != WHOLE else ()
    name = words_of(below(language)).language.name
    for kind, title in (
        ("missing", f"Missing of {_count()} texts; shown in {name} instead"),
        ("wrong", f"Wrong; shown in {name} instead"),
        ("lacks-placeholder", "Less is said than in the original"),
        ("superfluous", "Too much"),
    ):
        yield title, [_finding(source, fault) for fault in faults if fault.kind == kind]
    own = [(path, value) for path, value in leaves(source.data) if path[0] != "language"]
    taken = {fault.path for fault in faults}
    mine = [(path, value) for path, value in own if path not in taken]
    yield (
        "Too long for where it stands",
        [
            Finding(_line(source, path), dotted(path), seen_at(path), what)
            for path, value in mine
            for what in too_long(path, value)
        ],
    )
    yield (
        "The type has no such letters",
        [
            Finding(_line(source, path), dotted(path), seen_at(path), what)
            for path, value in [*own, *leaves({"language": source.data.get("language", {})})]
            if (what := letters_without_type(shown(value)))
        ],
    )


def _naming(language: Language, source: Source) -> Iterator[Finding]:
    section = source.data.get("language")
    table = section if isinstance(section, dict) else {}
    if table.get("code") != language:
        yield Finding(
            _line(source, ("language", "code")), "language.code", "", f'must be "{language}", as the file is called'
        )
    if not isinstance(table.get("name"), str) or not table["name"].strip():
        yield Finding(_line(source, ("language", "name")), "language.name", "", "is missing: its own name for itself")
    if "below" in table and table["below"] not in languages():
        hint = did_you_mean(str(table["below"]), languages())
        yield Finding(_line(source, ("language", "below")), "language.below", "", f"there is no such language; {hint}")


def _finding(source: Source, fault: LanguageFault) -> Finding:
    what = f'"{fault.below}"' if fault.kind == "missing" else fault.what
    hint = f" ({fault.hint})" if fault.hint else ""
    seen = "" if fault.kind == "superfluous" else seen_at(fault.path)
    line = 0 if fault.kind == "missing" else _line(source, fault.path)
    return Finding(line, dotted(fault.path), seen, what + hint)


def _line(source: Source, path: tuple[str | int, ...]) -> int:
    return source.problem(path, "").line


def _told(title: str, findings: list[Finding]) -> Iterator[str]:
    """A heap, by where its texts are seen."""
    yield f"{title}: {len(findings)}"
    seen = None
    for one in findings:
        if one.seen != seen:
            seen = one.seen
            yield f"  {seen}" if seen else ""
        place = f" (line {one.line})" if one.line else ""
        yield f"    {one.key}{place}: {one.what}"
    yield ""


def _count() -> int:
    return sum(1 for _ in leaves(read_source(_path(WHOLE)).data))


def _path(language: Language) -> Path:
    return words.FOLDER / f"{language}.toml"
