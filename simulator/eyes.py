"""Looks at a kiosk from outside: which screen it shows, with which numbers, and which papers come out of it.

Only faces and papers are looked at, and only what changed is told.
"""

import re
from collections.abc import Iterator
from typing import Any

from kiosk.faces import Face, screen_name
from simulator.programs import KioskProgram
from simulator.stamps import numbers_on, read
from simulator.witness import Witness

NUMBER = re.compile(r"(?=.*[0-9]{3})[A-Z0-9]{1,3}[0-9]{3,}")
TELLS_NUMBERS = ("ticket", "no-paper", "tickets")


class KioskEyes:
    """On one kiosk. Tells a witness `screen` and `paper`."""

    def __init__(self, kiosk: KioskProgram, witness: Witness) -> None:
        self._kiosk = kiosk
        self._witness = witness
        self._seen: tuple[str, list[str]] | None = None

    def look(self) -> None:
        """Once, now."""
        kiosk = self._kiosk
        kiosk.changed = False
        screen, numbers = "dark", list[str]()
        if kiosk.running:
            face = kiosk.device.view()
            screen = screen_name(face)
            numbers = numbers_told(face)
        if self._seen != (screen, numbers):
            self._seen = (screen, numbers)
            self._witness.saw("screen", device=kiosk.name, screen=screen, numbers=numbers)
        while kiosk.printer.slips:
            words = read(kiosk.printer.slips.popleft())
            self._witness.saw("paper", device=kiosk.name, numbers=numbers_on(words), words=words)


def numbers_told(face: Face) -> list[str]:
    """The numbers that a visitor is given on this screen; one that he asks about is none of them."""
    if screen_name(face) not in TELLS_NUMBERS:
        return []
    return list(dict.fromkeys(text for text in texts_in(face) if NUMBER.fullmatch(text)))


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a face."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts_in(one)
    elif hasattr(value, "__struct_fields__"):
        for field in value.__struct_fields__:
            yield from texts_in(getattr(value, field))
