"""What a kiosk must not forget of its numbers although it dies: kept in the outbox, entry by entry.

Contract.md, "How a ticket is issued": a request is kept before it is said; "printing" is kept before the number is
shown and the first byte goes. After a restart what was before that is abandoned, and what was after it is `unknown`.
A number of the kiosk's own is kept as given before it is shown, and what is left of its block before that.
"""

import logging
from typing import TypeVar

import msgspec
from msgspec import Struct

from contract.catalogue import Message
from contract.codec import encode
from contract.names import RequestId
from contract.tickets import Refused, TicketAbandoned, TicketIssued, TicketPrinted, TicketRequested
from kiosk import counterfoils
from kiosk.counterfoils import Counterfoil
from kiosk.recall import Recall
from kiosk.reserve import Reserve
from kiosk.state import State, Unheard
from link.outbox import Outbox, OutboxEntry, OutboxFull

logger = logging.getLogger(__name__)

ASKED, PRINTING, ABANDONED, PRINTED, GIVEN = "asked", "printing", "abandoned", "printed", "given"
"""Kinds of entries: on its way to a number; told and being printed; to be said: abandoned, printed; a counterfoil."""

Kept = TypeVar("Kept", bound=Struct)

UNTAKEN_LIMIT = 50
"""Endings that the disk did not take, kept in memory; beyond, the oldest waits for the kiosk's next start."""

STARTED_ANEW = "the kiosk was started anew while it printed"


class Unsaid(Struct, frozen=True):
    """Something the hub must still hear. `answered`: it answers, and only its answer settles it."""

    key: str
    message: Message
    answered: bool = False


class Ledger:
    """Verbs on an outbox. `asked`, `printing` and `gave` answer whether the disk took it; what becomes of a request
    is tried again until the disk takes it, and said all the same.
    """

    def __init__(self, outbox: Outbox) -> None:
        self.recall = Recall(outbox)
        self._outbox = outbox
        self._given: dict[RequestId, Counterfoil] = {}
        self._untaken: dict[str, tuple[RequestId, OutboxEntry]] = {}

    def asked(self, request: TicketRequested) -> bool:
        """A request that will be said."""
        return self._put(request.request, ASKED, encode(request))

    def printing(self, issued: TicketIssued) -> bool:
        """A number that is told from now on."""
        return self._put(issued.request, PRINTING, encode(issued))

    def gave(self, given: tuple[TicketRequested, ...], reserve: Reserve) -> bool:
        """Numbers of the kiosk's own that are told from now on. What is left after them is kept first."""
        if not self.recall.keep_reserve(reserve):
            return False
        for each in given:
            foil = Counterfoil(each)
            if not self._keep(foil):
                for kept in given:
                    self._given.pop(RequestId(kept.request), None)
                    self.settle(kept.request)
                return False
        return True

    def answered(self, answer: TicketIssued | Refused) -> str | None:
        """What the hub said to a number of the kiosk's own. The key of what is to be said now, if anything is."""
        foil = self._given.get(RequestId(answer.request))
        if foil is None or foil.ticket is not None:
            return None
        if isinstance(answer, TicketIssued):
            return self._keep_or_end(msgspec.structs.replace(foil, ticket=answer.ticket.id))
        if answer.reason in counterfoils.FOR_GOOD:
            logger.error("own-number-refused request=%s reason=%s", foil.key, answer.reason)
            del self._given[foil.key]
            self.settle(foil.key)
        return None

    def unheard(self) -> tuple[Unheard, ...]:
        """The numbers of its own that the hub has not answered."""
        requests = ((key, foil.request) for key, foil in self._given.items() if foil.ticket is None)
        return tuple(
            Unheard(key, asked.service, asked.offline.block if asked.offline else "") for key, asked in requests
        )

    def abandoned(self, request: RequestId) -> str:
        """Nobody has this number: to be said, under the key that is given back. Its request is over."""
        if request in self._given:
            foil = msgspec.structs.replace(self._given[request], back=True)
            return self._keep_or_end(foil) or request
        return self._over(request, ABANDONED, encode(TicketAbandoned(request)))

    def printed(self, request: RequestId, printed: TicketPrinted) -> str:
        """What became of the paper: to be said, under the key that is given back. Its request is over."""
        if request in self._given:
            foil = counterfoils.printed(self._given[request], printed.outcome, printed.detail)
            return self._keep_or_end(foil) or request
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
        for entry in (*self._with_lost(), *(entry for _, entry in self._untaken.values())):
            foil = self._given.get(RequestId(entry.key)) if entry.kind == GIVEN else None
            message = counterfoils.unsaid(foil) if foil else _message(entry)
            if message is not None:
                found.append(Unsaid(entry.key, message, answered=foil is not None))
        return tuple(found)

    def begin(self) -> None:
        """After a start: close what the last start left open."""
        for entry in self._entries():
            if entry.kind == ASKED:
                logger.info("left-open request=%s now=abandoned", entry.key)
                self.abandoned(RequestId(entry.key))
            elif entry.kind == GIVEN:
                self._begin_with(_decoded(entry, Counterfoil), entry.key)
            elif entry.kind == PRINTING:
                issued = _decoded(entry, TicketIssued)
                if issued is None:
                    self.settle(entry.key)
                else:
                    logger.info("left-open request=%s number=%s now=unknown", entry.key, issued.ticket.number)
                    self.printed(issued.request, TicketPrinted(issued.ticket.id, "unknown", detail=STARTED_ANEW))

    def remembered(self, state: State, installation: str, machine_boot: str) -> State:
        """A kiosk's state at its start, with what an earlier start knew. Closes what that one left open."""
        self.begin()
        return msgspec.structs.replace(
            state,
            installation=installation,
            reserve=self.recall.reserve(installation),
            pulse=self.recall.pulse(machine_boot),
            unheard=self.unheard(),
        )

    def _begin_with(self, foil: Counterfoil | None, key: str) -> None:
        """A number that an earlier start told: it is the visitor's, whatever became of its paper."""
        if foil is None:
            self.settle(key)
        elif foil.outcome is None:
            logger.info("left-open request=%s now=unknown", key)
            self._keep_or_end(counterfoils.printed(foil, "unknown", STARTED_ANEW))
        else:
            self._keep_or_end(foil)

    def _with_lost(self) -> tuple[OutboxEntry, ...]:
        """All entries. A file that went bad while it was used was begun anew: numbers that we know of go into the new one."""
        entries = self._entries()
        there = {entry.key for entry in entries}
        lost = [foil for key, foil in self._given.items() if key not in there]
        for foil in lost:
            logger.error("own-number-kept-anew request=%s", foil.key)
            self._keep(foil)
        return self._entries() if lost else entries

    def _keep(self, foil: Counterfoil) -> bool:
        """In memory also where the disk does not take what became of it."""
        self._given[foil.key] = foil
        return self._put(foil.key, GIVEN, msgspec.json.encode(foil))

    def _keep_or_end(self, foil: Counterfoil) -> str | None:
        """The key of what is to be said last of it; None while there is more to come."""
        match counterfoils.ending(foil):
            case TicketAbandoned() as back:
                self._given.pop(foil.key, None)
                return self._over(foil.key, ABANDONED, encode(back))
            case TicketPrinted() as printed:
                self._given.pop(foil.key, None)
                return self._over(foil.key, PRINTED, encode(printed))
            case None:
                self._keep(foil)
                return None

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
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        logger.error("ledger-entry-unread key=%s why=%s", entry.key, error)  # noqa: TRY400 - the reason says all
        return None
