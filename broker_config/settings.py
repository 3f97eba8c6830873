"""`[broker]` of hall.toml: which broker the hall has, and where devices find it.

[broker]
kind = "auto"                      # which program: mosquitto where there is one, else nats; or one of these by name
port = 1883                        # on this machine, for programs on this machine: no TLS needed
mqtt = "5"                         # tried first, then 3.1.1; "3.1.1" for a broker whose MQTT 5 is faulty
# Devices on other machines come in by TLS, with the hall's own authority:
# listen = "0.0.0.0"
# tls_port = 8883
# names = ["antrean.example", "192.168.1.10"]    # the names and addresses that devices know this machine by
# Or a broker of somebody else's; nothing is started then:
# address = "mqtts://broker.example:8883"
# ca = "their-ca.pem"              # relative to hall.toml; without it the system's authorities count
"""

import ipaddress
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Meta, Struct, structs

from assets.device_file import BrokerSection, NewestMqtt
from assets.reading import BadFile, Problem, Source, read_source, struct_of
from broker_config.certificates import ALWAYS_NAMED
from broker_config.choosing import chosen
from broker_config.listening import AUTHORITY, Kind, TlsListener
from broker_config.rights import LEVEL_IN_WORDS, is_level
from contract.names import Device

HALL_FILE = "hall.toml"
BROKER_FOLDER = "broker"
DEVICE_FOLDER = "devices"

Port = Annotated[int, Meta(ge=1, le=65535)]
HostName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9.:-]{1,253}$", description="a host name or an IP address")]

PLAIN_SCHEME = "mqtt"
TLS_SCHEME = "mqtts"


class BrokerTable(Struct, frozen=True, forbid_unknown_fields=True):
    """`[broker]`; see above."""

    kind: Literal["auto"] | Kind = "auto"
    port: Port = 1883
    mqtt: NewestMqtt = "5"
    address: str | None = None
    ca: str | None = None
    listen: HostName | None = None
    tls_port: Port = 8883
    names: tuple[HostName, ...] = ()


class BrokerOfHall(Struct, frozen=True):
    """The part of hall.toml that the broker is made from. `id` is the hall's own."""

    id: Device
    broker: BrokerTable = BrokerTable()

    @property
    def is_ours(self) -> bool:
        """Whether we start it."""
        return self.broker.address is None

    @property
    def kind(self) -> Kind:
        """The program that is the broker. Which one "auto" means is settled when the file is read."""
        return "nats" if self.broker.kind == "nats" else "mosquitto"

    @property
    def tls(self) -> TlsListener | None:
        """The listener for other machines, where there is one."""
        listen = self.broker.listen
        return None if listen is None else TlsListener(listen, self.broker.tls_port)

    @property
    def by_tls_alone(self) -> bool:
        """Whether there is no listener without TLS, not even on this machine: nats has one MQTT listener."""
        return self.kind == "nats" and self.tls is not None

    @property
    def certified_names(self) -> tuple[str, ...]:
        """The names and addresses that the broker's certificate must vouch for, beside this machine itself."""
        if self.by_tls_alone and not ipaddress.ip_address(self.broker.listen or "").is_unspecified:
            # The hub comes in by it too.
            return (*self.broker.names, str(self.broker.listen))
        return self.broker.names


def read_broker_of_hall(hall: Path) -> BrokerOfHall:
    """From DIR/hall.toml; BadFile with every problem of these keys."""
    source = read_source(hall / HALL_FILE)
    settings = struct_of(source, BrokerOfHall, only=("id", "broker"))
    problems = _problems(source, settings)
    if problems:
        raise BadFile(problems)
    if not settings.is_ours:
        # What this machine has says nothing about a broker of somebody else's.
        return settings
    return structs.replace(settings, broker=structs.replace(settings.broker, kind=chosen(settings.broker.kind)))


def reached_by(settings: BrokerOfHall, whom: Literal["hub", "device"]) -> BrokerSection:
    """How the hub, or a device, reaches the broker. `ca` is relative to the file that says so: two folders, one depth."""
    table = settings.broker
    own_authority = f"../{BROKER_FOLDER}/{AUTHORITY}"
    if table.address is not None:
        scheme, host, port = _address(table.address)
        ca = None if table.ca is None else f"../{table.ca}"
        return BrokerSection(host, port, scheme == TLS_SCHEME, ca, table.mqtt)
    if settings.tls is not None and (whom == "device" or settings.by_tls_alone):
        host = table.names[0] if whom == "device" else _from_here(settings.tls.address)
        return BrokerSection(host, settings.tls.port, tls=True, ca=own_authority, mqtt=table.mqtt)
    return BrokerSection("127.0.0.1", table.port, tls=False, ca=own_authority, mqtt=table.mqtt)


def _from_here(address: str) -> str:
    """How this machine reaches its own listener ("::" takes IPv4 in as well)."""
    found = ipaddress.ip_address(address)
    return "127.0.0.1" if found.is_unspecified else str(found)


def url_of(broker: BrokerSection) -> str:
    """As people and ready lines write it: `mqtt://127.0.0.1:1883`."""
    host = f"[{broker.host}]" if ":" in broker.host else broker.host
    return f"{TLS_SCHEME if broker.tls else PLAIN_SCHEME}://{host}:{broker.port}"


def _address(address: str) -> tuple[str, str, int]:
    """Scheme, host, port; ValueError in plain words."""
    url = urlsplit(address if "//" in address else f"{PLAIN_SCHEME}://{address}")
    if url.scheme not in (PLAIN_SCHEME, TLS_SCHEME):
        raise ValueError(f"must begin with {PLAIN_SCHEME}:// or {TLS_SCHEME}://")
    if not url.hostname or not re.fullmatch(r"[A-Za-z0-9.:-]{1,253}", url.hostname):
        raise ValueError("has no host name")
    if url.username or url.password or url.path.strip("/") or url.query or url.fragment:
        raise ValueError("is only host and port: accounts stand in the device files")
    return url.scheme, url.hostname, url.port or (8883 if url.scheme == TLS_SCHEME else 1883)


def _problems(source: Source, settings: BrokerOfHall) -> tuple[Problem, ...]:
    """What the types alone cannot say."""
    found = [
        source.problem(("broker", key), what, hint)
        for key, what, hint in (*_faults_of_theirs(settings.broker), *_faults_of_ours(settings.broker))
    ]
    if not is_level(settings.id):
        # A pattern's own "$" lets a line break pass at the end.
        found.append(source.problem(("id",), f"{settings.id!r} cannot be a hall's name", LEVEL_IN_WORDS))
    return tuple(found)


def _faults_of_theirs(table: BrokerTable) -> Iterator[tuple[str, str, str]]:
    """Key, what is wrong, and a hint, of a broker of somebody else's."""
    if table.address is None:
        return
    try:
        scheme, host, _ = _address(table.address)
    except ValueError as error:
        yield "address", str(error), 'such as "mqtts://broker.example:8883"'
    else:
        if scheme == PLAIN_SCHEME and host not in (*ALWAYS_NAMED, "::1"):
            yield "address", "a broker on another machine is reached by TLS only", f"{TLS_SCHEME}://{host}:8883"
    if table.listen is not None:
        yield "listen", "is for a broker that we start; `address` names one of somebody else's", "take one away"


def _faults_of_ours(table: BrokerTable) -> Iterator[tuple[str, str, str]]:
    """Of the listener for devices on other machines."""
    if table.listen is None:
        return
    try:
        ipaddress.ip_address(table.listen)
    except ValueError:
        yield "listen", "must be an IP address of this machine", "0.0.0.0 is every one of them"
    if not table.names:
        yield "names", "is missing: by what do devices reach this machine?", 'such as names = ["192.168.1.10"]'
    if table.tls_port == table.port:
        yield "tls_port", "is the same as `port`", ""
