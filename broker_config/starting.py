"""Starting the hall's broker: find it, write its files, become it.

This process turns into the broker (exec), so that whoever ends it ends the broker: there is nothing between them that
could die alone. A small companion waits until the port answers and says so.
"""

import errno
import fcntl
import os
import pwd
import shutil
import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from broker_config import mosquitto
from broker_config.certificates import KeyAndCertificate, must_be_renewed, new_authority, new_server
from broker_config.ports import port_taken
from broker_config.register import write_accounts
from broker_config.running import answers, process_of
from broker_config.settings import BROKER_FOLDER, HALL_FILE, BrokerOfHall, reached_by, url_of
from broker_config.writing import OPEN, SECRET, write_whole

AUTHORITY_KEY = "ca.key"
LOCK = "broker.lock"
ADMINISTRATORS_FOLDER = Path("/usr/sbin")
"""Where Debian puts mosquitto; it is not on an ordinary user's PATH."""

READY_WITHIN_S = 20.0
LOOKS_EVERY_S = 0.02


class CannotStart(Exception):
    """The broker cannot be started: what, where, and what to do."""


def find_mosquitto() -> Path | None:
    """The broker's program on this machine."""
    found = shutil.which("mosquitto") or shutil.which("mosquitto", path=str(ADMINISTRATORS_FOLDER))
    return None if found is None else Path(found)


def ensure_authority(hall: Path, settings: BrokerOfHall, now: datetime) -> str:
    """The certificate of the hall's own authority, made where there is none: its devices know their broker by it."""
    folder = hall / BROKER_FOLDER
    certificate = folder / mosquitto.AUTHORITY
    if not certificate.exists():
        made = new_authority(settings.id, now)
        write_whole(folder / AUTHORITY_KEY, made.key)
        write_whole(certificate, made.certificate, OPEN)
    return certificate.read_text()


def prepare(hall: Path, settings: BrokerOfHall, now: datetime) -> None:
    """Write everything the broker reads. BadFile, CannotStart or OSError where the hall directory does not allow it."""
    folder = hall / BROKER_FOLDER
    write_accounts(hall, settings)
    authority = ensure_authority(hall, settings, now)
    if settings.tls is not None:
        server = folder / mosquitto.SERVER_CERTIFICATE
        old = server.read_text() if server.exists() and (folder / mosquitto.SERVER_KEY).exists() else ""
        why = must_be_renewed(old, authority, settings.broker.names, now)
        if why is not None:
            made = new_server(_authority_with_key(folder, authority, why), settings.broker.names, now)
            write_whole(folder / mosquitto.SERVER_KEY, made.key)
            write_whole(server, made.certificate, OPEN)
    user = pwd.getpwuid(os.geteuid()).pw_name
    write_whole(folder / mosquitto.CONFIGURATION, mosquitto.render(settings.broker.port, user, settings.tls))


def _authority_with_key(folder: Path, certificate: str, why: str) -> KeyAndCertificate:
    key = folder / AUTHORITY_KEY
    if not key.exists():
        raise CannotStart(f"the broker's certificate must be made anew ({why}), and {key} is not there: put it back")
    return KeyAndCertificate(key.read_text(), certificate)


def become_broker(hall: Path, settings: BrokerOfHall, now: datetime) -> NoReturn:
    """Turn this process into the hall's broker; its ready line comes on this process's stdout.

    CannotStart, BadFile or OSError where that cannot be.
    """
    program = find_mosquitto()
    if program is None:
        raise CannotStart(
            f"no MQTT broker was found: mosquitto is neither on the PATH nor in {ADMINISTRATORS_FOLDER}. Install it "
            "(apt-get install mosquitto), or name a broker of your own in hall.toml: [broker] address"
        )
    running = process_of(hall)
    if running is not None:
        raise CannotStart(f"this hall's broker runs already (process {running})")
    wanted = [("port", settings.broker.port, "127.0.0.1")]
    if settings.tls is not None:
        wanted.append(("tls_port", settings.tls.port, settings.tls.address))
    for key, port, host in wanted:
        taken = port_taken(port, host)
        if taken is not None:
            raise CannotStart(
                f"{taken}\nEnd that one, or give this hall another port: {hall / HALL_FILE}, [broker] {key}"
            )
    lock = _only_one(hall)
    prepare(hall, settings, now)
    _announce_when_ready(settings, lock)
    os.chdir(hall / BROKER_FOLDER)
    # A reload that comes before the broker listens for it would end it; mosquitto takes the signal up by itself.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    os.execv(program, ["mosquitto", "-c", mosquitto.CONFIGURATION])  # noqa: S606 - no shell is wanted


def _only_one(hall: Path) -> int:
    """Of two that start at once, one: a mosquitto that finds its port taken would take the other's pid file away with it.

    The lock is the broker's own from now on: it is held through exec, until its process ends. Its descriptor.
    """
    lock = os.open(hall / BROKER_FOLDER / LOCK, os.O_RDWR | os.O_CREAT, SECRET)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotStart("this hall's broker is being started already") from None
    os.set_inheritable(lock, True)
    return lock


def _announce_when_ready(settings: BrokerOfHall, lock: int) -> None:
    """Leave a companion that says the ready line when the port answers. It ends with us, or at its deadline.

    It is no child of the broker (its parent ends at once), which would never wait for it.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    broker = os.getpid()
    between = os.fork()
    if between:
        os.waitpid(between, 0)
        return
    if os.fork():
        os._exit(0)
    os.close(lock)
    try:
        _wait_and_say(broker, settings)
    finally:
        os._exit(0)


def _wait_and_say(broker: int, settings: BrokerOfHall) -> None:
    until = time.monotonic() + READY_WITHIN_S
    address = reached_by(settings, "hub")
    while time.monotonic() < until and _lives(broker):
        if answers(address.host, address.port):
            os.write(sys.stdout.fileno(), f"broker ready: {url_of(address)}\n".encode())
            return
        time.sleep(LOOKS_EVERY_S)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as error:
        return error.errno != errno.ESRCH
    # What has ended and waits to be collected is not alive.
    return b") Z " not in Path(f"/proc/{process}/stat").read_bytes()
