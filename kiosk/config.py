"""The kiosk's settings as types. `kiosk.toml` beside this file holds the defaults, each with what it means."""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from assets.device_file import DeviceFile, read_device_file
from assets.reading import BadFile, in_order, read_source, read_toml
from contract.names import Language
from kiosk.clashes import keypad_problems, panel_problems
from kiosk.keys import KeypadSection
from kiosk.printing.section import PrinterSection, problems_of
from voice.pyttsx3_speaker import VoiceOfLanguage

DEFAULTS = Path(__file__).with_name("kiosk.toml")

Pixels = Annotated[int, Meta(ge=240, le=16384)]
Seconds = Annotated[float, Meta(gt=0, le=3600)]
ReadSeconds = Annotated[float, Meta(ge=10, le=3600)]
"""What is read or thought about stays for 10 s at the least: else no visit comes to its end."""
AnswerSeconds = Annotated[float, Meta(ge=20, le=3600)]
"""Who is asked gets 20 s at the least to answer (WCAG 2.2.1)."""


class ScreenSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[screen]`."""

    width: Pixels
    height: Pixels
    diagonal_inch: Annotated[float, Meta(ge=5, le=110)]
    fullscreen: bool
    hangs_mm: Annotated[float, Meta(ge=380, le=900)]
    """Lower than 380 mm a part of it is out of reach of some, higher than 900 too little of it is within reach of others."""
    frames_per_s: Annotated[int, Meta(ge=10, le=120)]
    left: int | None = None
    top: int | None = None


class KioskSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[kiosk]`."""

    idle_s: ReadSeconds
    still_there_s: AnswerSeconds
    ticket_s: ReadSeconds
    note_s: AnswerSeconds
    health_s: Annotated[float, Meta(ge=2, le=3600)]
    look_s: Annotated[float, Meta(ge=1, le=3600)]
    """Quicker ones would be nothing but messages to the hub, and questions between a printer's papers."""
    scanner: bool
    data: str


class VoiceSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[voice]`."""

    engine: Literal["pyttsx3", "none"]
    volume: Annotated[float, Meta(gt=0, le=1)]
    deadline_s: Annotated[float, Meta(ge=0.5, le=60)]
    kept: Annotated[int, Meta(ge=4, le=10_000)]
    languages: dict[Language, VoiceOfLanguage]


class SetupSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[setup]`. `pin`: the hash of a technician's PIN; None: the set-up page cannot be reached."""

    pin: Annotated[str, Meta(pattern=r"^\$argon2id\$", description="made by ./antrean device pin DIR NAME")] | None = (
        None
    )


class KioskConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    screen: ScreenSection
    printer: PrinterSection
    kiosk: KioskSection
    voice: VoiceSection
    keypad: KeypadSection
    setup: SetupSection


def read_config(path: Path) -> tuple[DeviceFile, KioskConfig]:
    """A kiosk's own file and its settings; assets.reading.BadFile with every error at once."""
    device = read_device_file(path, "kiosk")
    problems = tuple(problems_of(path))
    try:
        config = read_toml(
            path, KioskConfig, only=("screen", "printer", "kiosk", "voice", "keypad", "setup"), defaults=DEFAULTS
        )
    except BadFile as bad:
        raise BadFile(in_order((*bad.problems, *problems))) from None
    source, screen = read_source(path), config.screen
    clashes = (
        *panel_problems(screen.width, screen.height, screen.diagonal_inch, source),
        *keypad_problems(config.keypad, source),
    )
    if problems or clashes:
        raise BadFile(in_order((*problems, *clashes)))
    return device, config
