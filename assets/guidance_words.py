"""The words of spoken guidance, `[guidance]` of each language file: what is heard beside the words that stand on the screens."""

from msgspec import Struct


class GuidanceWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[guidance]`: buttons of the guidance, and what only its voice says."""

    turn_on: str
    turn_off: str
    cannot_speak: str
    softer: str
    louder: str
    begun: str
    ended: str
    other_voice: str
    choices_none: str
    choices_one: str
    choices_count: str
    from_first: str
    from_last: str
    no_way_back: str
    cannot_be_chosen: str
    no_number: str
    gone: str
    is_on: str
    is_off: str
    page: str
    part: str
    step: str
    number: str
    volume: str
    volume_most: str
    volume_least: str
    time: str
    time_whole: str
    until: str
    currency: str
