"""Numbers and days: what a number looks like, which hall day a moment belongs to, and when its clock shows a time.

Pure; the hall's time zone and the moment are passed in.
"""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import permutations
from zoneinfo import ZoneInfo

from contract.names import ClockTime, Number

_PREFIX = re.compile(r"[A-Z0-9]{1,3}")
_COUNT = re.compile(r"[0-9]{3}|[1-9][0-9]{3,8}")
_SECOND = timedelta(seconds=1)


def number_of(prefix: str, count: int) -> Number:
    """Prefix K and 7 make K007; from 1000 on the digits simply grow (contract: at least three digits).

    ValueError for a prefix that is none, and for a count below 1.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} is no prefix: one to three capital letters or digits")
    if count < 1:
        raise ValueError(f"numbers count from 1, not from {count}")
    return Number(f"{prefix}{count:03d}")


def parts_of(number: Number, prefixes: Collection[str] = ()) -> tuple[str, int]:
    """K007 is ("K", 7). ValueError for what is no number, or none of these `prefixes` where they are given.

    Without `prefixes` everything up to the last letter is the prefix ("4K010" is "4K" and 10), and of digits alone
    all but the last three. A prefix that ends in a digit ("A1") is therefore only told apart by those who pass the
    hall's prefixes.
    """
    for prefix in sorted(prefixes or (_likely_prefix(number),), key=len, reverse=True):
        digits = number[len(prefix) :]
        if number.startswith(prefix) and _PREFIX.fullmatch(prefix) and _COUNT.fullmatch(digits) and int(digits) > 0:
            return prefix, int(digits)
    raise ValueError(f"{number!r} is no number of this hall")


def _likely_prefix(number: str) -> str:
    letters = [place for place, character in enumerate(number) if character.isalpha()]
    return number[: letters[-1] + 1] if letters else number[:-3]


def colliding_prefixes(prefixes: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of prefixes that no hall may have side by side: A1007 would be the 1007th of A and the 7th of A1."""
    return tuple(
        (short, long)
        for short, long in permutations(sorted(set(prefixes)), 2)
        if long.startswith(short) and long[len(short) :].isdigit()
    )


def hall_day(now: datetime, zone: ZoneInfo) -> date:
    """The hall day of a moment: the local date in the hall's own zone, whatever a device's clock or zone says.

    A day that has begun does not end again where clocks are set back over midnight. ValueError for a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("a moment without a zone belongs to no hall day")
    day = now.astimezone(zone).date()
    tomorrow = day + timedelta(days=1)
    return tomorrow if moment_of(tomorrow, "00:00", zone) <= now.astimezone(UTC) else day


@lru_cache(maxsize=4096)
def moment_of(day: date, clock: ClockTime, zone: ZoneInfo) -> datetime:
    """The first moment (in UTC) at which the hall's clock has reached `clock` on `day`; "24:00" is the next day's 00:00.

    Where clocks jump forward over that time it is the moment of the jump; where they are set back it is the first
    of the two. So a later time of the day never stands for an earlier moment.
    """
    hours, minutes = int(clock[:2]), int(clock[3:])
    wall = datetime.combine(day, time.min) + timedelta(hours=hours, minutes=minutes)
    late = wall.replace(tzinfo=zone).astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    # The time does not exist. By PEP 495 fold 0 reckons with the offset before the jump (and lands behind it),
    # fold 1 with the one after (and lands before it): the jump is between the two.
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while late - early > _SECOND:
        middle = early + (late - early) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).replace(tzinfo=None) >= wall:
            late = middle
        else:
            early = middle
    return late
