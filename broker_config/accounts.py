"""The broker's accounts as mosquitto reads them: a file of hashed passwords and a file of rights.

Pure: salts are passed in. Knows no folder and no running broker.
"""

import base64
import hashlib
from collections.abc import Callable, Sequence

from msgspec import Struct

from broker_config.rights import LEVEL_IN_WORDS, is_level, rights_of
from contract.names import DeviceId, HallId

ITERATIONS = 101
"""Of PBKDF2-SHA512: mosquitto's own number. It hashes in its only thread, at each sign-in and for everybody who is connected at
each reload. More rounds would guard nothing: passwords hold 192 random bits (NIST SP 800-132 wants rounds for what people make up)."""

SALT_BYTES = 12
HASH_BYTES = 64
"""Both as mosquitto 2.0 wants them (its password_mosq.h)."""


class Account(Struct, frozen=True):
    """A user name at the broker and its password in the clear, as the device's own file holds it."""

    name: DeviceId
    password: str


def password_file(accounts: Sequence[Account], salt: Callable[[int], bytes]) -> str:
    """The password_file of mosquitto: one `name:$7$iterations$salt$hash` a line, in the order of the names."""
    return "".join(f"{_password_line(account, salt(SALT_BYTES))}\n" for account in _sorted(accounts))


def rights_file(hall: HallId, accounts: Sequence[Account]) -> str:
    """The acl_file of mosquitto. Whoever is not listed may do nothing."""
    blocks = [
        "\n".join([f"user {account.name}", *(f"topic {r.verb} {r.topic}" for r in rights_of(hall, account.name)), ""])
        for account in _sorted(accounts)
    ]
    return "\n".join(["# Made from the contract's catalogue; changes here are overwritten.", *blocks])


def _sorted(accounts: Sequence[Account]) -> list[Account]:
    return sorted(accounts, key=lambda account: account.name)


def _password_line(account: Account, salt: bytes) -> str:
    if not is_level(account.name):
        raise ValueError(f"{account.name!r} cannot be a user name: {LEVEL_IN_WORDS}")
    digest = hashlib.pbkdf2_hmac("sha512", account.password.encode(), salt, ITERATIONS, HASH_BYTES)
    return f"{account.name}:$7${ITERATIONS}${_base64(salt)}${_base64(digest)}"


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
