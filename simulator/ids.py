"""The ids and codes of a simulated hub: counted, so that they can be read in a failing test."""

from collections.abc import Callable

from contract.names import CallId, TicketId


class Ids:
    """The hub's ids, counted."""

    def __init__(self, new: Callable[[str], str]) -> None:
        self._new = new

    def ticket(self) -> TicketId:
        """See hub.hearing.Chance."""
        return TicketId(self._new("ticket"))

    def call(self) -> CallId:
        """See hub.hearing.Chance."""
        return CallId(self._new("call"))

    def code(self) -> str:
        """See hub.hearing.Chance."""
        return self._new("CODE")

    def block(self) -> str:
        """See hub.hearing.Chance."""
        return self._new("b")
