"""A notice that somebody at the hub's machine wants said: a small file in the hall's data folder, taken up and then removed.

So it needs no account and no port, and one that is wanted while the hub is down is said when it starts.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from broker_config.writing import OPEN, write_whole
from contract.calls import NoticeText

logger = logging.getLogger(__name__)

NAMES = "notice-*.json"


class Wish(Struct, frozen=True):
    """`notice` None: withdraw the one that stands."""

    notice: NoticeText | None


class NoticeWanted(Struct, frozen=True):
    """As it comes to the hub's service. `done` is called once it is on record."""

    notice: NoticeText | None
    done: Callable[[], object]


def put(data: Path, wish: Wish) -> Path:
    """Leave a wish for the hub; the file is gone once it is on record. OSError where it cannot be written."""
    data.mkdir(mode=0o700, exist_ok=True)
    path = data / f"notice-{time.time_ns()}.json"
    write_whole(path, msgspec.json.encode(wish).decode(), OPEN)
    return path


def look(data: Path) -> tuple[NoticeWanted, ...]:
    """The wishes that lie there, oldest first. One that cannot be read is told in the log and removed."""
    found = []
    for path in sorted(data.glob(NAMES)):
        try:
            wish = msgspec.json.decode(path.read_bytes(), type=Wish)
        except FileNotFoundError:
            continue
        except (msgspec.MsgspecError, UnicodeDecodeError, OSError) as error:
            logger.error("notice-unread file=%s why=%s", path, error)  # noqa: TRY400 - no trace: the file is wrong
            _remove(path)
            continue
        found.append(NoticeWanted(wish.notice, lambda path=path: _remove(path)))  # type: ignore[misc]
    return tuple(found)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:  # it is read again at the next look, and says nothing new then
        logger.warning("notice-not-removed file=%s why=%s", path, error)
