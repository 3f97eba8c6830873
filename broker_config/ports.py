"""TCP ports of this machine: whether one can be listened on, and which process does.

Looks at the kernel's own lists (Linux); changes nothing.
"""

import contextlib
import errno
import socket
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

LISTENING = "0A"
"""TCP_LISTEN as /proc/net/tcp writes it (Linux, include/net/tcp_states.h)."""


class Holder(Struct, frozen=True):
    """A process that listens on a port. `words` are its command line."""

    pid: int
    words: tuple[str, ...]


def port_taken(port: int, host: str = "127.0.0.1") -> str | None:
    """Why this port cannot be listened on, in plain words with what to do; None if it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections are still dying away is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError:
            return f"port {port} needs more rights than this user has: choose one from 1024 on"
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"port {port} is taken by {_by_whom(port)}"
            return f"port {port} on {host} cannot be listened on: {error.strerror}"
    return None


def holder_of(port: int) -> Holder | None:
    """Who listens on this port, on any address; None if nobody does or it is another user's process."""
    sockets = set(_listening_inodes(port))
    for process in Path("/proc").iterdir() if sockets else ():
        if process.name.isdecimal():
            with contextlib.suppress(OSError):
                if any(str(handle.readlink()) in sockets for handle in (process / "fd").iterdir()):
                    words = (process / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
                    return Holder(int(process.name), tuple(word.decode(errors="replace") for word in words))
    return None


def _by_whom(port: int) -> str:
    holder = holder_of(port)
    if holder is None:
        return f"another program (who: ss -ltnp 'sport = :{port}')"
    told = f"process {holder.pid}: {' '.join(holder.words)[:120]}"
    if any("/etc/mosquitto/" in word for word in holder.words):
        told += (
            " (Debian starts a mosquitto of its own when it is installed; end it: systemctl disable --now mosquitto)"
        )
    return told


def _listening_inodes(port: int) -> Iterator[str]:
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            for line in Path("/proc/net", table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                    yield f"socket:[{fields[9]}]"
