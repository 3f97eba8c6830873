"""The display's side of its loudspeaker: how loud at this hour, at which instant with others, and whether it is heard at all.

It decides nothing: loudness.py and together.py do. It knows no voice, no link and no Kivy.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from contract.calls import Call
from display import together
from display.loudness import Rung, VolumeHours, ring_alone, volume_at
from voice.loudspeaker import length_s
from voice.player import NotPlayed, Player

logger = logging.getLogger(__name__)


class Output:
    """Plays the sounds of calls. `hours`: the volume by the hall's own clock."""

    def __init__(self, player: Player, chime: Path, hours: tuple[VolumeHours, ...]) -> None:
        self._player = player
        self._chime = chime
        self._hours = hours
        self._usual = 1.0
        self._volume: float | None = None
        self._pace = together.Pace()
        self._rung = Rung()
        self._chime_s = 0.0
        self._trouble = ""
        self.missing = ""
        """Why nothing can be heard; "" while it can."""

    def open(self, volume: float) -> None:
        """Load the chime, find the sound card. `volume` is the usual one, 0 to 1."""
        self._usual = volume
        self.hour(None)
        try:
            self._chime_s = length_s(self._chime)
            self._player.prepare(self._chime)
        except NotPlayed as trouble:
            self.missing = str(trouble)
            logger.error("loudspeaker-missing why=%s", trouble)  # noqa: TRY400 - the reason says all
        self._trouble = self._player.trouble()

    def hour(self, moment: datetime | None) -> None:
        """Be as loud as this moment wants, when it wants another volume than the last one did."""
        volume = volume_at(self._usual, self._hours, moment)
        if volume != self._volume:
            self._volume = volume
            self._player.set_volume(volume)

    def set_volume(self, volume: float) -> None:
        """From 0 to 1, until an hour wants another; what is beyond is taken as the end it is nearest to."""
        self._player.set_volume(min(1.0, max(0.0, volume)))

    def look(self) -> bool:
        """Whether it began or ceased to be heard since the last look."""
        trouble = self._player.trouble()
        if trouble == self._trouble:
            return False
        changed = bool(trouble) != bool(self.missing)
        self._trouble = self.missing = trouble
        return changed

    def heartbeat(self, at: datetime, now_s: float) -> None:
        """The hub's clock, live."""
        self._pace = together.heard(self._pace, at, now_s)

    def play(self, call: Call, wave: Path, lasts_s: float, ended: Callable[[], None], now_s: float) -> None:
        """A sound of a call: at once, or at the instant that all its announcers keep. Raises NotPlayed."""
        self._pace, at_s = together.begin(self._pace, call, lasts_s, now_s)
        if at_s is not None:
            logger.info(
                "group-sound call=%s in_ms=%.0f after_call_ms=%.0f",
                call.call,
                1000 * (at_s - now_s),
                1000 * (at_s - self._pace.clock.ours(call.at)),
            )
        self._player.play(wave, ended, at_s)

    def ring(self, call: Call, ended: Callable[[], None], now_s: float) -> None:
        """The chime before a call. Raises NotPlayed."""
        self.play(call, self._chime, self._chime_s, ended, now_s)

    def ring_alone(self, call: Call, now_s: float) -> None:
        """The chime for a call that nobody speaks; nothing follows it."""
        self._rung, rings = ring_alone(self._rung, call, now_s)
        if rings:
            try:
                self._player.play(self._chime, lambda: None)
            except NotPlayed as trouble:
                logger.warning("not-rung call=%s why=%s", call.call, trouble)

    @property
    def remark(self) -> str:
        """What the technician should know of the sound card; "" for nothing."""
        count = self._player.reopened
        return f"sound card opened anew {count} times" if count else ""

    def close(self) -> None:
        """Stop sounding at once."""
        self._player.close()
