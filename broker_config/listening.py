"""What the hall's broker is like whichever program it is: its limits, where it listens, the names of its files.

Pure. Every file name is a bare one: brokers are started in the folder of their files, so that a hall directory can be
moved and no odd path can become a line of configuration.
"""

from typing import Literal

from msgspec import Struct

from contract.catalogue import LARGE_BODY

Kind = Literal["mosquitto", "nats"]
"""The programs that can be a hall's broker; contract v1 needs no more than MQTT 3.1.1 of them."""

AUTHORITY = "ca.pem"
SERVER_CERTIFICATE = "server.pem"
SERVER_KEY = "server.key"

MAX_CONNECTIONS = 1000
MAX_PACKET = 8 * LARGE_BODY
"""A body over LARGE_BODY is dropped and its sender stays; a packet over this is not even read, and its sender is put out."""


class TlsListener(Struct, frozen=True):
    """The listener for devices on other machines. `address` is an IP address to bind, such as 0.0.0.0."""

    address: str
    port: int


def port_checked(port: int) -> int:
    """The port; ValueError if it is none."""
    if not 1 <= port <= 65535:
        raise ValueError(f"port {port} is not between 1 and 65535")
    return port
