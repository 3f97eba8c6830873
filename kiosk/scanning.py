"""What a scanner types, told apart from a person: a fast burst of keys that ends with Enter. And what is in it. Pure.

A keyboard-type scanner is a keyboard: its keys come through the window like anybody's. It strikes them a few milliseconds
apart (slow ones some twenty), a person's fastest roll is some sixty; so a burst with a longer pause anywhere is no scan.
"""

from msgspec import Struct

GAP_S = 0.05
"""Two keys of one scan are never further apart."""

SHORTEST, LONGEST = 4, 300
"""Signs of a scan. Less is a key that bounced; more is something that was laid on a keyboard, and is forgotten."""

LONGEST_CODE = 64
"""Signs of a code, at the most (contract.names.FollowCode)."""

ENTER = "\r"


class Burst(Struct, frozen=True):
    """The keys that came so far without a pause. `last_at`: when the last one came, in monotonic seconds."""

    text: str = ""
    last_at: float = 0.0


class Scan(Struct, frozen=True):
    """What a paper's code says: a number, or what a phone follows it by."""

    number: str | None = None
    code: str | None = None


def struck(burst: Burst, key: str, at: float) -> tuple[Burst, str | None]:
    """One more key (a sign, or ENTER): the burst that goes on, and a whole scan where this key ended one."""
    fast = at - burst.last_at <= GAP_S
    text = burst.text if fast else ""
    if key == ENTER:
        return Burst("", at), text if SHORTEST <= len(text) < LONGEST else None
    if len(text) >= LONGEST:
        return Burst(text, at), None  # goes on to be too long until a pause comes
    return Burst(text + key, at), None


def read(text: str) -> Scan | None:
    """What a scanned text asks about: an address asks by its last part, anything else is a number. None for neither.

    Upper and lower case are one: scanners on a keyboard with caps lock turn them around.
    """
    text = text.strip().upper()
    if "/" in text:
        code = text.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
        signs = code.replace("-", "")
        return Scan(code=code) if len(code) <= LONGEST_CODE and signs.isascii() and signs.isalnum() else None
    return Scan(number=text) if text.isascii() and text.isalnum() and text[-1:].isdigit() else None
