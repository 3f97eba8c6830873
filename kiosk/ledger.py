"""What a kiosk must not forget of its numbers although it dies: kept in the outbox, entry by entry.

Contract.md, "How a ticket is issued": a request is kept before it is said; "printing" is kept before the number is
shown and the first byte goes. After a restart what was before that is abandoned, and what was after it is `unknown`.
"""

import logging
from typing import TypeVar

import msgspec
from msgspec import Struct

from contract.catalogue import Message
from contract.codec import encode
from contract.names import RequestId
from contract.tickets import TicketAbandoned, TicketIssued, TicketPrinted, TicketRequested
from link.outbox import Outbox, OutboxEntry, OutboxFull

logger = logging.getLogger(__name__)

ASKED, PRINTING, ABANDONED, PRINTED = "asked", "printing", "abandoned", "printed"
"""Kinds of entries: on its way to a number; told and being printed; to be said: abandoned, printed."""

Kept = TypeVar("Kept", bound=Struct)

UNTAKEN_LIMIT = 50
"""Endings that the disk did not take, kept in memory; beyond, the oldest waits for the kiosk's next start."""

STARTED_ANEW = "the kiosk was started anew while it printed"


class Unsaid(Struct, frozen=True):
    """Something the hub must still hear."""

    key: str
    message: Message


class Ledger:
    """Five verbs on an outbox. `asked` and `printing` answer whether the disk took it; what becomes of a request
    is tried again until the disk takes it, and said all the same.
    """

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._untaken: dict[str, tuple[RequestId, OutboxEntry]] = {}

    def asked(self, request: TicketRequested) -> bool:
        """A request that will be said."""
        return self._put(request.request, ASKED, encode(request))

    def printing(self, issued: TicketIssued) -> bool:
        """A number that is told from now on."""
        return self._put(issued.request, PRINTING, encode(issued))

    def abandoned(self, request: RequestId) -> str:
        """Nobody has this number: to be said, under the key that is given back. Its request is over."""
        return self._over(request, ABANDONED, encode(TicketAbandoned(request)))

    def printed(self, request: RequestId, printed: TicketPrinted) -> str:
        """What became of the paper: to be said, under the key that is given back. Its request is over."""
        return self._over(request, PRINTED, encode(printed))

    def settle(self, key: str) -> None:
        """Said and done."""
        untaken = self._untaken.pop(key, None)
        if untaken is not None:
            self.settle(untaken[0])
        try:
            self._outbox.settle(key)
        except OutboxFull as error:
            logger.error("ledger-stuck key=%s why=%s", key, error)  # noqa: TRY400 - the reason says all

    def unsaid(self) -> tuple[Unsaid, ...]:
        """What the hub must still hear, or may not have heard yet, oldest first."""
        for request, entry in list(self._untaken.values()):
            self._over(request, entry.kind, entry.body)
        found = []
        for entry in (*self._entries(), *(entry for _, entry in self._untaken.values())):
            message = _message(entry)
            if message is not None:
                found.append(Unsaid(entry.key, message))
        return tuple(found)

    def begin(self) -> None:
        """After a start: close what the last start left open."""
        for entry in self._entries():
            if entry.kind == ASKED:
                logger.info("left-open request=%s now=abandoned", entry.key)
                self.abandoned(RequestId(entry.key))
            elif entry.kind == PRINTING:
                issued = _decoded(entry, TicketIssued)
                if issued is None:
                    self.settle(entry.key)
                else:
                    logger.info("left-open request=%s number=%s now=unknown", entry.key, issued.ticket.number)
                    self.printed(issued.request, TicketPrinted(issued.ticket.id, "unknown", detail=STARTED_ANEW))

    def _over(self, request: RequestId, kind: str, body: bytes) -> str:
        """A request is over. Where the disk does not take how, the request stays there as it was, for the next start."""
        key = f"{request}/{kind}"
        if self._put(key, kind, body):
            self._untaken.pop(key, None)
            self.settle(request)
        else:
            self._untaken[key] = (request, OutboxEntry(key, kind, body))
            if len(self._untaken) > UNTAKEN_LIMIT:
                del self._untaken[next(iter(self._untaken))]
        return key

    def _entries(self) -> tuple[OutboxEntry, ...]:
        try:
            return self._outbox.entries()
        except OutboxFull as error:
            logger.error("ledger-unreadable why=%s", error)  # noqa: TRY400 - the reason says all
            return ()

    def _put(self, key: str, kind: str, body: bytes) -> bool:
        try:
            self._outbox.put(key, kind, body)
        except OutboxFull as error:
            logger.error("ledger-full key=%s kind=%s why=%s", key, kind, error)  # noqa: TRY400 - the reason says all
            return False
        return True


def _message(entry: OutboxEntry) -> Message | None:
    if entry.kind == ABANDONED:
        return _decoded(entry, TicketAbandoned)
    if entry.kind == PRINTED:
        return _decoded(entry, TicketPrinted)
    return None


def _decoded(entry: OutboxEntry, kind: type[Kept]) -> Kept | None:
    """None, and a line in the log, for an entry that another version wrote in another form."""
    try:
        return msgspec.json.decode(entry.body, type=kind)
    except msgspec.MsgspecError as error:
        logger.error("ledger-entry-unread key=%s why=%s", entry.key, error)  # noqa: TRY400 - the reason says all
        return None
