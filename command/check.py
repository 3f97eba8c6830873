"""`./antrean check DIR`: everything that is wrong with a hall directory and with what this machine lends it, at once.

Each thing that is looked at is one function that gives problems; a new one is one more line in LOOKS.
"""

import argparse
import importlib.util
import shlex
from collections.abc import Callable, Iterator
from ctypes.util import find_library
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar, assert_never

from msgspec import Struct

from assets import fonts, positions
from assets.device_file import DeviceFile, DeviceSection, read_device_file
from assets.hall_entries import HallEntry
from assets.hall_file import HallFile, read_hall
from assets.judging import did_you_mean
from assets.reading import BadFile, Problem, in_order, read_source, read_toml
from broker_config.certificates import must_be_renewed
from broker_config.choosing import find_program
from broker_config.listening import AUTHORITY, SERVER_CERTIFICATE
from broker_config.ports import holder_of, port_taken
from broker_config.register import Register, device_path, hub_file, read_register
from broker_config.running import process_of
from broker_config.settings import BROKER_FOLDER, HALL_FILE, BrokerOfHall, reached_by, read_broker_of_hall, url_of
from broker_config.starting import how_to_get
from command import displays
from command.failing import hall_folder
from display.config import read_config as display_config
from hub.config import HubConfig
from hub.config import read_config as hub_config
from kiosk.config import read_config as kiosk_config
from link.trust import is_loopback

THIS_MACHINE = "this machine"
Read = TypeVar("Read")


class Looked(Struct, frozen=True):
    """What could be read of the hall. `places` are its counters and zones, known also where its agencies have faults.

    `broker` is a stand-in with the hall's id alone where `[broker]` has faults (then `broker_is_sound` is False).
    """

    folder: Path
    hall: HallFile | None
    places: HallEntry | None
    broker: BrokerOfHall | None
    broker_is_sound: bool
    register: Register | None


def run(words: list[str]) -> int:
    """The command. 0 when the hall can be run, 1 with every problem on stdout."""
    parser = argparse.ArgumentParser(prog="antrean check", description="Says everything that is wrong with a hall.")
    parser.add_argument("hall", metavar="DIR", help="the hall directory")
    folder = hall_folder(parser.parse_args(words).hall)
    looked, problems = look(folder)
    for problem in problems:
        print(_beside(folder, problem))
    if problems:
        print(f"{len(problems)} thing{'s' if len(problems) > 1 else ''} to put right in {folder}")
        return 1
    for remark in remarks(looked):
        print(remark)
    print(f"{folder} is sound: {_summary(looked)}")
    return 0


def look(folder: Path) -> tuple[Looked, tuple[Problem, ...]]:
    """The hall, and every problem, by file and line."""
    problems: list[Problem] = []
    hall = _read(lambda: read_hall(folder), problems)
    places = _read(lambda: read_toml(folder / HALL_FILE, HallEntry), problems)
    broker = _read(lambda: read_broker_of_hall(folder), problems)
    some_broker = broker or _read(lambda: read_toml(folder / HALL_FILE, BrokerOfHall, only=("id",)), problems)
    register = None if some_broker is None else read_register(folder, some_broker)
    looked = Looked(folder, hall, places, some_broker, broker is not None, register)
    for each in LOOKS:
        problems += each(looked)
    # What two readers find in one file is one problem.
    return looked, in_order(tuple(dict.fromkeys(problems)))


def remarks(looked: Looked) -> Iterator[str]:
    """What need not be put right, and should be known."""
    for file in looked.register.devices if looked.register else ():
        path = device_path(looked.folder, file.device.id)
        if file.device.role == "display":
            yield from displays.remarks_on(path, display_config(path)[1])
        if file.device.role == "kiosk" and kiosk_config(path)[1].setup.pin is None:
            yield (
                f"devices/{path.name} has no PIN: nobody can reach its set-up page "
                f"(./antrean device pin {shlex.quote(str(looked.folder))} {file.device.id})"
            )


def broker_problems(looked: Looked) -> Iterator[Problem]:
    """Is there a broker to be started, and are its ports free?"""
    settings = looked.broker
    if settings is None or not looked.broker_is_sound or not settings.is_ours:
        return
    if find_program(settings.kind) is None:
        yield Problem(THIS_MACHINE, 0, "broker", how_to_get(settings.kind))
    if process_of(looked.folder) is None:
        file = str(looked.folder / HALL_FILE)
        taken = None if settings.by_tls_alone else port_taken(settings.broker.port)
        if taken is not None:
            yield Problem(file, 0, "broker.port", taken)
        if settings.tls is not None:
            taken = port_taken(settings.tls.port, settings.tls.address)
            if taken is not None:
                yield Problem(file, 0, "broker.tls_port", taken)


def device_problems(looked: Looked) -> Iterator[Problem]:
    """Does every device file fit this hall and its broker?"""
    if looked.register is None or looked.broker is None:
        return
    yield from looked.register.problems
    hub = hub_file(looked.folder)
    if hub.exists() and looked.broker_is_sound:
        try:
            yield from _address_problems(hub, read_device_file(hub), looked.broker, "hub")
        except BadFile as bad:
            yield from bad.problems
    for file in looked.register.devices:
        path = device_path(looked.folder, file.device.id)
        if looked.broker_is_sound:
            yield from _address_problems(path, file, looked.broker, "device")
        yield from _place_problems(path, file.device, looked.places)
        yield from _settings_problems(path, file.device)


def _address_problems(
    path: Path, file: DeviceFile, settings: BrokerOfHall, whom: Literal["hub", "device"]
) -> Iterator[Problem]:
    broker = reached_by(settings, whom)
    here = ("127.0.0.1", "localhost", "::1")
    if not file.broker.tls and file.broker.host not in here:
        yield _problem(path, ("broker", "tls"), "is off, and the broker is not on this machine", "tls = true")
    # A device on the broker's own machine may also go in by the plain port, where there is one.
    if file.broker.host in here and broker.tls and not settings.by_tls_alone:
        return
    if (file.broker.host, file.broker.port, file.broker.tls) != (broker.host, broker.port, broker.tls):
        yield _problem(path, ("broker", "port"), f"leads to {url_of(file.broker)}", f"the hall's is {url_of(broker)}")


def _place_problems(path: Path, device: DeviceSection, places: HallEntry | None) -> Iterator[Problem]:
    if path.stat().st_mode & 0o077:
        yield Problem(str(path), 0, "", "can be read by others, and holds a password", f"chmod 600 {path.name}")
    if places is None:
        return
    counters = [counter.id for counter in places.counters]
    if device.role == "counter" and device.counter is None:
        yield _problem(path, ("device", "counter"), "is missing: which counter is this the pad of?")
    elif device.counter is not None and device.counter not in counters:
        hint = did_you_mean(device.counter, counters)
        yield _problem(path, ("device", "counter"), f'there is no counter "{device.counter}" in this hall', hint)
    zones = [zone.id for zone in places.zones]
    for index, zone in enumerate(device.zones):
        if zone not in zones:
            hint = did_you_mean(zone, zones)
            yield _problem(path, ("device", "zones", index), f'there is no zone "{zone}" in this hall', hint)


def _settings_problems(path: Path, device: DeviceSection) -> Iterator[Problem]:
    """The sections of its program, as that program itself reads them."""
    try:
        match device.role:
            case "kiosk":
                kiosk_config(path)
            case "display":
                yield from displays.problems(path, display_config(path)[1])
            case "counter" | "sign" | "hub":
                pass
            case _:
                assert_never(device.role)
    except BadFile as bad:
        yield from bad.problems


def program_problems(looked: Looked) -> Iterator[Problem]:
    """Can the hub read what is its own, and is the port of the officers' page free?"""
    try:
        config = hub_config(looked.folder)
    except BadFile as bad:
        yield from bad.problems
        config = None
    if config is not None:
        desk = config.desk
        own = looked.folder / "hub.toml"
        file, key = str(own if own.exists() else "hub.toml"), "desk.port"
        if not is_loopback(desk.host):
            yield Problem(
                file, 0, "desk.host", f'"{desk.host}" is not this machine alone', 'must be "127.0.0.1" for now'
            )
        if looked.broker is not None and desk.port in (looked.broker.broker.port, looked.broker.broker.tls_port):
            yield Problem(file, 0, key, f"{desk.port} is the broker's", "choose another")
        # Whoever holds it may be this very hall's hub.
        holder = holder_of(desk.port) if desk.port else None
        ours = holder is not None and str(looked.folder) in holder.words and "hub" in holder.words
        taken = None if ours or not desk.port else port_taken(desk.port, desk.host)
        if taken is not None:
            yield Problem(file, 0, key, taken, "choose another, or 0 for any that is free")
        yield from _board_problems(looked, config, file)


def _board_problems(looked: Looked, config: HubConfig, file: str) -> Iterator[Problem]:
    """Can the boards have the door that they are to have for televisions?"""
    board, key = config.board, "board.port"
    if not board.host or not board.port:
        return
    ports = () if looked.broker is None else (looked.broker.broker.port, looked.broker.broker.tls_port)
    holder = holder_of(board.port)
    ours = holder is not None and str(looked.folder) in holder.words and "hub" in holder.words
    if board.port in ports:
        yield Problem(file, 0, key, f"{board.port} is the broker's", "choose another")
    elif board.port == config.desk.port:
        yield Problem(file, 0, key, f"{board.port} is that of the officers' page", "choose another")
    elif not ours and (taken := port_taken(board.port, board.host)) is not None:
        yield Problem(file, 0, key, taken, "choose another, or 0 for any that is free")


def certificate_problems(looked: Looked) -> Iterator[Problem]:
    """Does the broker's certificate still hold? It is renewed at the broker's next start."""
    folder = looked.folder / BROKER_FOLDER
    server, authority = folder / SERVER_CERTIFICATE, folder / AUTHORITY
    if looked.broker is None or looked.broker.tls is None or not (server.exists() and authority.exists()):
        return
    names = looked.broker.certified_names
    why = must_be_renewed(server.read_text(), authority.read_text(), names, datetime.now(UTC))
    if why is not None:
        yield Problem(str(server), 0, "", f"must be made anew: {why}", "start the broker again")


def machine_problems(_looked: Looked) -> Iterator[Problem]:
    """What the programs need of this machine: fonts, icons, a voice."""
    for what, find in (("text", partial(fonts.path, "Regular")), ("icon", fonts.icon_font)):
        try:
            found = find().is_file()
        except (ImportError, OSError):
            found = False
        if not found:
            yield Problem(THIS_MACHINE, 0, "fonts", f"the {what} font was not found", "run ./antrean setup")
    if importlib.util.find_spec("espeakng_loader") is None and find_library("espeak-ng") is None:
        yield Problem(THIS_MACHINE, 0, "voice", "there is no espeak-ng", "apt-get install espeak-ng")


LOOKS: tuple[Callable[[Looked], Iterator[Problem]], ...] = (
    broker_problems,
    device_problems,
    program_problems,
    certificate_problems,
    machine_problems,
)


def _read(read: Callable[[], Read], problems: list[Problem]) -> Read | None:
    try:
        return read()
    except BadFile as bad:
        problems += bad.problems
        return None


def _problem(path: Path, key: positions.Path, what: str, hint: str = "") -> Problem:
    """A problem at the line of the key."""
    return read_source(path).problem(key, what, hint)


def _beside(folder: Path, problem: Problem) -> str:
    """As people look for it: from the hall directory."""
    return str(problem).removeprefix(f"{folder}/")


def _summary(looked: Looked) -> str:
    if looked.hall is None or looked.register is None:
        return ""
    hall = looked.hall
    services = sum(len(agency.services) for agency in hall.agencies)
    counted = [
        (len(hall.agencies), "agencies"),
        (services, "services"),
        (len(hall.hall.counters), "counters"),
        (len(hall.hall.zones), "zones"),
        (len(looked.register.devices), "devices"),
    ]
    return ", ".join(f"{number} {what}" for number, what in counted)
