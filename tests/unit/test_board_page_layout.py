"""That all that stands on a board's web page has room, can be read, and is written as old browsers know it."""

import itertools
import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from assets.palette import DISPLAY, LIGHT
from contract.names import AgencyId
from contract.reasons import WhyClosed
from display.sight import Panel
from hub.desk.board.drawing import svg
from hub.desk.board.layout import Plan, board_face
from hub.desk.board.measuring import width_of
from hub.desk.board.shapes import Arrow, Box, Disc, Line, Shape
from hub.desk.board.shapes import Number as NumberShape
from hub.desk.board.sight import LYING, STANDING, Seat, needed_mm, number_mm, plan_for, seat_of
from hub.desk.files import HERE as STATIC
from hub.desk.files import board_css, served_files
from tests.board_page import AGENCY, HALL, ID, answer, call, closed, notice, view

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
    assert all(number_mm(each, seat) < needed_mm(seat) for each in fuller)


@pytest.mark.parametrize("metres", [1, 3, 6.4, 6.5, 8.5, 10, 12, 20, 60])
def test_a_board_asks_for_numbers_no_smaller_than_a_display_at_the_same_place_does(metres):
    display = Panel(1920, 1080, 55.0, metres)
    assert needed_mm(Seat(55, metres)) >= display.readable * display.unit_mm - 1e-9
    assert needed_mm(Seat(55, metres)) >= metres * 11.3


def test_near_seats_have_numbers_of_three_inches_too():
    assert number_mm(plan_for(Seat(40, 3), upright=False), Seat(40, 3)) >= 76.2


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


def test_what_a_hall_writes_cannot_become_a_tag():
    evil = replace(HALL, name={ID: "<script>alert(1)</script>"})
    drawn = svg(board_face(view(answer(call("K001"), hall=evil)), LYING[0]), "lying", '"><script>', "")
    assert "<script" not in drawn
