"""The kiosk's narrator at work: carries out what the flow wants said, tells what was heard. Decides nothing."""

import logging
from collections.abc import Callable
from typing import assert_never

from kiosk.guide import VOLUMES, loudness
from kiosk.happenings import Happening, Hush, NotSaid, Say, VoicesKnown
from kiosk.narrator import Narrator, Spoke

logger = logging.getLogger(__name__)


class Speech:
    """Hands words to a narrator. `limit` is how loud the loudest step is, 0 to 1."""

    def __init__(self, narrator: Narrator, limit: float, tell: Callable[..., None]) -> None:
        self._narrator = narrator
        self._limit = limit
        self._tell = tell
        self._volume = 0.0

    def carry_out(self, effect: Say | Hush, step: int) -> None:
        """Say it at this step of the volume, or be silent."""
        match effect:
            case Say(text=text, language=language, loud=loud):
                self._volume = self._limit * loudness(VOLUMES if loud else step)
                self._narrator.say(text, language, self._volume)
            case Hush():
                self._narrator.hush()
            case _:
                assert_never(effect)

    def listen(self) -> list[Happening]:
        """What the flow must know of it."""
        found: list[Happening] = []
        for event in self._narrator.listen():
            match event:
                case Spoke(text=text, language=language, state=state):
                    self._tell("spoke", text=text, language=language, volume=round(self._volume, 3), state=state)
                case VoicesKnown(languages=languages):
                    logger.info("voice-ready languages=%s", ",".join(languages) or "none")
                    found.append(event)
                case NotSaid(why=why):
                    logger.warning("cannot-speak why=%s", why)
                    found.append(event)
                case _:
                    assert_never(event)
        return found

    def close(self) -> None:
        """Silence, and end the voice."""
        self._narrator.close()
