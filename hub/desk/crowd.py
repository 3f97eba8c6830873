"""How many may hold a connection to the desk. Knows the web server's protocol, and nothing of pages.

The desk lives in the hub's process, and each connection costs that process a file. Without a bound whoever opens a
thousand and says nothing leaves the hub no file for its broker and its devices, or gives the broker's connection a
number that paho cannot wait on: select() ends at 1024 (man 2 select).
"""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 500
"""From here on the server answers 503; a hall has some 25 counters."""
MOST_HELD = MOST_CONNECTIONS + 50
"""Beyond it nobody is answered: the connection is closed as it comes."""
MOST_AT_ONCE = 100
"""So many are taken in before the server looks at the first of them (listen(2), and the same in asyncio's loop)."""

MOST_BOARDS, MOST_BOARDS_HELD = 100, 120
"""The same for televisions, which have a door of their own: nobody at it can keep an officer out."""
MOST_OF_ONE = 20
"""Connections of one address among them: a browser opens some six."""
ASKS_WITHIN_S = 10.0
"""A television that has asked nothing for so long, or has not come to the end of asking, is let go."""


class CountedConnection(H11Protocol):
    """A connection that is closed as it comes where too many are held already."""

    most = MOST_HELD

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn itself has it
        """Count it, and let it in or close it."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()


class BoardConnection(CountedConnection):
    """A television's. One machine cannot take the places of the others, and who asks nothing is not waited for."""

    most = MOST_BOARDS_HELD

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn itself has it
        """Count those of its machine too."""
        super().connection_made(transport)
        own = [each for each in self.connections if isinstance(each, BoardConnection) and each.machine == self.machine]
        if len(own) > MOST_OF_ONE:
            transport.abort()
        self._hang_up = self.loop.call_later(ASKS_WITHIN_S, self._end_unasked)

    @property
    def machine(self) -> str:
        """The address that it comes from."""
        return self.client[0] if self.client else ""

    def on_response_complete(self) -> None:
        """From here on it must ask anew."""
        super().on_response_complete()
        self._hang_up.cancel()
        self._hang_up = self.loop.call_later(ASKS_WITHIN_S, self._end_unasked)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is waited for any longer."""
        self._hang_up.cancel()
        super().connection_lost(exc)

    def _end_unasked(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()
