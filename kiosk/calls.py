"""In which language a visitor will be called by the loudspeaker, and what is said of it where a language has no voice. Pure.

A call is spoken in the hall's first language and in the visitor's, as far as there are voices (hub.showing.call_message).
Which there are the hub tells with every heartbeat; while it does not, nothing is said of it.
"""

from assets.words import Words
from contract.names import Language
from kiosk.framing import WordsOf
from kiosk.state import State, first_language


def voices(state: State) -> tuple[Language, ...] | None:
    """The languages that calls are spoken in; None while nobody has told."""
    return state.pulse.spoken if state.pulse is not None else None


def is_spoken(state: State, language: Language) -> bool:
    """Whether a visitor of this language is called in it; True while it is not known."""
    known = voices(state)
    return known is None or language in known


def note_on(state: State, language: Language, words: Words, words_of: WordsOf) -> str:
    """What a visitor who chose this language should know of the call; empty where it is spoken in it."""
    first = first_language(state)
    if is_spoken(state, language):
        return ""
    if not is_spoken(state, first):
        return words.kiosk.calls_shown
    return words.kiosk.calls_in.format(languages=words_of(first).language.name)


def note_on_all(state: State, offered: tuple[Language, ...], words: Words, words_of: WordsOf) -> str:
    """What stands beside the choice of languages where one of them has no voice."""
    spoken = [language for language in offered if is_spoken(state, language)]
    if len(spoken) == len(offered):
        return ""
    if not spoken:
        return words.kiosk.calls_shown
    return words.kiosk.calls_in.format(languages=", ".join(words_of(language).language.name for language in spoken))
