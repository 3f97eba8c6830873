import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomlkit

from assets.hall_file import HallFile, read_hall
from assets.reading import BadFile
from contract.catalogue import LARGE_BODY
from contract.codec import decode, encode, read_topic, topic_of
from contract.halls import AgencyServices, Hall, ServiceOfAgency
from contract.names import HallId, Language

HALL = """
id = "small"
name = { id = "Mal Kecil", en = "Small Hall" }
time_zone = "Asia/Makassar"
languages = ["id", "en"]
day_begins = "06:00"
day_closes = "17:00"

[opening]
[[opening.sessions]]
days = ["monday", "friday"]
begins = "08:00"
ends = "15:00"
[[opening.breaks]]
days = ["friday"]
begins = "11:30"
ends = "13:30"
name = { id = "Salat Jumat" }
[[opening.holidays]]
on = 2026-12-25
name = { id = "Hari Natal" }

[[zones]]
id = "a"
letter = "A"
name = { id = "Zona A" }

[[counters]]
id = "1"
zone = "a"
services = ["kk", "ktp"]
[[counters]]
id = "kasir"
zone = "a"
name = { id = "Kasir", en = "Cashier" }
services = ["skck"]

[[errands]]
id = "surat"
name = { id = "Surat" }
services = ["kk", "skck"]
words.id = ["bikin kk"]
"""

PARTS = """requirements = [{ id = "KTP", note = { id = "asli" } }]
procedure = [{ id = "Serahkan berkas" }]
duration = { id = "1 hari" }
fee = { id = "Gratis" }
product = { id = "Surat" }
complaints = { id = "Meja informasi" }
"""

DISDUK = f"""
id = "disduk"
name = {{ id = "Disduk" }}
zone = "a"
prefix = "K"

[[services]]
id = "kk"
name = {{ id = "Kartu Keluarga" }}
{PARTS}
[[services]]
id = "ktp"
prefix = "KA"
name = {{ id = "KTP" }}
{PARTS}
[services.opening]
quota = 30
[[services.opening.sessions]]
days = ["monday"]
begins = "08:00"
ends = "10:00"
"""

POLRES = f"""
id = "polres"
name = {{ id = "Polres" }}
zone = "a"
prefix = "R"

[[services]]
id = "skck"
name = {{ id = "SKCK" }}
{PARTS}
"""


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    (tmp_path / "agencies").mkdir()
    (tmp_path / "hall.toml").write_text(HALL)
    (tmp_path / "agencies" / "disduk.toml").write_text(DISDUK)
    (tmp_path / "agencies" / "polres.toml").write_text(POLRES)
    return tmp_path


def change(hall: Path, name: str, old: str, new: str) -> None:
    path = hall / name
    text = path.read_text()
    assert old in text, f"{old!r} is not in {name}: this test would test nothing"
    path.write_text(text.replace(old, new, 1))


def problems(hall: Path) -> list[str]:
    """What is said, each with its file's name and without its folder."""
    with pytest.raises(BadFile) as caught:
        read_hall(hall)
    return [str(problem).replace(f"{hall}/", "").replace("agencies/", "") for problem in caught.value.problems]


def service(file: HallFile, name: str) -> ServiceOfAgency:
    return next(one for agency in file.agencies for one in agency.services if one.id == name)


def test_a_hall_becomes_its_messages(hall):
    file = read_hall(hall)
    assert (file.id, file.hall.name[Language("en")], file.hall.language_names) == (
        "small",
        "Small Hall",
        {"id": "Bahasa Indonesia", "en": "English"},
    )
    assert [agency.id for agency in file.hall.agencies] == ["disduk", "polres"]
    assert [agency.agency for agency in file.agencies] == ["disduk", "polres"]
    assert file.hall.counters[0].name == {"id": "1", "en": "1"}
    assert file.hall.counters[1].name == {"id": "Kasir", "en": "Cashier"}
    assert file.hall.errands[0].words == {"id": ("bikin kk",)}
    assert service(file, "kk").requirements[0].text == {"id": "KTP"}
    assert service(file, "kk").requirements[0].note == {"id": "asli"}


def test_a_counter_without_a_name_is_called_by_the_end_of_its_id(hall):
    change(hall, "hall.toml", 'id = "1"', 'id = "loket-1"')
    assert read_hall(hall).hall.counters[0].name == {"id": "1", "en": "1"}


def test_hours_are_inherited_and_holidays_and_breaks_are_said_once(hall):
    file = read_hall(hall)
    kk, ktp = service(file, "kk").opening, service(file, "ktp").opening
    assert [(session.days, session.ends) for session in kk.sessions] == [(("monday", "friday"), "15:00")]
    assert [pause.begins for pause in kk.breaks] == ["11:30"]
    assert (kk.quota, ktp.quota) == (None, 30)
    assert [(session.days, session.ends) for session in ktp.sessions] == [(("monday",), "10:00")]
    assert ktp.breaks == (), "a break on Friday is nothing to a service of Mondays"
    assert [holiday.on for holiday in ktp.holidays] == [date(2026, 12, 25)]


def test_a_prefix_is_the_agencys_unless_the_service_has_its_own(hall):
    file = read_hall(hall)
    assert (service(file, "kk").prefix, service(file, "ktp").prefix) == ("K", "KA")


def test_the_order_of_agencies_can_be_set(hall):
    change(hall, "hall.toml", 'languages = ["id", "en"]', 'languages = ["id", "en"]\nagency_order = ["polres"]')
    assert [agency.agency for agency in read_hall(hall).agencies] == ["polres", "disduk"]


def test_the_revision_changes_with_what_is_shown_and_with_nothing_else(hall):
    before = read_hall(hall)
    change(hall, "hall.toml", "[[zones]]", "# a remark\n[[zones]]")
    assert read_hall(hall) == before
    change(hall, "agencies/polres.toml", "Gratis", "Rp30.000")
    after = read_hall(hall)
    assert before.hall.revision != after.hall.revision
    assert {agency.revision for agency in after.agencies} == {after.hall.revision}


def test_rules_have_defaults_and_can_be_set(hall):
    assert (read_hall(hall).rules.issue_without_officer, read_hall(hall).rules.call_fresh_s) == (True, 30)
    change(
        hall, "hall.toml", "[opening]", '[rules]\ncall_fresh_s = 20\npublic_url = "https://antre.example"\n\n[opening]'
    )
    assert read_hall(hall).rules.call_fresh_s == 20
    assert read_hall(hall).rules.public_url == "https://antre.example"


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
    change(hall, "agencies/polres.toml", "Serahkan berkas", "Serahkan berkas " * 20_000)
    (problem,) = problems(hall)
    assert problem.startswith("polres.toml: makes a message of 3")


def test_a_folder_without_agencies_is_refused(hall):
    shutil.rmtree(hall / "agencies")
    assert any("holds no agency" in problem for problem in problems(hall))


def test_what_a_hall_says_travels(hall):
    file = read_hall(hall)
    messages: list[Hall | AgencyServices] = [file.hall, *file.agencies]
    for message in messages:
        topic = topic_of(HallId(file.id), message)
        assert decode(read_topic(topic), encode(message)) == message
        assert len(encode(message)) < LARGE_BODY
    assert msgspec.json.decode(encode(file.hall))["revision"] == file.hall.revision


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
