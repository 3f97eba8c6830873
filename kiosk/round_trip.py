"""How long the hub takes to answer, for the technicians' page. Times are passed in, in seconds."""

from contract.catalogue import Message
from contract.names import RequestId
from contract.tickets import Refused, TicketIssued


class RoundTrip:
    """Of the last request that was answered: `ms`, None before the first."""

    def __init__(self) -> None:
        self.ms: float | None = None
        self._asked_s: dict[RequestId, float] = {}

    def asked(self, request: RequestId, at_s: float) -> None:
        """A request goes out; only the newest is timed."""
        self._asked_s = {request: at_s}

    def heard(self, message: Message, at_s: float) -> None:
        """Whatever came from the hub; an answer ends the time."""
        if isinstance(message, TicketIssued | Refused):
            asked_s = self._asked_s.pop(message.request, None)
            if asked_s is not None:
                self.ms = round((at_s - asked_s) * 1000, 1)
