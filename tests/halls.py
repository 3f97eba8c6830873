"""A hall for a test: always open, on free ports, in a folder of its own, with devices, programs and plain MQTT clients."""

import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import paho.mqtt.client as paho
import pytest
import tomlkit
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from assets.device_file import BrokerSection, DeviceFile, read_device_file
from broker_config.listening import Kind
from broker_config.running import process_of
from broker_config.settings import read_broker_of_hall
from command import device
from command.hall import make
from command.programs import Program, antrean, environment
from link.settings import client_id_of, settings_of
from tests.waiting import wait_for

ROOT = "antrean/v1/mpp-kukar"
"""Where the example hall's topics begin."""

READY_S = 20.0

SetUp = Literal["mqtt-5", "mqtt-3.1.1", "nats"]
"""A hall's broker: mosquitto by MQTT 5, mosquitto by 3.1.1, and nats."""

ONE_OF_EACH: tuple[SetUp, ...] = ("mqtt-5", "nats")
"""For tests whose clients choose their protocol themselves."""

ON_ALL: tuple[SetUp, ...] = ("mqtt-5", "mqtt-3.1.1", "nats")
ON_ALL_WHEN_SOAKED = ("mqtt-5", *(pytest.param(one, marks=pytest.mark.soak) for one in ON_ALL[1:]))
"""For tests that take long: by one broker in `./antrean test`, by the others in `./antrean soak`."""


def free_port() -> int:
    """A TCP port of the loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    """`./antrean WORDS`, to its end."""
    return subprocess.run(
        antrean(*words), env={**os.environ, **environment()}, capture_output=True, text=True, timeout=60, check=False
    )


class Hall:
    """A hall directory and what runs of it."""

    def __init__(self, folder: Path, port: int, kind: Kind = "mosquitto") -> None:
        self.folder = folder
        self.port = port
        self.kind = kind

    def add(self, name: str, role: str, *more: str) -> Path:
        """Let a device in, as a technician does; its file."""
        assert device.run(["add", str(self.folder), name, "--role", role, *more]) == 0
        return self.folder / "devices" / f"{name}.toml"

    def remove(self, name: str) -> None:
        """Shut a device out, as a technician does."""
        assert device.run(["remove", str(self.folder), name]) == 0

    def account(self, name: str) -> DeviceFile:
        """A device's file, or the hub's."""
        return read_device_file(self.folder / ("broker" if name == "hub" else "devices") / f"{name}.toml")

    def program(self, word: str, *more: str, **env: str) -> Program:
        """`./antrean WORD DIR`, to be used as a context manager; its log is FOLDER-WORD.log beside the hall."""
        log = self.folder.with_name(f"{self.folder.name}-{word}.log")
        return Program(word, antrean(word, str(self.folder), *more), log, environment(**env))

    def edit(self, file: str, change: Callable[[tomlkit.TOMLDocument], None]) -> None:
        """Change a TOML file of the hall."""
        path = self.folder / file
        document = tomlkit.parse(path.read_text()) if path.exists() else tomlkit.document()
        change(document)
        path.write_text(tomlkit.dumps(document))

    def broker_pid(self) -> int:
        """The running broker's process; 0 while there is none."""
        return process_of(self.folder) or 0


def new_hall(folder: Path, set_up: SetUp = "mqtt-5", *, port: int | None = None) -> Hall:
    """A practice hall in `folder` (not there yet); its broker on a free port, its desk on any (the ready line says which)."""
    port = port or free_port()
    kind: Kind = "nats" if set_up == "nats" else "mosquitto"
    make(folder, port, always_open=True, kind=kind, mqtt="3.1.1" if set_up == "mqtt-3.1.1" else "5")
    # One kiosk of a test stands for a crowd's.
    crowd = "[tickets]\nper_minute = 100000\nburst = 100000\n"
    (folder / "hub.toml").write_text(f'[desk]\nhost = "127.0.0.1"\nport = 0\n{crowd}')
    settings = read_broker_of_hall(folder)
    assert (settings.broker.port, settings.kind) == (port, kind)
    return Hall(folder, port, kind)


class Client:
    """A plain MQTT client that remembers what it heard and what became of its connection."""

    def __init__(
        self,
        name: str | None,
        password: str | None,
        broker: BrokerSection,
        *,
        protocol: MQTTProtocolVersion = MQTTProtocolVersion.MQTTv311,
        client_id: str | None = None,
        authority: Path | None = None,
        will: str | None = None,
    ) -> None:
        """`will` is the topic of a retained last will."""
        self.heard: list[tuple[str, bytes]] = []
        self.codes: list[str] = []
        self.dropped = 0
        self.failed: str | None = None
        self._subscribed = threading.Event()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, client_id or name or "", protocol=protocol)
        if name is not None:
            self._client.username_pw_set(name, password)
        if will is not None:
            self._client.will_set(will, b"last will", qos=1, retain=True)
        if broker.tls:
            self._client.tls_set_context(ssl.create_default_context(cafile=authority))
        self._client.on_connect = self._connected
        self._client.on_disconnect = self._disconnected
        self._client.on_message = lambda _c, _u, message: self.heard.append((message.topic, bytes(message.payload)))
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        try:
            self._client.connect(broker.host, broker.port, keepalive=10)
        except OSError as error:
            self.failed = f"{type(error).__name__}: {error}"
        else:
            self._client.loop_start()

    def _connected(self, _c: object, _u: object, _f: object, code: ReasonCode, _p: Properties | None) -> None:
        self.codes.append(str(code))

    def _disconnected(self, _c: object, _u: object, _f: object, _code: ReasonCode, _p: Properties | None) -> None:
        self.dropped += 1

    def welcome(self) -> bool:
        """Whether the broker let it in the first time."""
        return wait_for(lambda: self.codes or self.failed, "the broker's answer") == self.codes == ["Success"]

    def hear(self, *topics: str) -> None:
        """Subscribe, and wait until the broker has confirmed it."""
        for topic in topics:
            self._subscribed.clear()
            self._client.subscribe(topic, qos=1)
            wait_for(self._subscribed.is_set, f"the subscription to {topic}")

    def say(self, topic: str, body: bytes = b"{}", *, retain: bool = False) -> None:
        """Publish, and wait until the broker has acknowledged it (which it does also for what it drops)."""
        message = self._client.publish(topic, body, qos=1, retain=retain)
        wait_for(message.is_published, f"the acknowledgement of {topic}")

    def die(self) -> None:
        """Lose the connection without a farewell; it comes back by itself."""
        sock = self._client.socket()
        assert isinstance(sock, socket.socket)
        sock.shutdown(socket.SHUT_RDWR)
        wait_for(lambda: self.dropped, "the connection to be lost")

    def topics(self) -> list[str]:
        """The topics of what it heard, in order."""
        return [topic for topic, _ in self.heard]

    def close(self) -> None:
        """Disconnect and end its thread."""
        self._client.disconnect()
        self._client.loop_stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def client_of(hall: Hall, name: str, *, protocol: MQTTProtocolVersion = MQTTProtocolVersion.MQTTv311) -> Client:
    """A client that signs in as a device of the hall, or as the hub, by that account's own file."""
    file = hall.account(name)
    authority = hall.folder / "devices" / file.broker.ca if file.broker.ca else None
    known_as = client_id_of(settings_of(hall.folder / "devices" / f"{name}.toml", file))
    return Client(name, file.device.password, file.broker, protocol=protocol, client_id=known_as, authority=authority)
