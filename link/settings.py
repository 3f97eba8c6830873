"""What it takes to reach the broker, out of a device's own file. Opens nothing."""

from pathlib import Path

from assets.device_file import DeviceFile
from contract.names import HallId
from link.link import LinkSettings


def settings_of(path: Path, device_file: DeviceFile) -> LinkSettings:
    """`path` is where the file lies: the authority's certificate is told relative to it."""
    broker = device_file.broker
    return LinkSettings(
        hall=HallId(device_file.hall),
        device=device_file.device.id,
        password=device_file.device.password,
        host=broker.host,
        port=broker.port,
        tls=broker.tls,
        ca=None if broker.ca is None else str((path.parent / broker.ca).resolve()),
    )
