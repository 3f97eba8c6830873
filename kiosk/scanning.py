"""What a scanner types, told apart from a person: a fast burst of keys that ends with Enter. And what is in it. Pure.

A keyboard-type scanner is a keyboard: its keys come through the window like anybody's. It strikes them a few milliseconds
apart (slow ones some twenty), a person's fastest roll is some sixty. A window hears keys once a frame, some at once and the
next after it was drawn (33 to 54 ms): so it is the mean pause that tells, and one long pause ends the burst.
"""

from msgspec import Struct

MEAN_S = 0.045
"""The keys of a scan are not further apart than this on the average."""

PAUSE_S = 0.15
"""Two keys of one scan are never further apart: two or three frames of a slow machine."""

SHORTEST, LONGEST = 4, 300
"""Signs of a scan. Less is a key that bounced; more is something that was laid on a keyboard, and is forgotten."""

LONGEST_CODE = 64
"""Signs of a code, at the most (contract.names.FollowCode)."""

ENTER = "\r"


class Burst(Struct, frozen=True):
    """The keys that came so far without a pause; when the first and the last one came, in monotonic seconds."""

    text: str = ""
    first_at: float = 0.0
    last_at: float = 0.0


class Scan(Struct, frozen=True):
    """What a paper's code says: a number, or what a phone follows it by."""

    number: str | None = None
    code: str | None = None


def struck(burst: Burst, key: str, at: float) -> tuple[Burst, str | None]:
    """One more key (a sign, or ENTER): the burst that goes on, and a whole scan where this key ended one."""
    goes_on = bool(burst.text) and at - burst.last_at <= PAUSE_S
    text, first_at = (burst.text, burst.first_at) if goes_on else ("", at)
    if key == ENTER:
        is_scan = SHORTEST <= len(text) < LONGEST and (at - first_at) / len(text) <= MEAN_S
        return Burst(), text if is_scan else None
    # One that is too long goes on to be that until a pause comes.
    return Burst((text + key)[:LONGEST], first_at, at), None


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
