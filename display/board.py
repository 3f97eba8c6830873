"""What the board knows, and what of it is to be seen. Pure: messages go in, calls of these zones come out.

`all/board` is the truth; `all/call` may be a moment ahead of it and brings attention. Messages are ordered by (boot,
seq): what is older than what is known changes nothing. After an outage the next board sets everything right.
Times are seconds of one clock that only goes forward (`now_s`), passed in; the hall's time is the hub's own.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from contract.calls import Board, Call, CounterOnBoard, Notice, NoticeText, RecentCall
from contract.catalogue import Message
from contract.halls import AgencyServices, Hall, HubHeartbeat, Queues
from contract.names import AgencyId, CallId, ZoneId

FRESH_S = 30.0
"""A call that comes to be known only through the board brings attention if it is not older than this."""

EARLY_LIMIT = 20
"""So many calls are kept that were heard before the board that has them."""


class Attention(Struct, frozen=True):
    """A call is lit until `until_s`."""

    call: CallId
    until_s: float


class HubHeard(Struct, frozen=True):
    """The last live heartbeat: the hub's time at our time `heard_s`."""

    at: datetime
    heard_s: float
    boot: int


class Knowledge(Struct, frozen=True):
    """All of it. `began_s` is when this display began to listen."""

    began_s: float
    hub: HubHeard | None = None
    hall: Hall | None = None
    agencies: dict[AgencyId, AgencyServices] = {}
    queues: dict[AgencyId, Queues] = {}
    board: Board | None = None
    notice: Notice | None = None
    early: tuple[RecentCall, ...] = ()
    lit: tuple[Attention, ...] = ()


def learn(known: Knowledge, message: Message, now_s: float, hold_s: float, *, retained: bool) -> Knowledge:
    """What is known after a message. `hold_s`: how long a call is lit at least."""
    match message:
        case HubHeartbeat(state="online") if not retained:
            known = replace(known, hub=HubHeard(message.at, now_s, message.boot))
        case Hall():
            known = replace(known, hall=message)
        case AgencyServices():
            known = replace(known, agencies=known.agencies | {message.agency: message})
        case Queues(agency=agency) if agency is not None and _is_news(known, message, known.queues.get(agency)):
            known = replace(known, queues=known.queues | {agency: message})
        case Notice() if _is_news(known, message, known.notice):
            known = replace(known, notice=message)
        case Board() if _is_news(known, message, known.board):
            known = _board(known, message, now_s, hold_s)
        case Call():
            known = _call(known, message, now_s, hold_s)
        case _:
            pass
    return known


def time_of_hub(known: Knowledge, now_s: float) -> datetime | None:
    """The hub's time now; None before it was ever heard live."""
    if known.hub is None:
        return None
    return known.hub.at + timedelta(seconds=now_s - known.hub.heard_s)


def silent_s(known: Knowledge, now_s: float) -> float:
    """For how long nothing was heard of the hub."""
    return now_s - (known.hub.heard_s if known.hub else known.began_s)


def calls_of(known: Knowledge, zones: tuple[ZoneId, ...]) -> tuple[RecentCall, ...]:
    """The latest calls of these zones (none given: of all), newest first, each number once: where it was called last."""
    recent = known.board.recent if known.board else ()
    seen = set()
    found = []
    for call in (*known.early, *recent):
        if (zones and call.zone not in zones) or call.number in seen:
            continue
        seen.add(call.number)
        found.append(call)
    return tuple(found)


def split(
    known: Knowledge, zones: tuple[ZoneId, ...], speaking: CallId | None, now_s: float, most_lit: int
) -> tuple[tuple[RecentCall, ...], tuple[RecentCall, ...]]:
    """The calls to show lit, and the others, each newest first.

    The newest call is always lit. With it those that came less than their hold ago, and the one that is being spoken,
    which always has its place: what is heard can also be read. At most `most_lit`; the oldest of them give way.
    """
    calls = calls_of(known, zones)
    attention = attended(known, calls, speaking, now_s)
    lit = [call for index, call in enumerate(calls) if index == 0 or call in attention]
    while len(lit) > most_lit:
        oldest = next(call for call in reversed(lit) if call.call != speaking)
        lit.remove(oldest)
    return tuple(lit), tuple(call for call in calls if call not in lit)


def attended(
    known: Knowledge, calls: tuple[RecentCall, ...], speaking: CallId | None, now_s: float
) -> tuple[RecentCall, ...]:
    """Those of these calls that came less than their hold ago or are being spoken."""
    held = {each.call for each in known.lit if each.until_s > now_s}
    return tuple(call for call in calls if call.call in held or call.call == speaking)


def absent(known: Knowledge, zones: tuple[ZoneId, ...]) -> tuple[CounterOnBoard, ...]:
    """The counters of these zones whose officer is away for a while."""
    if known.board is None or known.hall is None:
        return ()
    zone_of = {counter.id: counter.zone for counter in known.hall.counters}
    return tuple(
        counter
        for counter in known.board.counters
        if counter.state == "paused" and (not zones or zone_of.get(counter.id) in zones)
    )


def notice_for(known: Knowledge, zones: tuple[ZoneId, ...], now_s: float) -> NoticeText | None:
    """The notice that stands now for these zones, if any."""
    notice = known.notice.notice if known.notice else None
    if notice is None or (notice.zones and zones and not set(notice.zones) & set(zones)):
        return None
    now = time_of_hub(known, now_s)
    return None if notice.until is not None and now is not None and now >= notice.until else notice


def _is_news(known: Knowledge, message: Board | Queues | Notice, old: Board | Queues | Notice | None) -> bool:
    if old is None or (message.boot, message.seq) > (old.boot, old.seq):
        return True
    # A hub whose journal was set up anew counts its starts from the beginning. The live heartbeat tells which is now.
    return known.hub is not None and message.boot == known.hub.boot != old.boot


def _board(known: Knowledge, board: Board, now_s: float, hold_s: float) -> Knowledge:
    on_board = {call.call for call in board.recent}
    early = tuple(call for call in known.early if call.at >= board.at and call.call not in on_board)
    lit = known.lit
    if known.board is not None:
        before = {call.call for call in (*known.board.recent, *known.early)} | {each.call for each in known.lit}
        for call in reversed(board.recent):
            if call.call not in before and (board.at - call.at).total_seconds() < FRESH_S:
                lit = _light(lit, call.call, now_s, hold_s)
    return replace(known, board=board, early=early, lit=lit)


def _call(known: Knowledge, call: Call, now_s: float, hold_s: float) -> Knowledge:
    board = known.board
    if all(each.call != call.call for each in (*known.early, *(board.recent if board else ()))):
        if board is not None and board.at > call.at:
            return known  # a later board does not have it: it is over
        here = RecentCall(call.call, call.number, call.service, call.counter, call.zone, call.at, call.repeat)
        known = replace(known, early=(here, *known.early)[:EARLY_LIMIT])
    if any(each.call == call.call for each in known.lit):
        return known  # said again with other announcers: it has had its attention
    return replace(known, lit=_light(known.lit, call.call, now_s, hold_s))


def _light(lit: tuple[Attention, ...], call: CallId, now_s: float, hold_s: float) -> tuple[Attention, ...]:
    still = tuple(each for each in lit if each.until_s > now_s - FRESH_S)
    return (*still, Attention(call, now_s + hold_s))
