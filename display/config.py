"""The hall display's settings as types. `display.toml` beside this file holds the defaults, each with what it means."""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from assets.device_file import DeviceFile, read_device_file
from assets.reading import BadFile, read_source, read_toml
from assets.words import languages
from contract.names import ClockTime, Language
from display.layout import Kind
from display.loudness import VolumeHours
from display.quiet import QuietHours

DEFAULTS = Path(__file__).with_name("display.toml")
SECTIONS = ("screen", "layout", "display", "sound", "voice", "media", "care")

Pixels = Annotated[int, Meta(ge=320, le=16384)]
Seconds = Annotated[float, Meta(gt=0, le=3600)]
Share = Annotated[float, Meta(ge=0, le=1)]


class ScreenSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[screen]`."""

    width: Pixels
    height: Pixels
    diagonal_inch: Annotated[float, Meta(ge=5, le=500)]
    fullscreen: bool
    frames_per_s: Annotated[int, Meta(ge=10, le=120)]
    left: int | None = None
    top: int | None = None


class LayoutSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[layout]`. Whose sign a counter's sign is, and the zones of the others, stand in `[device]`."""

    kind: Kind
    viewing_distance_m: Annotated[float, Meta(gt=0, le=200)]


class DisplaySection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[display]`."""

    attention_s: Annotated[float, Meta(ge=8, le=60)]
    page_s: Seconds
    card_s: Seconds
    hub_silent_s: Seconds
    heed_after_s: Seconds
    health_s: Seconds
    language: Language
    data: str


class SoundSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[sound]`. `device`: a name of SDL's list, "" for the machine's usual one."""

    device: str
    chime: bool
    hours: tuple[VolumeHours, ...] = ()


class LanguageVoice(Struct, frozen=True, forbid_unknown_fields=True):
    """`[voice.languages.CODE]`."""

    voice: str
    rate: Annotated[int, Meta(ge=80, le=450)] = 150
    volume: Share = 1.0
    pause_s: Annotated[float, Meta(ge=0, le=2)] = 0.3


class VoiceSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[voice]`."""

    engine: Literal["pyttsx3", "clips", "none"]
    clips: str
    volume: Share
    say_times: Annotated[int, Meta(ge=1, le=3)]
    one_language_from: Annotated[int, Meta(ge=1, le=100)]
    once_from: Annotated[int, Meta(ge=1, le=100)]
    short_from: Annotated[int, Meta(ge=1, le=100)]
    deadline_s: Seconds
    kept: Annotated[int, Meta(ge=1, le=10_000)]
    languages: dict[Language, LanguageVoice]
    quiet: tuple[QuietHours, ...] = ()


class MediaSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[media]`."""

    folder: str
    seconds: Annotated[float, Meta(ge=3, le=3600)]
    look_s: Annotated[float, Meta(ge=1, le=3600)]


class CareSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[care]`. See display.care.CareManner."""

    shift_px: Annotated[int, Meta(ge=0, le=12)]
    shift_every_s: Seconds
    rest_after_s: Annotated[float, Meta(ge=0, le=86_400)]
    rest_s: Seconds
    rest_every_s: Seconds
    dark_begins: ClockTime
    dark_ends: ClockTime
    lit_s: Seconds


class DisplayConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    screen: ScreenSection
    layout: LayoutSection
    display: DisplaySection
    sound: SoundSection
    voice: VoiceSection
    media: MediaSection
    care: CareSection


def read_config(path: Path) -> tuple[DeviceFile, DisplayConfig]:
    """A display's own file and its settings; assets.reading.BadFile with every error at once."""
    device = read_device_file(path, "display")
    config = read_toml(path, DisplayConfig, only=SECTIONS, defaults=DEFAULTS)
    if config.layout.kind == "counter-sign" and device.device.counter is None:
        what = "is missing: whose sign is this?"
        raise BadFile((read_source(path).problem(("device", "counter"), what, 'such as counter = "loket-3"'),))
    return device, config


def first_language(config: DisplayConfig) -> Language:
    """The language of the time before the hall is known: the configured one, if there are words for it."""
    wanted = config.display.language
    return wanted if wanted in languages() else languages()[0]
