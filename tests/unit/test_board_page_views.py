"""What stands on the board's web page, and that all of it has room: pure, without a browser."""

import itertools
import re
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from assets.palette import DISPLAY, LIGHT
from contract.calls import CounterOnBoard, NoticeText, RecentCall
from contract.halls import AgencyOfHall, AgencyServices, CounterOfHall, Hall, QueueOfService, ZoneOfHall
from contract.names import AgencyId, CallId, CounterId, Language, NoticeId, Number, ServiceId, ZoneId
from contract.reasons import WhyClosed
from hub.desk.board.drawing import svg
from hub.desk.board.layout import Plan, board_face
from hub.desk.board.measuring import width_of
from hub.desk.board.seeing import Seen
from hub.desk.board.shapes import Arrow, Box, Disc, Line, Shape
from hub.desk.board.shapes import Number as NumberShape
from hub.desk.board.sight import LYING, STANDING, Seat, number_mm, plan_for, seat_of
from hub.desk.board.views import CARD_S, LANGUAGE_S, BoardView, board_view, utterance_of
from hub.desk.door import HallBoard
from hub.desk.files import HERE as STATIC
from hub.desk.files import board_css, served_files
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


def numbers(rows) -> list[str]:
    return [row.number for row in rows]


def test_the_newest_call_is_lit_with_those_of_the_last_eight_seconds_and_the_others_stay_below():
    shown = view(answer(call("K003", ago_s=90), call("K002", ago_s=7), call("K001", ago_s=9)))
    assert numbers(shown.lit) == ["K003", "K002"]
    assert numbers(shown.rows) == ["K001"]


def test_only_calls_of_the_boards_own_zones_are_shown():
    told = answer(call("X001", "11"), call("K001"))
    assert numbers(view(told, (A,)).lit) == ["K001"]
    assert numbers(view(told, (B,)).lit) == ["X001"]
    assert numbers((*view(told, (A, B)).lit, *view(told, (A, B)).rows)) == ["X001", "K001"]


def test_a_number_that_was_called_again_stands_once_where_it_was_called_last_and_is_marked():
    shown = view(answer(call("K001", "5", repeat=2), call("K001", "3")))
    assert [(row.number, row.counter, row.again) for row in (*shown.lit, *shown.rows)] == [
        ("K001", "5", "Panggilan ke-2")
    ]


def test_a_call_that_comes_late_is_lit_from_when_the_page_has_it_and_one_that_is_past_is_not():
    seen = Seen().take((), AT, FRESH)
    late, past = call("K002", ago_s=20), call("K001", ago_s=40)
    seen = seen.take((late, past), AT, FRESH)
    assert seen.is_new(late.call, AT + timedelta(seconds=7.9), HOLD)
    assert not seen.is_new(late.call, AT + HOLD, HOLD)
    assert not seen.is_new(past.call, AT, HOLD)


def test_a_page_says_only_what_came_while_it_was_open_or_since_it_was_last_heard():
    first = Seen().take((call("K001", ago_s=1),), AT, FRESH)
    assert first.news(Seen(), AT) == ()
    later = AT + timedelta(seconds=3)
    new = replace(call("K002"), at=later)
    assert first.take((new, call("K001", ago_s=1)), later, FRESH).news(first, later) == (new.call,)
    back = Seen().up_to((new, call("K001", ago_s=1)), "c-K001-1")
    assert back.take((new, call("K001", ago_s=1)), later, FRESH).news(back, later) == (new.call,)
    assert Seen().up_to((new,), "unheard-of") == Seen()


def test_before_the_first_call_the_board_welcomes():
    quiet = view(answer())
    assert quiet.sign is not None
    assert quiet.sign.title == "Selamat datang"


def closed(why: WhyClosed, opens_in: timedelta | None = None) -> dict[AgencyId, tuple[QueueOfService, ...]]:
    """Both agencies shut alike."""
    until = None if opens_in is None else AT + opens_in
    queue = QueueOfService(ServiceId("x"), open=False, waiting=0, why_closed=why, until=until)
    return {agency.id: (queue,) for agency in HALL.agencies}


@pytest.mark.parametrize(
    ("why", "opens_in", "title", "text"),
    [
        (WhyClosed.BREAK, timedelta(hours=1), "Sedang istirahat", "Buka pukul 13.00."),
        (
            WhyClosed.AFTER_HOURS,
            timedelta(hours=20),
            "Pelayanan hari ini selesai",
            "Buka Kamis, 26 November, pukul 08.00.",
        ),
        (WhyClosed.NOT_TODAY, None, "Hari ini tutup", ""),
        (WhyClosed.BEFORE_HOURS, timedelta(minutes=30), "Belum buka", "Buka pukul 12.30."),
    ],
)
def test_when_nothing_can_be_had_and_nobody_waits_the_board_says_why_and_until_when(why, opens_in, title, text):
    shown = view(answer(call("K001"), idle=closed(why, opens_in)))
    assert shown.sign is not None
    assert (shown.sign.title, shown.sign.text) == (title, text)
    assert shown.sign.alone
    assert shown.lit == shown.rows == ()


@pytest.mark.parametrize("why", [WhyClosed.NO_OFFICER, WhyClosed.PAUSED])
def test_a_hall_whose_officers_may_come_back_at_any_minute_is_not_shut(why):
    assert view(answer(call("K001"), idle=closed(why))).sign is None


def test_a_zone_that_is_still_in_use_is_not_shut_while_another_is():
    told = answer(call("K001"), idle={AgencyId("imigrasi"): closed(WhyClosed.AFTER_HOURS)[AgencyId("imigrasi")]})
    assert view(told, (A,)).sign is None
    assert view(told).sign is None
    shut = view(told, (B,)).sign
    assert shut is not None
    assert shut.title == "Pelayanan hari ini selesai"


def test_an_evacuation_has_the_whole_board_in_every_language_and_only_in_its_zones():
    shown = view(answer(call("K001", ago_s=1), notice=notice("evacuate")))
    assert shown.sign is not None
    assert (shown.sign.title, shown.sign.text) == ("Mohon keluar.", "Please leave.")
    assert shown.lit == shown.rows == ()
    assert view(answer(call("K001"), notice=notice("evacuate", B)), (A,)).sign is None


def test_an_urgent_notice_gives_way_to_a_new_call_and_comes_back_above_those_before():
    new = view(answer(call("K001", ago_s=1), notice=notice("urgent")))
    assert (new.sign, new.alerts, new.tips) == (None, ("Mohon keluar.",), ())
    assert numbers(new.lit) == ["K001"]
    after = view(answer(call("K001", ago_s=9), notice=notice("urgent")))
    assert after.sign is not None
    assert (after.sign.title, numbers(after.rows)) == ("Mohon keluar.", ["K001"])


def test_a_plain_notice_shares_the_line_with_absences_and_those_that_are_alike_share_a_page():
    def away(number: int, until: timedelta) -> CounterOnBoard:
        return CounterOnBoard(CounterId(f"loket-{number}"), "paused", "break", AT + until)

    counters = (
        away(5, timedelta(hours=1)),
        away(7, timedelta(hours=1)),
        away(2, -timedelta(minutes=1)),
        away(11, timedelta(hours=1)),
    )
    shown = view(answer(call("K001"), notice=notice("info"), counters=counters), (A,))
    assert shown.alerts == ("Mohon keluar.", "Loket 5, 7 istirahat sampai 13.00", "Loket 2 istirahat")
    assert shown.tips


def test_languages_take_turns_while_the_word_for_counter_stays_in_the_halls_first():
    later = answer(call("K001"), at=AT + timedelta(seconds=LANGUAGE_S))
    first, second = view(answer(call("K001"))), view(later)
    assert "Nomor antrean gratis." in first.tips
    assert "Queue numbers are free of charge." in second.tips
    assert first.lit[0].word == second.lit[0].word == "Loket"


def test_services_take_turns_on_the_card_and_it_is_never_more_than_the_displays_say():
    agencies = (replace(AGENCY, services=SERVICES),)
    titles = {
        view(answer(agencies=agencies, at=AT + timedelta(seconds=CARD_S * turn))).card for turn in range(len(SERVICES))
    }
    assert len(titles) == len(SERVICES)
    drawn = svg(board_face(view(answer(call("K001"), agencies=agencies)), LYING[0]), "lying", "", "")
    assert "ticket" not in drawn
    assert "holder" not in drawn


def test_a_call_is_said_in_the_halls_first_language_as_the_hall_says_numbers():
    whole = replace(HALL, numbers_said="number")
    assert utterance_of(answer(hall=whole), call("K069")).text == (
        "Nomor antrean ka, enam puluh sembilan, silakan menuju loket tiga"
    )


def test_what_a_hall_writes_cannot_become_a_tag():
    evil = replace(HALL, name={ID: "<script>alert(1)</script>"})
    drawn = svg(board_face(view(answer(call("K001"), hall=evil)), LYING[0]), "lying", '"><script>', "")
    assert "<script" not in drawn


AGENCY = AgencyServices("1", AgencyId("dukcapil"), SERVICES)

CASES = {
    "one call": answer(call("K069", ago_s=1), call("X017", "11"), call("S102", "7"), call("L054", "9")),
    "recall": answer(call("4K1069", ago_s=1, repeat=2), call("K001")),
    "two": answer(call("K069", ago_s=1), call("ABC1234", "12b", ago_s=2), call("K001")),
    "four": answer(*(call(f"K{each:03}", str(each), ago_s=1) for each in range(1, 5))),
    "eight": answer(*(call(f"LK{each:04}", str(each), ago_s=1) for each in range(1, 9))),
    "long names": answer(call("ABC10069", "30", ago_s=1), call("ABC1006", "30", ago_s=1), call("XYZ9999", "30")),
    "many wait": answer(call("K001"), agencies=(AGENCY,), waiting={AgencyId("dukcapil"): 118, AgencyId("imigrasi"): 7}),
    "before the first": answer(agencies=(AGENCY,)),
    "closed": answer(idle=closed(WhyClosed.AFTER_HOURS, timedelta(hours=20))),
    "evacuation": answer(call("K001"), notice=notice("evacuate")),
    "long notice": answer(
        call("K001"),
        notice=replace(notice("urgent"), text={ID: "Jaringan Disdukcapil sedang terganggu sampai pukul 13.00. " * 4}),
    ),
}


def extent(shape: Shape) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is drawn."""
    match shape:
        case Box(x=x, y=y, width=width, height=height):
            return x, y, x + width, y + height
        case Disc(x=x, y=y, radius=radius):
            return x - radius, y - radius, x + radius, y + radius
        case Arrow(x=x, y=y, size=size):
            return x, y - size / 2, x + size, y + size / 2
        case NumberShape(places=places, y=y, size=size, text=text):
            return places[0], y - 0.66 * size, places[0] + width_of(text, "Black") * size, y + 0.12 * size
        case Line(x=x, y=y, size=size, text=text, weight=weight, anchor=anchor):
            wide = width_of(text, weight) * size
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
            return left, y - 0.66 * size, left + wide, y + 0.2 * size
        case _:
            return shape.x, shape.y - shape.size, shape.x + shape.size, shape.y


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(
    "plan", [*LYING, *STANDING], ids=lambda plan: f"{'up' if plan.upright else 'lying'}-{plan.rows}"
)
def test_nothing_sticks_out_of_the_board_and_no_words_lie_on_each_other(case: str, plan: Plan):
    face = board_face(view(CASES[case]), plan)
    for shape in face.shapes:
        left, top, right, bottom = extent(shape)
        assert -1 <= left <= right <= face.width + 1, shape
        assert -1 <= top <= bottom <= face.height + 1, shape
    words = [shape for shape in face.shapes if isinstance(shape, Line | NumberShape | Arrow)]
    for one, other in itertools.combinations(words, 2):
        a, b = extent(one), extent(other)
        apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
        assert apart, (one, other)


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize(("inch", "metres"), [(32, 4), (43, 6.5), (55, 8.5), (55, 10), (65, 12)])
def test_numbers_are_high_enough_for_the_farthest_seat_with_as_much_beside_them_as_that_allows(inch, metres, upright):
    seat = Seat(inch, metres)
    plan = plan_for(seat, upright=upright)
    assert number_mm(plan, seat) >= metres * 11.3
    fuller = (STANDING if upright else LYING)[: (STANDING if upright else LYING).index(plan)]
    assert all(number_mm(each, seat) < metres * 11.3 for each in fuller)


def test_an_address_that_states_nonsense_is_an_address_that_states_nothing():
    assert seat_of("", "") == seat_of("huge", "-3") == seat_of("1e9", "nan") == Seat()
    assert seat_of("43", "6,5") == Seat(43, 6.5)


def test_the_style_has_every_colour_put_in():
    written = board_css(".a { fill: @on_attention; stroke: @bar; }", DISPLAY)
    assert written.startswith(".a { fill: #10242B; stroke: #09161B; }")
    assert board_css("@ink", LIGHT).startswith("#10242B")
    left = set(re.findall(r"@[a-z_]+", served_files()["board.css"].body.decode()))
    assert left <= {"@font", "@media", "@keyframes"}


def test_script_and_style_are_of_the_kind_that_televisions_of_2013_know():
    """ECMAScript 5 and no later CSS: one word of another kind, and an old browser takes nothing of the file."""
    script = re.sub(r"//.*", "", (STATIC / "board.js").read_text())
    for younger in (
        "=>",
        "`",
        "...",
        "?.",
        "??",
        "**",
        "fetch(",
        "Promise",
        "async ",
        "includes(",
        "classList",
        "NodeList",
    ):
        assert younger not in script, younger
    assert not re.search(r"\b(let|const|class|import|for \(var \w+ of)\b", script)
    style = re.sub(r"/\*.*?\*/", "", (STATIC / "board.css").read_text(), flags=re.DOTALL)
    for younger in (
        "var(",
        "grid",
        "flex",
        "gap:",
        "clamp(",
        "min(",
        "max(",
        "inset:",
        ":is(",
        "aspect-ratio",
        "color-mix",
        "rotate:",
    ):
        assert younger not in style, younger
