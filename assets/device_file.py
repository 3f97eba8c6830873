"""A device's own file, `DIR/devices/NAME.toml`: who it is, and how it reaches the broker.

The folder of these files is also the hall's register of devices: hub and broker read it, and a file that is
taken away is a device that may no longer speak.
"""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from assets.reading import BadFile, read_source, struct_of
from contract.names import Counter, Device, Zone

DeviceRole = Literal["kiosk", "display", "counter", "sign", "hub"]

NewestMqtt = Literal["5", "3.1.1"]
"""The newest MQTT that is tried; 3.1.1 is always tried last."""

LONGEST_GROUP = 64
"""Letters of a group's name."""


class DeviceSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[device]`. `counter` is for role counter (and sign), `zones` and `group` for displays: those of one group begin
    to speak a call at one instant.
    """

    id: Device
    role: DeviceRole
    password: Annotated[str, Meta(min_length=1)]
    counter: Counter | None = None
    zones: tuple[Zone, ...] = ()
    group: Annotated[str, Meta(min_length=1, max_length=LONGEST_GROUP)] | None = None


class BrokerSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[broker]`. `ca` is a PEM file, relative to the device file. `mqtt` "3.1.1" is for a broker whose MQTT 5 is faulty."""

    host: Annotated[str, Meta(min_length=1)]
    port: Annotated[int, Meta(ge=1, le=65535)]
    tls: bool = False
    ca: str | None = None
    mqtt: NewestMqtt = "5"


class DeviceFile(Struct, frozen=True, forbid_unknown_fields=False):
    """What every device file has; a program's own sections (`[printer]`, `[screen]`, `[voice]`) are read by its config.py."""

    hall: Device
    device: DeviceSection
    broker: BrokerSection


def read_device_file(path: Path, role: DeviceRole | None = None) -> DeviceFile:
    """The file's typed content; assets.reading.BadFile with every error at once, also where it is not of `role`."""
    source = read_source(path)
    file = struct_of(source, DeviceFile)
    if role is not None and file.device.role != role:
        what = f'is "{file.device.role}": this program is for a device of the role "{role}"'
        raise BadFile((source.problem(("device", "role"), what, f"./antrean device add DIR NAME --role {role}"),))
    if file.device.role == "counter" and file.device.counter is None:
        what = 'is missing: a device of the role "counter" stands at one'
        raise BadFile((source.problem(("device", "counter"), what, 'such as counter = "loket-3"'),))
    return file
