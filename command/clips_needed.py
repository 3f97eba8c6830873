"""Which recordings a hall's calls need in one language: the words of its numbers, its counters, and what stands around them.

Found by saying every number that the hall can give and every counter it has, so that nothing is forgotten. Pure but for
the language files.
"""

from collections.abc import Iterable

from msgspec import Struct

from assets.phrases import call_sentence, counter_phrase, is_spelled, number_phrase, short_call_sentence
from contract.names import Language
from voice.clip_names import slug

MOST = 999
"""Numbers are said up to here for each prefix; those beyond take no words that these have not."""

EXAMPLE = "A001"


class Needed(Struct, frozen=True):
    """A recording: its name (without .wav) and the words to be said in it."""

    name: str
    words: str


def needed(prefixes: Iterable[str], counters: Iterable[str], language: Language) -> tuple[Needed, ...]:
    """All of them, numbers first. ValueError where a prefix or a counter's name cannot be said in this language.

    `counters`: what stands over each, in this language.
    """
    names = tuple(dict.fromkeys(counters))
    words: list[str] = []
    for prefix in dict.fromkeys(prefixes):
        for count in range(MOST + 1):
            words += _words(number_phrase(f"{prefix}{count:03d}", language))
    around: list[str] = []
    for name in names:
        spoken = counter_phrase(name, language)
        words += _words(spoken) if is_spelled(name) else [spoken]
        for sentence in (call_sentence, short_call_sentence):
            around += _around(sentence(EXAMPLE, name, language), number_phrase(EXAMPLE, language), spoken)
    return tuple(Needed(name, said) for name, said in {slug(said): said for said in (*words, *around)}.items() if name)


def _words(phrase: str) -> list[str]:
    return phrase.replace(",", " ").split()


def _around(sentence: str, number: str, counter: str) -> list[str]:
    """What a sentence has besides the number and the counter, cut where these stand and at commas."""
    before, _, behind = sentence.partition(number)
    between, _, after = behind.rpartition(counter)
    return [said.strip(" .") for part in (before, between, after) for said in part.split(",") if said.strip(" .")]
