"""A device's own file, `DIR/devices/NAME.toml`: who it is, and how it reaches the broker.

The folder of these files is also the hall's register of devices: hub and broker read it, and a file that is
taken away is a device that may no longer speak.
"""

from pathlib import Path
from typing import Literal

from msgspec import Struct

from assets.reading import read_toml
from contract.names import Counter, Device, Zone

DeviceRole = Literal["kiosk", "display", "counter", "sign", "hub"]


class DeviceSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[device]`. `counter` is for role counter (and sign), `zones` for displays."""

    id: Device
    role: DeviceRole
    password: str
    counter: Counter | None = None
    zones: tuple[Zone, ...] = ()


class BrokerSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[broker]`. `ca` is a PEM file, relative to the device file."""

    host: str
    port: int
    tls: bool = False
    ca: str | None = None


class DeviceFile(Struct, frozen=True, forbid_unknown_fields=False):
    """What every device file has; a program's own sections (`[printer]`, `[screen]`, `[voice]`) are read by its config.py."""

    hall: Device
    device: DeviceSection
    broker: BrokerSection


def read_device_file(path: Path) -> DeviceFile:
    """The file's typed content; assets.reading.BadFile with every error at once."""
    return read_toml(path, DeviceFile)
