"""`./antrean broker | hub | kiosk | display | printer`: one program of a hall, in the foreground."""

import argparse
import contextlib
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from command.failing import CommandFailed, hall_folder, plainly


def broker(words: list[str]) -> int:
    """Become the hall's broker. 0 at once where somebody else's is used."""
    from broker_config.settings import reached_by, read_broker_of_hall, url_of
    from broker_config.starting import CannotStart, become_broker

    hall = _hall_of("broker", "Runs the hall's MQTT broker until it is told to end.", words)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with plainly():
        settings = read_broker_of_hall(hall)
        if not settings.is_ours:
            where = url_of(reached_by(settings, "hub"))
            print(f"broker ready: {where} (it is not ours, says [broker] address in hall.toml: nothing to start)")
            return 0
        try:
            become_broker(hall, settings, datetime.now(UTC))
        except CannotStart as cannot:
            raise CommandFailed(str(cannot)) from cannot


def hub(words: list[str]) -> int:
    """The hub."""
    hall = _hall_of("hub", "Runs the hall's hub and the officers' pages until it is told to end.", words)
    from assets.reading import BadFile
    from broker_config.register import ensure_hub_file
    from broker_config.settings import read_broker_of_hall
    from hub.main import run

    with plainly():
        # The hub has an account of its own; what is wrong with the files it says itself, all at once.
        with contextlib.suppress(BadFile):
            ensure_hub_file(hall, read_broker_of_hall(hall))
        return run(hall)


def kiosk(words: list[str]) -> int:
    """A kiosk."""
    file, tell = _device_of("kiosk", "Runs a kiosk until it is told to end.", words)
    from kiosk.main import run

    with plainly():
        return run(file, tell)


def display(words: list[str]) -> int:
    """A hall display."""
    file, tell = _device_of("display", "Runs a hall display until it is told to end.", words)
    from display.main import run

    with plainly():
        return run(file, tell)


def printer(words: list[str]) -> int:
    """The printer on the wire has a command line of its own."""
    # In this very process: whoever started it ends it.
    os.execv(sys.executable, [sys.executable, "-P", "-m", "simulator.printer_emulator", *words])  # noqa: S606 - no shell is wanted


def _hall_of(word: str, does: str, words: list[str]) -> Path:
    parser = argparse.ArgumentParser(prog=f"antrean {word}", description=does)
    parser.add_argument("hall", metavar="DIR", help="the hall directory")
    return hall_folder(parser.parse_args(words).hall)


def _device_of(word: str, does: str, words: list[str]) -> tuple[Path, Path | None]:
    parser = argparse.ArgumentParser(prog=f"antrean {word}", description=does)
    parser.add_argument("file", metavar="FILE", type=Path, help=f"its device file, such as DIR/devices/{word}-1.toml")
    parser.add_argument("--tell", metavar="FILE", type=Path, help="append what is shown and heard, as lines of JSON")
    arguments = parser.parse_args(words)
    file: Path = arguments.file
    if file.is_dir():
        raise CommandFailed(f"{file} is a directory; name a device file in it, such as {file}/devices/{word}-1.toml")
    if not file.is_file():
        raise CommandFailed(
            f"{file}: there is no such file. Add the device: ./antrean device add DIR {file.stem} --role {word}"
        )
    return file.resolve(), arguments.tell
