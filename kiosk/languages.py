"""The languages that this kiosk has words for: a hall may speak others that no file has yet. Pure but for reading the files once."""

from msgspec.structs import replace

from assets.words import Words, languages, words_of
from contract.catalogue import Message
from contract.halls import Hall
from contract.names import Language


def known_words(language: Language) -> Words:
    """The words of a language, or of the first there is."""
    return words_of(language if language in languages() else languages()[0])


def in_known_languages(message: Message) -> Message:
    """The hall as this kiosk can show it: only in languages that it has words for."""
    if not isinstance(message, Hall):
        return message
    spoken = tuple(language for language in message.languages if language in languages())
    return replace(message, languages=spoken or languages()[:1])
