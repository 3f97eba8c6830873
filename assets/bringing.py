"""What to bring for a service, as one sentence that can be read in passing. Pure."""

from assets.places import said
from assets.words import DisplayWords
from contract.halls import ServiceOfAgency
from contract.names import Language

LONGEST_LIST = 85
"""Letters of requirements that can be read in passing; beyond, the card names the first ones and points to the kiosk."""


def to_bring(service: ServiceOfAgency, language: Language, words: DisplayWords) -> str:
    """The requirements as one sentence; a list that is too long to be read in passing is cut, and says so."""
    things = [_in_a_sentence(said(each.text, language)) for each in service.requirements]
    if not things:
        return words.bring_nothing
    kept = things[:1]
    for thing in things[1:]:
        if len(words.comma.join([*kept, thing])) > LONGEST_LIST:
            break
        kept.append(thing)
    if len(kept) < len(things):
        return words.bring.format(things=words.comma.join(kept)) + ". " + words.bring_more
    return words.bring.format(things=_listed(kept, words)) + "."


def _in_a_sentence(thing: str) -> str:
    """Without its full stop, and without the capital of its beginning unless it begins a name ("Kartu Keluarga")."""
    thing = thing.strip().rstrip(".")
    first, _, rest = thing.partition(" ")
    plain = first[:1].isupper() and first[1:].islower()
    names_something = rest[:1].isupper() and rest[1:2].islower()
    return thing[0].lower() + thing[1:] if plain and not names_something else thing


def _listed(things: list[str], words: DisplayWords) -> str:
    if len(things) < 3:
        return words.joint.join(things)
    return words.comma.join(things[:-1]) + words.comma.rstrip() + words.joint + things[-1]
