from msgspec.structs import replace

from assets.places import counter_name, counters_phrase, name_ranges, said
from assets.words import words_of
from contract.halls import CounterOfHall
from contract.names import CounterId, Language, ZoneId

INDONESIAN = words_of(Language("id"))
ENGLISH = words_of(Language("en"))


def counters(*names: str) -> list[CounterOfHall]:
    return [CounterOfHall(CounterId(f"c-{n}"), {Language("id"): name}, ZoneId("a"), ()) for n, name in enumerate(names)]


def test_neighbouring_counters_are_a_range():
    assert counters_phrase(counters("1", "2", "3", "4"), INDONESIAN) == "Loket 1–4"


def test_two_counters_are_named_each():
    assert counters_phrase(counters("3", "4"), INDONESIAN) == "Loket 3, 4"
    assert counters_phrase(counters("7", "3"), INDONESIAN) == "Loket 3, 7"


def test_ranges_and_single_counters_stand_in_order_of_number():
    assert counters_phrase(counters("12", "2", "1", "10", "3", "11"), INDONESIAN) == "Loket 1–3, 10–12"


def test_one_counter_is_singular_where_the_language_tells_them_apart():
    assert counters_phrase(counters("2"), ENGLISH) == "Counter 2"
    assert counters_phrase(counters("2", "9"), ENGLISH) == "Counters 2, 9"


def test_counters_named_in_words_are_no_number_and_stand_last():
    assert counters_phrase(counters("Kasir", "2", "1"), INDONESIAN) == "Loket 1, 2, Kasir"
    assert counters_phrase(counters("2", "Cashier"), ENGLISH) == "Counter 2, Cashier"
    assert counters_phrase(counters("Informasi", "Informasi"), INDONESIAN) == "Informasi"


def test_letters_before_the_number_are_kept():
    assert name_ranges(["A2", "A1", "B7", "A3"]) == ("A1–A3", "B7")


def test_names_in_words_stand_last_and_leading_zeros_are_no_number():
    assert name_ranges(["Informasi", "2", "01", "2"]) == ("2", "Informasi", "01")


def test_a_counter_without_a_name_is_called_by_its_id():
    (nameless,) = counters("")
    assert (counter_name(nameless, "id"), counters_phrase([nameless], INDONESIAN)) == ("c-0", "Loket c-0")
    english = replace(nameless, name={Language("id"): "", Language("en"): "3"})
    assert counter_name(english, "id") == "3"


def test_without_counters_nothing_is_said():
    assert counters_phrase([], INDONESIAN) == ""


def test_a_text_is_said_in_the_language_then_in_the_other_then_in_any():
    text = {Language("id"): "satu", Language("jv"): "siji"}
    assert said(text, "jv") == "siji"
    assert said(text, "en", "jv") == "siji"
    assert said(text, "en", "bjn") == "satu"
    assert said({}, "id") == ""
