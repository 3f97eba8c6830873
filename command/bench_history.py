"""What history costs: the replay of one very busy day, and an officer's next with a year in the journal and without.

The facts are written through the journal itself, as a hub would have decided them.
"""

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from command.bench_figures import Figure, figure
from command.bench_floor import Job
from command.bench_hall import SERVICE, Asker, BenchHall
from contract.names import (
    AgencyId,
    CallId,
    CounterId,
    DeviceId,
    Language,
    Number,
    RequestId,
    ServiceId,
    TicketId,
    ZoneId,
)
from hub.domain.facts import (
    Arrived,
    Called,
    CallOutcomeReported,
    Carried,
    CounterClosed,
    CounterOpened,
    DayBegan,
    DayClosed,
    Fact,
    Finished,
    HubStarted,
    Issued,
    Printed,
)
from hub.journal import Journal, sqlite_url

APPENDED_AT_ONCE = 5000
LANGUAGE, COUNTER, ZONE, OFFICER = Language("id"), CounterId("loket-1"), ZoneId("a"), "pad-1"
TICKETS_A_DAY = 800
"""A year of 250 working days with so many tickets each makes 200,000."""
BLOCK = 25
"""So many calls are made in one hall before the other has its turn."""


class HistorySizes(Struct, frozen=True):
    """How much history, and how often it is gone through."""

    facts: int = 100_000
    replays: int = 5
    days: int = 250
    calls: int = 250


def measure(folder: Path, sizes: HistorySizes) -> list[Figure]:
    """Figures: replay beside reading alone, and next in a hall with a year beside one without."""
    return [*_replay(folder / "replay", sizes), *_next(folder, sizes)]


def _replay(folder: Path, sizes: HistorySizes) -> list[Figure]:
    folder.mkdir()
    path = folder / "journal.sqlite"
    write(path, islice(day_of(date(2026, 11, 24), sizes.facts, voices=True), sizes.facts))
    replays, readings = [], []
    for _ in range(sizes.replays):
        began = time.perf_counter()
        _read(path)
        between = time.perf_counter()
        journal = Journal(sqlite_url(path))
        journal.replay()
        replays.append((time.perf_counter() - between) * 1000)
        readings.append((between - began) * 1000)
        journal.close()
    many = f"{sizes.facts:,} facts of one day"
    reading = figure("floor-replay", f"{many} read and decoded, no more", "ms", readings)
    return [reading, figure("replay", f"{many} replayed into the hall's state", "ms", replays, floor=reading)]


def _read(path: Path) -> int:
    """The least that a replay must do."""
    decode = msgspec.json.Decoder(Fact).decode
    database = sqlite3.connect(path)
    count = sum(1 for (body,) in database.execute("SELECT body FROM facts ORDER BY sequence") if decode(body))
    database.close()
    return count


def _next(folder: Path, sizes: HistorySizes) -> list[Figure]:
    with BenchHall(folder / "new") as new, BenchHall(folder / "year") as year:
        first = date.today() - timedelta(days=sizes.days + 1)  # noqa: DTZ011 - any days before today will do
        path = year.hall / "data" / "journal.sqlite"
        write(path, (fact for day in range(sizes.days) for fact in day_of(first + timedelta(days=day), TICKETS_A_DAY)))
        pads = [_with_people(hall, sizes.calls + 2 * BLOCK) for hall in (new, year)]
        took: tuple[list[float], list[float]] = ([], [])
        for _ in range(max(1, sizes.calls // BLOCK)):
            for pad, into in zip(pads, took, strict=True):
                into += [one * 1000 for one in pad.work(Job("next", count=BLOCK)).took_s]
    before = figure("next-on-a-new-journal", "an officer's next in a hall that opened today", "ms", took[0])
    many = f"{sizes.days * TICKETS_A_DAY:,}"
    return [
        before,
        figure("next-after-a-year", f"the same with {many} tickets in the journal", "ms", took[1], floor=before),
    ]


def _with_people(hall: BenchHall, people: int) -> Asker:
    """The hall at work, with people who wait; its officer."""
    hall.add("kiosk-1", "kiosk")
    hall.add("pad-1", "counter", "--counter", COUNTER)
    hall.broker()
    hall.hub()
    hall.asker("kiosk-1", service=SERVICE).work(Job("issue", count=people, outstanding=8))
    pad = hall.asker("pad-1")
    pad.work(Job("next", count=BLOCK, opens=True))
    return pad


def write(path: Path, facts: Iterator[Fact]) -> None:
    """A journal with these facts."""
    path.parent.mkdir(exist_ok=True)
    journal = Journal(sqlite_url(path))
    while some := list(islice(facts, APPENDED_AT_ONCE)):
        journal.append(some)
    journal.close()


def day_of(day: date, tickets: int, *, voices: bool = False) -> Iterator[Fact]:
    """A whole day at one counter. `voices`: also what became of papers and announcements."""
    at = datetime(day.year, day.month, day.day, 0, 0, tzinfo=UTC)
    tick = timedelta(milliseconds=5)
    yield HubStarted(at, 1, at, (AgencyId("disdukcapil"),))
    yield DayBegan(at, day, Carried())
    yield CounterOpened(at, COUNTER, OFFICER, RequestId(f"{day}-open"))
    for count in range(1, tickets + 1):
        at += tick
        yield from _visit(f"{day:%Y%m%d}-{count:06d}", count, at, voices=voices)
    yield CounterClosed(at, COUNTER)
    yield DayClosed(at, day)


def _visit(name: str, count: int, at: datetime, *, voices: bool) -> Iterator[Fact]:
    ticket, call = TicketId(f"{name}-0123456789abcdef"), CallId(f"{name}-fedcba9876543210")
    yield Issued(
        at=at,
        ticket=ticket,
        prefix="K",
        count=count,
        number=Number(f"K{count:03d}"),
        service=ServiceId(SERVICE),
        visitor="regular",
        needs=(),
        language=LANGUAGE,
        zone=ZONE,
        ahead=0,
        device=DeviceId("kiosk-1"),
        request=RequestId(f"{name}-asked"),
        expires_at=at + timedelta(seconds=8),
        session="00:00",
        visit=None,
        code=None,
    )
    if voices:
        yield Printed(at, ticket, "printed", 1, "")
    yield Called(at, call, ticket, COUNTER, ZONE, 1, OFFICER, RequestId(f"{name}-next"))
    if voices:
        for outcome in ("queued", "started", "spoken"):
            yield CallOutcomeReported(at, call, DeviceId("display-1"), outcome, "")
    yield Arrived(at, ticket, COUNTER, OFFICER, RequestId(f"{name}-arrive"))
    yield Finished(at, ticket, COUNTER, OFFICER, RequestId(f"{name}-finish"))
