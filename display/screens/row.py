"""One call on the board: number, arrow, counter, the letter of its zone. Number and counter are as large as each other.

Rows of a kind are laid out together, so that arrows and counters stand below each other and one type size fits all.
Knows what it shows and how large it may be, not why it stands where it does.
"""

from collections.abc import Sequence
from pathlib import Path

from kivy.lang import Builder
from kivy.properties import ColorProperty, NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

import ui.widgets  # noqa: F401 - the pieces that row.kv is made of
from ui.words import width_of

FONT = "Black"
WORD_SHARE = 0.36
"""The word for counter before the newest call's counter: a third of it at least."""

ARROW_SHARE = 0.42
ARROW_INK = 0.8
"""The arrow's size beside large type, and how much of its glyph is drawn."""

GAP_SHARE, WORD_GAP_SHARE = 0.11, 0.09
"""The least space around the arrow and before the zone, and between the word and the counter; shares of the type size."""


class CallRow(FloatLayout):
    """Give it a place, colours and words, then lay it out with the others of its kind."""

    number = StringProperty("")
    word = StringProperty("")
    counter = StringProperty("")
    letter = StringProperty("")
    unit = NumericProperty(1)
    ground = ColorProperty()
    ink = ColorProperty()
    arrow_ink = ColorProperty()
    edge = ColorProperty([0, 0, 0, 0])
    swell = NumericProperty(0)

    padding = NumericProperty(48)
    ring = NumericProperty(96)
    number_type = NumericProperty(100)
    word_type = NumericProperty(100)
    counter_type = NumericProperty(100)
    arrow_size = NumericProperty(40)
    arrow_at = NumericProperty(0)
    word_at = NumericProperty(0)
    counter_at = NumericProperty(0)


def lay_out_lit(rows: Sequence[CallRow], largest: float) -> None:
    """Lit rows, all of one size: the largest type that fits them all, what is left over spread between the pieces."""
    first = rows[0]
    unit, width = first.unit, first.width
    padding = min(48 * unit, 0.045 * width)
    ring = min(90 * unit, 0.52 * first.height)
    numbers = max(_width(row.number) for row in rows)
    words = max((_width(row.word) * WORD_SHARE + WORD_GAP_SHARE for row in rows if row.word), default=0.0)
    # A counter with a name of its own shrinks by itself: numbers stay large beside it.
    counters = max((_width(row.counter) for row in rows if len(row.counter) <= 3), default=1.1)
    arrow = ARROW_SHARE * ARROW_INK
    room = width - 1.8 * padding - ring
    size = min(largest, room / (numbers + arrow + words + counters + 3 * GAP_SHARE))
    spare = (room - size * (numbers + arrow + words + counters)) / 3
    arrow_at = padding + size * numbers + spare
    word_at = arrow_at + size * arrow + spare
    for row in rows:
        _set(row, padding, ring, size, WORD_SHARE)
        row.arrow_size = ARROW_SHARE * size
        row.arrow_at = arrow_at - ARROW_SHARE * size * (1 - ARROW_INK) / 2
        row.word_at = word_at
        row.counter_at = word_at + (size * (_width(row.word) * WORD_SHARE + WORD_GAP_SHARE) if row.word else 0)
        _shrink_counter(row)


def lay_out_recent(rows: Sequence[CallRow], size: float) -> None:
    """Earlier calls: number, arrow and counter each in a column of its own."""
    for row in rows:
        padding = 42 * row.unit
        # Only a very long number makes its own row smaller.
        fitting = min(size, (0.36 * row.width - padding) / _width(row.number))
        _set(row, padding, min(96 * row.unit, 0.68 * row.height), fitting, 1.0)
        row.arrow_size = 0.62 * size
        row.arrow_at = 0.372 * row.width
        row.word_at = 0.459 * row.width
        row.counter_at = row.word_at + (fitting * (_width(row.word) + _width(" ")) if row.word else 0)
        _shrink_counter(row)


def _set(row: CallRow, padding: float, ring: float, size: float, word_share: float) -> None:
    row.padding, row.ring = padding, ring
    row.number_type, row.counter_type, row.word_type = size, size, size * word_share


def _shrink_counter(row: CallRow) -> None:
    """A long name keeps clear of the zone's letter."""
    room = row.width - row.counter_at - 0.8 * row.padding - row.ring - 0.7 * row.padding
    row.counter_type = min(row.counter_type, max(1.0, room / _width(row.counter)))


def _width(text: str) -> float:
    """How wide a text is, in shares of its type size."""
    return max(0.01, width_of(text, FONT, 200) / 200)


Builder.load_file(str(Path(__file__).with_name("row.kv")))
