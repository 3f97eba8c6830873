"""The keyboard on the screen, and what has room beside it. Pure geometry on a shape, and the rows of keys.

Ten keys in four rows, digits first, then letters as on everybody's phone; rubbing out and the space fill the last rows.
A language may have rows of its own (`keyboard` in its file). On a panel that is too narrow for keys of LEAST the letters
stand in their order instead, in as many columns as there is room for; where that does not fit either there is no search.
"""

from collections.abc import Sequence

from msgspec import Struct

from kiosk import choices
from kiosk.choices import Choice
from kiosk.room import Cells
from kiosk.shape import LINE, TOUCH, Box, Shape, wide

LEAST = 81
"""The least width and height of a key: 20 mm, from where on larger ones are hit no better."""
ROOMY = 104
FIELD_HIGH = 120
PAGER_HIGH = 104
SPACE = " "
LEAST_SPACE = 2
"""Columns that the space takes at least."""
PAGER_TYPE, PAGER_ICON = 36, 56
TYPED = 14
"""So many letters of what is typed are seen at once, at the least."""


class Key(Struct, frozen=True):
    """What a key types, where it stands and how many columns it takes. Empty `letter`: its choice has an icon."""

    letter: str
    choice: Choice
    row: int
    column: float
    span: float = 1.0


class Plan(Struct, frozen=True):
    """Where the field, the cards, the pager and the keyboard stand, in pixels of the drawing.

    `one_button`: the pager is a single button that turns round and round; where there is none it has no width. `gap` stands between keys.
    """

    field: Box
    cards: Box
    cells: Cells
    pager: Box
    keys: Box
    gap: float = 10
    one_button: bool = False


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
    spare, number = columns - len(last), len(above)
    rubbed = any(key.choice == choices.Rubout() for key in keys)
    fills = spare >= LEAST_SPACE + (0 if rubbed else 1)
    keys += _row(last, number, 0.0 if fills else spare / 2)
    last_row, column, left = (number, len(last), spare) if fills else (number + 1, 0, columns)
    if not rubbed:
        taken = 1 if left <= 4 else 2
        left -= taken
        keys.append(Key("", choices.Rubout(), last_row, column + left, taken))
    return (*keys, Key(SPACE, choices.Type(SPACE), last_row, column, left))


def keys_for(shape: Shape, rows: str) -> tuple[Key, ...]:
    """The keys of these rows where they are wide enough; else in their order, in as many columns as are."""
    natural = keys_of(rows)
    if _key_wide(natural, shape.body.width, _gap(natural, shape)) >= LEAST:
        return natural
    letters = "".join(rows.split())
    digits = "".join(letter for letter in letters if letter.isdigit())
    ordered = digits + "".join(sorted(letter for letter in letters if not letter.isdigit()))
    columns = max(4, int((shape.body.width + 6) / (LEAST + 6)))
    return keys_of(" ".join(ordered[begins : begins + columns] for begins in range(0, len(ordered), columns)))


def fits(shape: Shape, keys: Sequence[Key]) -> bool:
    """Whether keys that are large enough, the field and one card have room, all of them within reach."""
    gap = _gap(keys, shape)
    board = _rows(keys) * (LEAST + gap) - gap
    room = shape.controls_top - shape.body.y - board - 16
    above = 0 if shape.controls_top < shape.body.top else _field_high(shape) + 16
    return _key_wide(keys, shape.body.width, gap) >= LEAST and room - above >= _least(shape)


def plan_of(shape: Shape, keys: Sequence[Key], longest: str) -> Plan:
    """Field above, what was found below it, the keyboard last; `longest` is the longest label of the pager.

    The pager stands beside the field on a lying panel, below the cards on an upright one. Where it would leave too little it is
    a single button, or none: then the likeliest are shown, and another letter shows others.
    """
    body, gap, growth = shape.body, _gap(keys, shape), shape.growth
    rows, field_high = _rows(keys), _field_high(shape)
    height = shape.controls_top - body.y
    between = 20 if height > 1000 or shape.landscape else 16
    taken = 0 if shape.controls_top < body.top else field_high + between
    pager_high = 0 if shape.landscape else PAGER_HIGH + between
    key_high = float(LEAST)
    for high in (ROOMY, TOUCH):
        if height - rows * (high + gap) + gap - between - taken - pager_high >= 2 * _whole(shape) + between:
            key_high = float(high)
            break
    board = Box(body.x, body.y, body.width, rows * (key_high + gap) - gap)
    floor, top = board.top + between, min(body.top - field_high - between, shape.controls_top)
    sunk = shape.controls_top < body.top - field_high - between
    field = Box(body.x, top + between if sunk else body.top - field_high, body.width, field_high)
    room = Box(body.x, floor, body.width, top - floor)
    single = wide(longest, PAGER_TYPE + growth) + PAGER_ICON + 60
    whole = 2 * single + 180
    if shape.landscape and shape.controls_top >= body.top:
        needed = 136 + field_high + TYPED * 0.53 * (46 + growth)
        pager_wide = next((one for one in (whole, single) if body.width - one - 20 >= needed), 0.0)
        pager = Box(body.x + body.width - pager_wide, field.y, pager_wide, field_high)
        field = Box(body.x, field.y, body.width - pager_wide - (20 if pager_wide else 0), field_high)
        return Plan(field, room, _cells(shape, room), pager, board, gap, one_button=pager_wide == single)
    if room.height - PAGER_HIGH - between >= _whole(shape):
        pager = Box(body.x, floor, body.width, PAGER_HIGH)
        room = Box(body.x, pager.top + between, body.width, top - pager.top - between)
        return Plan(field, room, _cells(shape, room), pager, board, gap, one_button=whole > body.width)
    return Plan(field, room, _cells(shape, room), Box(body.x, floor, 0, 0), board, gap)


def _row(row: str, number: int, begins: float) -> list[Key]:
    return [Key(letter, choices.Type(letter), number, begins + place) for place, letter in enumerate(row)]


def _rows(keys: Sequence[Key]) -> int:
    return 1 + max(key.row for key in keys)


def _key_wide(keys: Sequence[Key], width: float, gap: float) -> float:
    columns = max(key.column + key.span for key in keys)
    return (width + gap) / columns - gap


def _gap(keys: Sequence[Key], shape: Shape) -> float:
    return 10 if _key_wide(keys, shape.body.width, 10) >= TOUCH else 6


def _field_high(shape: Shape) -> float:
    """Lower where height is dear."""
    small = shape.body.height < 1000
    return max(92.0, LINE * (46 + shape.growth) + 20) if small else FIELD_HIGH


def _least(shape: Shape) -> float:
    """The least height of a card: a name and a remark; what it belongs to stands there where there is room."""
    return 12 + LINE * (42 + 32 + 2 * shape.growth)


def _whole(shape: Shape) -> float:
    """The height of a card that says all: a name, what it belongs to, and a remark."""
    return 12 + LINE * (42 + 2 * 32 + 3 * shape.growth)


def _cells(shape: Shape, room: Box) -> Cells:
    """Cards one beside the other only where there is width for two."""
    rows = max(1, int((room.height + 20) / (_whole(shape) + 20)))
    for_two = 1300 + 20 * shape.growth if rows > 1 else 820 + 24 * shape.growth
    return Cells(2 if room.width >= for_two else 1, min(rows, 5))
