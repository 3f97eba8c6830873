"""When a sound begins where several displays of a zone speak a call at once: at one instant of the hub's clock. Pure.

All members of a group heard the same call and reckon the same instants from it: the chime LEAD_S after the call was
made, each sound after that so much behind the end of the one before. Who is late for an instant takes the next of a
grid that all share, so two that are late by different amounts still meet.

A display knows the hub's clock by its heartbeats alone. Each comes a little late, by the network and by the turn of the
loop that took it; the one that came least late is the best, so the largest of the last dozen is taken.
"""

from datetime import datetime
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from contract.calls import Call
from contract.names import CallId

HEARTBEATS = 12
"""A minute of them: clocks of small computers part by 3 ms in that time."""

JUMP_S = 0.5
"""A heartbeat that says another time than the last ones by more was sent by a clock that was set."""

LEAD_S = 0.5
"""From the call to its chime: the hub's word is on every display by then, and each has drawn it."""

READY_S = 0.03
"""What a display needs to put a sound on its card."""

PAUSE_S = 0.15
"""Between two sounds: longer than the loop's turn in which a display notices that the first has ended."""

GRID_S = 0.25


class HubClock(Struct, frozen=True):
    """The hub's seconds (since 1970) minus ours, as the last heartbeats had it, newest last."""

    ahead_s: tuple[float, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the hub was heard."""
        return bool(self.ahead_s)

    def ours(self, hubs: datetime) -> float:
        """A moment of the hub's clock on ours. Only where it is known."""
        return hubs.timestamp() - max(self.ahead_s)


class Pace(Struct, frozen=True):
    """Where the group is: the call that sounded last, and when its last sound ends on our clock."""

    clock: HubClock = HubClock()
    call: CallId | None = None
    ends_s: float | None = None


def heard(pace: Pace, at: datetime, now_s: float) -> Pace:
    """A live heartbeat of the hub came now."""
    ahead_s = at.timestamp() - now_s
    before = pace.clock.ahead_s
    if before and abs(ahead_s - before[-1]) > JUMP_S:
        before = ()
    return replace(pace, clock=HubClock((*before, ahead_s)[-HEARTBEATS:]))


def begin(pace: Pace, call: Call, lasts_s: float, now_s: float) -> tuple[Pace, float | None]:
    """When the next sound of a call begins, on our clock; None: at once, for this display speaks it alone.

    `lasts_s`: how long the sound is, the same on every display of the group.
    """
    if len(call.announcers) < 2 or not pace.clock.known:
        return replace(pace, call=call.call, ends_s=None), None
    agreed_s = pace.clock.ours(call.at) + LEAD_S
    if pace.ends_s is not None:
        behind_s = pace.ends_s + PAUSE_S
        agreed_s = behind_s if pace.call == call.call else max(agreed_s, behind_s)
    begins_s = _on_grid(agreed_s, now_s + READY_S)
    return replace(pace, call=call.call, ends_s=begins_s + lasts_s), begins_s


def _on_grid(agreed_s: float, ready_s: float) -> float:
    late_s = ready_s - agreed_s
    return agreed_s + max(0, ceil(late_s / GRID_S)) * GRID_S
