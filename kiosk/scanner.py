"""The scanner as the window hears it: remembers the burst of keys that may be a scan. kiosk.scanning decides.

One for a window, in its thread.
"""

from kiosk.scanning import ENTER, Burst, struck


class Scanner:
    """`present`: whether this kiosk has one at all; without one every key is somebody's mischief and read as nothing."""

    def __init__(self, *, present: bool) -> None:
        self._present = present
        self._burst = Burst()

    def typed(self, text: str, at: float) -> None:
        """Signs that a keyboard somewhere behind sent, at `at` (monotonic seconds)."""
        for sign in text:
            self._burst, _ = struck(self._burst, sign, at)

    def entered(self, at: float) -> str | None:
        """Enter was pressed: what was scanned, or None where that was no scan."""
        self._burst, text = struck(self._burst, ENTER, at)
        return text if self._present else None
