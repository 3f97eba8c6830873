"""What is said of a call: a sentence in each of its languages that there are words and a voice for. Pure."""

from assets.phrases import call_sentence, short_call_sentence
from assets.words import languages as languages_with_words
from contract.calls import Call
from contract.halls import Hall
from contract.names import Language
from voice.speaker import Utterance


def to_say(call: Call, hall: Hall | None, voices: tuple[Language, ...] | None, *, short: bool) -> tuple[Utterance, ...]:
    """In the call's order of languages. `voices`: those that can be spoken (None: not known yet, so any is tried).

    A language in which the number or the counter cannot be said is left out.
    """
    sentence = short_call_sentence if short else call_sentence
    found = []
    for language in call.languages:
        if language not in languages_with_words() or (voices is not None and language not in voices):
            continue
        try:
            found.append(Utterance(sentence(call.number, _counter(call, hall, language), language), language))
        except ValueError:
            continue
    return tuple(found)


def _counter(call: Call, hall: Hall | None, language: Language) -> str:
    """What stands over the counter, in this language or the first it has; its id before the hall is known."""
    name = next((counter.name for counter in hall.counters if counter.id == call.counter), {}) if hall else {}
    return name.get(language) or next(iter(name.values()), call.counter)
