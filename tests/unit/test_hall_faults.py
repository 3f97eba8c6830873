"""What is wrong in a hall's files is told, all of it at once, where it stands."""

import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from assets.hall_file import read_hall
from assets.reading import BadFile
from tests.hall_files import DISDUK, HALL, PARTS, change, problems, write_hall


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    return write_hall(tmp_path)


@pytest.mark.parametrize("part", ["requirements", "procedure", "duration", "fee", "product", "complaints"])
def test_a_service_that_lacks_one_of_the_six_parts_is_refused(hall, part):
    text = (hall / "agencies" / "polres.toml").read_text()
    kept = [line for line in text.splitlines() if not line.startswith(part)]
    (hall / "agencies" / "polres.toml").write_text("\n".join(kept))
    (problem,) = problems(hall)
    assert f'services[1].{part}: is missing for the service "skck"' in problem
    assert problem.startswith("polres.toml:7:")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('fee = { id = "Gratis" }', 'fee = { en = "Free" }'),
        ('fee = { id = "Gratis" }', 'fee = { id = "  " }'),
        ('procedure = [{ id = "Serahkan berkas" }]', "procedure = [{}]"),
        ('requirements = [{ id = "KTP", note = { id = "asli" } }]', 'requirements = [{ en = "ID card" }]'),
        (
            'requirements = [{ id = "KTP", note = { id = "asli" } }]',
            'requirements = [{ id = "KTP", note = { en = "x" } }]',
        ),
        ('name = { id = "SKCK" }', "name = {}"),
    ],
)
def test_a_text_that_is_empty_or_not_in_the_halls_first_language_is_refused(hall, old, new):
    change(hall, "agencies/polres.toml", old, new)
    (problem,) = problems(hall)
    assert problem.startswith("polres.toml:")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("hall.toml", 'services = ["skck"]', 'services = ["skck", "skk"]', 'counters[2].services[2]: there is no service "skk" (did you mean'),
        ("hall.toml", 'zone = "a"\nservices', 'zone = "b"\nservices', 'counters[1].zone: there is no zone "b" (possible: a)'),
        ("hall.toml", 'services = ["kk", "skck"]', 'services = ["kk", "skcx"]', 'errands[1].services[2]: there is no service "skcx" (did you mean "skck"?)'),
        ("hall.toml", 'services = ["kk", "skck"]', "services = []", "errands[1].services: must name at least one service"),
        ("hall.toml", 'services = ["skck"]', "services = []", 'polres.toml:8: services[1].id: no counter takes the service "skck"'),
        ("hall.toml", 'id = "kasir"', 'id = "1"', 'counters[2].id: "1" stands here twice'),
        ("hall.toml", "Asia/Makassar", "Asia/Makasar", 'time_zone: there is no time zone "Asia/Makasar" (did you mean "Asia/Makassar"?)'),
        ("hall.toml", '["id", "en"]', '["id", "eng"]', 'languages[2]: there are no words in the language "eng" (did you mean "en"?)'),
        ("hall.toml", '["id", "en"]', '["id", "id"]', 'languages[2]: "id" stands here twice'),
        ("hall.toml", 'day_begins = "06:00"', 'day_begins = "17:00"', "day_closes: must be later than day_begins (17:00)"),
        ("hall.toml", 'day_closes = "17:00"', 'day_closes = "14:00"', "opening.sessions[1].ends: 15:00 is after the hall's day closes: 14:00"),
        ("hall.toml", 'ends = "13:30"', 'ends = "11:00"', "opening.breaks[1].ends: must be later than it begins (11:30), not 11:00"),
        ("hall.toml", "[[zones]]", "agency_order = []\n[[zones]]", "there is no such key here"),
        ("hall.toml", 'letter = "A"', 'letter = "A"\ncolour = "red"', 'zones[1].colour: must be a colour of six hexadecimal digits, such as "0B5D5B"'),
        ("hall.toml", "[opening]", '[rules]\npublic_url = "http://antre"\n[opening]', "rules.public_url: must be an address such as"),
        ("agencies/polres.toml", 'id = "polres"', 'id = "polisi"', "id: must be the file's name, \"polres\", not \"polisi\""),
        ("agencies/polres.toml", 'zone = "a"', 'zone = "z"', 'polres.toml:4: zone: there is no zone "z"'),
        ("agencies/polres.toml", 'prefix = "R"', 'prefix = "KA"', 'prefix: the prefix "KA" belongs to the agency "disduk"'),
        ("agencies/polres.toml", 'prefix = "R"', 'prefix = "KA1"', 'prefix: the prefixes "KA1" and "KA" would give the same number twice'),
        ("agencies/polres.toml", 'prefix = "R"\n', "", "services[1].prefix: is missing, here and for the agency"),
        ("agencies/polres.toml", 'id = "skck"', 'id = "kk"', '"kk" is taken in'),
        ("agencies/polres.toml", 'name = { id = "SKCK" }', 'name = { id = "SKCK", eng = "x" }', 'services[1].name.eng: there is no language "eng"'),
        ("agencies/polres.toml", 'prefix = "R"', 'prefix = "R"\nicon = "pasport"', 'icon: there is no icon "pasport" (did you mean "passport"?)'),
        ("agencies/polres.toml", 'id = "skck"', 'id = "skck"\nhand_in_by = "16:00"', "services[1].hand_in_by: 16:00 is in none of the service's sessions"),
        ("agencies/polres.toml", 'id = "skck"', 'id = "skck"\nsynonyms.eng = ["police record"]', 'services[1].synonyms.eng: there is no language "eng" (did you mean "en"?)'),
        ("agencies/polres.toml", 'id = "skck"', 'id = "skck"\nsynonyms.id = ["kelakuan baik", "?"]', "services[1].synonyms.id[2]: must have letters or digits"),
        ("agencies/polres.toml", 'id = "skck"', 'id = "skck"\nsynonyms.id = ["' + "surat " * 11 + '"]', "services[1].synonyms.id[1]: has 66 letters, 60 are the most"),
        ("agencies/polres.toml", 'id = "skck"', f'id = "skck"\nsynonyms.id = {[str(count) for count in range(41)]}', "services[1].synonyms.id: has 41 words, 40 are the most"),
        ("agencies/polres.toml", 'id = "skck"', 'id = "skck"\nsynonyms = ["skck"]', "services[1].synonyms"),
        ("hall.toml", 'words.id = ["bikin kk"]', 'words.id = [""]', "errands[1].words.id[1]: must have letters or digits"),
        ("hall.toml", "[opening]", '[rules]\nlate = "refusing"\n[opening]', "rules.late"),
        ("agencies/disduk.toml", 'ends = "10:00"', 'ends = "07:00"', "services[2].opening.sessions[1].ends: must be later than it begins (08:00)"),
        ("agencies/disduk.toml", 'ends = "10:00"', 'ends = "10:00"\nlast_ticket = "10:30"', "last_ticket: must be after 08:00 and not after 10:00, not 10:30"),
        ("agencies/disduk.toml", 'ends = "10:00"', 'ends = "10:00"\n[[services.opening.sessions]]\ndays = ["monday"]\nbegins = "09:30"\nends = "12:00"', "sessions[2]: overlaps session 1 on monday (08:00 to 10:00)"),
        ("agencies/disduk.toml", 'days = ["monday"]', "days = []", "sessions[1].days: must name at least one weekday"),
        ("agencies/disduk.toml", 'days = ["monday"]', 'days = ["mondai"]', '(did you mean "monday"?)'),
    ],
)  # fmt: skip
def test_a_mistake_between_the_parts_is_told_where_it_stands(hall, name, old, new, said):
    change(hall, name, old, new)
    assert any(said in problem for problem in problems(hall)), problems(hall)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("S" * 20_000, "services[1].name.id: has 20000 letters, 150 are the most"),
        (
            "surat " + "S" * 81,
            'services[1].name.id: has a word of 81 letters ("SSSSSSSSSSSSSSSSSSSS..."), 80 are the most',
        ),
        ("SK\\nCK", "has a sign that nobody sees as its 3. one: an end of line (U+000A)"),
        ("\\u001B[31mSKCK", "as its 1. one: a control sign (U+001B)"),
        ("SKCK\\u0000", "as its 5. one: a control sign (U+0000)"),
        ("\\u202ESKCK", "as its 1. one: RIGHT-TO-LEFT OVERRIDE (U+202E)"),
        ("SK\\u200BCK", "as its 3. one: ZERO WIDTH SPACE (U+200B)"),
    ],
)
def test_a_text_that_no_screen_has_room_for_or_that_holds_what_nobody_sees_is_refused(hall, name, said):
    change(hall, "agencies/polres.toml", 'name = { id = "SKCK" }', f'name = {{ id = "{name}" }}')
    (problem,) = problems(hall)
    assert said in problem
    assert problem.endswith(")"), "it says what to do"


def test_a_synonym_with_a_sign_that_nobody_sees_is_refused(hall):
    change(hall, "agencies/polres.toml", 'id = "skck"', 'id = "skck"\nsynonyms.id = ["kelakuan\\u200Bbaik"]')
    assert "services[1].synonyms.id[1]: has a sign that nobody sees" in problems(hall)[0]


def test_what_must_be_published_may_take_four_hundred_letters_and_no_more(hall):
    long = ("kata " * 80).strip()
    change(hall, "agencies/polres.toml", '{ id = "KTP"', f'{{ id = "{long}"')
    read_hall(hall)
    change(hall, "agencies/polres.toml", long, long + " dua")
    assert "services[1].requirements[1].id: has 403 letters, 400 are the most" in problems(hall)[0]


def test_a_service_without_any_hours_is_refused(hall):
    text = (hall / "hall.toml").read_text()
    begins, ends = text.index("[[opening.sessions]]"), text.index("[[opening.breaks]]")
    (hall / "hall.toml").write_text(text[:begins] + text[ends:])
    said = problems(hall)
    assert len(said) == 2, "KTP has hours of its own"
    assert all("is never open" in problem for problem in said)


def test_problems_of_all_files_are_told_at_once_in_order(hall):
    change(hall, "hall.toml", "Asia/Makassar", "Mars")
    change(hall, "hall.toml", 'ends = "15:00"', 'end = "15:00"')
    change(hall, "hall.toml", 'letter = "A"', "letter = 1")
    change(hall, "hall.toml", 'services = ["skck"]', 'services = ["skkc"]')
    change(hall, "agencies/disduk.toml", 'ends = "10:00"', 'ends = "10.00"')
    change(hall, "agencies/polres.toml", 'fee = { id = "Gratis" }\n', "")
    change(hall, "agencies/polres.toml", 'zone = "a"', 'zone = "y"')
    change(hall, "agencies/polres.toml", 'prefix = "R"', 'prefix = "r"')
    assert [problem.split(": ")[:2] for problem in problems(hall)] == [
        ["hall.toml:4", "time_zone"],
        ["hall.toml:10", "opening.sessions[1].ends"],
        ["hall.toml:13", "opening.sessions[1].end"],
        ["hall.toml:25", "zones[1].letter"],
        ["hall.toml:36", "counters[2].services[1]"],
        ["disduk.toml:33", "services[2].opening.sessions[1].ends"],
        ["polres.toml:4", "zone"],
        ["polres.toml:5", "prefix"],
        ["polres.toml:7", "services[1].fee"],
        ["polres.toml:8", "services[1].id"],
    ]


def test_a_missing_time_of_the_halls_day_is_told_once(hall):
    change(hall, "hall.toml", "day_closes", "day_close")
    assert [problem.split(": ")[1] for problem in problems(hall)] == ["day_closes", "day_close"]


def test_a_file_with_a_fault_of_its_own_does_not_make_references_to_it_wrong(hall):
    change(hall, "agencies/polres.toml", 'zone = "a"', "zone = 1")
    (problem,) = problems(hall)
    assert problem.startswith("polres.toml:4: zone: must be a text")


def test_broken_toml_is_one_problem_with_its_place(hall):
    (hall / "agencies" / "polres.toml").write_text('id = "polres"\nname = {')
    assert any(problem.startswith("polres.toml:2:") for problem in problems(hall))


def test_an_agency_with_more_services_than_one_message_holds_is_refused(hall):
    many = "".join(f'[[services]]\nid = "s{count}"\nname = {{ id = "S" }}\n{PARTS}\n' for count in range(72))
    with (hall / "agencies" / "polres.toml").open("a") as file:
        file.write(many)
    assert any("73 services, 71 fit into what is sent of one agency" in problem for problem in problems(hall))


def test_an_agency_that_says_more_than_one_message_holds_is_refused(hall):
    step = '{ id = "Serahkan berkas" }'
    change(hall, "agencies/polres.toml", step, ", ".join([f'{{ id = "{"berkas " * 50}" }}'] * 1000))
    (problem,) = problems(hall)
    assert problem.startswith("polres.toml: makes a message of 3")


def test_a_folder_without_agencies_is_refused(hall):
    shutil.rmtree(hall / "agencies")
    assert any("holds no agency" in problem for problem in problems(hall))


JUNK = [
    0,
    -1,
    1.5,
    True,
    "",
    "x",
    "a" * 300,
    "24:00",
    "Ä\n",
    [],
    [[]],
    ["x", 1],
    {},
    {"id": 1},
    {"x": {"y": []}},
    date(2026, 1, 1),
]


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every way into a file's data."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, one in inner for found in ((*path, key), *places(one, (*path, key)))]


@pytest.mark.parametrize(("name", "text"), [("hall.toml", HALL), ("agencies/disduk.toml", DISDUK)])
def test_whatever_stands_at_any_place_is_taken_or_told_and_never_a_crash(hall, name, text):
    told: list[str] = []
    for count, place in enumerate(places(tomllib.loads(text))):
        for junk in JUNK[count % 4 :: 4]:
            data: Any = tomllib.loads(text)
            table: Any = data
            for step in place[:-1]:
                table = table[step]
            table[place[-1]] = junk
            (hall / name).write_text(tomlkit.dumps(data))
            try:
                read_hall(hall)
            except BadFile as bad:
                told += [problem.what for problem in bad.problems]
    assert len(told) > 200
    assert all(told)
