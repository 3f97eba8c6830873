"""The line at the foot and the signs in the place of the newest call: what stands when, in which language."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from contract.calls import CounterOnBoard, Notice, NoticeText
from contract.halls import QueueOfService, Queues
from contract.names import AgencyId, CounterId, NoticeId, ServiceId, ZoneId
from contract.reasons import WhyClosed
from display.board import HubHeard, Knowledge, learn
from display.hours import shut
from display.lines import page_at, pages_of
from display.views import BoardView, view_of
from tests.pictures.display_gallery import AT, BREAK, EN, ID, LOOK, MANNER, NOW_S, WAITING, known, lit, silent

ONE_O_CLOCK = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


def seen(state: Knowledge, now_s: float = NOW_S) -> BoardView:
    view = view_of(state, MANNER, None, now_s)
    assert isinstance(view, BoardView)
    return view


def queues(why: WhyClosed | None, *, until: datetime | None = None, waiting: int = 0, now: datetime = AT) -> Knowledge:
    """A hall whose every service is closed for a reason, at a moment of the hub's."""
    state = known(*LOOK, waiting=False)
    for name in WAITING:
        one = QueueOfService(ServiceId(name), open=why is None, waiting=waiting, why_closed=why, until=until)
        state = learn(state, Queues(3, 5, AT, (one,), AgencyId(name)), NOW_S, 8, retained=False)
    return replace(state, hub=HubHeard(now, NOW_S, 3))


def away(count: int, **how) -> CounterOnBoard:
    return replace(BREAK, id=CounterId(f"loket-{count}"), **how)


def lines(state: Knowledge, **how) -> list[tuple[str, str, str]]:
    pages = pages_of(state, (), NOW_S, stale=how.get("stale", False))
    return [(page.language, page.line.alert, page.line.text) for page in pages]


def test_each_language_has_its_pages_and_the_languages_follow_one_another():
    assert lines(known(*LOOK)) == [
        ("id", "", "Nomor terlewat? Lapor ke meja informasi."),
        ("id", "", "Nomor antrean gratis."),
        ("en", "", "Missed your number? Tell the information desk."),
        ("en", "", "Queue numbers are free of charge."),
    ]


def test_a_page_stands_for_its_time_and_the_round_begins_again():
    state = known(*LOOK)
    stood = [page_at(state, (), 10.0, NOW_S + second, stale=False).line.text for second in range(80)]
    assert [stood[second] for second in range(0, 80, 10)] == [line for _, _, line in lines(state)] * 2
    assert all(stood[second] == stood[second // 10 * 10] for second in range(80))


def test_every_alert_comes_in_every_language_however_many_there_are():
    counters = tuple(away(count, until=ONE_O_CLOCK + timedelta(minutes=count)) for count in range(1, 8))
    pages = lines(known(*LOOK, counters=counters))
    for language in ("id", "en"):
        assert len({alert for spoken, alert, _ in pages if spoken == language}) == 7


def test_counters_that_are_away_alike_share_a_page():
    counters = (away(5), away(7), away(6), away(30, reason="rapat", until=None))
    alerts = {alert for language, alert, _ in lines(known(*LOOK, counters=counters)) if language == "id"}
    assert alerts == {"Loket 5–7 istirahat sampai 13.00", "Informasi rapat"}


def test_an_end_that_has_passed_is_not_promised_any_more():
    state = replace(known(*LOOK, counters=(away(5),)), hub=HubHeard(ONE_O_CLOCK, NOW_S, 3))
    assert {alert for language, alert, _ in lines(state) if language == "id"} == {"Loket 5 istirahat"}


def test_a_notice_for_information_comes_before_the_absences():
    notice = Notice(3, 1, NoticeText(NoticeId("n"), {ID: "Loket parkir pindah", EN: "Parking has moved"}, "info", ()))
    state = learn(known(*LOOK, counters=(away(5),)), notice, NOW_S, 8, retained=False)
    assert [alert for _, alert, _ in lines(state)] == [
        "Loket parkir pindah",
        "Loket 5 istirahat sampai 13.00",
        "Parking has moved",
        "Counter 5: break until 13:00",
    ]


def test_date_and_line_speak_one_language_at_a_time():
    state = known(*LOOK)
    together = []
    for later in range(0, 40, 10):
        view = seen(replace(state, hub=HubHeard(AT, NOW_S + later, 3)), NOW_S + later)
        together.append((view.date.split(",")[0], view.line.text.split()[0]))
    assert together == [("Rabu", "Nomor"), ("Rabu", "Nomor"), ("Wednesday", "Missed"), ("Wednesday", "Queue")]


def test_a_hub_that_is_lost_is_told_in_every_language_at_once():
    sign = seen(silent(known(*LOOK), 61)).sign
    assert sign is not None
    assert (sign.title, sign.hint) == ("Mohon perhatikan petugas", "Please listen to the staff")


@pytest.mark.parametrize(
    ("why", "now", "expected"),
    [
        (WhyClosed.BEFORE_HOURS, AT, "not-begun"),
        (WhyClosed.NOT_TODAY, AT, "closed"),
        (WhyClosed.BREAK, AT, "break"),
        (WhyClosed.AFTER_HOURS, AT, "done"),
        (WhyClosed.LAST_TICKET_PASSED, AT, "done"),
        (WhyClosed.QUOTA_USED_UP, AT, "done"),
        (WhyClosed.HALL_CLOSED, datetime(2026, 11, 24, 21, 30, tzinfo=UTC), "not-begun"),
        (WhyClosed.HALL_CLOSED, datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "done"),
        (WhyClosed.NOT_TODAY, datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "closed"),
    ],
)
def test_a_hall_is_shut_for_one_reason(why, now, expected):
    found = shut(queues(why, now=now), (), NOW_S)
    assert found is not None
    assert found.why == expected


@pytest.mark.parametrize("why", [WhyClosed.PAUSED, WhyClosed.NO_OFFICER, None])
def test_a_hall_that_may_open_at_any_minute_is_not_shut(why):
    assert shut(queues(why), (), NOW_S) is None


def test_a_hall_is_not_shut_while_anybody_waits_or_is_served():
    closed = queues(WhyClosed.AFTER_HOURS)
    assert closed.board is not None
    assert shut(queues(WhyClosed.AFTER_HOURS, waiting=1), (), NOW_S) is None
    for state in ("called", "serving"):
        board = replace(closed.board, counters=(CounterOnBoard(CounterId("loket-9"), state),))
        busy = replace(closed, board=board)
        assert shut(busy, (), NOW_S) is None
        assert shut(busy, (ZoneId("b"),), NOW_S) is None
        assert shut(busy, (ZoneId("a"),), NOW_S) is not None, "a counter of another zone is none of this display's"


def test_a_days_end_has_the_board_and_tells_when_the_hall_opens_again():
    view = seen(queues(WhyClosed.AFTER_HOURS, until=datetime(2026, 11, 26, 0, 0, tzinfo=UTC)))
    assert view.sign is not None
    assert (view.sign.title, view.sign.text) == (
        "Pelayanan hari ini selesai",
        "Buka Kamis, 26 November, pukul 08.00.",
    )
    assert (view.lit, view.rows) == ((), ())


def test_a_break_of_the_whole_hall_tells_when_it_ends():
    sign = seen(queues(WhyClosed.BREAK, until=ONE_O_CLOCK)).sign
    assert sign is not None
    assert (sign.title, sign.text) == ("Sedang istirahat", "Buka pukul 13.00.")


def test_a_call_after_the_days_end_is_lit_all_the_same():
    view = seen(lit(queues(WhyClosed.AFTER_HOURS), 1))
    assert (view.sign, [row.number for row in view.lit]) == (None, ["K069"])
