"""Numbers and calls as they are said: "K007" as ka, nol, nol, tujuh. Pure but for reading the language files once.

Speech engines read codes wrongly ("a nolnol satu", cardinals), so every letter and digit is made a word here; the
grammar is data (`[spoken]` of the language files). Knows no engine.
"""

import re
from collections.abc import Iterable

from assets.words import SpokenWords, words_of
from contract.names import Language, Number

_SPELLED = re.compile(r"[A-Za-z]{0,2}[0-9]{0,3}[A-Za-z]?")
_RUNS = re.compile(r"[0-9]+|[A-Za-z]")


def number_words(number: Number | str, language: Language) -> tuple[str, ...]:
    """One word per character, in order. ValueError for a character that is neither a letter A-Z nor a digit."""
    spoken = words_of(language).spoken
    return tuple(_character(character, number, spoken) for character in number)


def number_phrase(number: Number | str, language: Language) -> str:
    """The number as it is said: letters each with a pause (a comma), digits one by one: "ka, nol nol tujuh".

    The pause keeps an English voice from reading "A F" as an article.
    """
    return _joined(zip(number, number_words(number, language), strict=True))


def counter_phrase(name: str, language: Language) -> str:
    """A counter's name as it is said: "3" is "tiga", "12B" is "dua belas be"; a name in words stays as it is."""
    if not is_spelled(name):
        return name.strip()
    spoken = words_of(language).spoken
    runs = _RUNS.findall(name)
    said = [_cardinal(run, spoken) if run.isdigit() else _character(run, name, spoken) for run in runs]
    return _joined(zip(runs, said, strict=True))


def call_sentence(number: Number | str, counter_name: str, language: Language) -> str:
    """A call as it is said: "Nomor antrean ka, nol nol tujuh, silakan menuju loket tiga"."""
    spoken = words_of(language).spoken
    form = spoken.call if is_spelled(counter_name) else spoken.call_named
    return form.format(
        number=number_phrase(number, language),
        counter=counter_phrase(counter_name, language),
    )


def short_call_sentence(number: Number | str, counter_name: str, language: Language) -> str:
    """A call without its courtesy, for when others wait to be called: "Ka, nol nol tujuh, loket tiga"."""
    spoken = words_of(language).spoken
    form = spoken.call_short if is_spelled(counter_name) else spoken.call_short_named
    return form.format(
        number=number_phrase(number, language),
        counter=counter_phrase(counter_name, language),
    )


def is_spelled(name: str) -> bool:
    """Whether a counter is called by digits and letters rather than by words."""
    return bool(name) and _SPELLED.fullmatch(name) is not None


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


def _cardinal(digits: str, spoken: SpokenWords) -> str:
    """0 to 99 as a whole number; beyond that, and with leading zeros, digit by digit."""
    count = int(digits)
    if count > 99 or (len(digits) > 1 and digits[0] == "0"):
        return " ".join(spoken.digits[int(digit)] for digit in digits)
    if count < len(spoken.cardinals):
        return spoken.cardinals[count]
    tens, unit = divmod(count, 10)
    word = spoken.tens[tens - 2]
    return word + spoken.tens_joint + spoken.digits[unit] if unit else word
