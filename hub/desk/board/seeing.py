"""When a page first showed each call, so that every call is lit long enough to be found. Pure; times are the hub's."""

from datetime import datetime, timedelta

from msgspec import Struct

from contract.calls import RecentCall
from contract.names import CallId

REMEMBERED = 40
"""The hub tells at most 20 calls; twice as many are remembered."""


class Seen(Struct, frozen=True):
    """`first`: each call and the moment from which it counts as shown."""

    first: tuple[tuple[CallId, datetime], ...] = ()
    begun: bool = False

    def take(self, calls: tuple[RecentCall, ...], at: datetime, fresh: timedelta) -> "Seen":
        """With the calls of a new answer. A call that comes late is lit from now on if it is `fresh`, else it is past.

        What stands on the page's very first answer counts from when it was called: a page that is opened, or loaded
        again, does not light the past.
        """
        known = {call for call, _ in self.first}
        found = tuple(
            (call.call, at if self.begun and at - call.at < fresh else call.at)
            for call in reversed(calls)
            if call.call not in known
        )
        return Seen((*self.first, *found)[-REMEMBERED:], begun=True)

    def up_to(self, calls: tuple[RecentCall, ...], last: str) -> "Seen":
        """A page that comes back and had shown everything up to its call `last`: what came since is new to it."""
        place = next((index for index, call in enumerate(calls) if call.call == last), None)
        if place is None:
            return self
        return Seen(tuple((call.call, call.at) for call in reversed(calls[place:])), begun=True)

    def is_new(self, call: CallId, at: datetime, hold: timedelta) -> bool:
        """Whether it was first shown less than `hold` ago."""
        since = dict(self.first).get(call)
        return since is not None and at - since < hold

    def news(self, before: "Seen", at: datetime) -> tuple[CallId, ...]:
        """The calls that this answer brought, oldest first; none on the very first, and none that were past already."""
        known = {call for call, _ in before.first}
        return tuple(call for call, since in self.first if before.begun and call not in known and since == at)
