"""Ids and codes: the hub's only chance. Ids rise with time so that a journal reads in order; codes cannot be guessed."""

import secrets
import time

from contract.names import CallId, TicketId

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing in it is taken for something else, and a QR code holds it in its small alphabet."""


class RealChance:
    """Real ids and codes."""

    def ticket(self) -> TicketId:
        return TicketId(_id())

    def call(self) -> CallId:
        return CallId(_id())

    def block(self) -> str:
        return "".join(secrets.choice(_LETTERS) for _ in range(8))

    def code(self) -> str:
        return code_of(secrets.randbits(64))


def code_of(bits: int) -> str:
    """64 random bits as 13 letters in groups that can be read aloud: 7K3M-9QXD-2W5RA."""
    letters = "".join(_LETTERS[bits >> shift & 31] for shift in range(60, -1, -5))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _id() -> str:
    """Milliseconds since 1970 and 64 random bits, both in hexadecimal: 28 characters."""
    return f"{time.time_ns() // 1_000_000:012x}-{secrets.token_hex(8)}"
