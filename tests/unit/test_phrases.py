import pytest

from assets.phrases import call_sentence, counter_phrase, number_phrase, number_words
from contract.names import Language
from tests.spoken_signs import DIGITS, LETTERS

ID = Language("id")
EN = Language("en")


def expected_digits(count: int, language: Language) -> list[str]:
    """Reckoned from the count, not from the text: at least three digits, from the right."""
    digits: list[str] = []
    while count or len(digits) < 3:
        count, digit = divmod(count, 10)
        digits.insert(0, DIGITS[language][digit])
    return digits


@pytest.mark.parametrize("prefix", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
def test_every_number_of_every_prefix_is_said_letter_by_letter_and_digit_by_digit(prefix):
    for count in range(1, 10_000):
        number = f"{prefix}{count:03}"
        in_indonesian = expected_digits(count, ID)
        assert number_words(number, ID) == (LETTERS[prefix], *in_indonesian)
        assert number_phrase(number, ID) == f"{LETTERS[prefix]}, {' '.join(in_indonesian)}"
        assert number_phrase(number, EN) == f"{prefix}, {' '.join(expected_digits(count, EN))}"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("K007", "ka, nol nol tujuh"),
        ("K069", "ka, nol enam sembilan"),
        ("X1024", "eks, satu nol dua empat"),
        ("LK012", "el, ka, nol satu dua"),
        ("4K010", "empat ka, nol satu nol"),
        ("k007", "ka, nol nol tujuh"),
    ],
)
def test_a_number_is_said_with_a_pause_after_each_letter(number, said):
    assert number_phrase(number, ID) == said


@pytest.mark.parametrize("number", ["K 07", "-07", "K-", "K--7", "É001", "K٣01", "K²01"])
def test_what_has_no_name_cannot_be_said_and_is_told(number):
    with pytest.raises(ValueError, match="cannot be said"):
        number_words(number, ID)


def test_a_call_in_indonesian():
    assert call_sentence("K007", "3", ID) == "Nomor antrean ka, nol nol tujuh, silakan menuju loket tiga"


def test_a_call_in_english():
    assert call_sentence("A069", "12", EN) == "Queue number A, zero six nine, please go to counter twelve"


def test_a_counter_with_a_name_of_its_own_is_called_by_it():
    assert call_sentence("K007", "Meja Informasi", ID) == (
        "Nomor antrean ka, nol nol tujuh, silakan menuju Meja Informasi"
    )


@pytest.mark.parametrize(
    ("name", "indonesian", "english"),
    [
        ("1", "satu", "one"),
        ("10", "sepuluh", "ten"),
        ("11", "sebelas", "eleven"),
        ("12", "dua belas", "twelve"),
        ("19", "sembilan belas", "nineteen"),
        ("20", "dua puluh", "twenty"),
        ("25", "dua puluh lima", "twenty-five"),
        ("99", "sembilan puluh sembilan", "ninety-nine"),
        ("105", "satu nol lima", "one zero five"),
        ("07", "nol tujuh", "zero seven"),
        ("12B", "dua belas be", "twelve B"),
        ("A3", "a, tiga", "A, three"),
        ("B", "be", "B"),
        ("Kasir", "Kasir", "Kasir"),
    ],
)
def test_a_counter_is_said_as_people_say_it(name, indonesian, english):
    assert counter_phrase(name, ID) == indonesian
    assert counter_phrase(name, EN) == english
