"""Where everything stands when a number is typed: words, field, letters, digits, the two keys that act. Pure geometry.

Lengths are pixels of the drawing, as in kiosk.shape.
"""

from msgspec import Struct

from kiosk.shape import Box, Shape

GAP = 14
KEY_HIGH, KEY_LEAST = 132, 84
"""A key's height where there is room, and the least of anything that can be touched (20.8 mm)."""
FIELD_HIGH, FIELD_LEAST = 170, 100
LETTERS_IN_A_ROW = 9


class Keypad(Struct, frozen=True):
    """One box for each letter and for each digit, 1 to 9 and then 0."""

    words: Box
    field: Box
    letters: tuple[Box, ...]
    digits: tuple[Box, ...]
    rubout: Box
    check: Box


def keypad_of(shape: Shape, letters: int) -> Keypad:
    """Words and field above the keys; beside them on a lying panel. Keys stand below `shape.controls_top`."""
    body = shape.body
    rows = -(-letters // LETTERS_IN_A_ROW)
    if shape.landscape:
        wide = 0.58 * body.width
        board = Box(body.x + body.width - wide, body.y, wide, body.height)
        left = Box(body.x, body.y, body.width - wide - 40, body.height)
        field = Box(left.x, left.y, left.width, min(FIELD_HIGH, left.height * 0.3))
        words = Box(left.x, field.top + 24, left.width, left.top - field.top - 24)
    else:
        words_high = 200 + 5 * shape.growth
        words = Box(body.x, body.top - words_high, body.width, words_high)
        high = min(shape.controls_top, words.y) - body.y - (rows + 4) * KEY_LEAST - (rows + 4) * GAP
        field_high = max(FIELD_LEAST, min(FIELD_HIGH, high))
        field = Box(body.x, words.y - 20 - field_high, body.width, field_high)
        board = Box(body.x, body.y, body.width, field.y - 24 - body.y)
    board = Box(board.x, board.y, board.width, min(board.height, shape.controls_top - board.y))
    key = min(KEY_HIGH, (board.height - (rows + 3) * GAP) / (rows + 4))
    return _with_keys(words, field, board, letters, rows=rows, high=key)


def _with_keys(words: Box, field: Box, board: Box, letters: int, *, rows: int, high: float) -> Keypad:
    def cell(row: int, column: int, columns: int) -> Box:
        wide = (board.width - (columns - 1) * GAP) / columns
        return Box(board.x + column * (wide + GAP), board.top - (row + 1) * high - row * GAP, wide, high)

    in_a_row = -(-letters // rows) if rows else 1
    signs = tuple(cell(place // in_a_row, place % in_a_row, in_a_row) for place in range(letters))
    digits = tuple(cell(rows + place // 3, place % 3, 3) for place in range(9))
    rubout, zero, check = (cell(rows + 3, column, 3) for column in range(3))
    return Keypad(words, field, signs, (*digits, zero), rubout, check)
