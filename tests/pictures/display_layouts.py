"""The hall display's other layouts, panels and languages, one view each, for golden pictures: all in one window, each in
its own size."""

from datetime import UTC, datetime
from functools import cache

from msgspec.structs import replace

from contract.calls import Board, CounterOnBoard, RecentCall
from contract.halls import AgencyServices, Hall
from contract.names import AgencyId, CounterId, Number, ServiceId, ZoneId
from display.board import Knowledge, learn
from display.sight import Panel
from display.views import Manner, View, view_of
from tests.pictures.display_gallery import (
    AT,
    BREAK,
    EN,
    EVACUATION,
    HALL,
    ID,
    LOOK,
    MANY,
    NOW_S,
    known,
    lit,
    service,
    silent,
    stage,
)
from ui.window import Drawing, ScreenSettings

__all__ = ["stage"]

SCREEN = ScreenSettings(width=1920, height=1920, diagonal_inch=77.8)
DRAWING = Drawing(1920, 1920, 77.8)

LYING = Panel(1920, 1080, 55.0, 8.5)
SMALL = Panel(1280, 720, 43.0, 6.0)
UPRIGHT = Panel(1080, 1920, 55.0, 8.5)
SMALL_UPRIGHT = Panel(720, 1280, 43.0, 6.0)
OVER_A_COUNTER = Panel(1280, 720, 24.0, 4.0)
BESIDE_A_COUNTER = Panel(720, 1280, 32.0, 4.0)

EVERY = (*LOOK, *MANY)


def manner(panel: Panel, kind: str, **more: object) -> Manner:
    return replace(Manner(device="display-1", language=ID, zones=(), panel=panel), kind=kind, **more)


def again(calls: tuple[RecentCall, ...], *times: int) -> tuple[RecentCall, ...]:
    """The first of these calls were made so often."""
    return tuple(replace(call, repeat=times[index] if index < len(times) else 1) for index, call in enumerate(calls))


def in_english(state: Knowledge) -> Knowledge:
    assert state.hall is not None
    return replace(state, hall=replace(state.hall, languages=(EN, ID)))


def at_counter(which: int, state: str, **more: object) -> CounterOnBoard:
    return replace(CounterOnBoard(CounterId(f"loket-{which}"), "open"), state=state, **more)


def holding(which: int, called: str, agency: str, state: str = "called", calls: int = 1) -> CounterOnBoard:
    at = datetime(2026, 11, 25, 1, 30, which, tzinfo=UTC)
    return at_counter(which, state, number=Number(called), service=ServiceId(f"{agency}-1"), called_at=at, calls=calls)


AT_WORK = (
    holding(3, "K069", "disdukcapil"),
    holding(4, "K070", "disdukcapil", "serving"),
    holding(7, "S102", "disdukcapil", "serving"),
    holding(11, "X017", "imigrasi", "serving"),
    holding(19, "L054", "samsat"),
    holding(20, "L9996", "samsat"),
    BREAK,
)


def waiting_room(*recent: RecentCall, counters: tuple[CounterOnBoard, ...] = AT_WORK) -> Knowledge:
    """A hall whose agencies all have a service, so that it is known whose numbers are in hand."""
    state = known(*recent, counters=counters)
    for agency in HALL.agencies:
        one = service(f"{agency.id}-1", agency.name[ID])
        state = learn(state, AgencyServices("2", AgencyId(agency.id), (one,)), NOW_S, 8, retained=False)
    return state


def crowded(state: Knowledge) -> Knowledge:
    """More agencies than one page has lines."""
    assert state.hall is not None
    first = state.hall.agencies[0]
    names = ("Dinas Penanaman Modal dan PTSP", "Kejaksaan Negeri", "Badan Pertanahan", "Taspen", "Kepolisian", "PLN")
    more = tuple(replace(first, id=AgencyId(f"more-{index}"), name={ID: name}) for index, name in enumerate(names))
    return replace(state, hall=replace(state.hall, agencies=(*state.hall.agencies, *more)))


def sign(state: Knowledge, panel: Panel = OVER_A_COUNTER, number: int = 3) -> View:
    return shown(state, manner(panel, "counter-sign", counter=CounterId(f"loket-{number}")))


def shown(state: Knowledge, how: Manner) -> View:
    return view_of(state, how, None, NOW_S)


@cache
def states() -> dict[str, tuple[Panel, View]]:
    calls, media, table = "calls", "calls-with-media", "agencies"
    board, room = known(*EVERY, counters=(BREAK,)), waiting_room(*EVERY)
    noon = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
    each = [
        ("calls-alone", LYING, calls, board),
        ("calls-alone-english", LYING, calls, in_english(board)),
        ("calls-again", LYING, media, known(*again(LOOK, 2, 1, 3), counters=(BREAK,))),
        ("calls-again-at-once", LYING, calls, lit(known(*again(EVERY, 2, 2)), 6)),
        ("calls-two-zones", LYING, calls, known(*EVERY)),
        ("near-media", replace(LYING, viewing_m=6.0), media, board),
        ("far-media", replace(LYING, viewing_m=10.0), media, board),
        ("large-hall", Panel(1920, 1080, 98.0, 20.0), media, board),
        ("small-calls", SMALL, calls, board),
        ("small-media-at-once", SMALL, media, lit(known(*EVERY), 3)),
        ("upright-calls", replace(UPRIGHT, viewing_m=10.0), calls, board),
        ("upright-media", UPRIGHT, media, known(*EVERY[1:], counters=(BREAK,))),
        ("upright-media-english", UPRIGHT, media, in_english(board)),
        ("upright-two-at-once", UPRIGHT, media, lit(known(*again(EVERY, 2)), 2)),
        ("upright-eight-at-once", UPRIGHT, calls, lit(known(*EVERY), 8)),
        ("upright-before-the-first-call", UPRIGHT, media, known()),
        ("upright-growing-old", UPRIGHT, calls, silent(board, 23)),
        ("upright-evacuation", UPRIGHT, media, learn(board, EVACUATION, NOW_S, 8, retained=False)),
        ("upright-small", SMALL_UPRIGHT, calls, lit(known(*again(EVERY, 2)), 3)),
        ("table", LYING, table, room),
        ("table-full", LYING, table, crowded(room)),
        ("table-call", LYING, table, lit(room, 1)),
        ("table-three-at-once", LYING, table, lit(room, 3)),
        ("table-english", SMALL, table, in_english(lit(room, 2))),
        ("table-upright", UPRIGHT, table, crowded(room)),
        ("table-upright-call", UPRIGHT, table, lit(crowded(room), 1)),
    ]
    drawn = {name: (panel, shown(state, manner(panel, kind))) for name, panel, kind, state in each}
    zones = (ZoneId("a"), ZoneId("b"))
    drawn["calls-two-zones"] = LYING, shown(known(*EVERY), manner(LYING, calls, zones=zones))
    signs = {
        "sign-called": (OVER_A_COUNTER, room),
        "sign-called-again": (LYING, waiting_room(*EVERY, counters=(holding(3, "K069", "disdukcapil", calls=2),))),
        "sign-serving": (OVER_A_COUNTER, waiting_room(counters=(holding(3, "K069", "disdukcapil", "serving"),))),
        "sign-open": (OVER_A_COUNTER, known(counters=(at_counter(3, "open"),))),
        "sign-away": (OVER_A_COUNTER, known(counters=(at_counter(3, "paused", reason="break", until=noon),))),
        "sign-away-english": (
            OVER_A_COUNTER,
            in_english(known(counters=(at_counter(3, "paused", reason="prayer", until=noon),))),
        ),
        "sign-closed": (OVER_A_COUNTER, known(counters=(at_counter(3, "closed"),))),
        "sign-growing-old": (OVER_A_COUNTER, silent(room, 23)),
        "sign-hub-lost": (OVER_A_COUNTER, silent(room, 190)),
        "sign-upright-called": (BESIDE_A_COUNTER, room),
        "sign-upright-away": (BESIDE_A_COUNTER, known(counters=(at_counter(3, "paused", reason="system"),))),
    }
    for name, (panel, state) in signs.items():
        drawn[name] = panel, sign(state, panel)
    services = tuple(service(f"{agency.id}-1", agency.name[ID]) for agency in HALL.agencies)
    photo: Hall = replace(
        HALL,
        counters=tuple(
            replace(each, services=(services[0].id,)) if each.id == "loket-31" else each for each in HALL.counters
        ),
    )
    named = learn(room, photo, NOW_S, 8, retained=False)
    board_of_photo = Board(3, 9, AT, "2026-11-25", (holding(31, "X1669", "imigrasi"),), EVERY)
    drawn["sign-own-name"] = LYING, sign(learn(named, board_of_photo, NOW_S, 8, retained=False), LYING, 31)
    return drawn


def views() -> dict[str, View]:
    return {name: view for name, (_, view) in states().items()}


def sizes() -> dict[str, tuple[float, float]]:
    """How much of the window each picture takes, from its lower left corner; pixels."""
    return {name: (state[0].width, state[0].height) for name, state in states().items()}
