"""The waiting room's table: how many wait for each agency, which numbers are called, and a call above it while it is lit."""

from msgspec.structs import replace

from assets.words import words_of
from contract.halls import QueueOfService, Queues
from contract.names import AgencyId, CallId, ServiceId, ZoneId
from display.board import Knowledge, learn
from display.views import BoardView, view_of
from tests.pictures.display_gallery import AT, EVACUATION, ID, LOOK, MANY, NOW_S, lit
from tests.pictures.display_layouts import LYING, UPRIGHT, crowded, holding, manner, waiting_room

WORDS = words_of(ID).display
TABLE = manner(LYING, "agencies")


def seen(state: Knowledge, how=TABLE, now_s: float = NOW_S, speaking: CallId | None = None) -> BoardView:
    view = view_of(state, how, speaking, now_s)
    assert isinstance(view, BoardView)
    return view


def lines(view: BoardView) -> dict[str, tuple[str, list[str], str]]:
    assert view.table is not None
    return {
        line.name: (line.waiting, [f"{call.number} {call.counter}" for call in line.calls], line.more)
        for line in view.table.lines
    }


def test_each_agency_has_its_count_and_the_numbers_in_its_officers_hands():
    found = lines(seen(waiting_room()))
    assert list(found) == ["Imigrasi", "Disdukcapil", "Samsat", "BPJS", "Pengadilan Agama"]
    assert found["Imigrasi"] == ("4", ["X017 11"], "")
    assert found["BPJS"] == ("6", [], "")


def test_numbers_that_are_awaited_come_before_those_being_served_and_the_newest_first():
    found = lines(seen(waiting_room()))
    assert found["Disdukcapil"] == ("18", ["K069 3", "S102 7"], "+1")
    assert found["Samsat"] == ("11", ["L9996 20", "L054 19"], "")


def test_an_agency_that_nobody_waits_for_keeps_its_line():
    none = Queues(3, 9, AT, (QueueOfService(ServiceId("any"), open=True, waiting=0),), AgencyId("bpjs"))
    assert lines(seen(learn(waiting_room(), none, NOW_S, 8, retained=False)))["BPJS"][0] == "0"


def test_at_rest_the_table_has_the_board_to_itself_and_no_call_is_lit():
    view = seen(waiting_room(*LOOK))
    assert (view.lit, view.rows, view.sign) == ((), (), None)
    assert view.placed.agencies is not None


def test_lit_calls_stand_above_the_table_all_of_them_newest_first():
    view = seen(lit(waiting_room(*LOOK), 3))
    assert [row.number for row in view.lit] == ["K069", "X017", "S102"]
    table = view.placed.agencies
    assert table is not None
    assert all(each.box.top + each.box.height < table.top for each in view.placed.lit)


def test_a_call_that_is_being_spoken_stays_above_the_table():
    assert [row.number for row in seen(waiting_room(*LOOK), speaking=CallId("call-X017")).lit] == ["X017"]


def test_the_table_makes_room_when_very_many_are_called_at_once():
    view = seen(lit(waiting_room(*LOOK, *MANY), 8), manner(LYING, "agencies"))
    assert len(view.lit) == 8
    assert view.placed.agencies is None
    assert view.table is None


def test_pages_turn_and_are_filled_evenly():
    state = crowded(waiting_room())
    first, second = (seen(state, now_s=NOW_S + later) for later in (0, 10))
    assert first.table is not None
    assert second.table is not None
    assert (len(first.table.lines), len(second.table.lines)) == (6, 5)
    assert first.table.page == WORDS.page.format(page=1, pages=2)
    assert not set(lines(first)) & set(lines(second))


def test_only_agencies_of_its_zones_are_listed():
    view = seen(waiting_room(), replace(TABLE, zones=(ZoneId("b"),)))
    assert list(lines(view)) == ["Imigrasi", "Pengadilan Agama"]


def test_an_upright_panel_has_lines_too():
    assert len(lines(seen(waiting_room(), manner(UPRIGHT, "agencies")))) == 5


def test_an_evacuation_stands_instead_of_the_table():
    view = seen(learn(waiting_room(*LOOK), EVACUATION, NOW_S, 8, retained=False))
    assert view.sign is not None
    assert view.table is None


def test_a_number_of_a_service_that_is_not_known_yet_is_in_no_line():
    state = waiting_room(counters=(holding(3, "K069", "unheard-of"),))
    assert all(not calls for _, calls, _ in lines(seen(state)).values())
