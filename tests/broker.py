"""A real broker for tests, configured by the same code as a hall's, and a cable to it that can be pulled.

A broker of its own per test that asks for one: on free ports, in a folder of its own, ended by its own process.
"""

import contextlib
import os
import pwd
import selectors
import shutil
import socket
import subprocess
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from broker_config import mosquitto, nats
from broker_config.accounts import Account, password_file, rights_file
from broker_config.certificates import new_authority, new_server
from broker_config.choosing import find_program
from broker_config.listening import AUTHORITY, SERVER_CERTIFICATE, SERVER_KEY, Kind, TlsListener
from broker_config.running import answers
from contract.names import DeviceId, HallId
from tests.waiting import wait_for

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
MQTT_5 = 5


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


class RealBroker:
    """A broker with accounts and rights. `port` is plain; `tls_port` listens on `tls_host` with the hall's authority.

    nats listens on one of the two alone: by TLS where a `tls_host` is named.
    """

    def __init__(
        self,
        folder: Path,
        hall: HallId,
        passwords: Mapping[DeviceId, str],
        tls_host: str | None = None,
        kind: Kind = "mosquitto",
    ) -> None:
        self.folder = folder
        self.kind = kind
        by_tls_alone = kind == "nats" and tls_host is not None
        tls_host = tls_host or "127.0.0.1"
        self.port = free_port()
        self.tls_port = free_port(tls_host)
        self.tls_host = tls_host
        self.ca = folder / AUTHORITY
        self._looked_at = (tls_host, self.tls_port, self.ca) if by_tls_alone else ("127.0.0.1", self.port, None)
        self._process: subprocess.Popen[bytes] | None = None
        accounts = [Account(name, password) for name, password in passwords.items()]
        authority = new_authority(hall, MADE_AT)
        server = new_server(authority, (), MADE_AT)
        user = pwd.getpwuid(os.geteuid()).pw_name
        tls = TlsListener(tls_host, self.tls_port)
        files = {
            mosquitto.CONFIGURATION: mosquitto.render(self.port, user, tls),
            mosquitto.PASSWORDS: password_file(accounts, os.urandom),
            mosquitto.RIGHTS: rights_file(hall, accounts),
            nats.CONFIGURATION: nats.render(self.port, tls if by_tls_alone else None),
            nats.ACCOUNTS: nats.accounts_file(hall, accounts),
            AUTHORITY: authority.certificate,
            SERVER_CERTIFICATE: server.certificate,
            SERVER_KEY: server.key,
        }
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            path = folder / name
            path.touch(mode=0o600)
            path.write_text(text)

    def start(self) -> None:
        program = find_program(self.kind)
        assert program is not None, f"these tests need {self.kind}: ./antrean setup"
        configuration = nats.CONFIGURATION if self.kind == "nats" else mosquitto.CONFIGURATION
        # As become_broker does: it comes up empty.
        shutil.rmtree(self.folder / nats.STORE, ignore_errors=True)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen([program, "-c", configuration], cwd=self.folder, stderr=log)
        wait_for(lambda: answers(*self._looked_at), f"{self.kind} in {self.folder}")

    def stop(self) -> None:
        """At once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class Cable:
    """A TCP cable from a link to its broker: it can be pulled, plugged in again, and frozen.

    `old_door` makes the broker behind it one that takes no MQTT 5: "answers" refuses with the 3.1.1 code 1, "hangs-up"
    closes without a word.
    """

    def __init__(self, port: int, old_door: str | None = None) -> None:
        self.old_door = old_door
        self.greetings: list[int] = []
        """The protocol level of each CONNECT that came by."""
        self.frozen = threading.Event()
        self._to = port
        self._plugged = True
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, name="cable", daemon=True).start()

    def pull(self) -> None:
        """Both ends see the connection go; new ones are refused until it is plugged in."""
        with self._lock:
            self._plugged = False
            for end in self._ends:
                _hang_up(end)
            self._ends.clear()

    def plug(self) -> None:
        with self._lock:
            self._plugged = True
        self.frozen.clear()

    def close(self) -> None:
        self._listening.close()
        self.pull()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), name="cable", daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        far = socket.socket()
        with self._lock:
            if not self._plugged:
                near.close()
                return
            self._ends += [near, far]
        try:
            greeting = near.recv(4096)
            # Fixed header of two bytes (a will may make it three), then the name "MQTT", then the level.
            level = greeting[greeting.index(b"MQTT") + 4]
            self.greetings.append(level)
            if self.old_door and level == MQTT_5:
                near.sendall(b"\x20\x02\x00\x01" if self.old_door == "answers" else b"")
                return
            far.connect(("127.0.0.1", self._to))
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            far.sendall(greeting)
            self._shovel(near, far)
        except (OSError, ValueError, IndexError):
            return
        finally:
            _hang_up(near)
            _hang_up(far)

    def _shovel(self, near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _ in ready.select():
                    source: socket.socket = key.fileobj  # type: ignore[assignment] # sockets are what was registered
                    piece = source.recv(65536)
                    if not piece:
                        return
                    if not self.frozen.is_set():
                        key.data.sendall(piece)


def _hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
