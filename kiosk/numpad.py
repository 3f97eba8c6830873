"""Where the keys stand by which a number is typed: the hall's letters, ten digits, rubbing out and asking. Pure geometry.

Digits stand as on everybody's telephone. On a lying panel they stand beside the rest, because there height is dear.
Lengths are pixels of the drawing (kiosk.shape).
"""

from msgspec import Struct

from kiosk.shape import LINE, TOUCH, Box, Shape

GAP = 12
BETWEEN = 24
HIGHEST = 128
"""A key grows no higher than this: beyond it nothing is hit more surely."""
FIELD = 132
"""Height of what is typed, with type that has not grown."""
COLUMNS = 7
"""Letters in a row where there is room."""


class Numpad(Struct, frozen=True):
    """A box for each thing on the screen. `digits` are 1 to 9 and 0."""

    words: Box
    field: Box
    letters: tuple[Box, ...]
    digits: tuple[Box, ...]
    rubout: Box
    check: Box


def numpad_of(shape: Shape, letters: int) -> Numpad:
    """So many letters, ten digits, two more."""
    return _beside(shape, letters) if shape.landscape else _below(shape, letters)


def _below(shape: Shape, letters: int) -> Numpad:
    body = shape.body
    rows = -(-letters // COLUMNS)
    field = FIELD + shape.growth
    gaps = GAP * (max(0, rows - 1) + 3) + BETWEEN * (3 if rows else 2) + _words_high(shape)
    reach = min(body.height - gaps - field, shape.controls_top - body.y - gaps + _words_high(shape))
    high = max(TOUCH, min(HIGHEST, reach / (rows + 4)))
    pad = Box(body.x, body.y, body.width, 4 * high + 3 * GAP)
    grid = Box(body.x, pad.top + BETWEEN, body.width, max(0.0, rows * high + (rows - 1) * GAP))
    bottom = (grid if rows else pad).top + BETWEEN
    return _numpad(shape, Box(body.x, bottom, body.width, field), (_cells(grid, COLUMNS, rows), pad), letters)


def _beside(shape: Shape, letters: int) -> Numpad:
    body = shape.body
    reach = shape.controls_top - body.y
    left = body.width * 0.56
    pad = Box(body.x + left + 36, body.y, body.width - left - 36, min(reach, 5 * HIGHEST))
    columns = max(1, min(COLUMNS, int((left + GAP) / (TOUCH + GAP))))
    rows = -(-letters // columns)
    field = FIELD * 0.85 + shape.growth
    room = min(reach, body.height - field - 2 * BETWEEN - _words_high(shape))
    high = max(TOUCH * 0.8, min(HIGHEST, (room - GAP * max(0, rows - 1)) / max(1, rows)))
    grid = Box(body.x, body.y, left, max(0.0, rows * high + (rows - 1) * GAP))
    return _numpad(shape, Box(body.x, grid.top + BETWEEN, left, field), (_cells(grid, columns, rows), pad), letters)


def _words_high(shape: Shape) -> float:
    """A title in one line and a sentence in one; two on a lying panel."""
    lines = 2 if shape.landscape or shape.growth else 1
    return LINE * (68 + shape.growth + lines * (40 + shape.growth)) + 12


def _numpad(shape: Shape, field: Box, keys: tuple[tuple[Box, ...], Box], letters: int) -> Numpad:
    cells, pad = keys
    digits = _cells(pad, 3, 4)
    words = field.top + BETWEEN
    return Numpad(
        words=Box(field.x, words, field.width, max(0.0, shape.body.top - words)),
        field=field,
        letters=cells[:letters],
        digits=(*digits[:9], digits[10]),
        rubout=digits[9],
        check=digits[11],
    )


def _cells(area: Box, columns: int, rows: int) -> tuple[Box, ...]:
    """Row by row from the top left."""
    wide = (area.width - GAP * (columns - 1)) / columns
    high = (area.height - GAP * (rows - 1)) / max(1, rows)
    return tuple(
        Box(area.x + column * (wide + GAP), area.top - (row + 1) * high - row * GAP, wide, high)
        for row in range(rows)
        for column in range(columns)
    )
