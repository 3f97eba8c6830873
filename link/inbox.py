"""A bounded queue between a link's thread and the program that listens.

At the limit new messages are dropped and counted: what matters is asked again (requests repeat by themselves), and
an owner that sees `dropped` grow knows that its state may lag behind and subscribes anew. That the link came up or
went down is never dropped with them: a small reserve is kept for it.
"""

import queue
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Event = TypeVar("Event")

RESERVE = 100


def _nobody_waits() -> None:
    """For an owner that looks by itself."""


class Inbox(Generic[Event]):
    """Holds up to `limit` events, and RESERVE more of those that matter most; put never blocks."""

    def __init__(self, limit: int = 10_000, came: Callable[[], object] = _nobody_waits) -> None:
        """`came` is called after each event that was put, by the thread that put it: it must be quick."""
        self._limit = limit
        self._came = came
        self._queue: queue.Queue[Event] = queue.Queue(limit + RESERVE)
        self.dropped = 0
        self._told = 0

    def put(self, event: Event, *, urgent: bool = False) -> bool:
        """False if the inbox was full and the event dropped. `urgent` may use the reserve."""
        if urgent or self._queue.qsize() < self._limit:
            try:
                self._queue.put_nowait(event)
            except queue.Full:
                pass
            else:
                self._came()
                return True
        self.dropped += 1
        return False

    def take(self, timeout_s: float) -> Event | None:
        """The next event, waiting up to `timeout_s`; None if there was none."""
        try:
            return self._queue.get(timeout=timeout_s) if timeout_s > 0 else self._queue.get_nowait()
        except queue.Empty:
            return None

    def lost(self) -> int:
        """How many events were dropped since this was last asked: what they said must be asked for once more."""
        lost, self._told = self.dropped - self._told, self.dropped
        return lost

    def drain(self, most: int = 1000) -> Iterator[Event]:
        """What is there now, without waiting, `most` at a time."""
        for _ in range(most):
            event = self.take(0)
            if event is None:
                return
            yield event
