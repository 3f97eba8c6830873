"""A call as a hall says it, whoever speaks it: a display, a television's page, recorded clips. Pure but for the language files."""

from assets.phrases import call_sentence, short_call_sentence
from assets.places import counter_name
from contract.halls import Hall
from contract.names import CounterId, Language


def call_of(hall: Hall, number: str, counter: CounterId, language: Language, *, short: bool = False) -> str:
    """The sentence, `short` without its courtesy; a counter that the hall does not have is called by its id.

    ValueError where it cannot be said.
    """
    sentence = short_call_sentence if short else call_sentence
    there = next((each for each in hall.counters if each.id == counter), None)
    if there is None:
        return sentence(number, counter, language, hall.numbers_said)
    spoken = there.spoken.get(language, "").strip()
    return sentence(number, counter_name(there, language), language, hall.numbers_said, spoken)
