"""A technician's PIN, hashed and held against its hash. The only file that knows argon2.

Slow on purpose (some 50 ms and 64 MB with argon2's own defaults, RFC 9106): never call it where frames are drawn.
"""

from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 6, 12
"""Digits. With the delays of kiosk.gate six of them take years to try out."""


def why_not(pin: str) -> str:
    """What is wrong with a new PIN, in words; empty where nothing is."""
    if not pin.isascii() or not pin.isdecimal() or not SHORTEST <= len(pin) <= LONGEST:
        return f"a PIN is {SHORTEST} to {LONGEST} digits"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        return "that is the first one that anybody tries: one digit again and again, or counting"
    return ""


def hash_of(pin: str) -> str:
    """What may be written into a file."""
    return PasswordHasher().hash(pin)


def is_hash(written: str) -> bool:
    """Whether it is one that `fits` can be asked with."""
    return written.startswith("$argon2id$")


def fits(written: str, pin: str) -> bool:
    """Whether it is the PIN of that hash. A hash that is none fits nothing."""
    try:
        return PasswordHasher().verify(written, pin)
    except (VerificationError, InvalidHashError):
        return False
