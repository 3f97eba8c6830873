"""The broker while it runs: which process it is, whether it answers, and telling it that accounts have changed.

Acts on processes and sockets; decides nothing about what is in the files.
"""

import contextlib
import os
import signal
import socket
import ssl
from pathlib import Path

from broker_config import mosquitto, nats
from broker_config.settings import BROKER_FOLDER

CONNECT = 0x10
CONNACK = 0x20
WELCOME = 0
NOT_AUTHORISED = 5
"""MQTT 3.1.1, sections 3.1 and 3.2: two kinds of packet, and two return codes of the second."""


def process_of(hall: Path) -> int | None:
    """The process id of this hall's broker if it runs, whichever program it is. A pid file left behind is seen through."""
    folder = hall / BROKER_FOLDER
    for pid_file, configuration in ((mosquitto.PID, mosquitto.CONFIGURATION), (nats.PID, nats.CONFIGURATION)):
        with contextlib.suppress(OSError, ValueError):
            pid = int((folder / pid_file).read_text().strip())
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if words[1:3] == [b"-c", configuration.encode()] and Path(f"/proc/{pid}/cwd").samefile(folder):
                return pid
    return None


def reload(hall: Path) -> bool:
    """Have the running broker read its accounts again; nobody who still has one is dropped. False if it does not run."""
    pid = process_of(hall)
    if pid is None:
        return False
    try:
        os.kill(pid, signal.SIGHUP)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def answers(host: str, port: int, ca: Path | None = None) -> bool:
    """Whether a broker that lets nobody in without a password answers at this address; by TLS where `ca` is given."""
    return _return_code(host, port, ca, _connect(None, None)) == NOT_AUTHORISED


def lets_in(host: str, port: int, name: str, password: str, ca: Path | None = None) -> bool | None:
    """Whether the broker knows this account; None if it cannot be asked. mosquitto puts out who is connected by that name."""
    match _return_code(host, port, ca, _connect(name, password)):
        case None:
            return None
        case code:
            return code == WELCOME


def _return_code(host: str, port: int, ca: Path | None, packet: bytes, timeout_s: float = 1.0) -> int | None:
    with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
        connection = stack.enter_context(socket.create_connection((host, port), timeout_s))
        if ca is not None:
            trusting = ssl.create_default_context(cafile=ca)
            connection = stack.enter_context(trusting.wrap_socket(connection, server_hostname=host))
        connection.sendall(packet)
        reply = connection.recv(4)
        if len(reply) == 4 and reply[0] == CONNACK:
            return reply[3]
    return None


def _connect(name: str | None, password: str | None) -> bytes:
    """MQTT 3.1.1, section 3.1: CONNECT with a clean session, keepalive 10 s, no client id."""
    fields = [text.encode() for text in (name, password) if text is not None]
    flags = 0b0000_0010 | (0b1000_0000 if name is not None else 0) | (0b0100_0000 if password is not None else 0)
    payload = b"".join(len(field).to_bytes(2) + field for field in (b"", *fields))
    body = (4).to_bytes(2) + b"MQTT" + bytes([4, flags, 0, 10]) + payload
    return bytes([CONNECT]) + _length(len(body)) + body


def _length(number: int) -> bytes:
    """MQTT 3.1.1, section 2.2.3: seven bits a byte, the lowest first, the high bit while more follow."""
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _length(rest) if rest else bytes([low])
