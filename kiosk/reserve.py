"""A kiosk's own numbers: the block that the hub lent it, and how far it has given of it. Pure data and reckoning on it.

What is not in here was given, or belongs to somebody else. It must be on disk before a number of it is shown.
"""

from msgspec import Struct
from msgspec.structs import replace

from contract.names import Number
from contract.numbering import number_of
from contract.tickets import NumberBlock, OfflineNumbers

FORMER = 20
"""So many names of blocks that it had are remembered: one that is heard of again late must not be given from anew."""


class Reserve(Struct, frozen=True):
    """`next`: the count that is given next, for each prefix of which something was given."""

    installation: str
    day: str
    block: str
    spans: dict[str, NumberBlock]
    next: dict[str, int] = {}
    former: tuple[str, ...] = ()


def taken(known: Reserve | None, lent: OfflineNumbers, installation: str, *, earlier: bool = False) -> Reserve | None:
    """What the kiosk has once it heard this; None where that changes nothing.

    Another installation's numbers, an earlier day's, and a block that it has or had already change nothing. With `earlier`
    an earlier day's are taken: what is in hand is of a day that the hub's clock only seemed to have come to.

    Of a day of which it gave numbers already it gives none of them anew: a hub whose journal was set back lends them again.
    """
    if lent.installation != installation:
        return None
    if known is None:
        return Reserve(installation, lent.day, lent.block, lent.blocks)
    if (lent.day < known.day and not earlier) or lent.block in (known.block, *known.former):
        return None
    # What nothing was given of can be begun when its day does come.
    begun = bool(known.next) or lent.day >= known.day
    former = (*known.former, known.block)[-FORMER:] if begun else known.former
    going_on = {
        prefix: count
        for prefix, count in known.next.items()
        if lent.day == known.day and (span := lent.blocks.get(prefix)) and span.first < count <= span.last + 1
    }
    return Reserve(installation, lent.day, lent.block, lent.blocks, going_on, former)


def without_any(reserve: Reserve) -> Reserve:
    """The hub does not know this block: no number of it is given any more, and it is known when it is heard of again."""
    return replace(reserve, spans={})


def next_of(reserve: Reserve, prefix: str) -> Number | None:
    """The number of a prefix that would be given now; None where none is left or there never was one."""
    span = reserve.spans.get(prefix)
    if span is None:
        return None
    count = reserve.next.get(prefix, span.first)
    return number_of(prefix, count) if count <= span.last else None


def without_next(reserve: Reserve, prefix: str) -> Reserve:
    """The same, after that number was given."""
    count = reserve.next.get(prefix, reserve.spans[prefix].first)
    return replace(reserve, next=reserve.next | {prefix: count + 1})


def is_used_up(reserve: Reserve) -> bool:
    """Whether not one number is left."""
    return all(next_of(reserve, prefix) is None for prefix in reserve.spans)
