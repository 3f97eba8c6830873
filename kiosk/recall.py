"""What a kiosk knows again after it was started anew: who it is, its own numbers, and the hub's time as it heard it last.

It lies in the same file as the counterfoils of the numbers that were given: whoever loses one loses all, is another
installation from then on, and is lent other numbers. The hub's time is known again only while the machine was not
switched off: then its seconds have gone on counting.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

import msgspec
from msgspec import Struct

from kiosk.reserve import Reserve
from kiosk.state import HubPulse
from link.outbox import Outbox, OutboxFull

logger = logging.getLogger(__name__)

INSTALLATION, RESERVE, PULSE = "=installation", "=reserve", "=pulse"
"""Keys, and kinds, of entries that are not to be said. A request's id never begins so."""

PULSE_EVERY_S = 600.0
"""Written so often while the hub is here: reckoning on from ten minutes ago is as good as from five seconds ago."""
PULSE_OFF_S = 1.0
"""And whenever the hub's clock stands otherwise than it was reckoned by more than this."""


Known = TypeVar("Known", bound=Struct)


class _Pulse(Struct, frozen=True):
    machine_boot: str
    pulse: HubPulse


class Recall:
    """Reads and writes single entries. What the disk does not take is not known again: safe, since then nothing is given."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._pulse: HubPulse | None = None

    def installation(self, new: Callable[[], str]) -> str:
        """Which installation this is; a new one where nothing is known."""
        known = self._read(INSTALLATION)
        if known and known.isascii():
            return known.decode()
        made = new()
        self._write(INSTALLATION, made.encode())
        return made

    def reserve(self, installation: str) -> Reserve | None:
        """The kiosk's own numbers, as far as they are this installation's."""
        found = self._decoded(RESERVE, Reserve)
        return found if found is not None and found.installation == installation else None

    def pulse(self, machine_boot: str) -> HubPulse | None:
        """The hub's last pulse, if this machine has not been switched off since; as one that has been lost."""
        found = self._decoded(PULSE, _Pulse)
        if found is None or not machine_boot or found.machine_boot != machine_boot:
            return None
        return HubPulse(found.pulse.boot, found.pulse.hub_at, found.pulse.heard_at, lost=True)

    def keep_reserve(self, reserve: Reserve) -> bool:
        """Whether it is on disk now."""
        return self._write(RESERVE, msgspec.json.encode(reserve))

    def keep_pulse(self, pulse: HubPulse | None, machine_boot: str) -> None:
        """Now and then, and when the hub's clock was set."""
        last = self._pulse
        if pulse is None or pulse.lost or not machine_boot or (last is not None and not _is_news(last, pulse)):
            return
        if self._write(PULSE, msgspec.json.encode(_Pulse(machine_boot, pulse))):
            self._pulse = pulse

    def _decoded(self, key: str, kind: type[Known]) -> Known | None:
        """None, and a line in the log, for what another version wrote in another form."""
        body = self._read(key)
        try:
            return None if body is None else msgspec.json.decode(body, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            logger.error("recall-unread key=%s why=%s", key, error)  # noqa: TRY400 - the reason says all
            return None

    def _read(self, key: str) -> bytes | None:
        try:
            return next((entry.body for entry in self._outbox.entries() if entry.key == key), None)
        except OutboxFull as error:
            logger.error("recall-unreadable key=%s why=%s", key, error)  # noqa: TRY400 - the reason says all
            return None

    def _write(self, key: str, body: bytes) -> bool:
        try:
            self._outbox.put(key, key, body)
        except OutboxFull as error:
            logger.error("recall-unwritten key=%s why=%s", key, error)  # noqa: TRY400 - the reason says all
            return False
        return True


def _is_news(last: HubPulse, pulse: HubPulse) -> bool:
    passed_s = pulse.heard_at - last.heard_at
    off_s = (pulse.hub_at - last.hub_at).total_seconds() - passed_s
    return passed_s >= PULSE_EVERY_S or abs(off_s) > PULSE_OFF_S or pulse.boot != last.boot
