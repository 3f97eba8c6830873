"""What it takes to reach the broker, out of a device's own file. Opens nothing."""

import hashlib
import hmac
from pathlib import Path

from assets.device_file import DeviceFile
from contract.names import HallId
from link.link import LinkSettings

TAG_LETTERS = 16
"""64 bits, and every guess is a connection to the broker."""


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
        mqtt=broker.mqtt,
    )


def client_id_of(settings: LinkSettings) -> str:
    """The client id of this account: one and the same at every start, and to nobody else's guessing.

    Two connections of one client id put each other out (MQTT 3.1.1, section 3.1.4). mosquitto takes the user name for it
    whatever we say; at a broker that does not, whoever knew our id could shut us out, again and again.
    """
    tag = hmac.new(settings.password.encode(), b"antrean client id", hashlib.sha256).hexdigest()[:TAG_LETTERS]
    return f"{settings.device}-{tag}"
