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


class CountedConnection(H11Protocol):
    """A connection that is closed as it comes where too many are held already."""

    most = MOST_HELD

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn itself has it
        """Count it, and let it in or close it."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()


class BoardConnection(CountedConnection):
    """A television's."""

    most = MOST_BOARDS_HELD
