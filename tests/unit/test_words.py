import re
from string import Formatter

import msgspec
import pytest

from assets.reading import BadFile, read_source, struct_of
from assets.words import FOLDER, Words, languages, words_of
from contract.names import Language


def words_by_place(language: Language) -> dict[str, str]:
    """Every word of a language by its dotted place."""
    found: dict[str, str] = {}

    def walk(value, place):
        if isinstance(value, str):
            found[place] = value
        elif isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{place}.{key}")
        elif isinstance(value, list | tuple):
            for index, inner in enumerate(value):
                walk(inner, f"{place}[{index}]")

    walk(msgspec.to_builtins(words_of(language)), language)
    return {place.split(".", 1)[1]: word for place, word in found.items()}


def placeholders(word: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(word) if name is not None}


def test_there_are_indonesian_and_english():
    assert {"id", "en"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_language_is_complete_and_has_no_empty_word(language):
    empty = [place for place, word in words_by_place(language).items() if not word.strip() and "joint" not in place]
    assert empty == []


@pytest.mark.parametrize("language", languages())
def test_a_language_file_names_its_own_code(language):
    assert words_of(language).language.code == language


@pytest.mark.parametrize("language", languages())
def test_placeholders_are_the_same_in_every_language_and_are_named(language):
    first = words_by_place(Language("id"))
    other = words_by_place(language)
    assert set(first) == set(other)
    differing = {
        place: (first[place], other[place])
        for place in first
        if placeholders(first[place]) != placeholders(other[place]) and not place.startswith("dates.")
    }
    assert differing == {}
    assert not [
        place for place, word in other.items() if {name for name in placeholders(word) if not name.isidentifier()}
    ]


@pytest.mark.parametrize("language", languages())
def test_a_language_has_twelve_months_seven_weekdays_ten_digits_and_every_letter(language):
    words = words_of(language)
    assert (len(words.dates.months), len(words.dates.weekdays)) == (12, 7)
    assert (len(words.spoken.digits), len(words.spoken.cardinals), len(words.spoken.tens)) == (10, 20, 8)
    assert "".join(words.spoken.letters) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_indonesian_writes_antrean_and_never_antrian():
    assert not [place for place, word in words_by_place(Language("id")).items() if "antrian" in word.lower()]


def test_a_language_without_a_file_is_named_with_those_that_there_are():
    with pytest.raises(LookupError, match=r"'xx'; there are: .*id"):
        words_of(Language("xx"))


def test_a_missing_word_and_a_word_too_many_are_told_together():
    source = read_source(FOLDER / "id.toml")
    broken = msgspec.structs.replace(source, data={**source.data, "desks": {}, "language": {"code": "id"}})
    with pytest.raises(BadFile) as caught:
        struct_of(broken, Words)
    said = [(problem.key, problem.what, problem.hint) for problem in caught.value.problems]
    assert ("desks", "there is no such key here", 'did you mean "desk"?') in said
    assert ("language.name", "is missing", "it must be a text") in said


def test_the_machine_has_one_name_in_indonesian():
    named = re.compile(r"\b(anjungan|kiosk|kios) (ini|tersebut)\b", re.IGNORECASE)
    assert [place for place, word in words_by_place(Language("id")).items() if named.search(word)] == []


def test_times_of_the_day_by_which_something_must_be_done_have_their_word_in_indonesian():
    bare = [place for place, word in words_by_place(Language("id")).items() if "paling lambat {time}" in word]
    assert bare == []
