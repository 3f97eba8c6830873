"""What is said of a call: a sentence in each of its languages that there are words and a voice for. Pure."""

from assets.calling import call_of
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
    found = []
    for language in call.languages:
        if language not in languages_with_words() or (voices is not None and language not in voices):
            continue
        try:
            found.append(Utterance(_said(call, hall, language, short=short), language))
        except ValueError:
            continue
    return tuple(found)


def _said(call: Call, hall: Hall | None, language: Language, *, short: bool) -> str:
    """The sentence. Before the hall is known a counter is called by its id, and digits are said one by one."""
    if hall is not None:
        return call_of(hall, call.number, call.counter, language, short=short)
    return (short_call_sentence if short else call_sentence)(call.number, call.counter, language)
