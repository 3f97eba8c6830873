"""mosquitto.conf for mosquitto 2.0: what the hall's broker is like.

Pure. Every path in it is the bare name of a file in the folder that mosquitto is started in, so that a hall
directory can be moved and no odd path can become a line of configuration.
"""

import ipaddress
import re

from broker_config.listening import (
    MAX_CONNECTIONS,
    MAX_PACKET,
    SERVER_CERTIFICATE,
    SERVER_KEY,
    TlsListener,
    port_checked,
)
from contract.catalogue import LARGE_BODY

CONFIGURATION = "mosquitto.conf"
PASSWORDS = "passwords"
RIGHTS = "rights"
PID = "mosquitto.pid"
MAX_KEEPALIVE_S = 120


def render(port: int, user: str, tls: TlsListener | None = None) -> str:
    """The whole file. `port` is the plain listener's, on loopback only; `user` is the system user who starts it.

    ValueError for what could not stand on one line.
    """
    if not re.fullmatch(r"[A-Za-z0-9_.$-]{1,64}", user):
        raise ValueError(f"{user!r} cannot be a system user's name")
    lines = [
        "# Made by ./antrean from hall.toml; changes here are overwritten at the next start.",
        "# Paths are relative to this folder: mosquitto is started in it.",
        "",
        "per_listener_settings false",
        "allow_anonymous false",
        f"password_file {PASSWORDS}",
        f"acl_file {RIGHTS}",
        "",
        "# Without this a request and its reply take 88 ms instead of half a millisecond.",
        "set_tcp_nodelay true",
        "",
        "# The defaults (1000, 20) dropped acknowledged messages.",
        "max_queued_messages 20000",
        "max_inflight_messages 100",
        f"message_size_limit {LARGE_BODY}",
        f"max_packet_size {MAX_PACKET}",
        f"max_keepalive {MAX_KEEPALIVE_S}",
        "",
        "# The hub's journal is the truth; it says all retained state again on every connection.",
        "persistence false",
        "",
        "# As root mosquitto would change to a user of its own, which cannot read a hall under a folder of mode 0700.",
        f"user {user}",
        f"pid_file {PID}",
        "",
        "log_dest stderr",
        "log_type error",
        "log_type warning",
        "log_type notice",
        "log_timestamp_format %Y-%m-%dT%H:%M:%S",
        "sys_interval 0",
        "",
        "# Devices on this machine.",
        *_listener(port, "127.0.0.1"),
    ]
    if tls is not None:
        lines += [
            "",
            "# Devices on other machines; the certificate is signed by the hall's own authority.",
            *_listener(tls.port, str(ipaddress.ip_address(tls.address))),
            f"certfile {SERVER_CERTIFICATE}",
            f"keyfile {SERVER_KEY}",
            "tls_version tlsv1.2",
        ]
    return "\n".join([*lines, ""])


def _listener(port: int, address: str) -> list[str]:
    return [
        f"listener {port_checked(port)} {address}",
        f"max_connections {MAX_CONNECTIONS}",
        "max_qos 1",
        "# A device's client id is its user name: nobody can throw another out by using its id.",
        "use_username_as_clientid true",
    ]
