"""Which recordings a hall's calls need in one language: the words of its numbers, its counters, and what stands around them.

Found by saying every number that the hall can give and every counter it has, so that nothing is forgotten. Pure but for
the language files.
"""

from collections.abc import Iterable

from msgspec import Struct

from assets.phrases import call_sentence, counter_phrase, is_spelled, number_phrase, short_call_sentence
from assets.places import counter_name
from contract.halls import CounterOfHall, NumbersSaid
from contract.names import Language
from voice.clip_names import slug

COUNTS = (*range(1000), *range(1000, 10_000, 1000), 9999)
"""Numbers that are said for each prefix; the others take no words that these have not."""

EXAMPLE = "A001"


class Needed(Struct, frozen=True):
    """A recording: its name (without .wav) and the words to be said in it."""

    name: str
    words: str


class Called(Struct, frozen=True):
    """A counter, as a call names it in one language: what stands over it, and what is said where that differs."""

    name: str
    spoken: str = ""


def needed(
    prefixes: Iterable[str], counters: Iterable[Called], language: Language, said: NumbersSaid
) -> tuple[Needed, ...]:
    """All of them, numbers first. ValueError where a prefix or a counter's name cannot be said in this language."""
    words: list[str] = []
    for prefix in dict.fromkeys(prefixes):
        for count in COUNTS:
            words += _words(number_phrase(f"{prefix}{count:03d}", language, said))
    around: list[str] = []
    number = number_phrase(EXAMPLE, language, said)
    for counter in dict.fromkeys((each.name, each.spoken) for each in counters):
        name, spoken = counter
        phrase = spoken or counter_phrase(name, language)
        words += _words(phrase) if is_spelled(name) and not spoken else [each.strip() for each in phrase.split(",")]
        for sentence in (call_sentence, short_call_sentence):
            around += _around(sentence(EXAMPLE, name, language, said, spoken), number, phrase)
    return tuple(Needed(name, said) for name, said in {slug(said): said for said in (*words, *around)}.items() if name)


def called_of(counter: CounterOfHall, language: Language) -> Called:
    """How a call names this counter."""
    return Called(counter_name(counter, language), counter.spoken.get(language, "").strip())


def _words(phrase: str) -> list[str]:
    return phrase.replace(",", " ").split()


def _around(sentence: str, number: str, counter: str) -> list[str]:
    """What a sentence has besides the number and the counter, cut where these stand and at commas."""
    before, _, behind = sentence.partition(number)
    between, _, after = behind.rpartition(counter)
    return [said.strip(" .") for part in (before, between, after) for said in part.split(",") if said.strip(" .")]
