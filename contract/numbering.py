"""Numbers and days: what a number looks like, which comes next, and which hall day a moment belongs to.

Pure; the hall's time zone and the moment are passed in.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from contract.names import Number


def number_of(prefix: str, count: int) -> Number:
    """Prefix K and 7 make K007; from 1000 on the digits simply grow (contract: at least three digits)."""
    raise NotImplementedError


def parts_of(number: Number) -> tuple[str, int]:
    """K007 is ("K", 7). ValueError for what is no number. A prefix may end in digits ("4K"), never the count's."""
    raise NotImplementedError


def hall_day(now: datetime, zone: ZoneInfo) -> date:
    """The hall day of a moment: the local date in the hall's own zone, whatever a device's clock or zone says."""
    raise NotImplementedError
