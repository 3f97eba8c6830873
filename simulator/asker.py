"""Somebody who was told a number and asks the hub about it later: does the hub still know?"""

from collections.abc import Callable
from random import Random
from typing import Any

from contract.names import Number, RequestId
from contract.tickets import NumberAsked
from link.inbox import Inbox
from link.memory_link import MemoryLink
from link.topics import topics_of
from simulator.hall import ASKER, HALL
from simulator.programs import Ground

EVERY_S = 15.0


class Asker:
    """A device of role kiosk that only asks. `numbers`: what visitors were told today."""

    def __init__(self, ground: Ground, numbers: Callable[[], list[str]], luck: Random) -> None:
        self._ground = ground
        self._numbers = numbers
        self._luck = luck
        self._asks_s = EVERY_S
        self._inbox: Inbox[Any] = Inbox()
        self._link = MemoryLink(ground.broker, ground.settings(ASKER), self._inbox, None)
        self._link.subscribe(topics_of("kiosk", HALL, ASKER))
        self._link.open()

    def step(self, now_s: float) -> None:
        """Asks about one of them. The answers are heard by the witness, on their way."""
        for _ in self._inbox.drain():
            pass
        if now_s >= self._asks_s:
            self._asks_s = now_s + self._luck.expovariate(1 / EVERY_S)
            numbers = self._numbers()
            if numbers:
                number = Number(self._luck.choice(numbers))
                self._link.say(NumberAsked(RequestId(self._ground.new_id("question")), number))
