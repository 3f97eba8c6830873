"""`./antrean device pin DIR NAME`: the PIN by which technicians reach a kiosk's set-up page. Only its hash is kept.

There is none before one is set. It is asked for twice at a terminal; from a pipe the first line is taken.
"""

import getpass
import sys
from collections.abc import Callable
from pathlib import Path

import tomlkit
from tomlkit.items import Table

from assets.device_file import read_device_file
from broker_config.register import device_path
from broker_config.rights import is_level
from broker_config.writing import write_whole
from command.failing import CommandFailed
from kiosk.pin import hash_of, why_not


def set_pin(hall: Path, name: str) -> Path:
    """Ask for a PIN and write its hash into the device's file. BadFile, CommandFailed."""
    path = device_path(hall, name)
    if not is_level(name) or not path.is_file():
        raise CommandFailed(f"{name}: the hall has no device of that name: ./antrean device list {hall}")
    role = read_device_file(path).device.role
    if role != "kiosk":
        raise CommandFailed(f"{name} is a {role}: only kiosks have a set-up page")
    write_pin(path, asked_for())
    return path


def write_pin(path: Path, pin: str) -> None:
    """The file stays as it is otherwise, its comments too."""
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    section = document.get("setup")
    if not isinstance(section, Table):
        section = tomlkit.table()
        document["setup"] = section
    section["pin"] = hash_of(pin)
    write_whole(path, tomlkit.dumps(document))


def asked_for(ask: Callable[[str], str] = getpass.getpass) -> str:
    """A PIN that is good enough, from the terminal or from a pipe; CommandFailed."""
    if not sys.stdin.isatty():
        pin = sys.stdin.readline().strip()
    else:
        pin = ask("PIN for the set-up page: ").strip()
        if ask("Once more: ").strip() != pin:
            raise CommandFailed("those were two different PINs; nothing was changed")
    wrong = why_not(pin)
    if wrong:
        raise CommandFailed(f"{wrong}; nothing was changed")
    return pin
