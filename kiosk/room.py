"""How much has room on a page: chips, cards beside and below each other, lines of a text. Pure geometry on a shape.

Reckoned from type sizes, because no font is known here: a screen shrinks a little what comes out larger, and tests lay
every face out.
"""

from msgspec import Struct

from kiosk.looks import FLOOR
from kiosk.shape import LINE, Shape, is_brief, lines_of

GAP = 22
CHIP_GAP = 20
TITLE, ABOVE, HEADING = 68, 38, 38
SEARCH_HIGH = 120
"""The search field with the gap below it."""
SEARCH_SHARE = 0.54
"""Of the width, where it stands beside the title."""
PAGER_GAP, PAGER_LEAST = 24, 430
BESIDE, ARROW, EDGE = 144, 84, 18
"""What a card's icon takes beside its name, and on the other side an arrow or nothing."""
LETTER = 0.53
"""How wide a letter of running text is on the average, for each of type size: bold or semibold."""


Told = tuple[str, str]
"""A card's name, and its remark."""


class Cells(Struct, frozen=True):
    """Columns and rows."""

    columns: int
    rows: int

    @property
    def count(self) -> int:
        return self.columns * self.rows


def chips(shape: Shape) -> Cells:
    """Errands in a word or two, with their icons."""
    each = 78 + 9 * LETTER * (31 + shape.growth)
    columns = max(2, int((shape.body.width + CHIP_GAP) / (each + CHIP_GAP)))
    rows = 1 if shape.landscape or shape.controls_top - shape.body.y < 1250 else 2
    return Cells(min(columns, 8), rows)


def chip_high(shape: Shape) -> float:
    """The height of a chip: its words may take two lines."""
    return max(104.0, 2 * LINE * (30 + shape.growth) + 18)


def cards(
    shape: Shape,
    told: tuple[Told, ...] = (),
    *,
    chip_rows: int = 0,
    search: bool = False,
    heading: bool = False,
    above: bool = False,
    title: str = "",
) -> Cells:
    """Cards with a name, what it is for and a remark; `columns` as many as have room for a long word.

    Fewer of them where names are so long that the smallest type would not do.
    """
    each = 162 + 15 * LETTER * (30 + shape.growth)
    most = max(1, min(3, int((shape.body.width + GAP) / (each + GAP))))
    found = []
    for columns in range(most, 0, -1):
        rows = _raw_rows(
            shape, chip_rows=chip_rows, search=search, heading=heading, above=above, columns=columns, title=title
        )
        found.append(_for_all(told, Cells(columns, max(1, min(7, int(rows)))), shape, rows))
    return max(found, key=lambda cells: cells.count)


def _for_all(told: tuple[Told, ...], cells: Cells, shape: Shape, raw: float) -> Cells:
    """Fewer rows where what a card says needs more height; `raw` is how many of the least height have room."""
    least = _card_high(told, shape, cells.columns)
    if not least:
        return cells
    high = raw * (_least(shape, cells.columns) + GAP)
    return Cells(cells.columns, max(1, min(cells.rows, int(high / (least + GAP)))))


def _card_high(told: tuple[Told, ...], shape: Shape, columns: int) -> float:
    """How high a card must be for the most that one has to say, in the smallest type."""
    size = FLOOR + shape.growth
    room = (shape.body.width - GAP * (columns - 1)) / columns - BESIDE - (ARROW if columns == 1 else EDGE)
    lines = max((sum(lines_of(text, size, room) for text in each if text) for each in told), default=0)
    return 12 + LINE * size * lines if lines else 0.0


def has_room(shape: Shape, *, chip_rows: int, search: bool, heading: bool = True) -> bool:
    """Whether a row of cards has room with chips, a heading and a search field above it."""
    return _raw_rows(shape, chip_rows=chip_rows, search=search, heading=heading, above=False, columns=1) >= 1


def search_beside(shape: Shape) -> bool:
    """Whether the search field stands beside the title: where height is dear and the title is within reach."""
    return shape.landscape and shape.controls_top >= shape.body.top


def pager_high(shape: Shape) -> float:
    """The height of the buttons from page to page."""
    return 88.0 if is_brief(shape) else 104.0


def pager_in_title(shape: Shape, title: str) -> bool:
    """Whether the buttons from page to page stand beside the title: where height is dear and they are within reach there."""
    least = len(title) * LETTER * (TITLE - 22 + shape.growth)
    return bool(title) and search_beside(shape) and shape.body.width - least - 40 >= PAGER_LEAST + 10 * shape.growth


def pager_wide(shape: Shape, heading: str = "", title: str = "") -> float:
    """The width of the buttons from page to page: beside a heading or a title on a lying panel, because height is dear."""
    if pager_in_title(shape, title):
        left = shape.body.width - len(title) * LETTER * (TITLE + shape.growth) - 40
        return min(shape.body.width * 0.55, max(PAGER_LEAST + 10 * shape.growth, left))
    if not shape.landscape or not heading:
        return shape.body.width
    left = shape.body.width - len(heading) * LETTER * (HEADING + shape.growth) - 30
    return min(left, shape.body.width * (0.55 if shape.body.width > 1300 else 0.68))


def services(shape: Shape, told: tuple[Told, ...] = (), *, above: bool, title: str = "") -> Cells:
    """Cards with long names: one column where the page is not wide."""
    columns = 2 if shape.body.width >= 1300 + 20 * shape.growth else 1
    raw = _raw_rows(shape, chip_rows=0, search=False, heading=False, above=above, columns=columns, title=title)
    return _for_all(told, Cells(columns, max(1, min(7, int(raw)))), shape, raw)


def _raw_rows(
    shape: Shape, *, chip_rows: int, search: bool, heading: bool, above: bool, columns: int, title: str = ""
) -> float:
    growth = shape.growth
    top = shape.controls_top
    said = LINE * (TITLE + growth) + 6 + (LINE * (ABOVE + growth) + 6 if above else 0) + 14
    top = min(shape.body.top - said, top)
    if chip_rows:
        top -= chip_rows * chip_high(shape) + (chip_rows - 1) * CHIP_GAP + 26
    if search and not search_beside(shape):
        top -= SEARCH_HIGH
    if heading:
        top -= LINE * (HEADING + growth) + 18
    aside = (shape.landscape and heading) or pager_in_title(shape, title)
    high = top - shape.body.y - (0 if aside else pager_high(shape) + PAGER_GAP)
    return (high + GAP) / (_least(shape, columns) + GAP)


def _least(shape: Shape, columns: int) -> float:
    """The least height of a card whose name stands on a line, in large letters on two."""
    growth = shape.growth
    return 12 + LINE * (4 * (30 + growth) if growth and columns > 1 else 42 + growth + 2 * (31 + growth))
