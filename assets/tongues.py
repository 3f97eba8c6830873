"""The languages that this program has words for: a newer hub may speak others that no file here has yet."""

from typing import TypeVar

from msgspec.structs import replace

from assets.words import WHOLE, Words, languages, words_of
from contract.halls import Hall
from contract.names import Language

Said = TypeVar("Said")


def known_words(language: Language) -> Words:
    """The words of a language; Indonesian where it has none."""
    return words_of(language if language in languages() else WHOLE)


def in_known_languages(message: Said) -> Said:
    """The hall as it can be shown here: only in languages that there are words for. Other messages as they are."""
    if not isinstance(message, Hall):
        return message
    spoken = tuple(language for language in message.languages if language in languages())
    return replace(message, languages=spoken or (WHOLE,))
