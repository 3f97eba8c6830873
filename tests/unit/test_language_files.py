"""A language file may lack anything and be wrong anywhere: it never stops a program, and whoever translates is told."""

from pathlib import Path

import pytest

from assets.dates import clock, long_date
from assets.words import languages, words_of
from command.language_rooms import letters_without_type, too_long
from command.main import main
from contract.names import Language
from tests.languages import every_text, folder_of_languages, forget, long_words, longer
from tests.unit.kiosk_visit import BEGINS

XX = Language("xx")
NAMED = '[language]\ncode = "xx"\nname = "Basa Sana"\n'


@pytest.fixture
def folder(tmp_path):
    with folder_of_languages(tmp_path / "languages") as made:
        yield made


def write(folder: Path, text: str, code: str = "xx") -> None:
    (folder / f"{code}.toml").write_text(text, encoding="utf-8")
    forget()


def check(capsys, code: str = "xx") -> tuple[int, str]:
    capsys.readouterr()
    return main(["language", "check", code]), capsys.readouterr().out


def test_a_file_with_nothing_but_its_name_is_a_language_that_speaks_indonesian(folder):
    write(folder, NAMED)
    assert XX in languages()
    assert words_of(XX).language.name == "Basa Sana"
    assert words_of(XX).kiosk == words_of(Language("id")).kiosk
    assert long_date(BEGINS.date(), XX) == "Rabu, 25 November 2026"


def test_what_a_file_lacks_comes_from_the_language_that_it_names_below_itself(folder):
    write(folder, f'{NAMED}below = "en"\n[kiosk]\nstart = "Mulai sana"\n')
    assert words_of(XX).kiosk.start == "Mulai sana"
    assert words_of(XX).kiosk.bar_home == words_of(Language("en")).kiosk.bar_home
    assert clock(BEGINS, XX) == "08:12"


def test_two_languages_that_stand_on_each_other_end_in_indonesian(folder):
    write(folder, f'{NAMED}below = "yy"\n')
    write(folder, '[language]\ncode = "yy"\nname = "Yy"\nbelow = "xx"\n[kiosk]\nstart = "Yy mulai"\n', "yy")
    assert words_of(XX).kiosk.start == "Yy mulai"
    assert words_of(XX).kiosk.take == words_of(Language("id")).kiosk.take


@pytest.mark.parametrize(
    "wrong",
    [
        'open_until = "{tme} sampai"',
        'open_until = "sampai {time"',
        'open_until = "{time:%H}"',
        'open_until = "{0}"',
        'open_until = "{time.year}"',
        'open_until = "{time!z}"',
        "open_until = 7",
        'open_until = ["{time}"]',
        'open_until = " "',
    ],
)
def test_a_text_that_could_not_be_shown_is_not_taken(folder, capsys, wrong):
    write(folder, f"{NAMED}[kiosk]\n{wrong}\n")
    assert words_of(XX).kiosk.open_until == "Buka sampai {time}"
    code, said = check(capsys)
    assert code == 1
    assert "kiosk.open_until (line 5)" in said.split("Wrong;")[1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml",
        "[language]",
        '[language]\ncode = "yy"\nname = "Other"',
        '[language]\ncode = "xx"\nname = " "',
        "language = 3",
        "\xff",
    ],
)
def test_a_file_that_does_not_name_itself_is_not_offered_and_check_says_why(folder, capsys, text):
    write(folder, text)
    assert languages() == ("en", "id")
    code, said = check(capsys)
    assert code == 1
    assert said.strip()


@pytest.mark.parametrize("section", ["kiosk", "paper", "display", "desk", "refusal", "dates", "spoken"])
def test_any_section_may_be_of_any_shape(folder, section):
    for value in ("3", '"text"', "[1]", "{}", "{ a = {} }", "[{ a = 1 }]"):
        write(folder, f"{section} = {value}\n{NAMED}")
        assert getattr(words_of(XX), section) == getattr(words_of(Language("id")), section)


def test_lists_are_whole_or_not_taken(folder, capsys):
    write(folder, f'{NAMED}[dates]\nweekdays = ["a", "b"]\nmonths = [1, 2]\n')
    assert len(words_of(XX).dates.weekdays) == 7
    assert len(words_of(XX).dates.months) == 12
    assert "must have 7 items, not 2" in check(capsys)[1]


def test_check_lists_what_is_missing_by_the_screen_that_it_stands_on(folder, capsys):
    write(folder, NAMED)
    code, said = check(capsys)
    assert code == 1
    on_welcome = said.split("\n  kiosk: welcome\n")[1].split("\n  k")[0]
    assert '    kiosk.free: "Nomor antrean gratis"' in said
    assert "kiosk.welcome_title" in on_welcome
    assert "  paper ticket\n" in said
    assert "  hall display\n" in said
    assert "  officer's page\n" in said
    assert said.startswith("Missing of ")
    assert "shown in Bahasa Indonesia instead" in said


def test_check_tells_what_is_too_much_and_what_was_probably_meant(folder, capsys):
    write(folder, f'{NAMED}[kiosk]\nstrat = "Mulai"\n[kisok]\nstart = "Mulai"\n')
    said = check(capsys)[1].split("Too much")[1]
    assert 'kiosk.strat (line 5): is no text of this program (did you mean "start"?)' in said
    assert 'kisok (line 6): is no text of this program (did you mean "kiosk"?)' in said


def test_check_tells_what_a_text_does_not_say_any_more(folder, capsys):
    write(folder, f'{NAMED}[kiosk]\ncancel_title = "Batal?"\n')
    assert words_of(XX).kiosk.cancel_title == "Batal?"
    assert "kiosk.cancel_title (line 5): does not say {number}" in check(capsys)[1]


def test_check_tells_of_letters_that_the_type_does_not_have(folder, capsys):
    write(folder, f'{NAMED.replace("Basa Sana", "العربية")}[kiosk]\nstart = "ابدأ"\nbar_home = "Ngarep, dhéwé"\n')
    said = check(capsys)[1].split("no such letters")[1]
    assert "kiosk.start (line 5): no ا, ب, د, أ" in said
    assert "language.name (line 3)" in said
    assert "bar_home" not in said


def test_check_tells_what_is_too_long_for_its_place(folder, capsys):
    write(
        folder,
        f'{NAMED}[kiosk]\nbar_home = "Mbalik menyang wiwitan maneh ya"\nstart = "Sentuhenlayarikiyenarepmiwitiantrean"\n',
    )
    said = check(capsys)[1].split("Too long")[1]
    assert "kiosk.bar_home (line 5): takes" in said
    assert 'kiosk.start (line 6): "Sentuhenlayarikiyenarepmiwitiantrean" is one word' in said


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_text_of_the_languages_that_come_with_the_product_has_room_and_letters(language):
    texts = every_text(Language(language))
    assert {
        name: list(too_long(tuple(name.split(".")), text))
        for name, text in texts.items()
        if list(too_long(tuple(name.split(".")), text))
    } == {}
    assert {name: letters_without_type(text) for name, text in texts.items() if letters_without_type(text)} == {}


def test_a_whole_language_is_whole(folder, capsys):
    write(folder, (folder / "en.toml").read_text().replace('code = "en"', 'code = "xx"'))
    code, said = check(capsys)
    assert (code, said.split(":")[0]) == (0, "xx (English) is whole")


def test_a_new_language_is_a_file_to_fill_in_that_is_offered_once_it_has_its_name(folder, capsys):
    assert main(["language", "new", "xx", "--from", "en"]) == 0
    forget()
    text = (folder / "xx.toml").read_text()
    assert XX not in languages()
    assert 'start = "Touch to begin"' in text or '# start = "' in text
    assert check(capsys)[0] == 1
    write(folder, text.replace('# name = ""', 'name = "Basa Sana"').replace("# ", "", 0))
    assert words_of(XX).kiosk == words_of(Language("en")).kiosk
    filled_in = "\n".join(
        line.removeprefix("# ") if " = " in line or line.startswith(("#     ", "# ]")) else line
        for line in text.splitlines()
    )
    write(folder, filled_in.replace('name = ""', 'name = "Basa Sana"'))
    assert check(capsys)[0] == 0


def test_a_new_language_never_overwrites_one_that_is_there(folder, capsys):
    before = (folder / "en.toml").read_text()
    assert main(["language", "new", "en"]) == 1
    assert (folder / "en.toml").read_text() == before
    assert main(["language", "new", "../x"]) == 1
    assert main(["language", "new", "yy", "--from", "zz"]) == 1
    assert main(["language", "check", "zz"]) == 1


def test_the_list_says_how_whole_each_is(folder, capsys):
    write(folder, NAMED)
    assert main(["language", "list"]) == 0
    said = capsys.readouterr().out
    assert "id   Bahasa Indonesia: whole" in said
    assert "xx   Basa Sana: " in said
    assert "texts are missing" in said


def test_the_language_that_nobody_speaks_is_longer_and_keeps_what_is_filled_in():
    assert longer("Buka sampai {time}") == "Buâêka samâêpai {time}"
    assert len(long_words().kiosk.welcome_title) > 1.3 * len(words_of(Language("id")).kiosk.welcome_title)
