"""The conversation about devices: who is there and well, what they are told to be and to do."""

from typing import Any, Literal

from msgspec import Struct

from contract.names import Count, Detail, Label, Language, Moment, Request, Zone

Role = Literal["kiosk", "display", "counter", "sign"]
DeviceState = Literal["online", "offline", "lost"]
CommandName = Literal[
    "identify", "test-print", "reprint", "test-voice", "screenshot", "reload", "restart", "set-volume"
]


class DeviceStatus(Struct, frozen=True):
    """A device as it says of itself on every connection, and as its last will says of it (`lost`).

    `boot` counts the device's own starts: a stale will is known by it. `at` is None while the device has not
    heard the hub's clock. `zones`, `can_speak` and `speaks` are a display's.
    """

    state: DeviceState
    """`online` on every connection, `offline` as a farewell, `lost` as the last will."""
    role: Role
    """What the device is. The hub holds it against its own register."""
    boot: Count
    """How often the device has started: a will with an older one is stale."""
    installation: Label
    """Made when the device was set up: a new installation of the same name is another device for number blocks."""
    version: Label
    """Of the device's program."""
    config_revision: Label | None = None
    """The `to/{device}/config` that it works by; null when it works by its own file."""
    at: Moment | None = None
    """When, by the hub's clock; null while the device has not heard it."""
    zones: tuple[Zone, ...] = ()
    """A display's zones."""
    can_speak: bool = False
    """Whether a display has a voice that works."""
    speaks: tuple[Language, ...] = ()
    """The languages that a display has a voice for; none where it cannot speak or does not say."""


class DeviceHealth(Struct, frozen=True):
    """A device's own readings, every 30 s. None is "not known" or "no such part"."""

    printer: Label | None = None
    """The printer's state, such as `ready`, `paper-out`, `cover-open`, `error`, `offline`, `unknown`."""
    paper: Label | None = None
    """What is left on the printer's roll: `ok`, `near-end`, `out` or `unknown`."""
    paper_left_m: float | None = None
    """Metres left on the roll by the kiosk's own count; null where the roll's length is not known."""
    audio: Label | None = None
    """The loudspeaker's state, such as `ready` or `away`."""
    frames_per_s: float | None = None
    """Frames that were really drawn."""
    temperature_c: float | None = None
    """Of the processor, in degrees Celsius."""
    memory_mb: float | None = None
    """Used by the program, in megabytes."""
    round_trip_ms: float | None = None
    """From a request to the hub's answer, in milliseconds."""
    clock_offset_s: float | None = None
    """The device's clock minus the hub's, in seconds."""
    media: Label | None = None
    """A display's pictures, such as `12 shown, 1 broken: a.jpg`; null where it shows none."""
    screens_broke: Count | None = None
    """How many times since its start something broke in a screen, and it went on from its first one."""


class DeviceConfig(Struct, frozen=True):
    """Settings that the hub gives a device."""

    revision: str
    """Said back in `status` once the device works by it."""
    settings: dict[str, Any]
    """By the device's role."""


class DeviceCommand(Struct, frozen=True):
    """Something a technician tells a device to do, until `expires_at`."""

    request: Request
    """Carried by `command-done`."""
    command: CommandName
    """What to do."""
    arguments: dict[str, Any]
    """By command; `set-volume` has `percent`; `reprint` has `ticket` (its id or number where this kiosk printed it today, else all of it as in `ticket-issued`) and may have `copy`, the least that it is to be."""
    expires_at: Moment
    """After this it is not done any more."""


class CommandDone(Struct, frozen=True):
    """What became of a command."""

    request: Request
    """The command's."""
    ok: bool
    """Whether it was done."""
    detail: Detail = ""
    """What came of it, for technicians."""
