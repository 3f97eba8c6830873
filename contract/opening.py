"""Is this service to be had now, and if not, why and until when: reckoned alike by hub, kiosk and simulator.

Pure: the local time and the numbers given so far are passed in.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from contract.names import ClockTime, Text
from contract.reasons import WhyClosed

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Quota = Annotated[int, Meta(ge=1)]


class Session(Struct, frozen=True, forbid_unknown_fields=True):
    """One stretch of opening on certain weekdays. `last_ticket` ends new numbers earlier; `quota` is this session's own."""

    days: tuple[Weekday, ...]
    begins: ClockTime
    ends: ClockTime
    last_ticket: ClockTime | None = None
    quota: Quota | None = None


class Break(Struct, frozen=True, forbid_unknown_fields=True):
    """A pause within the sessions, such as Friday prayer: no new numbers, and the officer is away."""

    days: tuple[Weekday, ...]
    begins: ClockTime
    ends: ClockTime
    name: Text


class Holiday(Struct, frozen=True, forbid_unknown_fields=True):
    """A date on which there is no service at all."""

    on: date
    name: Text


class Opening(Struct, frozen=True, forbid_unknown_fields=True):
    """When a service can be had. `quota` is the whole day's; None means without limit."""

    sessions: tuple[Session, ...]
    breaks: tuple[Break, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    quota: Quota | None = None


class Given(Struct, frozen=True):
    """Numbers given of a service this hall day: in all, and in the session that is on (0 where none is)."""

    today: int = 0
    in_session: int = 0


class Availability(Struct, frozen=True):
    """Whether a number can be had at a moment.

    `until`: open, when it stops giving numbers; closed, when it gives them again (None: not known within 60 days).
    `left_today`: numbers left by the tightest quota, None without one.
    """

    open: bool
    why_closed: WhyClosed | None = None
    until: datetime | None = None
    left_today: int | None = None


def session_at(opening: Opening, now: datetime) -> int | None:
    """The index in `opening.sessions` of the session that is on at local time `now`, so that its numbers can be counted."""
    raise NotImplementedError


def availability(opening: Opening, now: datetime, given: Given) -> Availability:
    """Whether a number can be had at `now`, an aware time in the hall's own zone (a ZoneInfo)."""
    raise NotImplementedError
