"""Layout files of an owner's: millimetres become dots, own words are filled in, and everything wrong is told at once."""

from pathlib import Path

import msgspec
import pytest
from PIL import Image

from assets.reading import BadFile
from contract.names import Language
from kiosk.printing.blocks import Blank, Line, Numeral, Picture
from kiosk.printing.layout import BlockName, read_layout, standard_layout, standard_path
from kiosk.printing.letters import Words, columns_of, letters_of
from kiosk.printing.paper import sentences
from kiosk.printing.picture import draw
from tests.paper_examples import TICKET, own_layout, paper


def wrong(folder: Path, blocks: str, sheet: str = "width_mm = 80\nmargin_mm = 1") -> list[str]:
    with pytest.raises(BadFile) as caught:
        own_layout(folder, blocks, sheet)
    return [f"{problem.line} {problem.key}: {problem.what} ({problem.hint})" for problem in caught.value.problems]


@pytest.mark.parametrize("width", [80, 58])
def test_the_layouts_of_the_product_name_every_block_that_a_ticket_has(width):
    import typing

    text = standard_path(width).read_text()
    assert [name for name in typing.get_args(BlockName) if f'show = "{name}"' not in text] == ["space"]


def test_a_size_is_a_capitals_height_in_millimetres_whatever_the_print_head(tmp_path):
    for dots, per_mm in ((576, 8.0), (512, 64 / 9)):
        layout = read_layout(standard_path(80), dots)
        number = next(spot for spot in layout.spots if spot.show == "number")
        assert abs(number.type.size * 0.66 / per_mm - 17.5) < 0.1
        assert layout.dots_per_mm == pytest.approx(per_mm)


def test_the_number_on_paper_is_as_high_as_the_file_says(tmp_path):
    layout = own_layout(tmp_path, '{ show = "number", size = 20 }')
    picture = draw(paper(ticket=msgspec.structs.replace(TICKET, number="H012"), layout=layout))
    box = picture.point(lambda dot: 255 - dot).getbbox()
    assert box
    assert abs((box[3] - box[1]) / 8 - 20) < 0.7


@pytest.mark.parametrize(("align", "first", "last"), [("left", 8, None), ("right", None, 567)])
def test_a_line_stands_where_it_is_told_to(tmp_path, align, first, last):
    layout = own_layout(tmp_path, f'{{ show = "free", align = "{align}" }}, {{ show = "number", align = "{align}" }}')
    made = paper(layout=layout)
    for block in made.blocks:
        box = draw(msgspec.structs.replace(made, blocks=(block,))).point(lambda dot: 255 - dot).getbbox()
        assert box
        assert first is None or abs(box[0] - first) < 12
        assert last is None or abs(box[2] - 1 - last) < 12
    line = letters_of(made, columns_of(576)).lines[0]
    assert isinstance(line, Words)
    assert (line.middle, line.text.startswith(" ")) == (False, align == "right")


def test_own_words_are_filled_in_and_are_in_the_visitors_language(tmp_path):
    words = 'text = { id = "{service} di zona: {zone}, {counters}; {ahead} orang, {about}", en = "{number}: {service}, {{x}}" }'
    layout = own_layout(tmp_path, f'{{ show = "text", {words} }}')
    own, _number = sentences(paper(layout=layout))
    assert own == "Kartu Keluarga di zona: Zona A, Loket 1–4; 12 orang, 08.40–08.55"
    english = msgspec.structs.replace(TICKET, language=Language("en"))
    assert sentences(paper(layout=layout, ticket=english))[0] == "K069: Family card, {x}"


def test_a_logo_is_dithered_and_without_a_picture_it_is_our_own_mark(tmp_path):
    grey = Image.linear_gradient("L").resize((400, 200))
    grey.save(tmp_path / "logo.png")
    layout = own_layout(tmp_path, '{ show = "logo", picture = "logo.png", height = 10 }, { show = "logo" }')
    own, ours, _number = paper(layout=layout).blocks
    assert isinstance(own, Picture)
    assert isinstance(ours, Picture)
    assert (own.width, own.height, ours.height) == (160, 80, 96)
    dots = Image.frombytes("1", (own.width, own.height), own.ink)
    assert 0.4 < dots.histogram()[255] / (160 * 80) < 0.6
    assert {dots.getpixel((80, 5)), dots.getpixel((80, 75))} == {0, 255}
    drawn = draw(paper(layout=layout))
    assert drawn.width == 576


def test_a_wide_logo_is_made_to_fit_and_what_is_transparent_is_paper(tmp_path):
    Image.new("RGBA", (4000, 40), (0, 0, 0, 0)).save(tmp_path / "wide.png")
    block, _number = paper(layout=own_layout(tmp_path, '{ show = "logo", picture = "wide.png", height = 30 }')).blocks
    assert isinstance(block, Picture)
    assert block.width <= 560
    assert not any(Image.frombytes("1", (block.width, block.height), block.ink).histogram()[255:])


def test_blank_space_is_as_high_as_it_says(tmp_path):
    layout = own_layout(tmp_path, '{ show = "space", height = 5 }, { show = "number" }')
    assert [type(block) for block in paper(layout=layout).blocks] == [Blank, Numeral]
    assert paper(layout=layout).blocks[0] == Blank(40)


def test_everything_wrong_is_told_at_once_with_what_was_meant(tmp_path):
    (tmp_path / "notes.png").write_text("no picture")
    blocks = """
{ show = "nummer" },
{ show = "number", size = 99 },
{ show = "rule", size = 2 },
{ show = "hall", algn = "left" },
{ show = "bar", align = "left" },
{ show = "logo", picture = "logo.png" },
{ show = "logo", picture = "notes.png" },
{ show = "text" },
{ show = "text", text = { idd = "Halo", en = "{numbr} and {ahead:>3} }" } },
{ show = "text", text = { id = "{numbr}", en = "{ahead:>3}" } },
"""
    problems = wrong(tmp_path, blocks, "width_mm = 81\nmargin_mm = 1\npadding = 3")
    for part in (
        "paper.blocks[1].show: ",
        'did you mean "number"',
        "paper.blocks[2].size",
        'paper.blocks[3].size: says nothing about a "rule"',
        'did you mean "align"',
        'paper.blocks[5].align: says nothing about a "bar" (it takes size, weight)',
        "there is no such picture",
        "is no picture that can be read",
        "paper.blocks[8].text: is missing",
        'there is no language "idd"',
        "has a brace without its other half",
        'there is nothing called {numbr} (did you mean "number"?)',
        "{ahead} stands with more than its name",
        "paper.width_mm",
        "paper.padding",
    ):
        assert any(part in problem for problem in problems), (part, problems)
    assert [int(problem.split()[0]) for problem in problems] == sorted(int(problem.split()[0]) for problem in problems)


def test_a_layout_without_the_number_is_refused(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text('[paper]\nwidth_mm = 80\nmargin_mm = 1\nblocks = [{ show = "hall" }, { show = "words" }]\n')
    with pytest.raises(BadFile) as caught:
        read_layout(file)
    assert (
        'own.toml:4: paper.blocks: show no number: whoever gets this paper could not be called by it (add { show = "number" })'
        in str(caught.value)
    )


def test_an_empty_or_foreign_file_is_refused_in_words(tmp_path):
    file = tmp_path / "own.toml"
    for text in ("", "[paper]\nwidth = 576\nmargin = 8\nblocks = ['hall']\n[type]\n", "not toml"):
        file.write_text(text)
        with pytest.raises(BadFile):
            read_layout(file)


def test_the_standard_layout_is_for_its_print_head():
    assert [standard_layout(dots).width for dots in (576, 512, 384)] == [576, 512, 384]
    assert isinstance(paper().blocks[0], Line)
