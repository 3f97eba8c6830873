from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import pytest
from msgspec import Meta, Struct

from assets.positions import lines_of
from assets.reading import BadFile, Problem, read_toml, source_of, struct_of
from contract.names import ClockTime, Counter, Moment, Text


class Session(Struct, frozen=True, forbid_unknown_fields=True):
    days: tuple[Literal["monday", "friday"], ...]
    begins: ClockTime
    last_ticket: ClockTime | None = None
    quota: Annotated[int, Meta(ge=1, le=500)] | None = None


class Service(Struct, frozen=True, forbid_unknown_fields=True):
    id: Counter
    name: Text
    sessions: tuple[Session, ...] = ()
    on: date | None = None
    at: Moment | None = None
    code: Annotated[str, Meta(pattern="^[0-9]{4}$", description="four digits")] = "0000"
    pair: tuple[int, str] | None = None


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    title: Annotated[str, Meta(min_length=1, max_length=12)]
    services: tuple[Service, ...] = ()
    loud: bool = False
    share: float = 0.5


def settings(text: str) -> Settings:
    return struct_of(source_of("hall.toml", text), Settings)


def problems(text: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        settings(text)
    return [str(problem) for problem in caught.value.problems]


GOOD = """
title = "Hall"
loud = true
share = 1

[[services]]
id = "a"
name = { id = "Satu", "en" = "One" }
on = 2026-08-17
at = 2026-08-17T07:30:00+08:00
pair = [1, "x"]
  [[services.sessions]]
  days = ["monday"]
  begins = "08:00"
  quota = 30
"""


def test_a_good_file_becomes_its_struct():
    read = settings(GOOD)
    assert read.loud
    assert read.share == 1.0
    assert read.services[0].sessions[0].quota == 30
    assert read.services[0].on == date(2026, 8, 17)
    assert read.services[0].at == datetime.fromisoformat("2026-08-17T07:30:00+08:00")
    assert read.services[0].pair == (1, "x")


SIX_ERRORS = """# six errors, of six kinds
title = ""

[[services]]
id = "Loket 1"
name.id = "Satu"

[[services]]
id = "b"
nam = { id = "Dua" }   # the key is misspelled, and so `name` is missing

  [[services.sessions]]
  days = ["monday", "fryday"]
  begins = "8.00"
  quota = 0
"""


def test_six_different_errors_are_all_told_with_their_lines_keys_and_remedies():
    assert problems(SIX_ERRORS) == [
        "hall.toml:2: title: must not be empty",
        'hall.toml:5: services[1].id: must be 1 to 40 of a-z, 0-9 and -, not "Loket 1"',
        'hall.toml:8: services[2].name: is missing (you wrote "nam")',
        'hall.toml:10: services[2].nam: there is no such key here (did you mean "name"?)',
        (
            'hall.toml:13: services[2].sessions[1].days[2]: must be one of "friday", "monday", not "fryday"'
            ' (did you mean "friday"?)'
        ),
        (
            "hall.toml:14: services[2].sessions[1].begins:"
            ' must be a time of day from "00:00" to "24:00", such as "07:30", not "8.00"'
        ),
        "hall.toml:15: services[2].sessions[1].quota: must be at least 1, not 0",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title = 7", "title: must be a text, not the number 7 (put it in quotes)"),
        ('title = "far too long a title"', "title: must be 1 to 12 characters, it has 20"),
        ('title = "t"\nloud = "yes"', 'loud: must be true or false, not the text "yes"'),
        ('title = "t"\nloud = 1', "loud: must be true or false, not the number 1"),
        ('title = "t"\nshare = "0.5"', 'share: must be a number, not the text "0.5" (without quotes)'),
        ('title = "t"\nshare = true', "share: must be a number, not true"),
        ('title = "t"\nservices = "all"', 'services: must be a list in [ ], not the text "all"'),
        ('title = "t"\nservices = ["all"]', 'services[1]: must be a table with keys, not the text "all"'),
        ('title = "t"\n[services]\nid = "a"', "services: must be a list in [ ], not a table"),
        ('title = "t"\nfootnote = 1', "footnote: there is no such key here (possible: title, services, loud, share)"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_in_plain_words(line, said):
    (problem,) = problems(line)
    assert problem.split(": ", 1)[1] == said


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ('on = "2026-02-30"', 'on: must be a date such as 2026-08-17, not the text "2026-02-30"'),
        ("at = 2026-08-17T07:30:00", "at: must be a date and time such as 2026-08-17T07:30:00+08:00, not"),
        ('code = "12"', 'code: must be four digits, not "12"'),
        ("pair = [1]", "pair: must have exactly 2 items, it has 1"),
        ("pair = [1, 2]", "pair[2]: must be a text, not the number 2"),
        ("sessions = [{ days = [], begins = 07:30:00 }]", "sessions[1].begins: must be a text, not the time 07:30:00"),
    ],
)
def test_a_wrong_value_deep_inside_is_told_in_plain_words(field, said):
    (problem,) = problems(f'title = "t"\n[[services]]\nid = "a"\nname = {{}}\n{field}\n')
    assert f"hall.toml:5: services[1].{said}" in problem


def test_a_wrong_language_key_keeps_its_own_line():
    text = 'title = "t"\n[[services]]\nid = "a"\n[services.name]\nid = "Satu"\nen = 1\n'
    assert problems(text) == ["hall.toml:6: services[1].name.en: must be a text, not the number 1 (put it in quotes)"]


def test_broken_syntax_is_one_problem_with_line_and_column():
    with pytest.raises(BadFile) as caught:
        settings('title = "t"\nloud = \n')
    (problem,) = caught.value.problems
    assert (problem.line, problem.hint) == (2, "this is not TOML")
    assert problem.what.startswith("column 8: ")


def test_a_text_that_ends_too_early_is_told_at_its_last_line():
    with pytest.raises(BadFile) as caught:
        settings('title = "t"\nservices = [\n')
    assert caught.value.problems[0].line == 3


def test_a_key_given_twice_is_a_problem():
    assert "hall.toml:2" in problems('title = "t"\ntitle = "u"\n')[0]


def test_a_missing_file_names_the_one_that_was_meant(tmp_path: Path):
    (tmp_path / "hall.toml").write_text(GOOD)
    with pytest.raises(BadFile) as caught:
        read_toml(tmp_path / "hal.toml", Settings)
    (problem,) = caught.value.problems
    assert problem.what == "there is no such file"
    assert problem.hint == 'did you mean "hall.toml"?'


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path: Path):
    (tmp_path / "hall.toml").write_bytes(b'loud = true\ntitle = "caf\xe9"\n')
    with pytest.raises(BadFile) as caught:
        read_toml(tmp_path / "hall.toml", Settings)
    assert caught.value.problems[0].line == 2


def test_a_folder_in_the_place_of_a_file_is_a_problem_and_no_crash(tmp_path: Path):
    with pytest.raises(BadFile):
        read_toml(tmp_path, Settings)


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path):
    (tmp_path / "hall.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_toml(tmp_path / "hall.toml", Settings).title == "Hall"


def test_only_the_named_tables_are_read(tmp_path: Path):
    (tmp_path / "device.toml").write_text('title = "t"\n[printer]\nport = "somebody else\'s"\n')
    assert read_toml(tmp_path / "device.toml", Settings, only=("title",)).title == "t"


def test_defaults_fill_in_what_a_file_leaves_out_table_by_table(tmp_path: Path):
    class Desk(Struct, frozen=True):
        host: str
        port: int

    class Hub(Struct, frozen=True):
        desk: Desk

    (tmp_path / "below.toml").write_text('[desk]\nhost = "127.0.0.1"\nport = 8080\n')
    (tmp_path / "above.toml").write_text("[desk]\nport = 0\n")
    read = read_toml(tmp_path / "above.toml", Hub, defaults=tmp_path / "below.toml")
    assert read == Hub(Desk("127.0.0.1", 0))


def test_a_problem_in_the_defaults_names_the_defaults(tmp_path: Path):
    (tmp_path / "below.toml").write_text("\n\ntitle = 7\n")
    (tmp_path / "above.toml").write_text("loud = 1\n")
    with pytest.raises(BadFile) as caught:
        read_toml(tmp_path / "above.toml", Settings, defaults=tmp_path / "below.toml")
    places = [(Path(problem.file).name, problem.line) for problem in caught.value.problems]
    assert places == [("above.toml", 1), ("below.toml", 3)]


def test_a_rule_that_a_struct_checks_itself_is_a_problem_too():
    class Even(Struct, frozen=True):
        count: int

        def __post_init__(self) -> None:
            if self.count % 2:
                raise ValueError("the count must be even")

    class Outer(Struct, frozen=True):
        even: Even

    with pytest.raises(BadFile) as caught:
        struct_of(source_of("f.toml", "\n[even]\ncount = 3\n"), Outer)
    assert caught.value.problems == (Problem("f.toml", 2, "even", "the count must be even"),)


def test_lines_are_found_whatever_way_a_key_is_written():
    text = '''a = 1 # a comment with [brackets] and "quotes
b.c = "]"
"d e" = { f = [1, 2,
  { g = 3 }], h = """
three # lines
[x]""", i = 'single' }
[t.u]
v = [
  "one",  # with, commas
  "two",
]
[[w]]
x = 1
[[w.y]]
[[w]]
[[w.y]]
z = \'\'\'
[no]\'\'\'
[w.k]
l = 2026-01-01
'''
    lines = lines_of(text)
    expected = {
        ("a",): 1,
        ("b", "c"): 2,
        ("d e", "f"): 3,
        ("d e", "f", 1): 3,
        ("d e", "f", 2, "g"): 4,
        ("d e", "h"): 4,
        ("d e", "i"): 6,
        ("t", "u"): 7,
        ("t", "u", "v", 1): 10,
        ("w", 0, "x"): 13,
        ("w", 0, "y", 0): 14,
        ("w", 1): 15,
        ("w", 1, "y", 0, "z"): 17,
        ("w", 1, "k", "l"): 20,
    }
    assert {path: lines[path] for path in expected} == expected
    assert not any("no" in path or "x]" in path for path in lines)
