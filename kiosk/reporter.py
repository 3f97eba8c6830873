"""Says to the hub what it must hear of numbers and papers, until the hub can be taken to have it: acts, decides nothing.

The ledger keeps what is to be said, kiosk.settling decides when that is over.
"""

from contract.halls import HubHeartbeat
from contract.names import RequestId
from contract.tickets import TicketPrinted
from kiosk import settling
from kiosk.ledger import Ledger
from kiosk.settling import Settling
from link.link import Link

SAY_EVERY_S = 1.0
"""What could not be said is tried so often while the hub is here."""


class Reporter:
    """Everything happens in the kiosk's own thread. Holds as many keys as the ledger's outbox holds entries."""

    def __init__(self, ledger: Ledger, link: Link, now_s: float) -> None:
        self._ledger = ledger
        self._link = link
        self._settling = Settling()
        self._unsaid = True
        self._due_s = now_s

    def abandoned(self, request: RequestId) -> None:
        """Nobody has the number of this request: kept, and said soon."""
        self._say_anew(self._ledger.abandoned(request))

    def printed(self, request: RequestId, printed: TicketPrinted) -> None:
        """What became of a paper: kept, and said soon."""
        self._say_anew(self._ledger.printed(request, printed))

    def connected(self) -> None:
        """What was said on the last connection may have been lost with it."""
        self._settling = settling.all_again(self._settling)
        self._unsaid = True

    def hear(self, beat: HubHeartbeat) -> None:
        """A live heartbeat: what it settles is forgotten."""
        before = self._settling
        self._settling, settled = settling.heard(before, beat)
        for key in settled:
            self._ledger.settle(key)
        if self._settling.due or len(self._settling.beats) + len(settled) < len(before.beats):
            self._unsaid = True

    def say(self, now_s: float) -> None:
        """In order; what cannot be said now stays. Call it only while the hub is here: a broker keeps nothing for it."""
        if not self._unsaid or now_s < self._due_s:
            return
        self._due_s = now_s + SAY_EVERY_S
        for unsaid in self._ledger.unsaid():
            if not settling.is_due(self._settling, unsaid.key):
                continue
            if not self._link.say(unsaid.message):
                return
            self._settling = settling.said(self._settling, unsaid.key)
        self._unsaid = False

    def _say_anew(self, key: str) -> None:
        self._settling = settling.again(self._settling, key)
        self._unsaid = True
