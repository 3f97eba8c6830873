"""Looks at a kiosk from outside: which screen it shows, with which number, and which papers come out of it.

Only faces and papers are looked at, and only what changed is told.
"""

from kiosk.faces import screen_name
from simulator.programs import KioskProgram
from simulator.stamps import number_on, read
from simulator.witness import Witness


class KioskEyes:
    """On one kiosk. Tells a witness `screen` and `paper`."""

    def __init__(self, kiosk: KioskProgram, witness: Witness) -> None:
        self._kiosk = kiosk
        self._witness = witness
        self._seen: tuple[str, str] | None = None

    def look(self) -> None:
        """Once, now."""
        kiosk = self._kiosk
        kiosk.changed = False
        screen, number = "dark", ""
        if kiosk.running:
            face = kiosk.device.view()
            screen = screen_name(face)
            number = str(getattr(face, "number", ""))
        if self._seen != (screen, number):
            self._seen = (screen, number)
            self._witness.saw("screen", device=kiosk.name, screen=screen, number=number)
        while kiosk.printer.slips:
            words = read(kiosk.printer.slips.popleft())
            self._witness.saw("paper", device=kiosk.name, number=number_on(words), words=words)
