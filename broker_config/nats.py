"""nats-server's configuration for nats-server 2.15: the hall's broker where there is no mosquitto.

Pure. Rights are the catalogue's (rights.py), written as nats writes subjects; limits are those of listening.py. It has
one MQTT listener: plain on loopback, or by TLS alone where devices come from other machines.
"""

import ipaddress
import string
from collections.abc import Sequence

from broker_config.accounts import Account
from broker_config.listening import (
    MAX_CONNECTIONS,
    MAX_PACKET,
    SERVER_CERTIFICATE,
    SERVER_KEY,
    TlsListener,
    port_checked,
)
from broker_config.rights import Right, rights_of
from contract.names import HallId

CONFIGURATION = "nats.conf"
ACCOUNTS = "nats-accounts.conf"
PID = "nats.pid"
STORE = "nats-store"
"""What nats keeps of queues, sessions and retained messages while it runs; emptied at each start."""

WITH_ALL_BELOW = "/#"
SIGN_IN_WITHIN_S = 10
"""nats allows 2 s by default, which a small machine needs for a hall's devices that all come at once by TLS."""

PLAIN = frozenset(f"{string.ascii_letters}{string.digits}.:*>-_")

HASHED = ("$2a$", "$2b$", "$2x$", "$2y$")
"""How a password begins that nats takes for the bcrypt hash of one (its server/auth.go)."""


def render(port: int, tls: TlsListener | None = None) -> str:
    """The whole file but the accounts. `port` is the plain listener's, on loopback; with `tls` there is only that one."""
    address = "127.0.0.1" if tls is None else str(ipaddress.ip_address(tls.address))
    listens = port_checked(port if tls is None else tls.port)
    encrypted = [] if tls is None else [f'  tls {{ cert_file: "{SERVER_CERTIFICATE}", key_file: "{SERVER_KEY}" }}']
    return "\n".join(
        [
            "# Made by ./antrean from hall.toml; changes here are overwritten at the next start.",
            "# Paths are relative to this folder: nats-server is started in it.",
            "",
            'server_name: "antrean"',
            f'pid_file: "{PID}"',
            "# NATS's own protocol cannot be turned off: any free port of this machine alone, and no account may use it.",
            'listen: "127.0.0.1:-1"',
            "",
            f"max_connections: {MAX_CONNECTIONS}",
            f"max_payload: {MAX_PACKET}",
            f'include "{ACCOUNTS}"',
            "",
            "# MQTT with acknowledgements stands on nats's streams. The hub's journal is the truth: these are emptied at each start.",
            f'jetstream {{ store_dir: "{STORE}", max_memory_store: 64MB, max_file_store: 512MB }}',
            "",
            "mqtt {",
            f"  host: {_quoted(address)}",
            f"  port: {listens}",
            f"  authorization {{ timeout: {SIGN_IN_WITHIN_S} }}",
            *encrypted,
            "  # The contract knows no QoS 2.",
            "  reject_qos2_publish: true",
            "  downgrade_qos2_subscribe: true",
            "}",
            "",
        ]
    )


def accounts_file(hall: HallId, accounts: Sequence[Account]) -> str:
    """Users with their passwords and rights; whoever is not listed may do nothing. Secret: passwords stand in the clear.

    ValueError for a name that cannot be a topic level.
    """
    users = [_user(hall, account) for account in sorted(accounts, key=lambda account: account.name)]
    return "\n".join(
        [
            "# Made from the contract's catalogue; changes here are overwritten.",
            "authorization {",
            f"  timeout: {SIGN_IN_WITHIN_S}",
            "  users: [",
            *users,
            "  ]",
            "}",
            "",
        ]
    )


def subjects(right: Right) -> tuple[str, ...]:
    """A right's MQTT filter as nats writes it. `x/#` holds x itself in MQTT, and `x.>` does not in nats."""
    topic = right.topic
    if topic.endswith(WITH_ALL_BELOW):
        itself = topic.removesuffix(WITH_ALL_BELOW)
        return (_subject(itself), f"{_subject(itself)}.>")
    return (_subject(topic),)


def _subject(topic: str) -> str:
    return topic.replace("/", ".").replace("+", "*")


def _user(hall: HallId, account: Account) -> str:
    rights = rights_of(hall, account.name)
    publish, subscribe = (_permission(verb, rights) for verb in ("write", "read"))
    return (
        f"    {{ user: {_quoted(account.name)}, password: {_quoted(account.password)}, "
        f'allowed_connection_types: ["MQTT"], permissions: {{ publish: {publish}, subscribe: {subscribe} }} }}'
    )


def _permission(verb: str, rights: Sequence[Right]) -> str:
    allowed = [_quoted(subject) for right in rights if right.verb == verb for subject in subjects(right)]
    # To nats an empty list of what is allowed means everything.
    return f"{{ allow: [{', '.join(allowed)}] }}" if allowed else '{ deny: [">"] }'


def _quoted(text: str) -> str:
    """As a string of nats's language, whatever is in it: what is no plain letter goes in as its bytes."""
    plain = (chr(byte) if chr(byte) in PLAIN else f"\\x{byte:02X}" for byte in text.encode())
    return f'"{"".join(plain)}"'
