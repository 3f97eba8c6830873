"""Starting the hall's broker: find it, write its files, become it.

This process turns into the broker (exec), so that whoever ends it ends the broker: there is nothing between them that
could die alone. A small companion waits until the port answers and says so.
"""

import contextlib
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
from typing import NoReturn, assert_never

from assets.device_file import BrokerSection
from broker_config import mosquitto, nats
from broker_config.certificates import KeyAndCertificate, must_be_renewed, new_authority, new_server
from broker_config.choosing import ADMINISTRATORS_FOLDER, find_program
from broker_config.listening import AUTHORITY, SERVER_CERTIFICATE, SERVER_KEY, Kind
from broker_config.ports import port_taken
from broker_config.register import write_accounts
from broker_config.running import answers, process_of
from broker_config.settings import BROKER_FOLDER, HALL_FILE, BrokerOfHall, reached_by, url_of
from broker_config.writing import OPEN, SECRET, write_whole

AUTHORITY_KEY = "ca.key"
LOCK = "broker.lock"
READY_WITHIN_S = 20.0
LOOKS_EVERY_S = 0.02


class CannotStart(Exception):
    """The broker cannot be started: what, where, and what to do."""


def ensure_authority(hall: Path, settings: BrokerOfHall, now: datetime) -> str:
    """The certificate of the hall's own authority, made where there is none: its devices know their broker by it."""
    folder = hall / BROKER_FOLDER
    certificate = folder / AUTHORITY
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
        server = folder / SERVER_CERTIFICATE
        old = server.read_text() if server.exists() and (folder / SERVER_KEY).exists() else ""
        why = must_be_renewed(old, authority, settings.certified_names, now)
        if why is not None:
            made = new_server(_authority_with_key(folder, authority, why), settings.certified_names, now)
            write_whole(folder / SERVER_KEY, made.key)
            write_whole(server, made.certificate, OPEN)
    match settings.kind:
        case "mosquitto":
            user = pwd.getpwuid(os.geteuid()).pw_name
            write_whole(folder / mosquitto.CONFIGURATION, mosquitto.render(settings.broker.port, user, settings.tls))
        case "nats":
            # What a former broker kept is older than what hub and devices say again on every connection.
            with contextlib.suppress(FileNotFoundError):
                shutil.rmtree(folder / nats.STORE)
            write_whole(folder / nats.CONFIGURATION, nats.render(settings.broker.port, settings.tls))
        case _:
            assert_never(settings.kind)


def _authority_with_key(folder: Path, certificate: str, why: str) -> KeyAndCertificate:
    key = folder / AUTHORITY_KEY
    if not key.exists():
        raise CannotStart(f"the broker's certificate must be made anew ({why}), and {key} is not there: put it back")
    return KeyAndCertificate(key.read_text(), certificate)


def become_broker(hall: Path, settings: BrokerOfHall, now: datetime) -> NoReturn:
    """Turn this process into the hall's broker; its ready line comes on this process's stdout.

    CannotStart, BadFile or OSError where that cannot be.
    """
    program = find_program(settings.kind)
    if program is None:
        raise CannotStart(how_to_get(settings.kind))
    running = process_of(hall)
    if running is not None:
        raise CannotStart(f"this hall's broker runs already (process {running})")
    wanted = [] if settings.by_tls_alone else [("port", settings.broker.port, "127.0.0.1")]
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
    _announce_when_ready(hall, settings, lock)
    os.chdir(hall / BROKER_FOLDER)
    # A reload that comes before the broker listens for it would end it; both brokers take the signal up by themselves.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    configuration = nats.CONFIGURATION if settings.kind == "nats" else mosquitto.CONFIGURATION
    os.execv(program, [program.name, "-c", configuration])  # noqa: S606 - no shell is wanted


def how_to_get(kind: Kind) -> str:
    """What to tell whose machine lacks the broker's program."""
    match kind:
        case "mosquitto":
            return (
                f"no MQTT broker was found: mosquitto is neither on the PATH nor in {ADMINISTRATORS_FOLDER}. Install it "
                "(apt-get install mosquitto), or name a broker of your own in hall.toml: [broker] address"
            )
        case "nats":
            return (
                "nats-server was not found among our own packages (there is none for this kind of machine, or they were "
                'not installed: ./antrean setup). Take [broker] kind = "auto" in hall.toml, and mosquitto'
            )
        case _:
            assert_never(kind)


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


def _announce_when_ready(hall: Path, settings: BrokerOfHall, lock: int) -> None:
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
        _wait_and_say(broker, hall, reached_by(settings, "hub"))
    finally:
        os._exit(0)


def _wait_and_say(broker: int, hall: Path, address: BrokerSection) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and _lives(broker):
        if answers(address.host, address.port, hall / BROKER_FOLDER / AUTHORITY if address.tls else None):
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
