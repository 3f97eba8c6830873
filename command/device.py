"""`./antrean device add | list | remove | pin`: who belongs to a hall. The folder DIR/devices is the register."""

import argparse
import shlex
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assets.device_file import LONGEST_GROUP, DeviceFile, DeviceSection, read_device_file
from assets.hall_entries import HallEntry
from assets.judging import did_you_mean
from assets.reading import BadFile, read_toml
from broker_config.listening import AUTHORITY
from broker_config.register import account_files, add_device, device_path, new_password, read_register, remove_device
from broker_config.rights import HUB_ACCOUNT, is_level
from broker_config.running import lets_in, reload
from broker_config.settings import BROKER_FOLDER, HALL_FILE, BrokerOfHall, reached_by, read_broker_of_hall
from broker_config.starting import ensure_authority
from command.failing import CommandFailed, hall_folder, plainly
from command.pin import asked_for, set_pin, write_pin
from contract.names import CounterId, DeviceId, ZoneId

ROLES = ("kiosk", "display", "counter", "sign")
BROKER_KNOWS_WITHIN_S = 4.0
LOOKS_EVERY_S = 0.05


def run(words: list[str]) -> int:
    """The command."""
    arguments = _parser().parse_args(words)
    hall = hall_folder(arguments.hall)
    with plainly():
        settings = read_broker_of_hall(hall)
        match arguments.action:
            case "add":
                return _add(hall, settings, arguments)
            case "list":
                return _list(hall, settings)
            case "pin":
                print(f"{set_pin(hall, arguments.name)}: the PIN is set. It holds from the kiosk's next start.")
                return 0
            case _:
                return _remove(hall, settings, arguments.name)


def _add(hall: Path, settings: BrokerOfHall, arguments: argparse.Namespace) -> int:
    section = section_of(read_toml(hall / HALL_FILE, HallEntry), arguments)
    if arguments.pin and section.role != "kiosk":
        raise CommandFailed(f"--pin is for kiosks; a {section.role} has no set-up page")
    pin = asked_for() if arguments.pin else None
    ensure_authority(hall, settings, datetime.now(UTC))
    try:
        path = add_device(hall, settings, section)
    except FileExistsError as error:
        path = device_path(hall, section.id)
        raise CommandFailed(f"{section.id}: the hall has a device of that name already: {path}") from error
    print(f"{path}: the file of {section.id}. Whoever has it is that device.")
    if pin is not None:
        write_pin(path, pin)
        print("Its set-up page is reached by the PIN.")
    return _tell_broker(hall, settings, section, welcome=True)


def _list(hall: Path, settings: BrokerOfHall) -> int:
    register = read_register(hall, settings)
    for file in register.devices:
        device = file.device
        of = (
            f"counter {device.counter}"
            if device.counter
            else f"zones {', '.join(device.zones)}" + (f", group {device.group}" if device.group else "")
            if device.zones
            else ""
        )
        print(f"{device.id:<24} {device.role:<8} {of}".rstrip())
    if not register.devices and not register.problems:
        print(f"No devices yet. Add one: ./antrean device add {shlex.quote(str(hall))} kiosk-1 --role kiosk")
    if register.problems:
        raise CommandFailed("\n".join(["these files are left out:", *map(str, register.problems)]))
    return 0


def _remove(hall: Path, settings: BrokerOfHall, name: str) -> int:
    path = device_path(hall, name)
    if not is_level(name) or not path.is_file():
        hint = did_you_mean(name, (one.stem for one in path.parent.glob("*.toml"))) if path.parent.is_dir() else ""
        raise CommandFailed(f"{name}: the hall has no device of that name{f'; {hint}' if hint else ''}")
    try:
        device: DeviceFile | None = read_device_file(path)
    except BadFile:
        device = None
    remove_device(hall, settings, name)
    print(f"{name} is no device of the hall any more.")
    return 0 if device is None else _tell_broker(hall, settings, device.device, welcome=False)


def section_of(hall: HallEntry, arguments: argparse.Namespace) -> DeviceSection:
    """What the words of `device add` mean in this hall; CommandFailed with everything that is wrong with them."""
    wrong = []
    name, role = arguments.name, arguments.role
    if not is_level(name):
        wrong.append(f"{name!r} cannot be a device's name: use 1 to 40 of a-z, 0-9 and -, such as {role}-1")
    elif name == HUB_ACCOUNT:
        wrong.append(f"{name!r} is the hub's own name; choose another, such as {role}-1")
    zones = [zone.strip() for zone in arguments.zones.split(",") if zone.strip()]
    known_zones = [zone.id for zone in hall.zones]
    if role == "display":
        wrong += _unknown("zone", zones, known_zones)
        zones = zones or [*known_zones]
        if arguments.group is not None and not 1 <= len(arguments.group) <= LONGEST_GROUP:
            wrong.append(f"--group is a name of 1 to {LONGEST_GROUP} letters, such as hall-a")
    else:
        given = (("--zones", zones), ("--group", arguments.group))
        wrong += [f"{option} is for displays; a {role} has none" for option, value in given if value]
    if role in ("counter", "sign"):
        if arguments.counter is not None:
            wrong += _unknown("counter", [arguments.counter], [counter.id for counter in hall.counters])
        elif role == "counter":
            wrong.append("a counter needs --counter ID: the counter it is the pad of")
    elif arguments.counter is not None:
        wrong.append(f"--counter is for counters and signs; a {role} has none")
    if wrong:
        raise CommandFailed("\n".join(wrong))
    counter = None if arguments.counter is None else CounterId(arguments.counter)
    zone_ids = tuple(ZoneId(zone) for zone in zones)
    return DeviceSection(DeviceId(name), role, new_password(), counter, zone_ids, arguments.group)


def _unknown(what: str, named: Iterable[str], known: Sequence[str]) -> list[str]:
    found = []
    for name in named:
        if name not in known:
            hint = did_you_mean(name, known)
            found.append(f"there is no {what} {name!r} in this hall{f'; {hint}' if hint else ''}")
    return found


def _tell_broker(hall: Path, settings: BrokerOfHall, device: DeviceSection, *, welcome: bool) -> int:
    """Have a running broker read its accounts again, and see that it did."""
    if not settings.is_ours:
        files = " and ".join(f"{hall / BROKER_FOLDER / name}" for name in account_files(settings.kind))
        print(f"The broker is not ours. Give its owner the new {files}.")
        return 0
    until = time.monotonic() + BROKER_KNOWS_WITHIN_S
    broker = reached_by(settings, "hub")
    ca = hall / BROKER_FOLDER / AUTHORITY if broker.tls else None
    # Told again each time: a broker that is just starting may have read the old files and not listen for the signal yet.
    while reload(hall):
        if lets_in(broker.host, broker.port, device.id, device.password, ca) is welcome:
            print("The running broker knows.")
            return 0
        if time.monotonic() > until:
            raise CommandFailed("the running broker did not take up the new accounts; start it again")
        time.sleep(LOOKS_EVERY_S)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="antrean device", description="Who belongs to a hall.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="add | list | remove | pin")
    add = actions.add_parser("add", help="let a new device in", description="Makes DIR/devices/NAME.toml.")
    add.add_argument("hall", metavar="DIR", help="the hall directory")
    add.add_argument("name", metavar="NAME", help="such as kiosk-1; also its user name at the broker")
    add.add_argument("--role", required=True, choices=ROLES, help="what it is")
    add.add_argument("--counter", metavar="ID", help="the counter that a counter pad or a sign belongs to")
    add.add_argument("--zones", metavar="A,B", default="", help="the zones that a display shows (default: all)")
    add.add_argument("--group", metavar="NAME", help="displays of one group begin to speak each call together")
    add.add_argument("--pin", action="store_true", help="ask for the PIN of a kiosk's set-up page as well")
    pin = actions.add_parser("pin", help="set a kiosk's PIN", description="The PIN of a kiosk's set-up page.")
    pin.add_argument("hall", metavar="DIR", help="the hall directory")
    pin.add_argument("name", metavar="NAME", help="the kiosk's name")
    one = actions.add_parser("list", help="the hall's devices", description="The hall's devices.")
    one.add_argument("hall", metavar="DIR", help="the hall directory")
    remove = actions.add_parser("remove", help="shut a device out", description="Takes DIR/devices/NAME.toml away.")
    remove.add_argument("hall", metavar="DIR", help="the hall directory")
    remove.add_argument("name", metavar="NAME", help="the device's name")
    return parser
