"""Keeps kiosks supplied with numbers of their own: knows which installation each kiosk is, and when it must be looked at.

It looks when a day turns, a kiosk says that it is another installation, devices come or go, or a kiosk has used of its
numbers; hub.domain.lending decides. It says nothing itself.
"""

import logging
from collections.abc import Callable
from datetime import date

from contract.devices import DeviceStatus
from contract.names import DeviceId
from hub.batch import Batch
from hub.domain import lending, reports
from hub.domain.book import HallBook
from hub.domain.facts import BlockLent
from hub.register import Register

logger = logging.getLogger(__name__)


class Lending:
    """One word for each kiosk of the register. In memory: what a kiosk was last known as stands in the blocks themselves."""

    def __init__(self, book: HallBook, register: Register, new_part: Callable[[], str]) -> None:
        """`new_part`: see hub.domain.lending.due."""
        self._book = book
        self._register = register
        self._new_part = new_part
        self._installations: dict[DeviceId, str] = {}
        self._due = True
        self._seen: tuple[date | None, bool] | None = None

    def take_status(self, device: DeviceId, status: DeviceStatus) -> None:
        """A kiosk says who it is. A will or a farewell may be an earlier installation's and tells nothing."""
        if status.state == "online" and self._installations.get(device) != status.installation:
            self._installations[device] = status.installation
            self._due = True

    def take_register(self, register: Register) -> None:
        """Devices came or went."""
        self._register = register
        self._due = True

    def numbers_were_used(self) -> None:
        """A kiosk gave numbers of its own: it may soon have too few."""
        self._due = True

    def look(self, batch: Batch) -> None:
        """Lends and retires what is due, as part of this batch."""
        day = (batch.state.day, batch.state.day_open)
        if not self._due and day == self._seen:
            return
        self._due, self._seen = False, day
        kiosks = {
            device.id: self._installations.get(device.id)
            for device in self._register.values()
            if device.role == "kiosk"
        }
        at = reports.moment_of_report(batch.state, batch.now)
        facts = lending.due(batch.state, self._book, kiosks, at, self._new_part)
        batch.take(facts)
        for fact in facts:
            if isinstance(fact, BlockLent) and f"/{lending.MOST_A_DAY}/" in fact.block:
                logger.error("last-block-of-the-day device=%s: is there another machine of this name?", fact.device)
