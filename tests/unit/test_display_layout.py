"""How a board is divided: the newest number tall enough for its farthest reader first, then the rest in what is left."""

import pytest
from msgspec.structs import replace
from PIL import ImageFont

from assets import fonts
from assets.sight import readable_m, readable_mm
from display import layout
from display.fitting import Piece, in_a_line, in_columns, in_two_lines
from display.layout import NOMINAL, Placed
from display.limits import farthest_m, remarks, shortfall, together_m
from display.sharing import Box
from display.sight import Panel, drawn_size
from display.widths import CAPITAL, width_of

LYING = Panel(1920, 1080, 55.0, 8.5)
UPRIGHT = Panel(1080, 1920, 55.0, 8.5)
PANELS = [
    replace(panel, viewing_m=distance_m)
    for panel in (
        LYING,
        UPRIGHT,
        Panel(1280, 720, 43.0, 1),
        Panel(720, 1280, 43.0, 1),
        Panel(3840, 2160, 75.0, 1),
        Panel(1280, 800, 32.0, 1),
        Panel(1024, 768, 40.0, 1),
    )
    for distance_m in (3.0, 8.5, 12.0)
]
KINDS: tuple[layout.Kind, ...] = ("calls", "calls-with-media")
LARGE_ENOUGH = [
    (panel, kind)
    for panel in PANELS
    for kind in KINDS
    if shortfall(panel, kind) is None and together_m(panel, kind) >= panel.viewing_m
]
CALLS = tuple(
    Piece(number, word, counter, times=times)
    for number, word, counter, times in (
        ("K069", "Loket", "3", ""),
        ("X017", "Loket", "11", "2×"),
        ("4K-10", "", "Ruang Foto 2", ""),
        ("L9996", "Loket", "12B", "3×"),
        ("A7", "", "Informasi", ""),
        ("MMM8888", "Loket", "25", ""),
        ("R006", "Loket", "6", ""),
        ("H066", "Loket", "16", ""),
        ("U099", "Loket", "9", ""),
    )
)


def boxes_of(placed: Placed) -> list[Box]:
    boxes = [each.box for each in (*placed.lit, *placed.rows)] + list(placed.empty)
    return boxes + [box for box in (placed.media, placed.waiting, placed.sign) if box is not None]


def apart(one: Box, other: Box) -> bool:
    return (
        one.left + one.width <= other.left + 0.01
        or other.left + other.width <= one.left + 0.01
        or one.top + one.height <= other.top + 0.01
        or other.top + other.height <= one.top + 0.01
    )


@pytest.mark.parametrize(("distance_m", "millimetres"), [(3, 76.2), (6, 76.2), (10, 113.7), (20, 217.9)])
def test_capitals_need_the_height_that_the_standard_gives(distance_m: float, millimetres: float) -> None:
    """ADA 703.5.5 for signs above three metres; 114 mm at 10 m and 218 mm at 20 m."""
    assert readable_mm(distance_m) == pytest.approx(millimetres, abs=0.2)


def test_distance_and_height_are_reckoned_back_and_forth() -> None:
    assert readable_m(readable_mm(12.5)) == pytest.approx(12.5)
    assert readable_m(75.0) == 0.0


def test_widths_are_those_of_the_font() -> None:
    font = ImageFont.truetype(str(fonts.path("Black")), 1000)
    for text in ("K069", "4K-10", "Loket 12B", "Ruang Foto 2", "Counter", "2×", "MWQ8888"):
        assert width_of(text) == pytest.approx(sum(font.getlength(letter) for letter in text) / 1000, abs=0.01)


def test_no_digit_or_capital_is_lower_than_is_reckoned() -> None:
    font = ImageFont.truetype(str(fonts.path("Black")), 1000)
    heights = []
    for letter in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        _, above, _, _ = font.getbbox(letter)
        heights.append((font.getmetrics()[0] - above) / 1000)
    assert min(heights) == pytest.approx(CAPITAL, abs=0.001)


def test_a_letter_that_is_not_known_is_taken_as_wide() -> None:
    assert width_of("é") == width_of("e")
    assert width_of("Ж") > width_of("M")


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_overlaps_or_leaves_the_panel(panel: Panel, kind: layout.Kind) -> None:
    for count in range(9):
        placed = layout.place(panel, kind, CALLS[:count], CALLS[count:])
        boxes = boxes_of(placed)
        for index, box in enumerate(boxes):
            assert box.left >= 0
            assert box.left + box.width <= placed.across + 0.01
            assert box.top >= placed.head.height
            assert box.top + box.height <= placed.foot.top + 0.01
            assert all(apart(box, other) for other in boxes[index + 1 :])


@pytest.mark.parametrize(("panel", "kind"), LARGE_ENOUGH)
def test_the_newest_ordinary_call_is_tall_enough_however_many_are_lit(panel: Panel, kind: layout.Kind) -> None:
    """Where the panel is large enough, and not by having no room for another."""
    for count in range(1, 9):
        lit = tuple(Piece(f"K{60 + index:03}", "Loket", str(3 + index)) for index in range(count))
        placed = layout.place(panel, kind, lit, CALLS)
        assert len(placed.lit) == count
        first = placed.lit[0].fit
        assert (
            min(first.number_type, first.counter_type) * CAPITAL * panel.unit_mm >= readable_mm(panel.viewing_m) - 0.5
        )


def test_numbers_grow_with_the_distance_and_what_stands_beside_them_gives_way() -> None:
    near, middle, far, farthest = (
        layout.place(replace(LYING, viewing_m=distance_m), "calls-with-media", (NOMINAL,), CALLS)
        for distance_m in (5.0, 8.5, 10.0, 13.5)
    )
    assert near.media is not None
    assert middle.media is not None
    assert near.media.width > middle.media.width
    assert (far.media, len(far.rows)) == (None, 3)
    assert (farthest.media, len(farthest.rows)) == (None, 0)
    assert near.capital < middle.capital < far.capital < farthest.capital


def test_media_are_never_wider_than_the_calls() -> None:
    for panel in PANELS:
        placed = layout.place(panel, "calls-with-media", (NOMINAL,), CALLS)
        if placed.media is not None:
            assert placed.media.width < placed.lit[0].box.width


def test_calls_that_come_together_are_alike_while_all_can_be_read_and_then_the_newest_is_larger() -> None:
    lit = tuple(Piece(f"K{index:03}", "Loket", "3") for index in range(8))
    for count in (2, 3):
        assert len({round(each.fit.number_type) for each in layout.place(LYING, "calls", lit[:count], ()).lit}) == 1
    newest, *others = (each.fit.number_type * CAPITAL for each in layout.place(LYING, "calls", lit, ()).lit)
    assert len({round(other) for other in others}) == 1
    assert newest > others[0] >= LYING.readable / 2 - 1


def test_nothing_beside_the_calls_grows_when_more_are_lit() -> None:
    at_rest = layout.place(LYING, "calls-with-media", (NOMINAL,), CALLS).media
    assert at_rest is not None
    for count in range(2, 9):
        media = layout.place(LYING, "calls-with-media", CALLS[:count], ()).media
        assert media is None or media.width <= at_rest.width


def test_a_counter_with_a_name_of_its_own_is_as_tall_as_its_number() -> None:
    named = layout.place(LYING, "calls-with-media", (Piece("K1000", "", "Ruang Foto 2"),), CALLS)
    assert named.lit[0].fit.counter_type == named.lit[0].fit.number_type
    assert named.enough


def test_pieces_of_a_call_stand_in_order_and_inside_their_box() -> None:
    for piece in CALLS:
        lines = (
            in_a_line((piece,), 1832, 374)[0],
            in_a_line((piece,), 700, 130)[0],
            in_columns((piece,), 992, 140, 137)[0],
            in_columns((piece,), 1832, 140, 137)[0],
        )
        for fit, width in zip(lines, (1832, 700, 992, 1832), strict=True):
            number_ends = fit.padding + piece.number_width * fit.number_type
            assert number_ends <= fit.arrow_at + 0.15 * fit.arrow_size
            assert fit.arrow_at < fit.word_at <= fit.counter_at
            assert fit.counter_at + width_of(piece.counter) * fit.counter_type <= width - fit.ring - fit.padding
        stacked = in_two_lines((piece,), 992, 608)[0]
        assert stacked.counter_line - stacked.number_line > stacked.number_type * CAPITAL
        assert stacked.counter_at + width_of(piece.counter) * stacked.counter_type <= 992


def test_the_word_for_counter_is_at_least_a_third_of_its_number() -> None:
    assert in_a_line((NOMINAL,), 1832, 374)[0].word_type >= in_a_line((NOMINAL,), 1832, 374)[0].counter_type / 3


def test_a_panel_that_is_too_small_is_said_with_what_would_do() -> None:
    short = shortfall(replace(LYING, viewing_m=20.0), "calls")
    assert short is not None
    assert "218 mm" in short.says
    assert "86 inches" in short.hint
    assert shortfall(Panel(1920, 1080, 86.0, 20.0), "calls") is None
    nearer = farthest_m(LYING, "calls")
    assert str(nearer) in short.hint
    assert shortfall(replace(LYING, viewing_m=nearer), "calls") is None
    assert shortfall(replace(LYING, viewing_m=nearer + 0.3), "calls") is not None


def test_a_panel_that_no_distance_helps_is_not_told_to_move_its_readers() -> None:
    short = shortfall(Panel(1280, 720, 10.0, 3.0), "calls")
    assert short is not None
    assert "readers" not in short.hint


def test_what_a_distance_costs_is_remarked() -> None:
    assert list(remarks(LYING, "calls-with-media")) == []
    (remark,) = remarks(replace(LYING, viewing_m=10.0), "calls-with-media")
    assert "no room for media" in remark
    until = float(remark.split("up to ")[1].split(" m")[0])
    assert list(remarks(replace(LYING, viewing_m=until), "calls-with-media")) == []


@pytest.mark.parametrize(
    ("panel", "drawn"),
    [
        ((1280, 720), (1280, 720)),
        ((1080, 1920), (1080, 1920)),
        ((1920, 1200), (1920, 1200)),
        ((2560, 1440), (2560, 1440)),
        ((3840, 2160), (1920, 1080)),
        ((2160, 3840), (1080, 1920)),
        ((7680, 4320), (1920, 1080)),
    ],
)
def test_a_panel_of_twice_the_pixels_is_drawn_with_half(panel: tuple[int, int], drawn: tuple[int, int]) -> None:
    assert drawn_size(*panel) == drawn


def test_a_panel_that_one_call_alone_fills_says_from_where_several_can_be_read() -> None:
    (remark,) = remarks(replace(LYING, viewing_m=13.5), "calls")
    assert "come together" in remark
    assert list(remarks(replace(LYING, viewing_m=12.0), "calls")) == []
