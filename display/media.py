"""Which picture of a playlist stands at a time, and which comes after it. Pure: opens no file, decodes nothing.

All displays that have the same list and hear the same hub show the same picture at the same time: turns are reckoned by
the hub's time. While that is not known, pictures that are bound to days or hours are left out.
"""

from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from contract.names import ClockTime
from contract.opening import Weekday
from display.spans import day_of, is_on


class Picture(Struct, frozen=True):
    """A picture that can be put on the screen at once: three bytes a pixel, the highest row first. `key` says which it is.

    Two pictures of one key, width and height are the same picture.
    """

    key: str
    width: int
    height: int
    rgb: bytes

    def __repr__(self) -> str:
        return f"Picture({self.key!r}, {self.width}, {self.height})"


class Item(Struct, frozen=True):
    """A place in the playlist. `key` is the picture in the cache, `file` what people call it. Valid on days and at hours.

    `first_day` and `last_day` are both inside; `ends` is the minute after its last. Hours that end before they begin go
    over midnight, and are of the day that they begin on.
    """

    key: str
    file: str
    seconds: float
    first_day: date | None = None
    last_day: date | None = None
    days: tuple[Weekday, ...] = ()
    begins: ClockTime | None = None
    ends: ClockTime | None = None


class Playlist(Struct, frozen=True):
    """What there is to show, in its order. `revision` says which list it is; a new one comes whole or not at all."""

    revision: str = ""
    items: tuple[Item, ...] = ()


class Due(Struct, frozen=True):
    """The picture that stands now, and the one that will stand next (the same, where there is only one)."""

    now: Item
    next: Item


def due(playlist: Playlist, here: datetime | None, now_s: float) -> Due | None:
    """What is to be seen at the hall's own time `here`; None: nothing now. `now_s` turns pages while `here` is unknown."""
    valid = [item for item in playlist.items if is_valid(item, here)]
    if not valid:
        return None
    into = (here.timestamp() if here is not None else now_s) % sum(item.seconds for item in valid)
    for index, item in enumerate(valid):
        if into < item.seconds:
            return Due(item, valid[(index + 1) % len(valid)])
        into -= item.seconds
    return Due(valid[-1], valid[0])


def is_valid(item: Item, here: datetime | None) -> bool:
    """Whether an item may be seen at the hall's own time."""
    if here is None:
        return not (item.first_day or item.last_day or item.days or item.begins or item.ends)
    day = day_of(here, item.begins or "00:00", item.ends or "24:00")
    if day is None or not is_on(day, item.days):
        return False
    return (item.first_day is None or item.first_day <= day) and (item.last_day is None or day <= item.last_day)


class Media(Protocol):
    """What the display asks for pictures. `state` is for its health: how many there are and what was left out."""

    state: str | None

    def look(self, here: datetime | None, now_s: float) -> Picture | None:
        """The picture that stands at the hall's own time, if it is ready. Returns at once."""

    def open(self) -> None:
        """Begin. Returns at once."""

    def close(self) -> None:
        """End; within 2 s."""


class NoMedia:
    """Keeps Media for a display that shows none."""

    state: str | None = None

    def look(self, here: datetime | None, now_s: float) -> Picture | None:
        del here, now_s
        return None

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass
