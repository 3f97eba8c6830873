"""A visit that is listened to, for tests of the spoken guidance."""

from contract.names import Language
from kiosk.guide import Key
from kiosk.happenings import KeyPressed, Say, VoicesKnown
from tests.unit.kiosk_visit import ID, Visit

EN = Language("en")


class Guided(Visit):
    """A visit that is listened to. What was said since the last look is in `heard()`."""

    def __init__(self) -> None:
        super().__init__()
        self._keys = 0
        self._looked = 0

    def press(self, *keys: Key) -> None:
        for key in keys:
            self._keys += 1
            self.happen(KeyPressed(key, f"k-{self._keys}"))  # type: ignore[arg-type]

    def heard(self) -> list[str]:
        said = [effect.text for effect in self.effects[self._looked :] if isinstance(effect, Say)]
        self._looked = len(self.effects)
        return said

    def begin(self) -> None:
        """The first key, and a voice that speaks Indonesian and English."""
        self.press("down")
        self.happen(VoicesKnown((ID, EN)))
        self.heard()

    def find(self, words: str) -> str:
        """Press down until something with these words is said; it must come before everything has been said once."""
        first = None
        self.heard()
        while True:
            self.press("down")
            (said,) = self.heard()
            if words in said:
                return said
            assert said != first, f"nothing on {self.state.place} says {words}"
            first = first or said
