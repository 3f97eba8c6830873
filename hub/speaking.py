"""Who speaks a call: which displays are there and can speak, whom a call was given to, and when another takes over.

It keeps what is not worth a fact (displays come and go) and decides by what it is told: no clock, no link, no thread.
One announcer at a time speaks a call of its zone, or a group of displays that start together: the first by name that
was not deaf last time. Another takes over when nobody of the first says `queued` in time, or all of it have said
`failed` or are lost. A group has spoken a call when one of it has.
"""

from collections.abc import Iterable, Mapping
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

RETURN_WITHIN = timedelta(seconds=10)
"""So long after a new connection of the hub a display that had taken a call may still be on its way back: a broker that
was started anew lets in all devices one after another, and who speaks need not be interrupted."""

REPORT_WITHIN = timedelta(seconds=60)
"""So long after a call grew too old its announcer may still be speaking it or those before it."""


PENDING = 500
"""So many calls are looked after; at the limit the oldest is given up, and its going unspoken is put on record."""


class PendingCall(Struct, frozen=True):
    """A call whose voice is not settled.

    `announcers` now; `round`: who was asked since all had been asked last; `asked` ever; `failed`: who said so, and is
    not asked again; `took`: who of the announcers said that it will speak it; `out`: who of them will not. `said_at` is
    when it was last said. `resumed`: it was decided before the hub started, and who was asked then is not known: anybody
    may report on it. `over`: its ticket has ended.
    """

    call: CallNow
    expires_at: datetime
    said_at: datetime
    announcers: tuple[DeviceId, ...] = ()
    round: frozenset[DeviceId] = frozenset()
    asked: frozenset[DeviceId] = frozenset()
    failed: frozenset[DeviceId] = frozenset()
    took: frozenset[DeviceId] = frozenset()
    out: frozenset[DeviceId] = frozenset()
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


class Taken(Struct, frozen=True):
    """What a report is: from somebody who was (or may have been) `asked`; news to `record`; a reason to say the call `again`."""

    asked: bool
    record: bool = False
    again: SayCall | None = None


class Speaking:
    """All displays that are there, and all calls whose voice is not settled (each for some 90 s at most).

    `groups`: the hall's displays, each with the group that it starts calls together with.
    """

    def __init__(self, fresh: timedelta, groups: Mapping[DeviceId, str | None] | None = None) -> None:
        self._fresh = fresh
        self._groups = dict(groups or {})
        self._connected_at: datetime | None = None
        self._displays: dict[DeviceId, DeviceStatus] = {}
        self._deaf: set[DeviceId] = set()
        """Who did not say `queued` in time, and has said nothing since: asked only after the others."""
        self._pending: dict[CallId, PendingCall] = {}
        self._settled: dict[CallId, tuple[frozenset[DeviceId], bool]] = {}
        """Lately settled: who had been asked, and whether it was spoken. Others of a group still report."""

    def forget_displays(self, now: datetime) -> None:
        """A new connection: who is there is learnt anew from what each display says of itself.

        Their starts are remembered: who comes back under another one has forgotten what it had queued.
        """
        self._connected_at = now
        self._displays = {device: replace(status, state="lost") for device, status in self._displays.items()}

    def take_displays(self, displays: Mapping[DeviceId, str | None], now: datetime) -> list[SayCall]:
        """These are the hall's displays now, each with its group. One that was taken away speaks no more: others do."""
        self._groups = dict(displays)
        gone = self._displays.keys() - displays
        for device in gone:
            del self._displays[device]
        self._deaf -= gone
        return [say for device in sorted(gone) for say in self._without(device, now)]

    def begin(self, call: CallNow, now: datetime) -> SayCall:
        """A call was decided: say it."""
        return self._give(PendingCall(call, call.at + self._fresh, now), now)

    def resume(self, call: CallNow, now: datetime) -> None:
        """A call that was decided before the hub started: who had taken it may still speak it."""
        taken = call.outcome in {"queued", "started"} and call.outcome_by is not None
        announcers = (call.outcome_by,) if taken and call.outcome_by is not None else ()
        asked = frozenset(announcers)
        self._pending[call.id] = PendingCall(
            call, call.at + self._fresh, now, announcers, asked=asked, took=asked, resumed=True
        )

    def end(self, ticket: TicketId) -> None:
        """The ticket has ended: its calls go to nobody else. What becomes of them is put on record as before."""
        for pending in list(self._pending.values()):
            if pending.call.ticket == ticket:
                self._pending[pending.call.id] = replace(pending, over=True)

    def say_again(self, now: datetime) -> list[SayCall]:
        """The calls that nobody may have heard of, because there was no connection."""
        fresh = [each for each in self._pending.values() if not each.took and each.may_be_given(now)]
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
        say = self._without(device, now) if status.state != "online" or began_anew else []
        unasked = [each for each in self._pending.values() if not each.announcers and each.may_be_given(now)]
        return say + [self._give(pending, now) for pending in unasked if device in self._able(pending)]

    def _without(self, device: DeviceId, now: datetime) -> list[SayCall]:
        """It has forgotten its calls, or is gone: those that nobody else of its group has taken go to another."""
        say = []
        for pending in list(self._pending.values()):
            if device not in pending.announcers:
                continue
            left = replace(pending, took=pending.took - {device}, out=pending.out | {device})
            self._pending[pending.call.id] = left
            waits = bool(left.took) or bool(set(left.announcers) - left.out)
            if left.may_be_given(now) and not waits:
                say.append(self._give(left, now))
        return say

    def take_report(self, call: CallId, device: DeviceId, outcome: CallOutcome, now: datetime) -> Taken:
        """A display says what became of a call."""
        self._deaf.discard(device)
        pending = self._pending.get(call)
        if pending is None:
            return self._take_late(call, device, outcome)
        if not (pending.resumed or device in pending.asked):
            return Taken(asked=False)
        match outcome:
            case "queued" | "started":
                if device in pending.announcers or pending.resumed:
                    self._pending[call] = replace(pending, took=pending.took | {device})
                return Taken(asked=True, record=True)
            case "spoken":
                self._settle(pending, spoken=True)
                return Taken(asked=True, record=True)
            case "dropped" | "silent" | "failed":
                return self._take_unspoken(pending, device, now, failed=outcome == "failed")
            case _:
                assert_never(outcome)

    def _take_unspoken(self, pending: PendingCall, device: DeviceId, now: datetime, *, failed: bool) -> Taken:
        """One announcer will not be heard. Where another of its group may be, that is waited for."""
        says_failed = pending.failed | {device} if failed else pending.failed
        left = replace(pending, took=pending.took - {device}, out=pending.out | {device}, failed=says_failed)
        self._pending[pending.call.id] = left
        if left.took or set(left.announcers) - left.out:
            # Somebody who was asked before, or one of a group: the word of those who have the call counts.
            return Taken(asked=True)
        if not failed:
            self._settle(left, spoken=False)
            return Taken(asked=True, record=True)
        return Taken(asked=True, record=True, again=self._give(left, now) if left.may_be_given(now) else None)

    def _take_late(self, call: CallId, device: DeviceId, outcome: CallOutcome) -> Taken:
        """Of a call that is settled: that it was spoken after all is news, nothing else is."""
        asked, spoken = self._settled.get(call, (frozenset[DeviceId](), False))
        if device not in asked:
            return Taken(asked=False)
        news = outcome == "spoken" and not spoken
        self._settled[call] = (asked, spoken or news)
        return Taken(asked=True, record=news)

    def _settle(self, pending: PendingCall, *, spoken: bool) -> None:
        del self._pending[pending.call.id]
        self._settled[pending.call.id] = (pending.asked, spoken)
        if len(self._settled) > PENDING:
            del self._settled[next(iter(self._settled))]

    def look(self, now: datetime) -> tuple[list[SayCall], list[CallWentUnspoken]]:
        """What time alone brings: calls to be taken over, and calls that went unspoken."""
        again, unspoken = [], []
        too_many = len(self._pending) - PENDING
        for index, pending in enumerate(list(self._pending.values())):
            why = "too-old" if index < too_many else self._unspoken(pending, now)
            if why is not None:
                self._settle(pending, spoken=False)
                unspoken.append(CallWentUnspoken(at=now, call=pending.call.id, why=why))
            elif self._is_deaf(pending, now):
                self._deaf.update(pending.announcers)
                again.append(self._give(pending, now))
            elif self._is_orphan(pending, now) and pending.may_be_given(now):
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
        waits = bool(pending.announcers) and not pending.took and pending.may_be_given(now)
        return waits and now >= pending.said_at + QUEUED_WITHIN

    def _is_orphan(self, pending: PendingCall, now: datetime) -> bool:
        """Whether nobody who took it has come back since the hub connected anew."""
        since = self._connected_at
        if since is None or not pending.took or pending.said_at > since or now < since + RETURN_WITHIN:
            return False
        return not any(self._is_there(device) for device in pending.took)

    def _is_there(self, device: DeviceId) -> bool:
        status = self._displays.get(device)
        return status is not None and status.state == "online"

    def _unspoken(self, pending: PendingCall, now: datetime) -> WhyUnspoken | None:
        if now < pending.expires_at:
            return None
        if pending.took:
            given_up = now >= pending.expires_at + REPORT_WITHIN or self._is_orphan(pending, now)
            return "no-report" if given_up else None
        return "too-old" if pending.asked else "no-announcer"

    def _give(self, pending: PendingCall, now: datetime) -> SayCall:
        """The call, given to the next who can speak in its zone; when all were asked, the round begins again."""
        units = self._units(self._able(pending))
        fresh = [unit for unit in units if not pending.round.issuperset(unit)]
        asked_before = pending.round if fresh else frozenset[DeviceId]()
        announcers = next(iter(fresh or units), ())
        self._pending[pending.call.id] = replace(
            pending,
            announcers=announcers,
            round=asked_before | frozenset(announcers),
            asked=pending.asked | frozenset(announcers),
            said_at=now,
            took=frozenset[DeviceId](),
            out=frozenset[DeviceId](),
        )
        return SayCall(pending.call, pending.expires_at, announcers)

    def _units(self, able: Iterable[DeviceId]) -> list[tuple[DeviceId, ...]]:
        """Each display alone, or with the others of its group, in the place of the first of them."""
        units: dict[str, tuple[DeviceId, ...]] = {}
        for device in able:
            group = self._groups.get(device)
            unit = f"device {device}" if group is None else f"group {group}"
            units[unit] = (*units.get(unit, ()), device)
        return list(units.values())

    def _able(self, pending: PendingCall) -> list[DeviceId]:
        """Who is there and can speak in the call's zone, without those who failed at this call: by name, the deaf last."""
        able = (
            device
            for device, status in self._displays.items()
            if self._is_there(device)
            and status.can_speak
            and pending.call.zone in status.zones
            and device not in pending.failed
        )
        return sorted(able, key=lambda device: (device in self._deaf, device))
