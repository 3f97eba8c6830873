"""When the hub may be taken to have written down what was said to it: the contract has no answer to that. Pure.

A hub writes down what it has heard before it says more. So what was said is settled by three later heartbeats of one
boot: the first may have been on its way already; and with each of the others it is said once more, because a broker may
lose what it has acknowledged. A hub that started anew, was lost or may have missed something while
a connection was broken is told again; it takes a repetition as nothing new. Knows keys, never what they stand for.
"""

from msgspec import Struct
from msgspec.structs import replace

from contract.halls import HubHeartbeat

BEATS = 3


class Settling(Struct, frozen=True):
    """What was said, and for each key how many heartbeats of this boot came since. As many keys as the outbox holds.

    `due`: those of them that are to be said once more.
    """

    boot: int | None = None
    seq: int = 0
    beats: dict[str, int] = {}
    due: frozenset[str] = frozenset()


def said(settling: Settling, key: str) -> Settling:
    """It was said, just now. Said once more, it keeps its count."""
    return replace(settling, beats={key: 0} | settling.beats, due=settling.due - {key})


def is_due(settling: Settling, key: str) -> bool:
    """Whether it is to be said, for the first time or once more."""
    return key not in settling.beats or key in settling.due


def again(settling: Settling, key: str) -> Settling:
    """There is something new to be said under this key."""
    return replace(settling, beats={one: beats for one, beats in settling.beats.items() if one != key})


def all_again(settling: Settling) -> Settling:
    """Nobody knows what the hub has heard of it: say everything once more."""
    return replace(settling, beats={}, due=frozenset())


def heard(settling: Settling, beat: HubHeartbeat) -> tuple[Settling, tuple[str, ...]]:
    """A live heartbeat, and which keys it settles. A repeated one counts once, a will of an earlier start not at all."""
    if beat.state == "lost":
        return (settling if settling.boot is not None and beat.boot < settling.boot else all_again(settling)), ()
    seq = beat.seq or 0
    if beat.boot != settling.boot:
        return Settling(beat.boot, seq), ()
    if seq <= settling.seq:
        return settling, ()
    counted = {key: beats + 1 for key, beats in settling.beats.items()}
    settled = tuple(key for key, beats in counted.items() if beats >= BEATS)
    left = {key: beats for key, beats in counted.items() if beats < BEATS}
    return Settling(beat.boot, seq, left, frozenset(left)), settled
