"""The conversation about devices: who is there and well, what they are told to be and to do."""

from typing import Any, Literal

from msgspec import Struct

from contract.names import Count, Detail, Label, Moment, Request, Zone

Role = Literal["kiosk", "display", "counter", "sign"]
DeviceState = Literal["online", "offline", "lost"]
CommandName = Literal[
    "identify", "test-print", "reprint", "test-voice", "screenshot", "reload", "restart", "set-volume"
]


class DeviceStatus(Struct, frozen=True):
    """A device as it says of itself on every connection, and as its last will says of it (`lost`).

    `boot` counts the device's own starts: a stale will is known by it. `at` is None while the device has not
    heard the hub's clock. `zones` and `can_speak` are a display's.
    """

    state: DeviceState
    role: Role
    boot: Count
    installation: Label
    version: Label
    config_revision: Label | None = None
    at: Moment | None = None
    zones: tuple[Zone, ...] = ()
    can_speak: bool = False


class DeviceHealth(Struct, frozen=True):
    """A device's own readings, every 30 s. None is "not known" or "no such part"."""

    printer: Label | None = None
    audio: Label | None = None
    frames_per_s: float | None = None
    temperature_c: float | None = None
    memory_mb: float | None = None
    round_trip_ms: float | None = None
    clock_offset_s: float | None = None


class DeviceConfig(Struct, frozen=True):
    """Settings that the hub gives a device."""

    revision: str
    settings: dict[str, Any]


class DeviceCommand(Struct, frozen=True):
    """Something a technician tells a device to do, until `expires_at`."""

    request: Request
    command: CommandName
    arguments: dict[str, Any]
    expires_at: Moment


class CommandDone(Struct, frozen=True):
    """What became of a command."""

    request: Request
    ok: bool
    detail: Detail = ""
