"""Says to the hub what it must hear of numbers and papers, until the hub can be taken to have it: acts, decides nothing.

The ledger keeps what is to be said, kiosk.settling decides when that is over.
"""

from contract.halls import HubHeartbeat
from contract.names import RequestId
from contract.tickets import Refused, TicketIssued, TicketPrinted
from kiosk import settling
from kiosk.ledger import Ledger, Unsaid
from kiosk.settling import Settling
from link.link import Link

SAY_EVERY_S = 1.0
"""What could not be said is tried so often while the hub is here."""
AGAIN_S = 2.0
"""A number of the kiosk's own is said again after so long without an answer (contract: no answer in 2 s, again)."""
AT_ONCE = 20
"""So many of them wait for their answers at most: a day without the hub may have left hundreds."""


class Reporter:
    """Everything happens in the kiosk's own thread. Holds as many keys as the ledger's outbox holds entries."""

    def __init__(self, ledger: Ledger, link: Link, now_s: float) -> None:
        self._ledger = ledger
        self._link = link
        self._settling = Settling()
        self._unsaid = True
        self._due_s = now_s
        self._said_s: dict[str, float] = {}

    def gave(self) -> None:
        """Numbers of the kiosk's own were told: to be said once the hub is here."""
        self._unsaid = True

    def answered(self, answer: TicketIssued | Refused) -> None:
        """The hub has such a number now, or refused it: what is to be said last of it is said soon."""
        self._said_s.pop(answer.request, None)
        key = self._ledger.answered(answer)
        if key is not None:
            self._say_anew(key)

    def abandoned(self, request: RequestId) -> None:
        """Nobody has the number of this request: kept, and said soon."""
        self._say_anew(self._ledger.abandoned(request))

    def printed(self, request: RequestId, printed: TicketPrinted) -> None:
        """What became of a paper: kept, and said soon."""
        self._say_anew(self._ledger.printed(request, printed))

    def connected(self) -> None:
        """What was said on the last connection may have been lost with it."""
        self._settling = settling.all_again(self._settling)
        self._said_s.clear()
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
        waiting = 0
        for unsaid in self._ledger.unsaid():
            if unsaid.answered:
                waiting += 1
                if waiting <= AT_ONCE and not self._say_given(unsaid, now_s):
                    return
                continue
            if not settling.is_due(self._settling, unsaid.key):
                continue
            if not self._link.say(unsaid.message):
                return
            self._settling = settling.said(self._settling, unsaid.key)
        self._unsaid = waiting > 0

    def _say_given(self, unsaid: Unsaid, now_s: float) -> bool:
        """A number of the kiosk's own, for the first time or once more. False: nothing can be said now."""
        said_s = self._said_s.get(unsaid.key)
        if said_s is not None and now_s - said_s < AGAIN_S:
            return True
        if not self._link.say(unsaid.message):
            return False
        self._said_s[unsaid.key] = now_s
        return True

    def _say_anew(self, key: str) -> None:
        self._settling = settling.again(self._settling, key)
        self._unsaid = True
