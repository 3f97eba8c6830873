"""The hall's register of devices: which there are, and what each may say. It is the folder of device files.

The broker enforces who somebody is; the hub enforces by this register what a role may say. Reading files is all it
does; it never writes one.
"""

import logging
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from assets.device_file import DeviceRole, read_device_file
from assets.reading import BadFile
from contract.names import CounterId, DeviceId

logger = logging.getLogger(__name__)

Fingerprint = tuple[tuple[str, int, int], ...]


class RegisteredDevice(Struct, frozen=True):
    """A device that may speak. `counter` is what a counter pad or a sign is bound to; displays of one `group` begin
    their calls together.
    """

    id: DeviceId
    role: DeviceRole
    counter: CounterId | None = None
    group: str | None = None


Register = Mapping[DeviceId, RegisteredDevice]


def displays_of(register: Register) -> dict[DeviceId, str | None]:
    """The displays, each with its group."""
    return {device.id: device.group for device in register.values() if device.role == "display"}


def fingerprint(folder: Path) -> Fingerprint:
    """Changes whenever a device file comes, goes or is written; costs one look at each file."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        found.append((path.name, status.st_mtime_ns, status.st_size))
    return tuple(found)


def read_register(folder: Path) -> dict[DeviceId, RegisteredDevice]:
    """All devices of the folder. A file that cannot be used is logged and left out: it stops no other device."""
    register = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            device = read_device_file(path).device
        except (BadFile, FileNotFoundError) as error:
            logger.error("device-file-unusable path=%r why=%r", str(path), str(error))  # noqa: TRY400 - no trace: the file is wrong
            continue
        if device.id != path.stem:
            # The broker leaves it out too: no file may speak for another's name.
            logger.error("device-file-misnamed path=%r id=%s", str(path), device.id)
            continue
        register[device.id] = RegisteredDevice(device.id, device.role, device.counter, device.group)
    return register
