"""Zones and moments that are unkind to calendars: leap days, clock jumps at night and at midnight, a day left out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Makassar",
        "Asia/Jakarta",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",  # half an hour
        "America/Sao_Paulo",  # forward and back at midnight
        "America/Goose_Bay",  # back at one minute past midnight, to the day before
        "Asia/Beirut",  # forward at midnight
        "Pacific/Apia",  # had no 30 December 2011
    )
]
FIRST, LAST = datetime(2005, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)


def _jumps(zone: ZoneInfo) -> list[datetime]:
    """About when the zone's clocks jump, to within six hours."""
    found, moment = [], FIRST
    while moment < LAST:
        following = moment + timedelta(hours=6)
        if moment.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            found.append(moment)
        moment = following
    return found


JUMPS = {zone.key: _jumps(zone) for zone in ZONES}
LEAP_DAYS = [datetime(year, 2, 29, tzinfo=UTC) for year in range(2008, 2035, 4)]


def moments(zone: ZoneInfo) -> st.SearchStrategy[datetime]:
    """Moments in a zone: any, and many near a jump or a leap day."""
    seconds = st.integers(0, int((LAST - FIRST).total_seconds())).map(lambda second: FIRST + timedelta(seconds=second))
    near = st.builds(
        lambda moment, minutes: moment + timedelta(minutes=minutes),
        st.sampled_from(JUMPS[zone.key] + LEAP_DAYS),
        st.integers(-2 * 1440, 2 * 1440),
    )
    return st.one_of(seconds, near).map(lambda moment: moment.astimezone(zone))
