"""The keyboard on the screen, and what has room beside it. Pure geometry on a shape, and the rows of keys.

Ten keys in four rows, digits first, then letters as on everybody's phone; rubbing out and the space fill the last rows.
A language may have rows of its own (`keyboard` in its file). Keys are never smaller than TOUCH.
"""

from collections.abc import Sequence

from msgspec import Struct

from kiosk import choices
from kiosk.choices import Choice
from kiosk.room import Cells
from kiosk.shape import LINE, Box, Shape

GAP = 10
BETWEEN = 20
KEY_HIGH, KEY_LOW = 104, 84
FIELD_HIGH = 120
PAGER_HIGH = 104
SPACE = " "
LEAST_SPACE = 2
"""Columns that the space takes at least."""


class Key(Struct, frozen=True):
    """What a key types, where it stands and how many columns it takes. Empty `letter`: its choice has an icon."""

    letter: str
    choice: Choice
    row: int
    column: float
    span: float = 1.0


def keys_of(rows: str) -> tuple[Key, ...]:
    """The keys of rows such as "1234567890 qwertyuiop asdfghjkl zxcvbnm", each row in the middle or filled up."""
    letters = rows.split() or ["0123456789"]
    columns = max(len(row) for row in letters)
    *above, last = letters
    keys: list[Key] = []
    for number, row in enumerate(above):
        rubs_out = number == len(above) - 1
        spare = columns - len(row)
        begins = 0.0 if rubs_out and spare >= 1 else spare / 2
        keys += _row(row, number, begins)
        if rubs_out and spare >= 1:
            keys.append(Key("", choices.Rubout(), number, len(row), spare))
    spare = columns - len(last)
    number = len(above)
    keys += _row(last, number, 0.0 if spare >= LEAST_SPACE else spare / 2)
    rubbed = any(key.choice == choices.Rubout() for key in keys)
    if spare >= LEAST_SPACE and rubbed:
        return (*keys, Key(SPACE, choices.Type(SPACE), number, len(last), spare))
    wide = columns if rubbed else columns - 2
    keys.append(Key(SPACE, choices.Type(SPACE), number + 1, 0, wide))
    if not rubbed:
        keys.append(Key("", choices.Rubout(), number + 1, wide, 2))
    return tuple(keys)


def _row(row: str, number: int, begins: float) -> list[Key]:
    return [Key(letter, choices.Type(letter), number, begins + place) for place, letter in enumerate(row)]


class Plan(Struct, frozen=True):
    """Where the field, the cards, the pager and the keyboard stand, in pixels of the drawing."""

    field: Box
    cards: Box
    cells: Cells
    pager: Box
    keys: Box


def plan_of(shape: Shape, keys: Sequence[Key]) -> Plan:
    """Field above, what was found below it, the keyboard last.

    The pager stands between cards and keyboard; beside the field on a lying panel, beside the cards where height is dear.
    """
    body = shape.body
    rows = 1 + max(key.row for key in keys)
    roomy = not shape.landscape and shape.controls_top - body.y > 1000
    high = KEY_HIGH if roomy else KEY_LOW
    board = Box(body.x, body.y, body.width, rows * high + (rows - 1) * GAP)
    if shape.landscape:
        return _lying(shape, board)
    top = Box(body.x, body.top - FIELD_HIGH, body.width, FIELD_HIGH)
    cards_top = min(top.y - BETWEEN, shape.controls_top)
    pager = Box(body.x, board.top + BETWEEN, body.width, PAGER_HIGH)
    floor = pager.top + BETWEEN
    if cards_top - floor >= _least(shape):
        room = Box(body.x, floor, body.width, cards_top - floor)
        return Plan(top, room, _cells(shape, room), pager, board)
    wide = 0.36 * body.width
    floor = board.top + BETWEEN
    room = Box(body.x, floor, body.width - wide - BETWEEN, cards_top - floor)
    pager = Box(body.x + body.width - wide, floor, wide, min(PAGER_HIGH, room.height))
    return Plan(top, room, Cells(1, 1), pager, board)


def _lying(shape: Shape, board: Box) -> Plan:
    body = shape.body
    high = FIELD_HIGH - 20 if body.height > 640 else KEY_LOW
    wide = min(0.46 * body.width, 520.0 + 12 * shape.growth)
    field = Box(body.x, body.top - high, body.width - wide - BETWEEN, high)
    pager = Box(body.x + body.width - wide, min(field.y, shape.controls_top - high), wide, high)
    floor = board.top + BETWEEN
    room = Box(body.x, floor, body.width, min(field.y, pager.y) - BETWEEN - floor)
    return Plan(field, room, _cells(shape, room), pager, board)


def _least(shape: Shape) -> float:
    """The height of a card of a name, an agency and a remark."""
    return 12 + LINE * (42 + 2 * 32 + 3 * shape.growth)


def _cells(shape: Shape, room: Box) -> Cells:
    """Cards one beside the other only where there is width for two."""
    rows = max(1, int((room.height + BETWEEN) / (_least(shape) + BETWEEN)))
    columns = 1 if rows > 1 and room.width < 1200 else max(1, int((room.width + BETWEEN) / (440 + 8 * shape.growth)))
    return Cells(min(columns, 3), min(rows, 5))
