"""The hall's register of devices: the folder DIR/devices, one file each, and the hub's own file in DIR/broker.

Taking a file away takes the device out. The broker's account files are made from here, whole, each time.
"""

import logging
import os
import secrets
from pathlib import Path
from typing import assert_never

from msgspec import Struct

from assets.device_file import DeviceFile, DeviceSection, read_device_file
from assets.reading import BadFile, Problem
from broker_config import mosquitto, nats
from broker_config.accounts import Account, password_file, rights_file
from broker_config.enrolment import device_file_text
from broker_config.listening import Kind
from broker_config.rights import HUB_ACCOUNT, LEVEL_IN_WORDS, is_level
from broker_config.settings import BROKER_FOLDER, DEVICE_FOLDER, BrokerOfHall, reached_by
from broker_config.writing import alone, sync_folder, write_new, write_whole
from contract.names import HallId

logger = logging.getLogger(__name__)

PASSWORD_BYTES = 24
SHORTEST_PASSWORD = 12
FOLDER_MODE = 0o700


class Register(Struct, frozen=True):
    """The devices whose files are good, in the order of their names, and what is wrong with the others."""

    devices: tuple[DeviceFile, ...]
    problems: tuple[Problem, ...]


def hub_file(hall: Path) -> Path:
    """Where the hub's own device file is."""
    return hall / BROKER_FOLDER / "hub.toml"


def device_path(hall: Path, name: str) -> Path:
    """Where a device's file is. `name` must be a topic level (rights.is_level)."""
    return hall / DEVICE_FOLDER / f"{name}.toml"


def read_register(hall: Path, settings: BrokerOfHall) -> Register:
    """Every device file. A bad one is a problem and keeps nobody else out. PermissionError where none may be looked for."""
    devices: list[DeviceFile] = []
    problems: list[Problem] = []
    folder = hall / DEVICE_FOLDER
    # A glob would pass over a folder that may not be read, and tell of a hall without devices.
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix != ".toml":
            continue
        try:
            device = read_device_file(path)
        except BadFile as bad:
            problems += bad.problems
            continue
        wrong = _misplaced(path, device, settings)
        problems += wrong
        if not wrong:
            devices.append(device)
    return Register(tuple(devices), tuple(problems))


def _misplaced(path: Path, file: DeviceFile, settings: BrokerOfHall) -> tuple[Problem, ...]:
    found = []
    if not is_level(file.device.id):
        found.append(
            Problem(str(path), 0, "device.id", f"{file.device.id!r} cannot be a device's name", LEVEL_IN_WORDS)
        )
    if file.device.id != path.stem:
        found.append(Problem(str(path), 0, "device.id", f'is "{file.device.id}"; the file must bear the same name'))
    if HUB_ACCOUNT in (file.device.id, file.device.role):
        found.append(Problem(str(path), 0, "device", f'"{HUB_ACCOUNT}" is the hub\'s own name and role'))
    if file.hall != settings.id:
        found.append(Problem(str(path), 0, "hall", f'is "{file.hall}"; this hall is "{settings.id}" (hall.toml)'))
    if len(file.device.password) < SHORTEST_PASSWORD:
        found.append(Problem(str(path), 0, "device.password", f"is shorter than {SHORTEST_PASSWORD} characters"))
    if file.device.password.startswith(nats.HASHED):
        found.append(Problem(str(path), 0, "device.password", "looks like the hash of one: write the password itself"))
    return tuple(found)


def ensure_hub_file(hall: Path, settings: BrokerOfHall) -> DeviceFile:
    """The hub's account: made where there is none, and following hall.toml. BadFile if it is there and cannot be used."""
    path = hub_file(hall)
    path.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
    section = read_device_file(path).device if path.exists() else DeviceSection(HUB_ACCOUNT, "hub", new_password())
    file = DeviceFile(settings.id, section, reached_by(settings, "hub"))
    write_whole(path, device_file_text(file))
    return file


def account_files(kind: Kind) -> tuple[str, ...]:
    """The files of accounts and rights in DIR/broker."""
    return (nats.ACCOUNTS,) if kind == "nats" else (mosquitto.PASSWORDS, mosquitto.RIGHTS)


def write_accounts(hall: Path, settings: BrokerOfHall) -> Register:
    """Make the broker's account files from the register. A running broker must be told (running.reload)."""
    folder = hall / BROKER_FOLDER
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    with alone(folder):
        hub = ensure_hub_file(hall, settings)
        register = read_register(hall, settings)
        accounts = [Account(file.device.id, file.device.password) for file in (hub, *register.devices)]
        match settings.kind:
            case "mosquitto":
                # Rights first: an account without rights may do nothing, and rights without an account are nobody's.
                write_whole(folder / mosquitto.RIGHTS, rights_file(HallId(settings.id), accounts))
                write_whole(folder / mosquitto.PASSWORDS, password_file(accounts, os.urandom))
            case "nats":
                write_whole(folder / nats.ACCOUNTS, nats.accounts_file(HallId(settings.id), accounts))
            case _:
                assert_never(settings.kind)
    for problem in register.problems:
        logger.warning("device-file-left-out %s", problem)
    return register


def add_device(hall: Path, settings: BrokerOfHall, section: DeviceSection) -> Path:
    """Write a new device's file and the accounts with it. FileExistsError if the name is taken."""
    path = device_path(hall, section.id)
    path.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
    text = device_file_text(DeviceFile(settings.id, section, reached_by(settings, "device")))
    write_new(path, text)
    write_accounts(hall, settings)
    return path


def remove_device(hall: Path, settings: BrokerOfHall, name: str) -> None:
    """Take the device's file away and the account with it. FileNotFoundError if there is none."""
    path = device_path(hall, name)
    path.unlink()
    sync_folder(path.parent)
    write_accounts(hall, settings)


def new_password() -> str:
    """192 random bits, in letters that can be typed."""
    return secrets.token_urlsafe(PASSWORD_BYTES)
