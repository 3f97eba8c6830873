"""When a sound begins where several displays of a zone speak a call at once: at one instant of the hub's clock. Pure.

All members of a group heard the same call and reckon the same instants from it: the chime LEAD_S after the call was
made, each sound after that so much behind the end of the one before. That plan goes on whatever happens: who is late for
an instant takes the next of a grid that all share, so two that are late still meet, and the longer pause before the next
call lets it catch up with the others instead of being an echo for the rest of the hour.

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

PAUSE_S = 0.3
"""Between two sounds. A display must notice in it that the first has ended, also in a turn that draws a whole board (0.2 s)."""

CALL_PAUSE_S = 0.65
"""Between two calls: PAUSE_S and what was lost by one step of the grid, with the turn of a loop."""

GRID_S = 0.25

LOST_S = 2.0
"""Who is later than that has another plan than the rest, and begins one of its own. Who would have to wait so long has heard
of a call before it heard that the hub's clock was set: it begins at once."""


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
    """Where the group is: the call that sounded last, when its last sound was to end by the plan, and when it really ends."""

    clock: HubClock = HubClock()
    call: CallId | None = None
    planned_end_s: float | None = None
    ends_s: float = float("-inf")


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
        return replace(pace, call=call.call, planned_end_s=None), None
    planned_s = pace.clock.ours(call.at) + LEAD_S
    if pace.planned_end_s is not None:
        same = pace.call == call.call
        planned_s = pace.planned_end_s + PAUSE_S if same else max(planned_s, pace.planned_end_s + CALL_PAUSE_S)
    ready_s = max(now_s + READY_S, pace.ends_s)
    if planned_s - ready_s > LOST_S:
        planned_s = ready_s
    begins_s = _on_grid(planned_s, ready_s)
    if begins_s - planned_s > LOST_S:
        planned_s = begins_s
    return Pace(pace.clock, call.call, planned_s + lasts_s, begins_s + lasts_s), begins_s


def _on_grid(agreed_s: float, ready_s: float) -> float:
    late_s = ready_s - agreed_s
    return agreed_s + max(0, ceil(late_s / GRID_S)) * GRID_S
