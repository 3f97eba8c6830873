"""Keeps open pages up to date: asks the hub once for each counter that is looked at, and hands the answer to all its pages.

A change wakes it; wake-ups that come closer than 100 ms are joined, and the last is never held back. With no change
it asks every 1.5 s all the same: an answer is the proof that the hub lives, and pages take it as the hub's heartbeat.
A hub that does not answer therefore gives no beat, even though this server still stands.
"""

import asyncio
import time
from collections.abc import AsyncIterator

from contract.names import CounterId
from hub.desk.asking import Asker
from hub.desk.door import (
    CounterDesk,
    DeskAnswer,
    DeskQuestion,
    HallBoard,
    HallDesk,
    Look,
    LookAtAll,
    LookAtBoard,
    UnknownCounter,
)

BETWEEN_S = 0.1
"""Shortest time between two looks: at most 10 a second per page."""
BEAT_S = 1.5
"""Longest time between two looks. Pages call the hub lost after 4 s without one."""

Watched = CounterId | LookAtBoard | None
"""A counter, what the crowd sees, or None for the whole hall as officers see it."""


class Subscription:
    """One page's place: holds the newest answer only, so that a slow page skips what is past and never what is last."""

    def __init__(self) -> None:
        self._newest: DeskAnswer | None = None
        self._there = asyncio.Event()
        self._ended = False

    def give(self, answer: DeskAnswer) -> None:
        """Put the newest answer in the place of an older one."""
        self._newest = answer
        self._there.set()

    def end(self) -> None:
        """The server closes: the page's stream ends."""
        self._ended = True
        self._there.set()

    async def answers(self) -> AsyncIterator[DeskAnswer]:
        """Each answer as it comes, until the end."""
        while True:
            await self._there.wait()
            self._there.clear()
            if self._ended:
                return
            answer, self._newest = self._newest, None
            if answer is not None:
                yield answer


class Watcher:
    """Looks for all pages. Everything here happens in the web server's event loop."""

    def __init__(self, asker: Asker, between_s: float = BETWEEN_S, beat_s: float = BEAT_S) -> None:
        self._asker = asker
        self._between_s = between_s
        self._beat_s = beat_s
        self._pages: dict[Watched, set[Subscription]] = {}
        self._woken = asyncio.Event()
        self._closing = False

    def wake(self) -> None:
        """Something changed: look soon."""
        self._woken.set()

    def subscribe(self, watched: Watched) -> Subscription:
        """A place for one page. Its first answer comes at once."""
        page = Subscription()
        if self._closing:
            page.end()
            return page
        self._pages.setdefault(watched, set()).add(page)
        self.wake()
        return page

    def unsubscribe(self, watched: Watched, page: Subscription) -> None:
        """The page is gone."""
        pages = self._pages.get(watched, set())
        pages.discard(page)
        if not pages:
            self._pages.pop(watched, None)

    def close(self) -> None:
        """End every page's stream, and let no more in."""
        self._closing = True
        for pages in self._pages.values():
            for page in pages:
                page.end()

    async def run(self) -> None:
        """Look for ever; cancelled at the end."""
        while True:
            begun = time.monotonic()
            self._woken.clear()
            await asyncio.gather(*(self._look(watched) for watched in tuple(self._pages)))
            await asyncio.sleep(max(0.0, begun + self._between_s - time.monotonic()))
            try:
                async with asyncio.timeout(max(0.0, begun + self._beat_s - time.monotonic())):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def _look(self, watched: Watched) -> None:
        answer = await self._asker.ask(_question(watched))
        if isinstance(answer, CounterDesk | HallDesk | HallBoard | UnknownCounter):
            for page in tuple(self._pages.get(watched, ())):
                page.give(answer)


def _question(watched: Watched) -> DeskQuestion:
    if watched is None:
        return LookAtAll()
    return watched if isinstance(watched, LookAtBoard) else Look(watched)
