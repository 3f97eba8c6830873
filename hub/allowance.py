"""How much a device may put on record: so many facts a minute, so that one that has gone wild cannot fill the journal.

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
