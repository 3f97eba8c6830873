"""Written words as they are to be said: times, spans, queue numbers, amounts and zone letters spelled out. Pure.

A speech engine reads "08.40" as a decimal number and "K069" as a syllable; what the eye reads at once must be made words.
"""

import re
from collections.abc import Mapping

from assets.phrases import counter_phrase, number_phrase
from assets.words import Words
from contract.names import Language

_SPAN = re.compile(r"\s*[–—]\s*")
_TIME = re.compile(r"(?<![\d.,:-])([01]?\d|2[0-4])[.:]([0-5]\d)(?![.,:]?\d)")
_NUMBER = re.compile(r"\b(?=[A-Z0-9]*[A-Z])[A-Z0-9]{1,3}\d{3,6}\b")
_AMOUNT = re.compile(r"Rp\s?(\d+(?:[.,]\d{3})*)")
_LETTER = re.compile(r"(?<![\w-])([A-Z])(?![\w-])")
_CHARACTER = re.compile(r"[A-Za-z0-9]")
_PAUSES = re.compile(r"\s*(?:·|\||\n|;)\s*")


def aloud(text: str, words: Words) -> str:
    """One text of a screen as a voice should get it."""
    if not text:
        return ""
    language = Language(words.language.code)
    if _CHARACTER.fullmatch(text):
        return number_phrase(text, language)
    text = _PAUSES.sub(", ", text.strip())
    text = _AMOUNT.sub(lambda found: f"{re.sub('[.,]', '', found[1])} {words.guidance.currency}", text)
    text = _NUMBER.sub(lambda found: number_phrase(found[0], language), text)
    text = _TIME.sub(lambda found: _time(found, words, language), text)
    return _SPAN.sub(f" {words.guidance.until} ", text)


def spelled(text: str, words: Words) -> str:
    """What was typed of a number or a word so far, letter by letter where it is a code: "K0" is "ka, nol"."""
    return (
        number_phrase(text, Language(words.language.code)) if text.isascii() and text.isalnum() else aloud(text, words)
    )


def place_aloud(text: str, words: Words) -> str:
    """A zone and its counters, whose single letters are names: "Zona A" is "Zona a", and in English not an article."""
    language = Language(words.language.code)
    return aloud(_LETTER.sub(lambda found: f"{number_phrase(found[1], language)}", text), words)


def named(text: str, names: Mapping[str, str]) -> str:
    """With whole names as they are said; of two that begin alike the longer one counts. `names`: none is empty."""
    written = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{written})(?!\w)", lambda found: names[found[0]], text)


def sentences(parts: "list[str] | tuple[str, ...]") -> str:
    """Pieces one after another, each with its pause; empty ones are left out."""
    said = (part.strip() for part in parts)
    return " ".join(part if part[-1] in ".?!" else f"{part.rstrip(',:')}." for part in said if part)


def _time(found: "re.Match[str]", words: Words, language: Language) -> str:
    hour, minute = (counter_phrase(str(int(found[place])), language) for place in (1, 2))
    whole = int(found[2]) == 0
    said = (words.guidance.time_whole if whole else words.guidance.time).format(hour=hour, minute=minute)
    first = said.split(" ", 1)[0]
    # A text that says "pukul" itself does not say it twice.
    return said.removeprefix(f"{first} ") if found.string[: found.start()].rstrip().endswith(first) else said
