"""A counter's own sign: its number in hand, what it is doing, and that it cannot be trusted when the hub is silent."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from assets.words import words_of
from contract.calls import CounterOnBoard
from contract.names import CounterId
from display.board import Knowledge, learn
from display.countersign import CounterSignView
from display.sight import Panel
from display.views import StartingView, view_of
from display.widths import width_of
from tests.pictures.display_gallery import EVACUATION, ID, LOOK, NOW_S, known, silent
from tests.pictures.display_layouts import (
    BESIDE_A_COUNTER,
    LYING,
    OVER_A_COUNTER,
    at_counter,
    holding,
    in_english,
    manner,
    waiting_room,
)

WORDS = words_of(ID).display
NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


def seen(state: Knowledge, number: int = 3, panel: Panel = OVER_A_COUNTER, speaking=None) -> CounterSignView:
    view = view_of(state, manner(panel, "counter-sign", counter=CounterId(f"loket-{number}")), speaking, NOW_S)
    assert isinstance(view, CounterSignView)
    return view


def at(*counters: CounterOnBoard) -> Knowledge:
    return known(*LOOK, counters=counters)


def test_a_called_number_is_lit_and_says_where_to_go():
    view = seen(at(holding(3, "K069", "x")))
    assert (view.look, view.number, view.title, view.text) == ("called", "K069", WORDS.sign_come, "")
    assert (view.word, view.name, view.letter) == ("Loket", "3", "A")
    assert view.call == "call-K069"


def test_a_number_that_was_called_again_says_how_often():
    assert seen(at(holding(3, "K069", "x", calls=3))).text == "Panggilan ke-3"


def test_a_number_that_is_being_served_stands_quietly():
    view = seen(at(holding(3, "K069", "x", "serving")))
    assert (view.look, view.number, view.title) == ("serving", "K069", WORDS.sign_serving)


@pytest.mark.parametrize(
    ("counter", "look", "title", "text"),
    [
        (at_counter(3, "open"), "open", "Buka", WORDS.sign_wait),
        (at_counter(3, "paused", reason="break", until=NOON), "away", "Istirahat", "Sampai pukul 13.00"),
        (at_counter(3, "paused", reason="rapat dinas"), "away", "Rapat dinas", ""),
        (at_counter(3, "paused"), "away", WORDS.sign_away, ""),
        (at_counter(3, "closed", reason="break"), "closed", WORDS.sign_closed, WORDS.reason_break),
        (at_counter(3, "closed"), "closed", "Tutup", ""),
    ],
)
def test_without_a_number_it_says_what_the_counter_is_doing(counter, look, title, text):
    view = seen(at(counter))
    assert (view.look, view.number, view.title, view.text) == (look, "", title, text)


def test_calls_to_other_counters_are_not_its_own():
    view = seen(at(holding(11, "X017", "x"), at_counter(3, "open")))
    assert (view.number, view.call) == ("", None)


def test_a_counter_that_the_hall_does_not_have_is_shown_by_its_id_and_closed():
    view = seen(at(), number=99)
    assert (view.word, view.name, view.look) == ("", "loket-99", "closed")


def test_it_names_the_agency_where_the_counter_serves_one_alone():
    state = waiting_room()
    hall = state.hall
    assert hall is not None
    service = state.agencies[hall.agencies[0].id].services[0].id
    counters = tuple(replace(each, services=(service,)) if each.id == "loket-3" else each for each in hall.counters)
    assert seen(replace(state, hall=replace(hall, counters=counters))).agency == "Imigrasi"
    assert seen(state).agency == ""


def test_when_the_hub_is_silent_it_tells_its_age_and_at_last_shows_no_number():
    old = seen(silent(at(holding(3, "K069", "x")), 30))
    assert (old.look, old.number, old.text) == ("old", "K069", "Papan pukul 09.31, 30 detik lalu")
    lost = seen(silent(at(holding(3, "K069", "x")), 90))
    assert (lost.look, lost.number, lost.title) == ("warning", "", WORDS.lost_title)


def test_an_evacuation_stands_instead_of_the_number():
    view = seen(learn(at(holding(3, "K069", "x")), EVACUATION, NOW_S, 8, retained=False))
    assert (view.look, view.number) == ("warning", "")
    assert "Tinggalkan" in view.title


def test_before_the_hall_is_known_it_starts_like_every_display():
    view = view_of(Knowledge(began_s=NOW_S), manner(LYING, "counter-sign", counter=CounterId("loket-3")), None, NOW_S)
    assert isinstance(view, StartingView)


def test_it_speaks_the_halls_first_language():
    view = seen(in_english(at(at_counter(3, "closed"))))
    assert (view.word, view.title) == ("Counter", "Closed")


@pytest.mark.parametrize("panel", [OVER_A_COUNTER, BESIDE_A_COUNTER, LYING, Panel(1920, 540, 28.0, 4.0)])
@pytest.mark.parametrize("number", ["A7", "K069", "4K-10", "MMM8888"])
def test_its_number_keeps_inside_its_box(panel, number):
    view = seen(at(holding(3, number, "x")), panel=panel)
    assert view.number_type * width_of(number) <= view.middle.width
    assert view.number_type <= view.middle.height
    assert view.below.top + view.below.height <= view.down + 0.01
