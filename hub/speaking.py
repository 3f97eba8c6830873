"""Who speaks a call: which displays are there and can speak, whom a call was given to, and when another takes over.

It keeps what is not worth a fact (displays come and go) and decides by what it is told: no clock, no link, no thread.
One announcer at a time speaks a call of its zone: the first by name that was not deaf last time. Another takes over when the first does not say
`queued` in time, says `failed`, or is lost.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from contract.calls import CallOutcome
from contract.devices import DeviceStatus
from contract.names import CallId, DeviceId, Language, TicketId
from hub.domain.facts import CallWentUnspoken, WhyUnspoken
from hub.domain.things import CallNow

QUEUED_WITHIN = timedelta(seconds=3)
"""An announcer that has not said `queued` by then is taken to be deaf (contract: how a call is spoken)."""

REPORT_WITHIN = timedelta(seconds=60)
"""So long after a call grew too old its announcer may still be speaking it or those before it."""


PENDING = 500
"""So many calls are looked after; at the limit the oldest is given up, and its going unspoken is put on record."""


class PendingCall(Struct, frozen=True):
    """A call whose voice is not settled.

    `announcers` now; `round`: who was asked since all had been asked last; `asked` ever; `failed`: who said so, and is
    not asked again; `heard`: the announcer took it. `said_at` is when it was last said. `resumed`: it was decided before
    the hub started, and who was asked then is not known: anybody may report on it. `over`: its ticket has ended.
    """

    call: CallNow
    expires_at: datetime
    said_at: datetime
    announcers: tuple[DeviceId, ...] = ()
    round: frozenset[DeviceId] = frozenset()
    asked: frozenset[DeviceId] = frozenset()
    failed: frozenset[DeviceId] = frozenset()
    heard: bool = False
    resumed: bool = False
    over: bool = False

    def may_be_given(self, now: datetime) -> bool:
        """Whether somebody may still be asked to speak it."""
        return not self.over and now < self.expires_at


class SayCall(Struct, frozen=True):
    """Say this call, to be spoken by these (nobody: it is only to be shown)."""

    call: CallNow
    expires_at: datetime
    announcers: tuple[DeviceId, ...]


class Speaking:
    """All displays that are there, and all calls whose voice is not settled (each for some 90 s at most)."""

    def __init__(self, fresh: timedelta) -> None:
        self._fresh = fresh
        self._displays: dict[DeviceId, DeviceStatus] = {}
        self._deaf: set[DeviceId] = set()
        """Who did not say `queued` in time, and has said nothing since: asked only after the others."""
        self._pending: dict[CallId, PendingCall] = {}

    def forget_displays(self) -> None:
        """A new connection: who is there is learnt anew from what each display says of itself.

        Their starts are remembered: who comes back under another one has forgotten what it had queued.
        """
        self._displays = {device: replace(status, state="lost") for device, status in self._displays.items()}

    def take_displays(self, displays: Collection[DeviceId], now: datetime) -> list[SayCall]:
        """These are the hall's displays now. One that was taken away speaks no more, and its calls go to another."""
        gone = self._displays.keys() - displays
        for device in gone:
            del self._displays[device]
        self._deaf -= gone
        orphans = [each for each in self._pending.values() if gone.intersection(each.announcers)]
        return [self._give(pending, now) for pending in orphans if pending.may_be_given(now)]

    def begin(self, call: CallNow, now: datetime) -> SayCall:
        """A call was decided: say it."""
        return self._give(PendingCall(call, call.at + self._fresh, now), now)

    def resume(self, call: CallNow, now: datetime) -> None:
        """A call that was decided before the hub started: who had taken it may still speak it."""
        taken = call.outcome in {"queued", "started"} and call.outcome_by is not None
        announcers = (call.outcome_by,) if taken and call.outcome_by is not None else ()
        self._pending[call.id] = PendingCall(
            call, call.at + self._fresh, now, announcers, asked=frozenset(announcers), heard=taken, resumed=True
        )

    def end(self, ticket: TicketId) -> None:
        """The ticket has ended: its calls go to nobody else. What becomes of them is put on record as before."""
        for pending in list(self._pending.values()):
            if pending.call.ticket == ticket:
                self._pending[pending.call.id] = replace(pending, over=True)

    def say_again(self, now: datetime) -> list[SayCall]:
        """The calls that nobody may have heard of, because there was no connection."""
        fresh = [each for each in self._pending.values() if not each.heard and each.may_be_given(now)]
        return [self._give(replace(pending, round=frozenset()), now) for pending in fresh]

    def take_status(self, device: DeviceId, status: DeviceStatus, now: datetime) -> list[SayCall]:
        """A display said that it is there, or it (or its last will) that it is gone; what is to be said because of it."""
        known = self._displays.get(device)
        same = known is None or known.installation == status.installation
        if known is not None and same and status.boot < known.boot:
            return []  # a stale will, or a message that was overtaken
        if not same and status.state != "online":
            return []  # the end of an older installation of the same name
        self._displays[device] = status
        self._deaf.discard(device)
        began_anew = known is not None and (not same or status.boot != known.boot)
        say = []
        for pending in list(self._pending.values()):
            if not pending.may_be_given(now):
                continue
            gone = device in pending.announcers and (status.state != "online" or began_anew)
            come = not pending.announcers and device in self._able(pending)
            if gone or come:
                say.append(self._give(pending, now))
        return say

    def take_report(
        self, call: CallId, device: DeviceId, outcome: CallOutcome, now: datetime
    ) -> tuple[bool, SayCall | None]:
        """Whether this device was (or may have been) asked to speak this call; and the call again, for the next, if this one failed."""
        self._deaf.discard(device)
        pending = self._pending.get(call)
        if pending is None or not (pending.resumed or device in pending.asked):
            return False, None
        again: SayCall | None = None
        match outcome:
            case "queued" | "started":
                self._pending[call] = replace(pending, heard=True)
            case "spoken" | "dropped" | "silent":
                del self._pending[call]
            case "failed":
                failed = replace(pending, failed=pending.failed | {device})
                self._pending[call] = failed
                if pending.may_be_given(now) and device in pending.announcers:
                    again = self._give(failed, now)
            case _:
                assert_never(outcome)
        return True, again

    def look(self, now: datetime) -> tuple[list[SayCall], list[CallWentUnspoken]]:
        """What time alone brings: calls to be taken over, and calls that went unspoken."""
        again, unspoken = [], []
        too_many = len(self._pending) - PENDING
        for index, pending in enumerate(list(self._pending.values())):
            why = "too-old" if index < too_many else self._settled(pending, now)
            if why is not None:
                del self._pending[pending.call.id]
                unspoken.append(CallWentUnspoken(at=now, call=pending.call.id, why=why))
            elif self._is_deaf(pending, now):
                self._deaf.update(pending.announcers)
                again.append(self._give(pending, now))
        return again, unspoken

    def languages(self) -> tuple[Language, ...] | None:
        """What every display that can speak now has a voice for; None where no display has said what it speaks."""
        there = [status for status in self._displays.values() if status.state == "online"]
        speaking = [status for status in there if status.can_speak]
        if not there or any(not status.speaks for status in speaking):
            return None
        first = speaking[0].speaks if speaking else ()
        return tuple(language for language in first if all(language in one.speaks for one in speaking))

    @property
    def pending(self) -> bool:
        """Whether there is any call to look after."""
        return bool(self._pending)

    def _is_deaf(self, pending: PendingCall, now: datetime) -> bool:
        waits = bool(pending.announcers) and not pending.heard and pending.may_be_given(now)
        return waits and now >= pending.said_at + QUEUED_WITHIN

    def _settled(self, pending: PendingCall, now: datetime) -> WhyUnspoken | None:
        if now < pending.expires_at:
            return None
        if pending.heard:
            return "no-report" if now >= pending.expires_at + REPORT_WITHIN else None
        return "too-old" if pending.asked else "no-announcer"

    def _give(self, pending: PendingCall, now: datetime) -> SayCall:
        """The call, given to the next who can speak in its zone; when all were asked, the round begins again."""
        able = self._able(pending)
        fresh = [device for device in able if device not in pending.round]
        asked_before = pending.round if fresh else frozenset[DeviceId]()
        announcers = tuple((fresh or able)[:1])
        self._pending[pending.call.id] = replace(
            pending,
            announcers=announcers,
            round=asked_before | frozenset(announcers),
            asked=pending.asked | frozenset(announcers),
            said_at=now,
            heard=False,
        )
        return SayCall(pending.call, pending.expires_at, announcers)

    def _able(self, pending: PendingCall) -> list[DeviceId]:
        """Who is there and can speak in the call's zone, without those who failed at this call: by name, the deaf last."""
        able = (
            device
            for device, status in self._displays.items()
            if status.state == "online"
            and status.can_speak
            and pending.call.zone in status.zones
            and device not in pending.failed
        )
        return sorted(able, key=lambda device: (device in self._deaf, device))
