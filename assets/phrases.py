"""Numbers and calls as they are said: "K007" as ka, nol, nol, tujuh. Pure but for reading the language files once.

Speech engines read codes wrongly ("a nolnol satu", cardinals), so every letter and digit is made a word here; the
grammar is data (`[spoken]` of the language files). A hall may have the digits of a number said one by one, or as one
whole number ("ka, tujuh"). Knows no engine.
"""

import re
from collections.abc import Iterable

from assets.words import SpokenWords, words_of
from contract.halls import NumbersSaid
from contract.names import Language, Number, Text

LARGEST_WHOLE = 9999
"""Beyond it digits are said one by one: nobody can keep a longer number in mind."""

_SPELLED = re.compile(r"[A-Za-z]{0,2}[0-9]{0,3}[A-Za-z]?|[A-Za-z0-9]{1,3}-[0-9]{1,4}")
_RUNS = re.compile(r"[0-9]+|[A-Za-z]")
_JOINT = "-"
"""Between a prefix and its digits ("4K-10"): it is a pause, and has no name."""

_NUMBER = re.compile(rf"(?P<prefix>.*?){_JOINT}?(?P<count>[0-9]+)")
_PIECES = re.compile(r"(?P<code>(?<!\w)[A-Z]{2,5}(?!\w))|(?P<count>(?<!\w)[0-9]+(?!\w))")
"""In a name: capitals that stand alone are the letters of something longer (BPJS), figures are a number."""


def number_words(number: Number | str, language: Language) -> tuple[str, ...]:
    """One word per character, in order. ValueError for a character that is neither a letter A-Z nor a digit.

    A hyphen between letters and digits has no word.
    """
    spoken = words_of(language).spoken
    return tuple(_character(character, number, spoken) for character in _written(number))


def number_phrase(number: Number | str, language: Language, said: NumbersSaid = "digits") -> str:
    """The number as it is said: letters each with a pause (a comma), digits one by one: "ka, nol nol tujuh".

    With `said` "number" what follows the letters is one whole number, up to LARGEST_WHOLE: "ka, tujuh". The pause keeps
    an English voice from reading "A F" as an article.
    """
    words = number_words(number, language)
    written = _written(number)
    found = _NUMBER.fullmatch(number)
    if said == "number" and found and int(found["count"]) <= LARGEST_WHOLE:
        letters = len(_written(found["prefix"]))
        whole = cardinal(int(found["count"]), language)
        return _joined(zip((*written[:letters], "0"), (*words[:letters], whole), strict=True))
    return _joined(zip(written, words, strict=True))


def counter_phrase(name: str, language: Language) -> str:
    """A counter's name as it is said: "3" is "tiga", "12B" is "dua belas be"; a name in words is said as `name_phrase`."""
    if not is_spelled(name):
        return name_phrase(name, language)
    spoken = words_of(language).spoken
    runs = _RUNS.findall(name)
    said = [_counted(run, language, spoken) if run.isdigit() else _character(run, name, spoken) for run in runs]
    return _joined(zip(runs, said, strict=True))


def name_phrase(name: str, language: Language) -> str:
    """A name in words as it is said: capitals that stand alone letter by letter, figures as numbers.

    "BPJS Kesehatan" is "be pe je es Kesehatan", "Ruang Foto 2" is "Ruang Foto dua". Where that is not how people say it
    (TASPEN, SIM) the hall's file has the name as it is spoken.
    """
    spoken = words_of(language).spoken

    def said(found: re.Match[str]) -> str:
        if found["code"]:
            return " ".join(_character(letter, name, spoken) for letter in found["code"])
        return _counted(found["count"], language, spoken)

    return _PIECES.sub(said, name.strip())


def spoken_name(name: Text, spoken: Text, language: Language) -> str:
    """What is said of an agency or a counter: as the hall's file has it `spoken`, else as its name is said.

    In this language, or in the first that there is; "" for an empty name.
    """
    if spoken.get(language):
        return spoken[language].strip()
    return counter_phrase(name.get(language) or next(iter(name.values()), ""), language)


def call_sentence(
    number: Number | str, counter_name: str, language: Language, said: NumbersSaid = "digits", spoken: str = ""
) -> str:
    """A call as it is said: "Nomor antrean ka, nol nol tujuh, silakan menuju loket tiga".

    `spoken`: what the counter is called where that differs from its name.
    """
    forms = words_of(language).spoken
    return _sentence((forms.call, forms.call_named), number, counter_name, language, said=said, spoken=spoken)


def short_call_sentence(
    number: Number | str, counter_name: str, language: Language, said: NumbersSaid = "digits", spoken: str = ""
) -> str:
    """A call without its courtesy, for when others wait to be called: "Ka, nol nol tujuh, loket tiga"."""
    forms = words_of(language).spoken
    return _sentence(
        (forms.call_short, forms.call_short_named), number, counter_name, language, said=said, spoken=spoken
    )


def is_spelled(name: str) -> bool:
    """Whether a counter is called by digits and letters rather than by words."""
    return bool(name) and _SPELLED.fullmatch(name) is not None


def cardinal(count: int, language: Language) -> str:
    """A whole number in words, 0 to LARGEST_WHOLE: "seribu dua puluh empat". ValueError beyond."""
    if not 0 <= count <= LARGEST_WHOLE:
        raise ValueError(f"{count} is not said as a whole number: 0 to {LARGEST_WHOLE} are")
    spoken = words_of(language).spoken
    thousands, hundreds, rest = count // 1000, count // 100 % 10, count % 100
    said = ""
    if thousands:
        said = spoken.thousand if thousands == 1 else spoken.thousands.format(count=spoken.cardinals[thousands])
    if hundreds:
        form = spoken.hundred if hundreds == 1 else spoken.hundreds.format(count=spoken.cardinals[hundreds])
        said = f"{said} {form}" if said else form
    if rest:
        return said + spoken.rest_joint + _below_hundred(rest, spoken) if said else _below_hundred(rest, spoken)
    return said or spoken.cardinals[0]


def _sentence(
    forms: tuple[str, str], number: str, counter_name: str, language: Language, *, said: NumbersSaid, spoken: str
) -> str:
    """`forms`: for a counter that is spelled after the word for counter, and for one that is called by its name."""
    spelled, named = forms
    return (spelled if is_spelled(counter_name) and not spoken else named).format(
        number=number_phrase(number, language, said),
        counter=spoken or counter_phrase(counter_name, language),
    )


def _written(number: str) -> str:
    """The characters that have a word: all but a hyphen between something and a digit."""
    return re.sub(rf"(?<=[A-Za-z0-9]){_JOINT}(?=[0-9])", "", number)


def _joined(pieces: Iterable[tuple[str, str]]) -> str:
    """Written pieces and their words: after a letter a comma, after digits a blank, after the last nothing."""
    return "".join(word + (" " if written.isdigit() else ", ") for written, word in pieces).rstrip(", ")


def _character(character: str, within: str, spoken: SpokenWords) -> str:
    if character.isascii() and character.isdigit():
        return spoken.digits[int(character)]
    try:
        return spoken.letters[character.upper()]
    except KeyError:
        raise ValueError(f"{within!r} cannot be said: {character!r} is no letter A-Z and no digit") from None


def _counted(digits: str, language: Language, spoken: SpokenWords) -> str:
    """0 to 99 as a whole number; beyond that, and with leading zeros, digit by digit."""
    count = int(digits)
    if count > 99 or (len(digits) > 1 and digits[0] == "0"):
        return " ".join(spoken.digits[int(digit)] for digit in digits)
    return cardinal(count, language)


def _below_hundred(count: int, spoken: SpokenWords) -> str:
    if count < len(spoken.cardinals):
        return spoken.cardinals[count]
    tens, unit = divmod(count, 10)
    word = spoken.tens[tens - 2]
    return word + spoken.tens_joint + spoken.digits[unit] if unit else word
