import msgspec
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from kiosk.printing.blocks import Bar, Line, Numeral, Row, Rule
from kiosk.printing.picture import draw
from tests.paper_examples import SERVICE, TICKET, long, paper, text
from tests.pictures.papers import GOLDEN, PICTURES, lettered

OFF_BY = 0.002
"""The share of dots that another build of the font library may burn otherwise."""


UNDERLINE_UP = 20 + 9 + 4
"""Dots from the foot of a paper with nothing but a number to the middle of the lines under its figures."""


def ink_columns(picture):
    """First and last column with ink."""
    box = ImageChops.invert(picture).getbbox()
    assert box
    return box[0], box[2] - 1


@pytest.mark.parametrize("name", PICTURES)
def test_the_paper_looks_as_it_was_last_approved(name):
    drawn = PICTURES[name]()
    with Image.open(GOLDEN / f"{name}.png") as golden:
        assert (golden.mode, golden.size) == (drawn.mode, drawn.size)
        differing = ImageChops.logical_xor(golden, drawn).histogram()[255]
    assert differing <= OFF_BY * drawn.width * drawn.height


def test_no_golden_paper_is_left_unused():
    assert {file.stem for file in GOLDEN.glob("*.png")} == set(PICTURES)


@pytest.mark.parametrize(
    "name", ["standard", "english-copy", "long", "narrow", "narrow-long", "letters", "letters-long"]
)
@pytest.mark.parametrize("blur_dots", [0, 2])
def test_a_phone_reads_the_qr_also_when_the_print_is_smeared(name, blur_dots):
    picture = PICTURES[name]().convert("L").filter(ImageFilter.GaussianBlur(blur_dots))
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text.startswith("HTTPS://ANTREAN.M")
    assert code.text.endswith(".GO.ID/7K3M-9QXD")
    assert code.ec_level == "M"


@pytest.mark.parametrize("name", ["visit", "narrow-visit", "letters-visit"])
def test_on_a_paper_with_several_numbers_each_has_a_qr_that_a_phone_reads(name):
    picture = PICTURES[name]().convert("L").filter(ImageFilter.GaussianBlur(2))
    codes = sorted(code.text.rsplit("/", 1)[1] for code in zxingcpp.read_barcodes(picture))
    assert codes == ["2M8T-4WRB", "7K3M-9QXD"]


@pytest.mark.parametrize("width_dots", [384, 512, 576])
def test_the_qr_of_every_print_head_is_read_when_it_is_smeared(width_dots):
    picture = draw(paper(width_dots=width_dots)).convert("L").filter(ImageFilter.GaussianBlur(2))
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == "HTTPS://ANTREAN.MPP.GO.ID/7K3M-9QXD"


def test_the_usual_address_makes_a_qr_of_25_modules_of_8_dots_with_its_quiet_zone():
    picture = draw(paper())
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    left, top, right, bottom = (
        code.position.top_left.x,
        code.position.top_left.y,
        code.position.bottom_right.x,
        code.position.bottom_right.y,
    )
    assert abs(right - left - 200) <= 2
    around = ImageChops.invert(picture.crop((left - 31, top - 31, right + 31, bottom + 31)))
    around.paste(0, (30, 30, around.width - 30, around.height - 30))
    assert around.getbbox() is None


def test_paper_of_58_mm_has_its_own_layout_and_a_qr_of_7_dots_a_module():
    picture = draw(paper(width_dots=384))
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert abs(code.position.top_right.x - code.position.top_left.x - 25 * 7) <= 2
    first, last = ink_columns(draw(long(width_dots=384)))
    assert (picture.width, first >= 4, last < 380) == (384, True, True)


def test_where_the_profile_has_no_qr_none_is_printed_and_the_address_stands_in_letters():
    assert not zxingcpp.read_barcodes(lettered(384, "POS-5890").convert("L"))
    assert zxingcpp.read_barcodes(lettered(384, "Sunmi-V2").convert("L"))


def test_everything_is_black_or_white_and_as_wide_as_the_print_head():
    picture = draw(long())
    assert (picture.mode, picture.width) == ("1", 576)


def test_long_texts_wrap_and_nothing_is_cut_off_at_the_edges():
    first, last = ink_columns(draw(long()))
    assert first >= 8
    assert last <= 576 - 8


def test_the_lines_of_a_wrapped_name_are_about_as_long_as_each_other():
    name = msgspec.structs.replace(SERVICE, name=text("Pendaftaran tanah pertama kali"))
    picture = draw(
        msgspec.structs.replace(
            only(Line, lambda: paper(service=name)), blocks=only(Line, lambda: paper(service=name)).blocks[4:5]
        )
    )
    upper, lower = (picture.crop((0, top, 576, top + 50)) for top in (8, 58))
    widths = [last - first for first, last in (ink_columns(upper), ink_columns(lower))]
    assert min(widths) > 0.5 * max(widths)


def test_a_word_longer_than_the_paper_is_broken_between_letters():
    endless = msgspec.structs.replace(SERVICE, name=text("Pertanggungjawaban" * 6))
    first, last = ink_columns(draw(paper(service=endless)))
    assert first >= 8
    assert last <= 576 - 8
    assert draw(paper(service=endless)).height > draw(paper()).height + 80


@pytest.mark.parametrize("number", ["K1", "AAA99999", "WWW123456789"])
def test_a_number_of_any_length_fits(number):
    first, last = ink_columns(draw(paper(ticket=msgspec.structs.replace(TICKET, number=number))))
    assert first >= 8
    assert last <= 576 - 8


def only(kind, picture_of=paper):
    """A paper with nothing but the blocks of one kind."""
    whole = picture_of()
    return msgspec.structs.replace(whole, blocks=tuple(block for block in whole.blocks if isinstance(block, kind)))


def ink(picture):
    return picture.histogram()[0]


@pytest.mark.parametrize(("number", "lines"), [("K069", 2), ("K012", 0), ("K666", 3), ("K199", 2)])
def test_six_and_nine_are_underlined_and_no_other_figure(number, lines):
    picture = draw(only(Numeral, lambda: paper(ticket=msgspec.structs.replace(TICKET, number=number))))
    dark = [picture.getpixel((x, picture.height - UNDERLINE_UP)) == 0 for x in range(576)]
    assert sum(not before and now for before, now in zip([False, *dark], dark, strict=False)) == lines


def test_the_bar_is_white_on_black():
    picture = draw(only(Bar))
    middle = picture.crop((8, picture.height // 2 - 10, 568, picture.height // 2 + 10))
    assert ink(middle) > 0.6 * middle.width * middle.height


def test_a_row_whose_caption_leaves_no_room_puts_its_value_below():
    rows = only(Row)
    row = msgspec.structs.replace(rows.blocks[0], label="Perkiraan waktu panggilan / Expected time of your call")
    narrow, usual = (draw(msgspec.structs.replace(rows, blocks=(each,))) for each in (row, rows.blocks[0]))
    assert narrow.height > usual.height


def test_rules_and_lines_keep_the_margins():
    first, last = ink_columns(draw(only((Rule, Line))))
    assert (first, last) == (8, 567)
