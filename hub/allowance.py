"""How much a device may put on record: so many facts a minute, so that one that has gone wild cannot fill the journal.

And how many numbers it may have: `Pace`, so that one that has gone wild, or whose password a stranger has, does not take
the whole day's. A hall's busiest kiosk gives some 200 an hour.

In memory only: a start of the hub begins anew. The moment is passed in; a clock that was set back begins a new minute.
"""

from datetime import datetime, timedelta

from contract.names import DeviceId

MOST = 120
"""A display in a crowd needs some 60 (two reports for each call), a pad some 10, a kiosk's outbox after an outage some tens."""
EVERY = timedelta(minutes=1)


class Allowance:
    """Counts for each device. What is not allowed must be something that the hall can do without."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._used: dict[DeviceId, tuple[datetime, int]] = {}

    def take(self, device: DeviceId, now: datetime) -> bool:
        """Whether the device may put one more on record; it is counted."""
        began, used = self._used.get(device, (now, 0))
        if not timedelta(0) <= now - began < EVERY:
            began, used = now, 0
        self._used[device] = (began, used + 1)
        return used < self._most


class Pace:
    """For each device `burst` at once, and then `per_minute`: what is not used is saved up, up to `burst`."""

    def __init__(self, per_minute: int, burst: int) -> None:
        self._per_minute = per_minute
        self._burst = burst
        self._left: dict[DeviceId, tuple[datetime, float]] = {}

    def take(self, device: DeviceId, now: datetime) -> bool:
        """Whether the device may have one more; if so it is counted. One that is not given costs nothing."""
        at, left = self._left.get(device, (now, float(self._burst)))
        saved = max(0.0, (now - at) / EVERY) * self._per_minute
        left = min(float(self._burst), left + saved)
        may = left >= 1.0
        self._left[device] = (now, left - 1.0 if may else left)
        return may
