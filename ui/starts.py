"""How often a device was started, and which installation it is: kept in one small file, so that a stale last will is
known by its `boot`.

Where the file cannot be written the device works all the same, as a new installation at its first start.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

logger = logging.getLogger(__name__)


class Start(Struct, frozen=True):
    """`boot` rises by one with every start of this installation."""

    boot: int
    installation: str


def count_start(path: Path, new_installation: Callable[[], str]) -> Start:
    """Read, count one more, write (whole or not at all)."""
    try:
        last = msgspec.json.decode(path.read_bytes(), type=Start)
    except FileNotFoundError:
        last = Start(0, new_installation())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        logger.warning("starts-unreadable file=%s why=%s", path, error)
        last = Start(0, new_installation())
    start = Start(last.boot + 1, last.installation)
    written = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written.open("wb") as file:
            file.write(msgspec.json.encode(start))
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except OSError as error:
        logger.warning("starts-unwritable file=%s why=%s", path, error)
    return start
