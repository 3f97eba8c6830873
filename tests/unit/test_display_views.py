"""What the hall sees, from what is known: words in their places, pages that turn, sizes for the farthest reader."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from assets.bringing import to_bring
from assets.words import words_of
from contract.calls import CounterOnBoard, Notice, NoticeText
from contract.halls import HubHeartbeat, QueueOfService, Queues
from contract.names import AgencyId, CounterId, NoticeId, ServiceId, ZoneId
from display.board import Knowledge, learn
from display.views import BoardView, StartingView, view_of
from tests.pictures.display_gallery import (
    AT,
    BREAK,
    EN,
    ID,
    LOOK,
    MANNER,
    MANY,
    NOW_S,
    call,
    known,
    lit,
    service,
    silent,
)

WORDS = words_of(ID).display


def seen(state: Knowledge, manner=MANNER, now_s: float = NOW_S, speaking=None) -> BoardView:
    view = view_of(state, manner, speaking, now_s)
    assert isinstance(view, BoardView)
    return view


def rows(view: BoardView) -> list[list[str]]:
    return [[row.number for row in view.lit], [row.number for row in view.rows]]


def awake(state: Knowledge, now_s: float) -> Knowledge:
    """The hub was heard just now."""
    return learn(state, HubHeartbeat("online", 3, AT, 99), now_s, 8, retained=False)


def test_the_newest_call_has_three_earlier_ones_below_it():
    assert rows(seen(known(*LOOK, *MANY))) == [["K069"], ["X017", "S102", "L054"]]


@pytest.mark.parametrize(("count", "below"), [(2, 1), (3, 0), (4, 0), (8, 0)])
def test_calls_that_are_lit_together_take_the_places_of_earlier_ones(count, below):
    first, second = rows(seen(lit(known(*LOOK, *MANY), count)))
    assert (len(first), len(second)) == (count, below)


def test_a_counter_with_a_number_is_introduced_and_one_with_a_name_is_not():
    numbered, named = seen(lit(known(call("K001", "loket-3"), call("K002", "loket-30")), 2)).lit
    assert (numbered.word, numbered.counter, numbered.letter) == ("Loket", "3", "A")
    assert (named.word, named.counter) == ("", "Informasi")


def test_a_repeated_call_is_marked_and_a_first_one_is_not():
    again, first = seen(lit(known(replace(LOOK[0], repeat=2), LOOK[1]), 2)).lit
    assert (again.times, again.again) == ("2×", "Panggilan ke-2")
    assert (first.times, first.again) == ("", "")


def test_each_call_has_the_letter_and_the_colour_of_its_zone():
    view = seen(known(*LOOK))
    assert [(row.letter, row.colour) for row in (*view.lit, *view.rows)] == [
        ("A", "0B5D5B"),
        ("B", "7A4A9A"),
        ("A", "0B5D5B"),
        ("C", ""),
    ]


def test_a_display_of_several_zones_has_the_calls_of_all_of_them_and_no_others():
    view = seen(known(*LOOK), replace(MANNER, zones=(ZoneId("a"), ZoneId("c"))))
    assert [row.number for row in (*view.lit, *view.rows)] == ["K069", "S102", "L054"]


def test_a_counter_that_the_hall_does_not_know_is_shown_by_its_id():
    strange = replace(LOOK[0], counter=CounterId("loket-99"), zone=ZoneId("z"))
    (row,) = seen(known(strange)).lit
    assert (row.counter, row.letter) == ("loket-99", "")


def test_date_and_clock_are_the_hubs_in_the_halls_time_zone():
    view = seen(known(*LOOK))
    assert (view.date, view.clock) == ("Rabu, 25 November", "09.31")


def test_before_the_first_call_the_board_welcomes():
    view = seen(known())
    assert view.sign is not None
    assert (view.sign.title, view.sign.warning) == ("Selamat datang", False)
    assert rows(view) == [[], []]


def test_the_fullest_queues_come_first_and_pages_turn():
    first, second = (seen(known(*LOOK), now_s=NOW_S + later).waiting for later in (0, 10))
    assert [(row.agency, row.count) for row in first.rows] == [("Disdukcapil", "18"), ("Samsat", "11"), ("BPJS", "6")]
    assert [(row.agency, row.count) for row in second.rows] == [("Imigrasi", "4"), ("Pengadilan Agama", "2")]
    assert (first.page, second.page) == ("1 dari 2", "2 dari 2")


def test_an_agency_that_nobody_waits_for_is_left_out():
    empty = Queues(3, 9, AT, (QueueOfService(ServiceId("any"), open=True, waiting=0),), AgencyId("samsat"))
    state = learn(known(*LOOK), empty, NOW_S, 8, retained=False)
    assert "Samsat" not in [row.agency for row in seen(state).waiting.rows]


def test_when_nobody_waits_the_panel_says_so():
    waiting = seen(known(*LOOK, waiting=False)).waiting
    assert (waiting.rows, waiting.caption) == ((), "Tidak ada antrean")


def test_only_agencies_of_the_own_zones_are_counted_and_advertised():
    view = seen(known(*LOOK), replace(MANNER, zones=(ZoneId("a"),)))
    assert [row.agency for row in view.waiting.rows] == ["Disdukcapil", "BPJS"]
    assert view.card is None  # the only services that are known here are of zone b


def test_the_card_turns_to_the_next_service():
    titles = [card.title for later in (0, 20, 40) if (card := seen(known(*LOOK), now_s=NOW_S + later).card)]
    assert titles == ["Paspor baru", "Penggantian paspor habis berlaku", "Paspor baru"]


def test_what_to_bring_is_one_sentence():
    assert to_bring(service("x", "X", "KTP"), ID, WORDS) == "Bawa KTP."
    assert to_bring(service("x", "X", "KTP", "KK"), ID, WORDS) == "Bawa KTP dan KK."
    assert to_bring(service("x", "X", "KTP", "KK", "buku nikah"), ID, WORDS) == "Bawa KTP, KK, dan buku nikah."
    mixed = service("x", "X", "KTP asli", "Kartu Keluarga lama", "Buku nikah.", "Nomor meter")
    assert to_bring(mixed, ID, WORDS) == "Bawa KTP asli, Kartu Keluarga lama, buku nikah, dan nomor meter."
    assert to_bring(service("x", "X"), ID, WORDS) == "Tidak perlu membawa berkas."


def test_a_list_that_is_too_long_to_read_in_passing_says_where_the_rest_stands():
    long = to_bring(service("x", "X", "KTP", "KK", "a" * 90, "b"), ID, WORDS)
    assert long == "Bawa KTP, KK. Selengkapnya di mesin antrean."


@pytest.mark.parametrize(
    ("reason", "until", "said"),
    [
        ("break", True, "Loket 5 istirahat sampai 13.00"),
        ("break", False, "Loket 5 istirahat"),
        (None, True, "Loket 5 tutup sampai 13.00"),
        (None, False, "Loket 5 tutup sementara"),
        ("rapat", False, "Loket 5 rapat"),
    ],
)
def test_an_absence_is_told_with_its_reason_and_its_end(reason, until, said):
    away = replace(BREAK, reason=reason, until=BREAK.until if until else None)
    assert seen(known(*LOOK, counters=(away,))).line.alert == said


def test_absences_take_turns_and_only_those_of_the_own_zones_are_told():
    other = CounterOnBoard(CounterId("loket-9"), "paused")
    state = known(*LOOK, counters=(BREAK, other, CounterOnBoard(CounterId("loket-1"), "open")))
    alerts = [seen(awake(state, NOW_S + later), now_s=NOW_S + later).line.alert for later in (0, 10, 20, 30, 40)]
    assert alerts == [
        "Loket 5 istirahat sampai 13.00",
        "Loket 9 tutup sementara",
        "Counter 5: break until 13:00",
        "Counter 9 is closed for now",
        "Loket 5 istirahat sampai 13.00",
    ]
    assert seen(state, replace(MANNER, zones=(ZoneId("b"),))).line.alert == "Loket 9 tutup sementara"


def test_the_running_line_speaks_each_language_in_turn():
    moments = [NOW_S + 8 * page for page in range(4)]
    texts = {seen(awake(known(*LOOK), now_s), now_s=now_s).line.text for now_s in moments}
    assert texts >= {"Nomor terlewat? Lapor ke meja informasi.", "Missed your number? Tell the information desk."}


def test_an_urgent_notice_stands_above_the_calls_and_has_the_running_line_while_a_call_is_lit():
    text = {ID: "Mal tutup pukul 14.00", EN: "The mall closes at 14:00"}
    notice = Notice(3, 1, NoticeText(NoticeId("n"), text, "urgent", ()))
    state = learn(known(*LOOK, counters=(BREAK,)), notice, NOW_S, 8, retained=False)
    view = seen(state)
    assert view.sign is not None
    assert (view.sign.title, view.sign.text, view.sign.warning) == (text[ID], text[EN], True)
    assert rows(view) == [[], ["K069", "X017", "S102"]]
    called = seen(lit(state, 1))
    assert (called.sign, rows(called)[0]) == (None, ["K069"])
    assert (called.line.alert, called.line.text) == ("Mal tutup pukul 14.00", "")


def test_an_evacuation_has_the_whole_board_in_every_language():
    text = {ID: "Tinggalkan gedung lewat pintu terdekat", EN: "Leave the building by the nearest door"}
    notice = Notice(3, 1, NoticeText(NoticeId("n"), text, "evacuate", ()))
    view = seen(learn(known(*LOOK), notice, NOW_S, 8, retained=False))
    assert view.sign is not None
    assert (view.sign.title, view.sign.text, view.sign.warning) == (text[ID], text[EN], True)
    assert rows(view) == [[], []]


def test_a_board_that_grows_old_says_since_when():
    view = seen(silent(known(*LOOK), 23))
    assert view.stale
    assert view.line.alert == "Papan pukul 09.31, 20 detik lalu"
    assert rows(view)[0] == ["K069"]
    assert "3 menit" in seen(silent(known(*LOOK), 190)).line.alert


def test_a_board_that_was_never_connected_asks_to_heed_the_staff():
    begun = Knowledge(began_s=NOW_S - 5)
    fresh = view_of(begun, MANNER, None, NOW_S)
    late = view_of(begun, MANNER, None, NOW_S + 60)
    assert isinstance(fresh, StartingView)
    assert isinstance(late, StartingView)
    assert (fresh.warning, late.warning) == (False, True)
    assert "Petugas" in late.text


def test_a_board_of_yesterdays_hub_still_tells_its_time():
    state = replace(known(*LOOK), hub=None, began_s=NOW_S - 100)
    view = seen(state)
    assert view.sign is not None
    assert "09.31" in view.sign.text
    assert view.clock == ""


def test_a_notice_that_is_over_is_not_shown():
    over = datetime(2026, 11, 25, 1, 0, tzinfo=UTC) - timedelta(hours=1)
    notice = Notice(3, 1, NoticeText(NoticeId("n"), {ID: "Sudah lewat"}, "info", (), over))
    assert seen(learn(known(*LOOK), notice, NOW_S, 8, retained=False)).line.alert == ""
