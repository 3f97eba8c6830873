"""The paper as a picture: what the print head burns and what the kiosk's screen shows sliding out. Mode "1", black is ink.

It draws blocks and decides nothing about them. Text is drawn with smooth edges and then cut at a threshold: on a print
head of 203 dpi that reads better than hinted one-bit type, whose thin strokes break (decision record 062).
"""

from typing import assert_never

import qrcode
from PIL import Image, ImageDraw
from qrcode.constants import ERROR_CORRECT_M

from kiosk.printing.blocks import Bar, Blank, Block, Checklist, Follow, Item, Line, Numeral, Paper, Picture, Row, Rule
from kiosk.printing.layout import Align, Type
from kiosk.printing.typeset import balanced, before, font_of, width_of, wrapped

INK_FROM = 92
"""A dot is burnt where at least so much of 255 is covered: a little bold, because paper swallows thin strokes."""
LINE_HEIGHT, BASELINE = 1.2, 0.93
"""In type sizes: from line to line, and from the line's top to the feet of its letters."""
QUIET_MODULES = 4
"""Blank around a QR code (ISO/IEC 18004)."""
SMALLEST_MODULE = 4
NARROWEST_TEXT = 200
"""Dots beside the QR code under which its words stand below it."""
TOP_BLANK, END_BLANK = 8, 20
"""At the end a little more: knives do not always cut where they should."""
RULE_THICK, RULE_ABOVE, RULE_BELOW = 3, 12, 12
STROKE = 9
"""Thickness of the line under 6 and 9."""
BOX_THICK = 3
PICTURE_BELOW = 12

Strip = Image.Image
"""A piece of paper as wide as all of it; mode "L", 0 is blank and 255 is ink while it is being drawn."""


def draw(paper: Paper) -> Image.Image:
    """The whole paper, as wide as it says and as long as it needs to be. Nothing is clipped: long texts wrap."""
    strips = [_blank(paper, TOP_BLANK), *(_strip(paper, block) for block in paper.blocks), _blank(paper, END_BLANK)]
    picture = Image.new("L", (paper.width, sum(strip.height for strip in strips)), 0)
    top = 0
    for strip in strips:
        picture.paste(strip, (0, top))
        top += strip.height
    return picture.point([255 if covered < INK_FROM else 0 for covered in range(256)], "1")


def _strip(paper: Paper, block: Block) -> Strip:
    match block:
        case Line():
            strip = _line(paper, block)
        case Rule():
            strip = _rule(paper)
        case Picture():
            strip = _picture(paper, block)
        case Blank(height=height):
            strip = _blank(paper, height)
        case Numeral():
            strip = _numeral(paper, block)
        case Bar():
            strip = _bar(paper, block)
        case Row():
            strip = _row(paper, block)
        case Checklist():
            strip = _checklist(paper, block)
        case Follow():
            strip = _follow(paper, block)
        case _:
            assert_never(block)
    return strip


def _write(strip: Strip, place: tuple[int, int], text: str, kind: Type, ink: int = 255) -> None:
    """`place`: left edge of the ink, and the feet of the letters."""
    left, feet = place
    ImageDraw.Draw(strip).text((left + before(text, kind), feet), text, font=font_of(kind), fill=ink, anchor="ls")


def _line_height(kind: Type) -> int:
    return round(kind.size * LINE_HEIGHT)


def _feet(kind: Type) -> int:
    return round(kind.size * BASELINE)


# --- blocks ----------------------------------------------------------------------------------------------------------


def _blank(paper: Paper, height: int) -> Strip:
    return Image.new("L", (paper.width, height), 0)


def _stacked(paper: Paper, strips: list[Strip]) -> Strip:
    whole = _blank(paper, sum(strip.height for strip in strips))
    top = 0
    for strip in strips:
        whole.paste(strip, (0, top))
        top += strip.height
    return whole


def _line(paper: Paper, block: Line) -> Strip:
    lines = balanced(paper, block.text, block.type)
    return _stacked(
        paper,
        [_left(paper, line, block.type, _aligned(paper, width_of(line, block.type), block.align)) for line in lines],
    )


def _aligned(paper: Paper, width: int, align: Align) -> int:
    """The left edge of something so wide."""
    match align:
        case "left":
            return paper.margin
        case "right":
            return paper.width - paper.margin - width
        case "center":
            return (paper.width - width) // 2


def _picture(paper: Paper, block: Picture) -> Strip:
    """With a little blank below."""
    dots = Image.frombytes("1", (block.width, block.height), block.ink).convert("L")
    strip = _blank(paper, block.height + PICTURE_BELOW)
    strip.paste(dots, (_aligned(paper, block.width, block.align), 0))
    return strip


def _rule(paper: Paper) -> Strip:
    strip = _blank(paper, RULE_ABOVE + RULE_THICK + RULE_BELOW)
    right, bottom = paper.width - paper.margin - 1, RULE_ABOVE + RULE_THICK - 1
    ImageDraw.Draw(strip).rectangle((paper.margin, RULE_ABOVE, right, bottom), fill=255)
    return strip


def _numeral(paper: Paper, block: Numeral) -> Strip:
    """As large as its type says, or as the paper is wide."""
    room = paper.width - 2 * paper.margin
    kind = block.type
    while (wide := width_of(block.number, kind)) > room:
        # Letters do not grow evenly with their size: one step less at a time, once it is nearly right.
        kind = Type(min(kind.size * room // wide, kind.size - 1), kind.weight)
    top, _, bottom = (round(side) for side in font_of(kind).getbbox("0", anchor="ls")[1:4])
    above, below = round(kind.size * 0.15), 14 + STROKE + 9
    strip = _blank(paper, above - top + bottom + below)
    feet = above - top
    left = _aligned(paper, width_of(block.number, kind), block.align)
    _write(strip, (left, feet), block.number, kind)
    pen = left + before(block.number, kind)
    for at, figure in enumerate(block.number):
        if figure in "69":
            start = pen + font_of(kind).getlength(block.number[:at])
            end = pen + font_of(kind).getlength(block.number[: at + 1])
            inset = (end - start) * 0.1
            line = (round(start + inset), feet + bottom + 12, round(end - inset), feet + bottom + 12 + STROKE)
            ImageDraw.Draw(strip).rounded_rectangle(line, radius=STROKE // 2, fill=255)
    return strip


def _bar(paper: Paper, block: Bar) -> Strip:
    lines = balanced(paper, block.text, block.type, paper.width - 4 * paper.margin)
    inside, above, below = 9, 10, 12
    strip = _blank(paper, above + len(lines) * _line_height(block.type) + 2 * inside + below)
    black = (paper.margin, above, paper.width - paper.margin - 1, strip.height - below - 1)
    ImageDraw.Draw(strip).rectangle(black, fill=255)
    for at, line in enumerate(lines):
        feet = above + inside + at * _line_height(block.type) + _feet(block.type)
        _write(strip, ((paper.width - width_of(line, block.type)) // 2, feet), line, block.type, ink=0)
    return strip


def _row(paper: Paper, block: Row) -> Strip:
    """Where the caption leaves no room, the value stands on a line of its own, or on several."""
    room = paper.width - 2 * paper.margin
    labels = wrapped(paper, block.label, block.label_type)
    values = wrapped(paper, block.value, block.value_type)
    high = max(_line_height(block.label_type), _line_height(block.value_type)) + 6
    beside = (
        len(values) == 1 and width_of(labels[-1], block.label_type) + 24 + width_of(values[0], block.value_type) <= room
    )
    strip = _blank(paper, high * (len(labels) + len(values) - (1 if beside else 0)))
    feet = max(_feet(block.label_type), _feet(block.value_type)) + 3
    for at, line in enumerate(labels):
        _write(strip, (paper.margin, at * high + feet), line, block.label_type)
    for at, line in enumerate(values, len(labels) - (1 if beside else 0)):
        left = _aligned(paper, width_of(line, block.value_type), "right")
        _write(strip, (left, at * high + feet), line, block.value_type)
    return strip


def _checklist(paper: Paper, block: Checklist) -> Strip:
    titles = wrapped(paper, block.title, block.title_type)
    strips = [_left(paper, title, block.title_type, paper.margin) for title in titles]
    return _stacked(paper, [*strips, *(_item(paper, block, item) for item in block.items)])


def _left(paper: Paper, text: str, kind: Type, left: int) -> Strip:
    strip = _blank(paper, _line_height(kind))
    _write(strip, (left, _feet(kind)), text, kind)
    return strip


def _item(paper: Paper, block: Checklist, item: Item) -> Strip:
    """A box as large as its letters, but no more than a sixth of the paper, to be ticked with a pen, and the text beside it."""
    kind = block.item_type
    box = min(round(kind.size * 0.95), paper.width // 6)
    left = paper.margin + box + 14
    room = paper.width - paper.margin - left
    strips = [_left(paper, line, kind, left) for line in wrapped(paper, item.text, kind, room)]
    strips += [_left(paper, line, block.note_type, left) for line in wrapped(paper, item.note, block.note_type, room)]
    whole = _stacked(paper, [_blank(paper, 3), *strips, _blank(paper, 3)])
    top = 3 + round(_feet(kind) - kind.size * 0.33 - box / 2)
    frame = (paper.margin + 2, top, paper.margin + 2 + box, top + box)
    ImageDraw.Draw(whole).rectangle(frame, outline=255, width=BOX_THICK)
    return whole


def _follow(paper: Paper, block: Follow) -> Strip:
    """QR at the left, the words beside it, or below it where the code is large."""
    code = _qr(block, paper.width)
    left = code.width + 8 if code else paper.margin
    beside = paper.width - paper.margin - left >= NARROWEST_TEXT
    left = left if beside else paper.margin
    room = paper.width - paper.margin - left
    texts = (
        (block.title, block.title_type),
        (block.second, block.text_type),
        (block.site, block.text_type),
        (block.code, block.title_type),
    )
    words = _stacked(
        paper,
        [
            _left(paper, line, kind, left if beside else _aligned(paper, width_of(line, kind), "center"))
            for text, kind in texts
            for line in wrapped(paper, text, kind, room)
        ],
    )
    if code is None:
        return words
    strip = _blank(paper, max(code.height, words.height) if beside else code.height + words.height)
    strip.paste(words, (0, (strip.height - words.height) // 2 if beside else code.height))
    strip.paste(
        code, (0 if beside else (paper.width - code.width) // 2, (strip.height - code.height) // 2 if beside else 0)
    )
    return strip


def _qr(block: Follow, width: int) -> Image.Image | None:
    """The code with its quiet zone; None where not even small modules fit the paper."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(block.address, optimize=20)
    code.make(fit=True)
    modules = code.get_matrix()
    dots = min(block.module, width // len(modules))
    if dots < SMALLEST_MODULE:
        return None
    bits = bytes(255 if dark else 0 for row in modules for dark in row)
    picture = Image.frombytes("L", (len(modules), len(modules)), bits)
    return picture.resize((len(modules) * dots, len(modules) * dots), Image.Resampling.NEAREST)
