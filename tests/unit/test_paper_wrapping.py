"""Whatever a hall writes, in whatever language, on whatever paper: it wraps, and not a letter of it is cut off."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from assets.words import languages
from contract.halls import Requirement
from contract.names import Language, Number
from kiosk.printing import typeset
from kiosk.printing.layout import BlockEntry, LayoutFile, SheetEntry, Type, fitted, standard_layout, standard_path
from kiosk.printing.letters import Words, columns_of, letters_of, plain
from kiosk.printing.paper import sentences
from kiosk.printing.picture import draw
from kiosk.printing.typeset import broken, width_of, wrapped
from tests.paper_examples import AGENCY, HALL, SERVICE, TICKET, paper

WORDS = st.text(st.sampled_from("abdegiklmnoprstuyWMQ69.,/-–()' éÄ漢ﷺ"), min_size=0, max_size=140)
NUMBERS = st.from_regex(r"[A-Z0-9]{1,3}[0-9]{3,7}", fullmatch=True).map(Number)


def ink(picture: Image.Image) -> tuple[int, int]:
    box = picture.point(lambda dot: 255 - dot).getbbox()
    assert box
    return box[0], box[2]


@st.composite
def written(draw_from):
    """A ticket whose every text is arbitrary, its language and its print head."""
    words = [draw_from(WORDS) for _ in range(6)]
    texts = [{Language(language): word or "x" for language in languages()} for word in words]
    service = msgspec.structs.replace(SERVICE, name=texts[0], requirements=(Requirement(texts[1], texts[2]),))
    agency = msgspec.structs.replace(AGENCY, name=texts[3])
    hall = msgspec.structs.replace(HALL, name=texts[4], ticket_footer=texts[5])
    ticket = msgspec.structs.replace(
        TICKET,
        number=draw_from(NUMBERS),
        language=draw_from(st.sampled_from(languages())),
        ahead=draw_from(st.integers(0, 10**6)),
    )
    return ticket, hall, agency, service, draw_from(st.sampled_from([384, 512, 576]))


@settings(max_examples=25, deadline=None)
@given(written())
def test_no_text_of_any_length_passes_the_margins_of_the_picture(case):
    ticket, hall, agency, service, width = case
    made = paper(ticket=ticket, hall=hall, agency=agency, service=service, width_dots=width)
    picture = draw(made)
    first, end = ink(picture)
    assert (picture.width, first >= made.margin, end <= width - made.margin) == (width, True, True)


@settings(max_examples=60, deadline=None)
@given(written())
def test_no_text_of_any_length_passes_the_line_of_a_printer_of_letters(case):
    ticket, hall, agency, service, width = case
    columns = columns_of(width)
    made = paper(ticket=ticket, hall=hall, agency=agency, service=service, width_dots=width)
    lines = [line for line in letters_of(made, columns).lines if isinstance(line, Words)]
    assert all(len(line.text) * line.wide <= columns for line in lines)
    printed = "".join(line.text for line in lines).replace(" ", "")
    for sentence in sentences(made):
        if sentence in {ticket.number, service.name.get(ticket.language)}:
            assert plain(sentence).replace(" ", "") in printed


@settings(max_examples=150, deadline=None)
@given(WORDS, st.integers(16, 220), st.sampled_from([384, 512, 576]))
def test_a_wrapped_text_has_all_its_letters_and_every_line_fits(text, size, width):
    sheet = msgspec.structs.replace(paper(), width=width)
    kind, room = Type(size, "Bold"), width - 2 * sheet.margin
    lines = wrapped(sheet, text, kind)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, kind) <= room or len(line) == 1 for line in lines)
    assert all("".join(broken(word, kind, room)) == word for word in text.split())


@settings(max_examples=20, deadline=None)
@given(st.floats(1.3, 20), st.floats(1.3, 20), st.sampled_from([(58, 384), (80, 512), (80, 576)]))
def test_an_owner_may_make_anything_as_large_as_the_file_lets_him(size, small, head):
    shown = (
        "hall",
        "words",
        "service",
        "agency",
        "bar",
        "ahead",
        "about",
        "prepare",
        "follow",
        "when",
        "copy",
        "number",
    )
    blocks = tuple(BlockEntry(show, size=size, small=small) for show in shown)  # type: ignore[arg-type]
    layout = fitted(LayoutFile(SheetEntry(head[0], 1.0, blocks)), head[1], standard_path(80).parent)
    picture = draw(paper(layout=layout, copy=2))
    first, end = ink(picture)
    assert first >= layout.margin - 1
    assert end <= layout.width - layout.margin + 1


@pytest.mark.parametrize("width", [384, 512, 576])
def test_the_words_of_every_language_fit_every_paper(width):
    for language in languages():
        made = paper(ticket=msgspec.structs.replace(TICKET, language=language), width_dots=width, copy=2)
        first, end = ink(draw(made))
        assert first >= made.margin
        assert end <= standard_layout(width).width - made.margin


def test_a_word_of_thousands_of_letters_is_broken_with_few_measurements(monkeypatch):
    measured = []

    def counted(text: str, kind: Type) -> int:
        measured.append(text)
        return width_of(text, kind)

    monkeypatch.setattr(typeset, "width_of", counted)
    word, kind = "Wi" * 1000, Type(26, "Regular")
    pieces = broken(word, kind, 500)
    assert "".join(pieces) == word
    assert all(width_of(piece, kind) <= 500 for piece in pieces)
    assert len(measured) <= 14 * len(pieces)
