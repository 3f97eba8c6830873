"""A small hall, calls in it and what the hub answers a board's web page, for its tests."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from contract.calls import NoticeText, RecentCall
from contract.halls import AgencyOfHall, AgencyServices, CounterOfHall, Hall, QueueOfService, ZoneOfHall
from contract.names import AgencyId, CallId, CounterId, Language, NoticeId, Number, ServiceId, ZoneId
from contract.reasons import WhyClosed
from hub.desk.board.seeing import Seen
from hub.desk.board.views import BoardView, board_view
from hub.desk.door import HallBoard
from tests.unit.hub_hall import opening, service

ID, EN = Language("id"), Language("en")
AT = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""12:00 in the hall, a Wednesday; the first language has its turn."""
HOLD, FRESH = timedelta(seconds=8), timedelta(seconds=30)
A, B = ZoneId("a"), ZoneId("b")


def counter(number: str, zone: ZoneId = A, name: str = "") -> CounterOfHall:
    return CounterOfHall(CounterId(f"loket-{number}"), {ID: name or number, EN: name or number}, zone, ())


HALL = Hall(
    revision="1",
    name={ID: "Mal Pelayanan Publik", EN: "Public Service Mall"},
    time_zone="Asia/Makassar",
    languages=(ID, EN),
    day_begins="06:00",
    day_closes="17:00",
    zones=(ZoneOfHall(A, "A", {ID: "Lantai 1"}, "0B5D5B"), ZoneOfHall(B, "B", {ID: "Lantai 2"})),
    agencies=(
        AgencyOfHall(AgencyId("dukcapil"), {ID: "Disdukcapil"}, A),
        AgencyOfHall(AgencyId("imigrasi"), {ID: "Imigrasi"}, B),
    ),
    counters=(
        *(counter(str(each)) for each in range(1, 10)),
        counter("11", B),
        counter("30", A, "Meja Informasi dan Pengaduan"),
        counter("12b", B, "12B"),
    ),
    errands=(),
    place={ID: "Kutai Kartanegara"},
)
SERVICES = tuple(service(ServiceId(name), "K", opening()) for name in ("kartu-keluarga", "akta-kelahiran"))


def call(number: str, at: str = "3", ago_s: float = 60.0, repeat: int = 1) -> RecentCall:
    where = next(each for each in HALL.counters if each.id == f"loket-{at}")
    called = AT - timedelta(seconds=ago_s)
    return RecentCall(
        CallId(f"c-{number}-{repeat}"), Number(number), ServiceId("x"), where.id, where.zone, called, repeat
    )


def answer(*calls: RecentCall, **more) -> HallBoard:
    known = HallBoard(HALL, (), (), calls, {}, None, {}, call_fresh_s=30.0, at=AT)
    return replace(known, **more)


def view(told: HallBoard, zones: tuple[ZoneId, ...] = (), hold: timedelta = HOLD) -> BoardView:
    return board_view(told, zones, Seen().take(told.recent, told.at, FRESH), hold)


def notice(level: str, *zones: ZoneId) -> NoticeText:
    return NoticeText(NoticeId("n"), {ID: "Mohon keluar.", EN: "Please leave."}, level, zones)  # type: ignore[arg-type]


def closed(why: WhyClosed, opens_in: timedelta | None = None) -> dict[AgencyId, tuple[QueueOfService, ...]]:
    """Both agencies shut alike."""
    until = None if opens_in is None else AT + opens_in
    queue = QueueOfService(ServiceId("x"), open=False, waiting=0, why_closed=why, until=until)
    return {agency.id: (queue,) for agency in HALL.agencies}


AGENCY = AgencyServices("1", AgencyId("dukcapil"), SERVICES)
