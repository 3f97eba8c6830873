"""The hall display's settings as types. `display.toml` beside this file holds the defaults, each with what it means."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from assets.device_file import DeviceFile, read_device_file
from assets.reading import BadFile, Problem, Source, in_order, read_source, read_toml
from assets.words import languages
from contract.names import ClockTime, Language
from display.layout import Kind
from display.loudness import VolumeHours
from display.quiet import QuietHours
from display.sight import Panel
from voice.pyttsx3_speaker import VoiceOfLanguage

DEFAULTS = Path(__file__).with_name("display.toml")
SECTIONS = ("screen", "layout", "display", "sound", "voice", "media", "care")

Pixels = Annotated[int, Meta(ge=320, le=16384)]
Place = Annotated[int, Meta(ge=-32768, le=32767)]
"""Where X can put a window."""
ReadSeconds = Annotated[float, Meta(ge=3, le=3600)]
"""What is read in passing stands for 3 s at the least."""
SilentSeconds = Annotated[float, Meta(ge=10, le=3600)]
"""The hub is heard every 5 s: one word of it may be lost without anybody being told."""
Share = Annotated[float, Meta(ge=0, le=1)]


class ScreenSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[screen]`."""

    width: Pixels
    height: Pixels
    diagonal_inch: Annotated[float, Meta(ge=5, le=500)]
    fullscreen: bool
    frames_per_s: Annotated[int, Meta(ge=10, le=120)]
    left: Place | None = None
    top: Place | None = None


class LayoutSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[layout]`. Whose sign a counter's sign is, and the zones of the others, stand in `[device]`."""

    kind: Kind
    viewing_distance_m: Annotated[float, Meta(gt=0, le=200)]


class DisplaySection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[display]`."""

    attention_s: Annotated[float, Meta(ge=8, le=60)]
    page_s: ReadSeconds
    card_s: ReadSeconds
    hub_silent_s: SilentSeconds
    heed_after_s: SilentSeconds
    health_s: Annotated[float, Meta(ge=2, le=3600)]
    language: Language
    data: str


class SoundSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[sound]`. `device`: a name of SDL's list, "" for the machine's usual one."""

    device: str
    chime: bool
    hours: tuple[VolumeHours, ...] = ()


class LanguageVoice(VoiceOfLanguage, frozen=True, forbid_unknown_fields=True):
    """`[voice.languages.CODE]`: in a hall the pauses are drawn out, where nothing is said of them."""

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
    deadline_s: Annotated[float, Meta(ge=0.5, le=60)]
    kept: Annotated[int, Meta(ge=16, le=10_000)]
    """A call is one for each language, long and short."""
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
    shift_every_s: Annotated[float, Meta(ge=10, le=3600)]
    """Quicker than that it would be seen to move."""
    rest_after_s: Annotated[float, Meta(ge=0, le=86_400)]
    rest_s: Annotated[float, Meta(ge=3, le=3600)]
    rest_every_s: Annotated[float, Meta(ge=10, le=3600)]
    dark_begins: ClockTime
    dark_ends: ClockTime
    lit_s: Annotated[float, Meta(ge=8, le=3600)]
    """As long as a call is lit on a board, at the least."""


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
    if problems := tuple(_clashes(device, config, read_source(path))):
        raise BadFile(in_order(problems))
    return device, config


def _clashes(device: DeviceFile, config: DisplayConfig, source: Source) -> Iterator[Problem]:
    """What is right each by itself and cannot work together."""
    display, care = config.display, config.care
    if config.layout.kind == "counter-sign" and device.device.counter is None:
        what = "is missing: whose sign is this?"
        yield source.problem(("device", "counter"), what, 'such as counter = "loket-3"')
    if display.heed_after_s < display.hub_silent_s:
        what = f"must be at least hub_silent_s, which is {display.hub_silent_s:g}"
        yield source.problem(("display", "heed_after_s"), what, "the board first tells its age")
    if care.rest_s >= care.rest_every_s:
        what = f"must be less than rest_every_s, which is {care.rest_every_s:g}"
        yield source.problem(("care", "rest_s"), what, "else the board would not come back")
    tables: dict[tuple[str, str], tuple[VolumeHours | QuietHours, ...]] = {
        ("sound", "hours"): config.sound.hours,
        ("voice", "quiet"): config.voice.quiet,
    }
    for table, hours in tables.items():
        for index, each in enumerate(hours):
            if each.begins == each.ends:
                hint = 'the whole day is "00:00" to "24:00"'
                yield source.problem((*table, index, "ends"), f"is {each.begins}, when they begin", hint)


def panel_of(config: DisplayConfig) -> Panel:
    """The panel that the board is reckoned for."""
    screen = config.screen
    return Panel(screen.width, screen.height, screen.diagonal_inch, config.layout.viewing_distance_m)


def first_language(config: DisplayConfig) -> Language:
    """The language of the time before the hall is known: the configured one, if there are words for it."""
    wanted = config.display.language
    return wanted if wanted in languages() else languages()[0]
