"""The hub's settings as types. `hub.toml` beside this file holds the defaults, each with what it means."""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from assets.reading import read_toml
from contract.names import Language
from voice.pyttsx3_speaker import VoiceOfLanguage

DEFAULTS = Path(__file__).with_name("hub.toml")


class DeskSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[desk]`."""

    host: str
    port: Annotated[int, Meta(ge=0, le=65535)]


class BoardSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[board]`. Without a `host` it is served to this machine alone."""

    host: str
    port: Annotated[int, Meta(ge=0, le=65535)]
    sound: bool
    voices: dict[Language, VoiceOfLanguage]


class TicketsSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[tickets]`: how many numbers one kiosk may have."""

    per_minute: Annotated[int, Meta(ge=1, le=1_000_000)]
    burst: Annotated[int, Meta(ge=4, le=1_000_000)]
    """Four services of one visit are asked for at once."""


class JournalSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[journal]`."""

    url: str


class LogSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[log]`."""

    level: Literal["debug", "info", "warning", "error"]


class HubConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    desk: DeskSection
    board: BoardSection
    tickets: TicketsSection
    journal: JournalSection
    log: LogSection


def read_config(hall: Path) -> HubConfig:
    """The settings of a hall directory's hub; assets.reading.BadFile with every error at once."""
    own = hall / "hub.toml"
    if not own.exists():
        return read_toml(DEFAULTS, HubConfig)
    return read_toml(own, HubConfig, defaults=DEFAULTS)
