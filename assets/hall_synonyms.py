"""What is wrong with the other words in a hall's files: what people type for a service or an errand. Pure.

The same word may stand for several services: the search then finds them all.
"""

from collections.abc import Iterator, Mapping

from assets.hall_texts import sign_problem
from assets.judging import did_you_mean
from assets.positions import Path
from assets.reading import Problem, Source
from assets.words import languages
from contract.names import Language

LONGEST = 60
"""Letters of one of them; more than a visitor would type."""
MOST = 40
"""So many for one service or errand and language: a search that finds everything finds nothing."""


def synonym_problems(
    words: Mapping[Language, tuple[str, ...]], path: Path, source: Source, tongues: tuple[Language, ...]
) -> Iterator[Problem]:
    """The problems of `synonyms` of a service, or of `words` of an errand."""
    known = {*tongues, *languages()}
    for language, given in words.items():
        here = (*path, language)
        if language not in known:
            yield source.problem(here, f'there is no language "{language}"', did_you_mean(language, sorted(known)))
        if len(given) > MOST:
            yield source.problem(here, f"has {len(given)} words, {MOST} are the most", "keep what people really say")
        for place, one in enumerate(given):
            if not any(letter.isalnum() for letter in one):
                yield source.problem((*here, place), "must have letters or digits")
            elif len(one) > LONGEST:
                what = f"has {len(one)} letters, {LONGEST} are the most"
                yield source.problem((*here, place), what, "a few words, as people type them")
            elif (problem := sign_problem(one, (*here, place), source)) is not None:
                yield problem
