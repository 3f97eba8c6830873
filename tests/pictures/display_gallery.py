"""The hall display's states, one view each, for its golden pictures. All of it is made by the program's own pure code."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from contract.calls import Board, CounterOnBoard, Notice, NoticeText, RecentCall
from contract.halls import (
    AgencyOfHall,
    AgencyServices,
    CounterOfHall,
    Hall,
    HubHeartbeat,
    QueueOfService,
    Queues,
    Requirement,
    ServiceOfAgency,
    ZoneOfHall,
)
from contract.names import AgencyId, CallId, CounterId, Language, NoticeId, Number, ServiceId, ZoneId
from contract.opening import Opening
from display.board import Attention, HubHeard, Knowledge, learn
from display.sight import Panel
from display.views import Manner, View, view_of
from ui.window import Drawing, ScreenSettings

SCREEN = ScreenSettings(width=1920, height=1080, diagonal_inch=55.0)
DRAWING = Drawing(1920, 1080, 55.0)

ID, EN = Language("id"), Language("en")
AT = datetime(2026, 11, 25, 1, 31, tzinfo=UTC)
NOW_S = 960.0
"""A turn of every page at which the first things stand first."""

MANNER = Manner(device="display-1", language=ID, zones=(), panel=Panel(1920, 1080, 55.0, 8.5))


def agency(name: str, zone: str, icon: str) -> AgencyOfHall:
    return AgencyOfHall(AgencyId(name.lower().replace(" ", "-")), {ID: name, EN: name}, ZoneId(zone), icon=icon)


def counter(number: int, zone: str, name: str = "") -> CounterOfHall:
    return CounterOfHall(CounterId(f"loket-{number}"), {ID: name or str(number)}, ZoneId(zone), ())


def service(identity: str, name: str, *requirements: str, icon: str | None = None) -> ServiceOfAgency:
    plain = {ID: "-"}
    return ServiceOfAgency(
        id=ServiceId(identity),
        prefix="X",
        name={ID: name},
        opening=Opening(sessions=()),
        requirements=tuple(Requirement({ID: each}) for each in requirements),
        procedure=(plain,),
        duration=plain,
        fee=plain,
        product=plain,
        complaints=plain,
        icon=icon,
    )


HALL = Hall(
    revision="1",
    name={ID: "Mal Pelayanan Publik", EN: "Public Service Mall"},
    time_zone="Asia/Makassar",
    languages=(ID, EN),
    day_begins="06:00",
    day_closes="17:00",
    zones=tuple(
        ZoneOfHall(ZoneId(zone), zone.upper(), {ID: f"Zona {zone.upper()}", EN: f"Zone {zone.upper()}"}, colour)
        for zone, colour in (("a", "0B5D5B"), ("b", "7A4A9A"), ("c", None))
    ),
    agencies=(
        agency("Imigrasi", "b", "passport"),
        agency("Disdukcapil", "a", "card-account-details"),
        agency("Samsat", "c", "car"),
        agency("BPJS", "a", "heart-pulse"),
        agency("Pengadilan Agama", "b", "gavel"),
    ),
    counters=(
        *(counter(n, "a") for n in range(1, 9)),
        *(counter(n, "b") for n in range(9, 15)),
        *(counter(n, "c") for n in range(15, 26)),
        counter(30, "a", "Informasi"),
        counter(31, "b", "Ruang Foto 2"),
        counter(32, "c", "12B"),
    ),
    errands=(),
    place={ID: "Kutai Kartanegara"},
)
SERVICES = AgencyServices(
    "1",
    AgencyId("imigrasi"),
    (
        service("paspor-baru", "Paspor baru", "KTP", "Kartu Keluarga", "akta lahir, ijazah, atau buku nikah"),
        service(
            "paspor-ganti",
            "Penggantian paspor habis berlaku",
            "Paspor lama",
            "KTP",
            "Kartu Keluarga yang sudah dilegalisasi",
            "Surat rekomendasi atasan bagi pegawai",
            "Meterai",
        ),
    ),
)
WAITING = {"disdukcapil": 18, "samsat": 11, "bpjs": 6, "imigrasi": 4, "pengadilan-agama": 2}


def call(number: str, at: str, seconds_ago: float = 100.0) -> RecentCall:
    where = next(each for each in HALL.counters if each.id == at)
    at_time = AT - timedelta(seconds=seconds_ago)
    return RecentCall(CallId(f"call-{number}"), Number(number), ServiceId("x"), where.id, where.zone, at_time)


LOOK = (call("K069", "loket-3", 1), call("X017", "loket-11"), call("S102", "loket-7"), call("L054", "loket-19"))
MANY = (
    call("R006", "loket-6"),
    call("A128", "loket-12"),
    call("H066", "loket-16"),
    call("U099", "loket-9"),
)


def known(*recent: RecentCall, counters: tuple[CounterOnBoard, ...] = (), waiting: bool = True) -> Knowledge:
    state = Knowledge(began_s=NOW_S - 500)
    messages: list[Any] = [
        HubHeartbeat("online", 3, AT, 8),
        HALL,
        SERVICES,
        Board(3, 1, AT, "2026-11-25", counters, recent),
    ]
    if waiting:
        messages += [
            Queues(3, 1, AT, (QueueOfService(ServiceId("any"), open=True, waiting=count),), AgencyId(name))
            for name, count in WAITING.items()
        ]
    for message in messages:
        state = learn(state, message, NOW_S, 8, retained=False)
    return state


BREAK = CounterOnBoard(CounterId("loket-5"), "paused", reason="break", until=datetime(2026, 11, 25, 5, 0, tzinfo=UTC))

EVACUATION = Notice(
    3,
    1,
    NoticeText(
        NoticeId("n1"),
        {
            ID: "Tinggalkan gedung lewat pintu terdekat. Ikuti petugas.",
            EN: "Leave the building by the nearest door. Follow the staff.",
        },
        "evacuate",
        (),
    ),
)


def lit(state: Knowledge, count: int) -> Knowledge:
    assert state.board is not None
    return replace(state, lit=tuple(Attention(each.call, NOW_S + 5) for each in state.board.recent[:count]))


def silent(state: Knowledge, seconds: float) -> Knowledge:
    assert state.hub is not None
    return replace(state, hub=HubHeard(state.hub.at, NOW_S - seconds, state.hub.boot))


def shown(state: Knowledge, manner: Manner = MANNER, at: float = NOW_S) -> View:
    return view_of(state, manner, None, at)


def views() -> dict[str, View]:
    from tests.pictures import display_care

    every = (*LOOK, *MANY)
    odd = (
        call("K1000", "loket-30", 1),
        call("AB123", "loket-32"),
        call("X1669", "loket-31"),
        call("L9996", "loket-19"),
    )
    return {
        "calls": shown(known(*LOOK, counters=(BREAK,))),
        "two-at-once": shown(lit(known(*every), 2)),
        "three-at-once": shown(lit(known(*every), 3)),
        "four-at-once": shown(lit(known(*every), 4)),
        "eight-at-once": shown(lit(known(*every), 8)),
        "long-numbers": shown(known(*odd)),
        "long-names-at-once": shown(lit(known(*odd), 4)),
        "one-call": shown(known(LOOK[0], waiting=False)),
        "long-card": shown(silent(known(*LOOK), -30), at=NOW_S + 30),
        "before-the-first-call": shown(known()),
        "growing-old": shown(silent(known(*LOOK), 23)),
        "hub-lost": shown(silent(known(*LOOK), 190)),
        "two-digit-counter": shown(known(*LOOK[1:], LOOK[0])),
        "middle-readers": shown(known(*LOOK[1:], LOOK[0]), replace(MANNER, panel=Panel(1920, 1080, 55.0, 10.0))),
        "far-readers": shown(known(*LOOK[1:], LOOK[0]), replace(MANNER, panel=Panel(1920, 1080, 55.0, 13.5))),
        "evacuation": shown(learn(known(*LOOK), EVACUATION, NOW_S, 8, retained=False)),
        "starting": shown(Knowledge(began_s=NOW_S - 3)),
        "never-connected": shown(Knowledge(began_s=NOW_S - 100)),
        **display_care.views(),
    }


def stage() -> Any:
    from assets import palette
    from display.care import RestView
    from display.countersign import CounterSignView
    from display.screens.calls import CallsScreen
    from display.screens.countersign import CounterSignScreen
    from display.screens.media import MediaPane
    from display.screens.resting import RestScreen
    from display.screens.starting import StartingScreen
    from display.views import BoardView, StartingView
    from ui.stage import Stage
    from ui.theme import theme

    theme.wear(palette.DISPLAY)
    MediaPane.at_once = True
    screens: dict[type, Any] = {
        BoardView: lambda: CallsScreen(swells=False),
        CounterSignView: CounterSignScreen,
        StartingView: StartingScreen,
        RestView: RestScreen,
    }
    return Stage(screens, settle_s=0)
