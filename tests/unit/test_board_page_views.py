"""What stands on the board's web page: pure, without a browser."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from starlette.requests import Request

from contract.calls import CounterOnBoard
from contract.names import AgencyId, CounterId
from contract.reasons import WhyClosed
from hub.desk.board.drawing import svg
from hub.desk.board.layout import board_face
from hub.desk.board.pages import looker_of
from hub.desk.board.seeing import Seen
from hub.desk.board.sight import LYING
from hub.desk.board.views import CARD_S, LANGUAGE_S, utterance_of
from tests.board_page import (
    AGENCY,
    AT,
    FRESH,
    HALL,
    HOLD,
    ID,
    SERVICES,
    A,
    B,
    answer,
    call,
    closed,
    counter,
    notice,
    view,
)


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


def test_an_address_that_names_a_zone_thousands_of_times_is_looked_through_no_longer_than_one_that_names_it_once():
    request = Request({"type": "http", "query_string": b"", "path_params": {"zones": "a+" * 7000 + "b+a"}})
    looker = looker_of(request, answer())
    assert looker is not None
    assert looker.zones == (A, B)


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


def test_nobody_is_sent_to_a_counter_without_a_name():
    unnamed = replace(counter("3", name=" "), spoken={ID: " "})
    told = answer(call("K001"), hall=replace(HALL, counters=(unnamed,)))
    assert view(told).lit[0].counter == "loket-3"
    assert utterance_of(told, call("K001")).text.endswith("menuju loket-tiga")
