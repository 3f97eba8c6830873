"""`./antrean hall new DIR`: a hall of one's own, copied from the example, with secrets of its own.

`--always-open` is a property of the copied files alone: no program knows of it.
"""

import argparse
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

import tomlkit
from tomlkit.items import Table

from assets.device_file import NewestMqtt
from broker_config.listening import Kind
from broker_config.writing import SECRET
from command.failing import CommandFailed, plainly

EXAMPLE = Path(__file__).resolve().parents[1] / "assets" / "halls" / "mpp"
BROKER_PORT = 1883
DESK_PORT = 8080
FOLDER_MODE = 0o700
EVERY_DAY = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def run(words: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="antrean hall", description="Makes hall directories.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="new")
    new = actions.add_parser("new", help="copy the example hall", description="Makes a hall from the example.")
    new.add_argument("hall", metavar="DIR", help="where; must be empty or not there yet")
    new.add_argument("--port", type=_port, default=BROKER_PORT, help=f"the broker's (default {BROKER_PORT})")
    add_broker_options(new)
    new.add_argument(
        "--always-open", action="store_true", help="a practice hall: every service, every day, from 00:00 to 24:00"
    )
    arguments = parser.parse_args(words)
    folder = Path(arguments.hall)
    with plainly():
        desk_port = make(
            folder,
            arguments.port,
            always_open=arguments.always_open,
            kind=arguments.broker,
            mqtt=arguments.mqtt,
        )
    print(f"{folder}: a hall. Its broker will be on port {arguments.port}, its officers' page on port {desk_port}.")
    _warn_of_taken(arguments.port)
    word = shlex.quote(str(folder))
    print(f"Next:  ./antrean device add {word} kiosk-1 --role kiosk")
    print(f"       ./antrean serve {word}")
    return 0


def add_broker_options(parser: argparse.ArgumentParser) -> None:
    """What may be said of a new hall's broker, on any command that makes a hall."""
    kinds = ("auto", *get_args(Kind))
    parser.add_argument("--broker", choices=kinds, default="auto", help="its program (default: mosquitto, else nats)")
    versions = get_args(NewestMqtt)
    parser.add_argument(
        "--mqtt", choices=versions, default="5", help="the newest MQTT that is spoken to it (default 5)"
    )


def make(
    folder: Path,
    broker_port: int,
    *,
    always_open: bool,
    kind: Literal["auto"] | Kind = "auto",
    mqtt: NewestMqtt = "5",
) -> int:
    """The hall directory, whole; the port of its officers' page. CommandFailed where something is there already."""
    if any(ord(character) < ord(" ") for character in str(folder)):
        raise CommandFailed(f"{str(folder)!r}: a name with control characters cannot be a hall directory")
    if folder.exists() and not folder.is_dir():
        raise CommandFailed(f"{folder} is there already, and is no directory")
    if folder.is_dir() and any(folder.iterdir()):
        raise CommandFailed(f"{folder} is not empty; choose another directory, or empty it first")
    desk_port = desk_port_beside(broker_port)
    existed = folder.exists()
    try:
        shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
        _set_ports(folder, broker_port, desk_port)
        _set_broker(folder, kind, mqtt)
        if always_open:
            open_always(folder)
        _make_secrets(folder)
    except BaseException:
        # What was not empty was refused above: all of this is ours to take away.
        for entry in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        if not existed and folder.is_dir():
            folder.rmdir()
        raise
    return desk_port


def desk_port_beside(broker_port: int) -> int:
    """The port of the officers' page: as far from 8080 as the broker's is from 1883, so that halls can stand side by side.

    The next free one where that is taken or does not exist.
    """
    from broker_config.ports import port_taken

    wanted = DESK_PORT + broker_port - BROKER_PORT
    candidates = [*(port for port in range(wanted, wanted + 50) if _is_port(port)), *range(DESK_PORT, DESK_PORT + 500)]
    free = (port for port in candidates if port != broker_port and port_taken(port) is None)
    return next(free, DESK_PORT)


def open_always(folder: Path) -> None:
    """Rewrite the opening rules of a hall directory: every service, every day, from 00:00 to 24:00, without any limit."""
    session = {"days": list(EVERY_DAY), "begins": "00:00", "ends": "24:00"}
    hall = _read(folder / "hall.toml")
    hall["day_begins"], hall["day_closes"] = "00:00", "24:00"
    # Only what closes is taken away; what else stands under [opening] stays.
    opening = _table(hall, "opening")
    for key in list(opening):
        del opening[key]
    opening["sessions"] = [session]
    _table(hall, "rules")["issue_without_officer"] = True
    _write(folder / "hall.toml", hall)
    for path in sorted((folder / "agencies").glob("*.toml")):
        agency = _read(path)
        for entry in (agency, *agency.get("services", ())):
            for key in ("opening", "hand_in_by"):
                if key in entry:
                    del entry[key]
        _write(path, agency)


def _set_ports(folder: Path, broker_port: int, desk_port: int) -> None:
    hall = _read(folder / "hall.toml")
    _table(hall, "broker")["port"] = broker_port
    _write(folder / "hall.toml", hall)
    path = folder / "hub.toml"
    hub = _read(path) if path.exists() else tomlkit.document()
    _table(hub, "desk")["port"] = desk_port
    _write(path, hub)
    path.chmod(SECRET)  # it is where the password of a journal's server would stand


def _set_broker(folder: Path, kind: str, mqtt: str) -> None:
    """Only what is not so by default."""
    hall = _read(folder / "hall.toml")
    for key, value, default in (("kind", kind, "auto"), ("mqtt", mqtt, "5")):
        if value != default:
            _table(hall, "broker")[key] = value
    _write(folder / "hall.toml", hall)


def _make_secrets(folder: Path) -> None:
    from broker_config.register import write_accounts
    from broker_config.settings import BROKER_FOLDER, DEVICE_FOLDER, read_broker_of_hall
    from broker_config.starting import ensure_authority

    for name in (BROKER_FOLDER, DEVICE_FOLDER, "data"):
        (folder / name).mkdir(mode=FOLDER_MODE, exist_ok=True)
    settings = read_broker_of_hall(folder)
    write_accounts(folder, settings)
    ensure_authority(folder, settings, datetime.now(UTC))


def _warn_of_taken(port: int) -> None:
    from broker_config.ports import port_taken

    taken = port_taken(port)
    if taken is not None:
        print(f"Note:  {taken}; or make the hall with another --port.")


def _table(parent: Any, name: str) -> Any:
    """The table of that name, made where there is none."""
    if name not in parent:
        parent[name] = tomlkit.table()
    table: Table = parent[name]
    return table


def _read(path: Path) -> tomlkit.TOMLDocument:
    return tomlkit.parse(path.read_text(encoding="utf-8"))


def _write(path: Path, document: tomlkit.TOMLDocument) -> None:
    path.write_text(tomlkit.dumps(document), encoding="utf-8")


def _is_port(number: int) -> bool:
    return 1 <= number <= 65535


def _port(word: str) -> int:
    if not word.isdecimal() or not _is_port(int(word)):
        raise argparse.ArgumentTypeError(f"{word!r} is not a port: a number from 1 to 65535")
    return int(word)
