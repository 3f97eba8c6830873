"""The words people see, as types: one struct per place they stand, one TOML file per language (`languages/*.toml`).

A field is a word or a sentence; `{name}` in it is filled with str.format by whoever shows it. A language file that
lacks a word is refused with every missing word at once, and a word too many likewise.
"""

from msgspec import Struct


class LanguageSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[language]`: its own name for itself, as on the language button."""

    code: str
    name: str


class KioskWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[kiosk]`: the kiosk's screens."""


class PaperWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[paper]`: the printed ticket."""


class DisplayWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[display]`: the hall display."""


class DeskWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[desk]`: the officer's page."""


class RefusalWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[refusal]`: one sentence per reason of contract.reasons, as a visitor or an officer reads it."""


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of one language. Spoken grammar (`[spoken]`, phrases.py) and dates (`[dates]`, dates.py) stand there too."""

    language: LanguageSection
    kiosk: KioskWords
    paper: PaperWords
    display: DisplayWords
    desk: DeskWords
    refusal: RefusalWords
