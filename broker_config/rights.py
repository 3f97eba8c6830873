"""Who may say and hear what at the broker: three branches, worked out from the contract's catalogue.

The broker guards identity (a device speaks as itself and hears what is its own); what a role may say is the hub's
business, which refuses it aloud and counts it. Pure: knows no broker's way of writing it down.
"""

import re
from typing import Literal

from msgspec import Struct

from contract.catalogue import CATALOGUE, ROOT
from contract.names import LEVEL_PATTERN, DeviceId, HallId

HUB_ACCOUNT = DeviceId("hub")
"""The hub's user name at the broker; no device may have it."""

ANY_DEVICE = "+"
LEVEL_IN_WORDS = "use 1 to 40 of a-z, 0-9 and -"


class Right(Struct, frozen=True, order=True):
    """One thing an account may do. `topic` is a whole MQTT filter."""

    verb: Literal["read", "write"]
    topic: str


def rights_of(hall: HallId, account: DeviceId) -> tuple[Right, ...]:
    """Everything `account` may do in `hall`; nothing else is allowed, and an account that is not listed may do nothing.

    ValueError for a name that could not be a topic level: it might hold a wildcard or a line break.
    """
    for name in (hall, account):
        if not is_level(name):
            raise ValueError(f"{name!r} cannot be a topic level: {LEVEL_IN_WORDS}")
    rights = set()
    for entry in CATALOGUE:
        hub_says = "hub" in entry.said_by
        if account == HUB_ACCOUNT:
            rights.add(Right("write" if hub_says else "read", _branch(hall, entry.branch, ANY_DEVICE)))
        else:
            rights.add(Right("read" if hub_says else "write", _branch(hall, entry.branch, account)))
    return tuple(sorted(rights))


def is_level(name: str) -> bool:
    """Whether a name can be one level of a topic (a search with `$` would let a line break pass at the end)."""
    return re.fullmatch(LEVEL_PATTERN, name) is not None


def _branch(hall: HallId, branch: str, device: str) -> str:
    """The filter over a branch, no deeper than the catalogue's own topics where these are all of one depth."""
    depths = {entry.topic.count("/") for entry in CATALOGUE if entry.branch == branch}
    owner = f"/{device}" if any(e.topic.startswith(f"{branch}/{{device}}/") for e in CATALOGUE) else ""
    below = "+" if len(depths) == 1 else "#"
    return f"{ROOT}/{hall}/{branch}{owner}/{below}"
