"""A log that a noisy peer cannot fill: the same kind of trouble is told once a minute, with how often it came.

The moment is passed in. At most `KINDS` kinds are told apart; beyond that they share one.
"""

import logging
from datetime import datetime, timedelta

KINDS = 200
EVERY = timedelta(minutes=1)


class Seldom:
    """Tells each kind of trouble at most once a minute, as a warning."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._told: dict[str, tuple[datetime, int]] = {}

    def tell(self, kind: str, detail: str, now: datetime) -> None:
        """Counts `kind`, and logs it if it was not logged within the last minute."""
        if kind not in self._told and len(self._told) >= KINDS:
            kind = "others"
        told_at, since = self._told.get(kind, (None, 0))
        if told_at is not None and timedelta(0) <= now - told_at < EVERY:
            self._told[kind] = (told_at, since + 1)
            return
        self._logger.warning("%s %s more_since_last=%d", kind, detail, since)
        self._told[kind] = (now, 0)
