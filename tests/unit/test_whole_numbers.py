"""Whole numbers as people say them, against a table that was written down by hand and rules of its own."""

import itertools
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from assets.phrases import call_sentence, cardinal, counter_phrase, name_phrase, number_phrase, spoken_name
from contract.calls import Call
from contract.halls import CounterOfHall, Hall
from contract.names import CallId, CounterId, Language, Number, ServiceId, TicketId, ZoneId
from display.wording import to_say
from tests.spoken_signs import DIGITS, LETTERS

ID, EN = Language("id"), Language("en")
AT = datetime(2026, 11, 25, 1, 31, tzinfo=UTC)

# From a school book; every larger number is built here by another way than the product's: from its written digits, place by place.
ENGLISH_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_indonesian(count: int) -> str:
    """ "puluh", "ratus", "ribu" behind each digit; one of them is "se" before the word, and so are ten and eleven."""
    if count == 0:
        return "nol"
    thousands, hundreds, tens, units = (int(digit) for digit in f"{count:04}")
    words = []
    for digit, place in ((thousands, "ribu"), (hundreds, "ratus")):
        words += [] if digit == 0 else [f"se{place}"] if digit == 1 else [DIGITS[ID][digit], place]
    if tens == 1:
        words += ["sepuluh"] if units == 0 else ["sebelas"] if units == 1 else [DIGITS[ID][units], "belas"]
    else:
        words += ([DIGITS[ID][tens], "puluh"] if tens else []) + ([DIGITS[ID][units]] if units else [])
    return " ".join(words)


def in_english(count: int) -> str:
    """British: "and" before what is below a hundred, wherever something stands before it; "twenty-one" with a hyphen."""
    if count == 0:
        return "zero"
    thousands, hundreds, tens, units = (int(digit) for digit in f"{count:04}")
    words = []
    if thousands:
        words += [DIGITS[EN][thousands], "thousand"]
    if hundreds:
        words += [DIGITS[EN][hundreds], "hundred"]
    if words and (tens or units):
        words.append("and")
    if tens == 1:
        words.append(ENGLISH_TEENS[units])
    elif tens and units:
        words.append(f"{ENGLISH_TENS[tens - 2]}-{DIGITS[EN][units]}")
    elif tens:
        words.append(ENGLISH_TENS[tens - 2])
    elif units:
        words.append(DIGITS[EN][units])
    return " ".join(words)


WRITTEN = {
    0: ("nol", "zero"),
    7: ("tujuh", "seven"),
    10: ("sepuluh", "ten"),
    11: ("sebelas", "eleven"),
    18: ("delapan belas", "eighteen"),
    40: ("empat puluh", "forty"),
    69: ("enam puluh sembilan", "sixty-nine"),
    100: ("seratus", "one hundred"),
    101: ("seratus satu", "one hundred and one"),
    111: ("seratus sebelas", "one hundred and eleven"),
    215: ("dua ratus lima belas", "two hundred and fifteen"),
    900: ("sembilan ratus", "nine hundred"),
    1000: ("seribu", "one thousand"),
    1001: ("seribu satu", "one thousand and one"),
    1100: ("seribu seratus", "one thousand one hundred"),
    1024: ("seribu dua puluh empat", "one thousand and twenty-four"),
    2010: ("dua ribu sepuluh", "two thousand and ten"),
    9999: ("sembilan ribu sembilan ratus sembilan puluh sembilan", "nine thousand nine hundred and ninety-nine"),
}


@pytest.mark.parametrize("count", WRITTEN)
def test_numbers_are_said_as_they_were_written_down_by_hand(count):
    assert (cardinal(count, ID), cardinal(count, EN)) == WRITTEN[count]
    assert (in_indonesian(count), in_english(count)) == WRITTEN[count]


def test_every_whole_number_up_to_9999_is_said_as_its_digits_stand():
    for count in range(10_000):
        assert cardinal(count, ID) == in_indonesian(count)
        assert cardinal(count, EN) == in_english(count)


@pytest.mark.parametrize("count", [-1, 10_000])
def test_beyond_9999_there_is_no_whole_number(count):
    with pytest.raises(ValueError, match="whole number"):
        cardinal(count, ID)


def test_no_two_numbers_are_said_alike():
    for language in (ID, EN):
        assert len({cardinal(count, language) for count in range(10_000)}) == 10_000


CHARACTERS = {**LETTERS, **{str(digit): word for digit, word in enumerate(DIGITS[ID])}}
PREFIXES = [
    "".join(each)
    for each in (
        *itertools.product("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        *itertools.product("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    )
]


def expected_prefix(prefix: str) -> str:
    """After a letter a pause, after a digit none."""
    return "".join(CHARACTERS[each] + (" " if each.isdigit() else ", ") for each in prefix)


@pytest.mark.parametrize("first", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
def test_every_prefix_is_said_before_its_numbers_in_both_habits(first):
    for prefix in [each for each in PREFIXES if each.startswith(first)]:
        for count in (1, 10, 69, 100, 105, 999, 1000, 1024, 9999):
            digits = " ".join(DIGITS[ID][int(digit)] for digit in f"{count:03}")
            assert number_phrase(f"{prefix}{count:03}", ID) == expected_prefix(prefix) + digits
            assert number_phrase(f"{prefix}{count:03}", ID, "number") == expected_prefix(prefix) + in_indonesian(count)


def test_every_number_is_said_whole_where_the_hall_has_it_so():
    for count in range(1, 10_000):
        assert number_phrase(f"K{count:03}", ID, "number") == f"ka, {in_indonesian(count)}"
        assert number_phrase(f"K{count:03}", EN, "number") == f"K, {in_english(count)}"


@pytest.mark.parametrize(
    ("number", "by_digits", "whole"),
    [
        ("K007", "ka, nol nol tujuh", "ka, tujuh"),
        ("4K010", "empat ka, nol satu nol", "empat ka, sepuluh"),
        ("4K-10", "empat ka, satu nol", "empat ka, sepuluh"),
        ("LKA1024", "el, ka, a, satu nol dua empat", "el, ka, a, seribu dua puluh empat"),
        ("4010", "empat nol satu nol", "empat ribu sepuluh"),
        # What is printed is what is said: nobody can see where a prefix that ends in a digit ends.
        ("A1001", "a, satu nol nol satu", "a, seribu satu"),
        ("A1-001", "a, satu nol nol satu", "a, satu satu"),
        ("K10000", "ka, satu nol nol nol nol", "ka, satu nol nol nol nol"),
        ("K000", "ka, nol nol nol", "ka, nol"),
    ],
)
def test_prefixes_of_several_letters_and_digits(number, by_digits, whole):
    assert number_phrase(number, ID) == by_digits
    assert number_phrase(number, ID, "number") == whole


@pytest.mark.parametrize(
    ("name", "indonesian", "english"),
    [
        ("BPJS Kesehatan", "be pe je es Kesehatan", "B P J S Kesehatan"),
        ("KTP-el", "ka te pe-el", "K T P-el"),
        ("Ruang Foto 2", "Ruang Foto dua", "Ruang Foto two"),
        ("Meja Informasi", "Meja Informasi", "Meja Informasi"),
        ("4K-10", "empat ka, sepuluh", "four K, ten"),
        ("A-12", "a, dua belas", "A, twelve"),
        ("Kasir VIP", "Kasir ve i pe", "Kasir V I P"),
        ("Disdukcapil", "Disdukcapil", "Disdukcapil"),
    ],
)
def test_names_of_agencies_and_counters_are_said_as_people_say_them(name, indonesian, english):
    assert counter_phrase(name, ID) == indonesian
    assert counter_phrase(name, EN) == english


def test_what_the_hall_says_of_a_name_goes_before_what_can_be_read_off_it():
    taspen = {ID: "TASPEN", EN: "TASPEN pension office"}
    assert spoken_name(taspen, {ID: "taspen"}, ID) == "taspen"
    assert spoken_name(taspen, {ID: "taspen"}, EN) == "TASPEN pension office"
    assert spoken_name({ID: "PLN Mobile"}, {}, EN) == "P L N Mobile"
    assert spoken_name({}, {}, ID) == ""
    assert name_phrase(" PLN ", ID) == "pe el en"


def test_a_call_in_a_hall_that_says_whole_numbers_and_names_a_counter_its_own_way():
    assert (
        call_sentence("K069", "3", ID, "number") == "Nomor antrean ka, enam puluh sembilan, silakan menuju loket tiga"
    )
    assert call_sentence("K069", "3", ID, "digits", "loket tiga di lantai dua") == (
        "Nomor antrean ka, nol enam sembilan, silakan menuju loket tiga di lantai dua"
    )
    assert call_sentence("4K010", "12", EN, "number") == "Queue number four K, ten, please go to counter twelve"


COUNTER = CounterOfHall(CounterId("loket-3"), {ID: "3", EN: "3"}, ZoneId("a"), (), {ID: "loket tiga di lantai dua"})
CALLED = Call(
    1,
    1,
    CallId("c"),
    AT,
    AT,
    TicketId("t"),
    Number("K069"),
    ServiceId("x"),
    COUNTER.id,
    ZoneId("a"),
    1,
    (ID, EN),
    (),
)


def hall_of(counter: CounterOfHall) -> Hall:
    return Hall(
        "1", {ID: "MPP"}, "Asia/Makassar", (ID, EN), "06:00", "17:00", (), (), (counter,), (), numbers_said="number"
    )


def test_a_display_says_a_call_as_its_hall_has_it():
    assert [each.text for each in to_say(CALLED, hall_of(COUNTER), None, short=False)] == [
        "Nomor antrean ka, enam puluh sembilan, silakan menuju loket tiga di lantai dua",
        "Queue number K, sixty-nine, please go to counter three",
    ]
    assert to_say(CALLED, None, (ID,), short=True)[0].text == "ka, nol enam sembilan, loket-tiga"


@pytest.mark.parametrize("empty", ["", " "])
def test_a_counter_whose_names_are_empty_is_called_by_its_id(empty):
    nameless = replace(COUNTER, name={ID: empty}, spoken={ID: empty})
    (said,) = to_say(CALLED, hall_of(nameless), (ID,), short=False)
    assert said.text.endswith("silakan menuju loket-tiga")
