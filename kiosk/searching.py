"""Finds a service by what a visitor types: names, synonyms, errands and agencies, in all of the hall's languages at once.

Forgiving: typing errors, missing letters, the order of words, case, accents and missing spaces do not matter much, and
the last word may be half typed. The one place that knows rapidfuzz. Pure; an index is made once per hall revision.
"""

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from contract.halls import AgencyServices, Hall, ServiceOfAgency
from contract.names import AgencyId, ServiceId

MOST_FOUND = 40
"""More than a visitor would page through: who finds so many types another letter."""

LONGEST_TEXT = 40
"""Letters that a visitor may type."""

NAME, SYNONYM, ERRAND, AGENCY = 1.0, 0.96, 0.8, 0.66
"""How much a word counts by where it stands."""

UNKNOWN = 0.45
"""What a typed word takes away that is found nowhere, as a share of the heaviest word that is."""

LEAST, SHARE = 0.34, 0.6
"""A service is found with so much of a whole match, and with so much of the best one's."""

STEPS = 40
"""Scores are told apart in so many steps; what is equal then stands in the order of how many wait."""


class Phrase(Struct, frozen=True):
    """What is said of a service somewhere, made comparable, and how much it counts."""

    text: str
    weight: float


class Index:
    """All words of a hall with the services that they lead to. Two are equal only if they are the same one."""

    def __init__(self, key: tuple[str, ...], services: Sequence[tuple[ServiceId, tuple[Phrase, ...]]]) -> None:
        self.key = key
        self.services = tuple(service for service, _ in services)
        self.phrases = tuple(phrases for _, phrases in services)
        found: dict[str, dict[int, float]] = {}
        for place, phrases in enumerate(self.phrases):
            for phrase in phrases:
                for word in _words_in(phrase.text):
                    weights = found.setdefault(word, {})
                    weights[place] = max(weights.get(place, 0.0), phrase.weight)
        self.words = tuple(found)
        self.places = tuple(found.values())
        self.numbers = {word: number for number, word in enumerate(self.words)}

    def rarity(self, places: Mapping[int, float]) -> float:
        """How much a word tells that leads to so many services: the rarer the more."""
        return math.log(1.0 + len(self.services) / max(1, len(places)))


def index_of(hall: Hall, agencies: Mapping[AgencyId, AgencyServices], before: Index | None = None) -> Index:
    """The index of a hall; `before` itself where nothing of the hall has changed since it was made."""
    known = [agencies[agency.id] for agency in hall.agencies if agency.id in agencies]
    key = (hall.revision, *(f"{each.agency}:{each.revision}" for each in known))
    if before is not None and before.key == key:
        return before
    errands: dict[ServiceId, list[Phrase]] = {}
    for errand in hall.errands:
        said = _phrases(errand.name.values(), ERRAND)
        said += _phrases((word for words in errand.words.values() for word in words), ERRAND)
        for service in errand.services:
            errands.setdefault(service, []).extend(said)
    described = {agency.id: agency for agency in hall.agencies}
    services: list[tuple[ServiceId, tuple[Phrase, ...]]] = []
    for each in known:
        of = described[each.agency]
        above = _phrases((*of.name.values(), *of.about.values()), AGENCY)
        services += [(one.id, (*_own(one), *errands.get(one.id, ()), *above)) for one in each.services]
    return Index(key, services)


def search(index: Index, text: str, waiting: Mapping[ServiceId, int]) -> tuple[ServiceId, ...]:
    """The services that `text` means, the likeliest first; among equals those for which most people wait."""
    typed = normal(text)
    words = typed.split()
    if not words:
        return ()
    scores = _scores(index, words, half=not text.endswith(" "))
    best = max(scores.values(), default=0.0)
    candidates = [place for place, score in scores.items() if score >= max(LEAST, best * SHARE)]
    ranked = []
    for place in candidates:
        whole = max(fuzz.token_sort_ratio(typed, phrase.text) * phrase.weight for phrase in index.phrases[place])
        score = round((scores[place] * 0.85 + whole / 100 * 0.15) * STEPS)
        ranked.append((-score, -waiting.get(index.services[place], 0), place))
    return tuple(index.services[place] for _, _, place in sorted(ranked)[:MOST_FOUND])


def normal(text: str) -> str:
    """Made comparable: small letters and digits without accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())


def _own(service: ServiceOfAgency) -> list[Phrase]:
    synonyms = (word for words in service.synonyms.values() for word in words)
    return _phrases(service.name.values(), NAME) + _phrases(synonyms, SYNONYM)


def _phrases(texts: Iterable[str], weight: float) -> list[Phrase]:
    return [Phrase(text, weight) for text in dict.fromkeys(map(normal, texts)) if text]


def _words_in(text: str) -> Iterator[str]:
    """Each word, and each two as if the space between them was not typed."""
    words = text.split()
    yield from words
    yield from map("".join, pairwise(words))


def _scores(index: Index, words: Sequence[str], *, half: bool) -> dict[int, float]:
    """How well each service is meant by all of the typed words together, from 0 to 1. `half`: the last is being typed."""
    found: list[tuple[float, dict[int, float]]] = []
    for count, word in enumerate(words):
        matches = _matches(index, word, half=half and count == len(words) - 1)
        likely: dict[int, float] = {}
        for number, likeness in matches.items():
            for place, weight in index.places[number].items():
                likely[place] = max(likely.get(place, 0.0), likeness * weight)
        if likely:
            found.append((index.rarity(likely), likely))
    if not found:
        return {}
    unknown = (len(words) - len(found)) * UNKNOWN * max(rarity for rarity, _ in found)
    whole = sum(rarity for rarity, _ in found) + unknown
    scores: dict[int, float] = {}
    for rarity, likely in found:
        for place, likeness in likely.items():
            scores[place] = scores.get(place, 0.0) + rarity * likeness / whole
    return scores


def _matches(index: Index, word: str, *, half: bool) -> dict[int, float]:
    """The hall's words that a typed one may stand for, by their numbers, each with its likeness from 0 to 1."""
    exact = index.numbers.get(word)
    if exact is not None and len(word) <= 4:
        # Short words are mostly abbreviations: one that the hall knows is meant as it stands.
        return {exact: 1.0} | (_beginnings(index, word) if half else {})
    found = _beginnings(index, word) if half or len(word) >= 4 else {}
    if exact is not None:
        found[exact] = 1.0
    errors = 0 if len(word) < 3 else 1 if len(word) < 6 else 2 if len(word) < 9 else 3
    if not errors:
        return found
    for _, distance, number in process.extract(word, index.words, scorer=OSA.distance, score_cutoff=errors, limit=None):
        _keep(found, number, 0.95 - 1.1 * distance / len(word))
    if half and len(word) >= 5:
        beginnings = [one[: len(word)] for one in index.words]
        for _, distance, number in process.extract(
            word, beginnings, scorer=OSA.distance, score_cutoff=errors - 1, limit=None
        ):
            _keep(found, number, 0.88 - 1.1 * distance / len(word))
    return found


def _beginnings(index: Index, word: str) -> dict[int, float]:
    """Words that begin with a typed one, and, where that is long, words that it begins with or that hold it."""
    found: dict[int, float] = {}
    long = len(word) >= 4
    for number, one in enumerate(index.words):
        if one.startswith(word):
            found[number] = max(0.8, 0.98 - 0.02 * (len(one) - len(word)))
        elif long and word in one:
            found[number] = 0.75
        elif long and len(one) >= 4 and len(word) - len(one) <= 4 and word.startswith(one):
            found[number] = 0.85
    return found


def _keep(found: dict[int, float], number: int, likeness: float) -> None:
    if likeness > found.get(number, 0.0):
        found[number] = likeness
