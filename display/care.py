"""Care for the panel: the picture moves by a few pixels, no picture stands for hours, and at night there is none. Pure.

What is called comes first: whatever is done for the panel gives way to a call at once, and to notices that are urgent.
"""

import math
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.dates import clock, day_date
from assets.places import said
from assets.words import words_of
from contract.calls import RecentCall
from contract.halls import Hall
from contract.names import CallId, ClockTime, ZoneId
from display.board import Knowledge, attended, calls_of, notice_for, silent_s, time_of_hub
from display.hours import services_of
from display.lines import page_at
from display.signs import sign_of
from display.spans import holds

AT_WORK = ("open", "called", "serving")


class CareManner(Struct, frozen=True):
    """How the panel is cared for. As it stands here: not at all. Times in seconds.

    The picture keeps within `shift_px` of its place and moves by one pixel every `shift_every_s`. When nothing has been
    called for `rest_after_s` it rests for `rest_s`, and again every `rest_every_s`. Between `dark_begins` and `dark_ends`
    it is dark; a call lights it for `lit_s`.
    """

    shift_px: int = 0
    shift_every_s: float = 60.0
    rest_after_s: float = 0.0
    rest_s: float = 30.0
    rest_every_s: float = 600.0
    dark_begins: ClockTime = "00:00"
    dark_ends: ClockTime = "00:00"
    lit_s: float = 120.0
    heed_after_s: float = 60.0


class DarkView(Struct, frozen=True):
    """Nothing: it is night and nobody is called."""


class RestView(Struct, frozen=True):
    """Little, on dark ground, each time elsewhere: `right` and `down` are shares of the room that there is."""

    hall: str
    clock: str
    date: str
    text: str
    warning: bool
    right: float
    down: float


def shift(care: CareManner, now_s: float) -> tuple[int, int]:
    """How far the picture stands from its place, right and up, in pixels. It goes along rows of a square, and back again.

    Each step is of one pixel in one direction, and each place is stood at equally often.
    """
    across = 2 * care.shift_px + 1
    places = across * across
    if care.shift_px <= 0:
        return 0, 0
    begin = places // 2  # the middle, where the picture stands at the beginning of the clock
    step = (begin + int(now_s / care.shift_every_s)) % (2 * places)
    index = step if step < places else 2 * places - 1 - step
    row, place = divmod(index, across)
    column = place if row % 2 == 0 else across - 1 - place
    return column - care.shift_px, row - care.shift_px


def covering(
    known: Knowledge,
    zones: tuple[ZoneId, ...],
    care: CareManner,
    now_s: float,
    *,
    speaking: CallId | None,
    page_s: float,
) -> RestView | DarkView | None:
    """What stands instead of the board now; None: the board. `page_s`: how long a page of words stands."""
    hall, now = known.hall, time_of_hub(known, now_s)
    if hall is None or now is None:
        return None
    moment = _Moment(known, hall, zones, now.astimezone(ZoneInfo(hall.time_zone)), now_s)
    if _is_needed(moment, care, speaking):
        return None
    if holds(moment.here, care.dark_begins, care.dark_ends) and not _at_work(moment, care):
        return DarkView()
    rests = _rests(care, _calm_s(moment))
    return None if rests is None else _rest(moment, rests, care, page_s)


class _Moment(Struct, frozen=True):
    """What is known, of which zones, at the hall's own time `here`."""

    known: Knowledge
    hall: Hall
    zones: tuple[ZoneId, ...]
    here: datetime
    now_s: float


def _is_needed(moment: _Moment, care: CareManner, speaking: CallId | None) -> bool:
    """A call that is lit, spoken or fresh, or a notice that is more than information."""
    calls = calls_of(moment.known, moment.zones)
    notice = notice_for(moment.known, moment.zones, moment.now_s)
    fresh = bool(calls) and _age_s(calls[0], moment.here) < care.lit_s
    attention = bool(attended(moment.known, calls, speaking, moment.now_s))
    return fresh or attention or (notice is not None and notice.level != "info")


def _at_work(moment: _Moment, care: CareManner) -> bool:
    """Whether the hall is open here. What a hub said that has been silent for long says nothing of now."""
    known, hall, zones = moment.known, moment.hall, moment.zones
    if silent_s(known, moment.now_s) >= care.heed_after_s:
        return False
    if any(service.open for service in services_of(known, hall, zones)):
        return True
    zone_of = {counter.id: counter.zone for counter in hall.counters}
    counters = known.board.counters if known.board else ()
    return any(each.state in AT_WORK and (not zones or zone_of.get(each.id) in zones) for each in counters)


def _calm_s(moment: _Moment) -> float:
    """For how long nothing was called here; not longer than this display has been on."""
    calls = calls_of(moment.known, moment.zones)
    on_s = moment.now_s - moment.known.began_s
    return min(on_s, _age_s(calls[0], moment.here)) if calls else on_s


def _rests(care: CareManner, calm_s: float) -> int | None:
    """Which rest it is, counted from 0; None: no rest."""
    if care.rest_after_s <= 0 or calm_s < care.rest_after_s:
        return None
    count, into_s = divmod(calm_s - care.rest_after_s, care.rest_every_s)
    return int(count) if into_s < care.rest_s else None


def _rest(moment: _Moment, count: int, care: CareManner, page_s: float) -> RestView:
    known, hall, zones, now_s = moment.known, moment.hall, moment.zones, moment.now_s
    heed = silent_s(known, now_s) >= care.heed_after_s
    language = page_at(known, zones, page_s, now_s, stale=heed).language
    sign = sign_of(known, zones, language, now_s, heed=heed, attention=False)
    return RestView(
        hall=said(hall.name, language),
        clock=clock(moment.here, hall.languages[0]),
        date=day_date(moment.here.date(), language),
        text=sign.title if sign else words_of(language).display.quiet_text,
        warning=sign is not None and sign.warning,
        right=_spread(count, math.sqrt(2)),
        down=_spread(count, math.sqrt(3)),
    )


def _spread(count: int, by: float) -> float:
    """From 0 to 1, each time far from the last and never twice the same."""
    return round((0.25 + count * by) % 1.0, 3)


def _age_s(call: RecentCall, now: datetime) -> float:
    return (now - call.at).total_seconds()
