"""The words people see, as types: one struct per place they stand, one TOML file per language (`languages/*.toml`).

A field is a word or a sentence; `{name}` in it is filled with str.format by whoever shows it. Indonesian is whole. Any
other language may be incomplete: what it lacks is shown in the language it names below itself, in the end in Indonesian
(docs/decisions/138). `./antrean language check CODE` lists what it lacks.
"""

from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from assets.desk_words import DeskWords
from assets.guidance_words import GuidanceWords
from assets.kiosk_words import KioskWords
from assets.language_file import Laid, laid_over
from assets.reading import BadFile, Source, read_source, struct_of
from assets.setup_words import SetupWords
from contract.names import Language
from contract.reasons import Reason, WhyClosed

FOLDER = Path(__file__).parent / "languages"
WHOLE = Language("id")
"""The language that every other one stands on: its file has every word."""


class LanguageSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[language]`: its own name for itself, as on the language button, and the language of what it lacks."""

    code: str
    name: str
    below: Language = WHOLE


class PaperWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[paper]`: the printed ticket."""

    your_number: str
    zone: str
    counter: str
    counters: str
    ahead: str
    called_about: str
    prepare: str
    follow: str
    missed: str
    free: str
    copy: str
    own: str
    trial: str
    trial_note: str
    paper_left: str


class DisplayWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[display]`: the hall display. Things are listed with `comma`, the last one with `joint`."""

    starting: str
    counter: str
    waiting: str
    nobody_waits: str
    page: str
    quiet_title: str
    quiet_text: str
    quiet_hint: str
    missed: str
    free: str
    away: str
    away_why: str
    away_until: str
    away_why_until: str
    reason_break: str
    reason_prayer: str
    reason_system: str
    bring: str
    bring_more: str
    bring_nothing: str
    comma: str
    joint: str
    aged: str
    seconds: str
    minutes: str
    lost_title: str
    lost_text: str
    lost_text_unknown: str
    heed: str
    again: str
    sound_on: str
    not_begun_title: str
    break_title: str
    closed_title: str
    done_title: str
    opens_today: str
    opens_later: str
    shut_hint: str
    sign_come: str
    sign_serving: str
    sign_open: str
    sign_wait: str
    sign_away: str
    sign_closed: str
    until: str
    table_agency: str
    table_waiting: str
    table_called: str


class RefusalWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[refusal]`: one sentence per reason of contract.reasons, as a visitor or an officer reads it."""

    not_today: str
    before_hours: str
    after_hours: str
    on_break: str
    last_ticket_passed: str
    quota_used_up: str
    no_officer: str
    paused: str
    hall_closed: str
    too_late: str
    unknown_service: str
    unknown_ticket: str
    counter_taken: str
    nothing_waiting: str
    ticket_in_hand: str
    stale_view: str
    not_allowed: str
    expired: str
    clock_behind: str
    not_heard: str
    broken_message: str

    def sentence(self, reason: Reason) -> str:
        """What people read for a reason."""
        name = "on_break" if reason is WhyClosed.BREAK else reason.replace("-", "_")
        sentence: str = getattr(self, name)
        return sentence


class DateWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[dates]`: how days and times are written. Weekdays begin with Monday. The forms are filled by assets.dates."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    long: str
    day: str
    short: str
    clock: str
    span: str


class SpokenWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[spoken]`: how numbers and calls are said, one word per letter and digit. Put together by assets.phrases."""

    letters: dict[str, str]
    digits: tuple[str, ...]
    cardinals: tuple[str, ...]
    tens: tuple[str, ...]
    tens_joint: str
    hundred: str
    hundreds: str
    thousand: str
    thousands: str
    rest_joint: str
    call: str
    call_named: str
    call_short: str
    call_short_named: str


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of one language."""

    language: LanguageSection
    dates: DateWords
    spoken: SpokenWords
    kiosk: KioskWords
    setup: SetupWords
    guidance: GuidanceWords
    paper: PaperWords
    display: DisplayWords
    desk: DeskWords
    refusal: RefusalWords


@cache
def words_of(language: Language) -> Words:
    """Everything of a language; read once. LookupError for a language without a file, BadFile where Indonesian is not whole."""
    if language not in languages():
        raise LookupError(f"no words for the language {language!r}; there are: {', '.join(languages())}")
    source = read_source(FOLDER / f"{language}.toml")
    if language == WHOLE:
        return struct_of(source, Words)
    naming = {"code": language, "name": source.data["language"]["name"], "below": below(language)}
    return struct_of(Source(source.file, {"language": naming, **_data(language, ())}), Words)


@cache
def laid(language: Language) -> Laid:
    """A language's file laid over those below it, and what it lacks itself. BadFile where it is no TOML."""
    return laid_over(read_source(FOLDER / f"{language}.toml").data, _data(below(language), above=(language,)))


def below(language: Language) -> Language:
    """The language of what this one lacks: the one that its file names, or Indonesian."""
    section = read_source(FOLDER / f"{language}.toml").data.get("language")
    named = section.get("below") if isinstance(section, dict) else None
    return Language(named) if named in languages() and named != language else WHOLE


def _data(language: Language, above: tuple[Language, ...]) -> dict[str, Any]:
    """All the words of a language as plain data. Two languages that each name the other end in Indonesian."""
    own = read_source(FOLDER / f"{language}.toml").data
    if language == WHOLE:
        return {section: value for section, value in own.items() if section != "language"}
    next_below = below(language)
    deeper = WHOLE if next_below in above else next_below
    return laid_over(own, _data(deeper, (*above, language))).data


@cache
def languages() -> tuple[Language, ...]:
    """The languages that have a file which can be read and which names itself, by their codes."""
    return tuple(Language(path.stem) for path in sorted(FOLDER.glob("*.toml")) if _names_itself(path))


def _names_itself(path: Path) -> bool:
    try:
        section = read_source(path).data.get("language")
    except BadFile:
        return False
    return isinstance(section, dict) and section.get("code") == path.stem and bool(_text(section.get("name")))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
