"""How large the pieces of a call are and where they stand in its box: number, arrow, word, counter, letter. Pure.

Number and counter are as large as each other. Side by side, or one above the other where a box is narrow. All lengths
are in units (display.sight), places from the box's left and top.
"""

from collections.abc import Sequence

from msgspec import Struct

from display.widths import CAPITAL, width_of

WORD_SHARE = 0.36
"""The word for counter before the newest call's counter: a third of it at least."""

ARROW_SHARE, ARROW_INK = 0.42, 0.8
"""The arrow's size beside large type, and how much of its glyph is drawn."""

GAP_SHARE, WORD_GAP_SHARE = 0.095, 0.09
"""The least space around the arrow and before the zone, and between the word and the counter; shares of the type size."""

MOST_GAP = 0.55
"""Number and counter keep together: no more space than this on either side of the arrow."""

TIMES_SHARE, TIMES_GAP = 0.36, 0.05
"""How often a number was called stands raised behind it: its type, and the space before it."""

LINE_SHARE = 0.92
"""Type beside each other takes so much of a box's height at the most: capitals, the line under 6 and 9, and air."""

STACKED_SHARE = 0.45
"""Type in two lines takes so much of a box's height at the most."""

OWN_NAME = 4
"""A counter with a name of at least so many letters has a name of its own ("Informasi"); others have a number ("12B")."""

NUMBER_LEAST = 2.248
"""Room for a number of four places ("K069") is kept, so that arrows do not move from call to call; in type sizes."""


class Piece(Struct, frozen=True):
    """What stands in one box. `word` is empty before a counter with a name of its own, `times` at a first call."""

    number: str
    word: str
    counter: str
    lettered: bool = True
    times: str = ""

    @property
    def number_width(self) -> float:
        """The number with how often it was called, in type sizes."""
        return width_of(self.number) + (TIMES_GAP + TIMES_SHARE * width_of(self.times) if self.times else 0.0)


class Fit(Struct, frozen=True):
    """Where the pieces of a call stand. `..._at` from the left; `..._line` is the middle of a line, from the top."""

    number_type: float
    word_type: float
    counter_type: float
    arrow_size: float
    ring: float
    padding: float
    arrow_at: float
    word_at: float
    counter_at: float
    number_line: float
    counter_line: float

    @property
    def above(self) -> float:
        """What is free above the number, in units."""
        return self.number_line - self.number_type * CAPITAL / 2

    @property
    def capital(self) -> float:
        """The height of capitals in its number or its counter, whichever is smaller; in units."""
        return min(self.number_type, self.counter_type) * CAPITAL


def in_a_line(pieces: Sequence[Piece], width: float, height: float, *, word: bool = True) -> tuple[Fit, ...]:
    """Boxes of one size: number, arrow and counter beside each other, in the largest type that fits them all."""
    padding = min(40.0, 0.045 * width)
    ring = min(90.0, 0.52 * height) if any(piece.lettered for piece in pieces) else 0.0
    numbers = max(piece.number_width for piece in pieces)
    words = max((_word_width(piece, WORD_SHARE) for piece in pieces), default=0.0) if word else 0.0
    # A counter with a name of its own shrinks by itself: numbers stay large beside it.
    counters = max((width_of(piece.counter) for piece in pieces if len(piece.counter) < OWN_NAME), default=1.08)
    arrow = ARROW_SHARE * ARROW_INK
    room = width - 1.8 * padding - ring
    size = min(LINE_SHARE * height, room / (numbers + arrow + words + counters + 3 * GAP_SHARE))
    spare = min(MOST_GAP * size, (room - size * (numbers + arrow + words + counters)) / 3)
    arrow_at = padding + size * numbers + spare
    word_at = arrow_at + size * arrow + spare
    fits = []
    for piece in pieces:
        said = word and bool(piece.word)
        counter_at = word_at + (size * _word_width(piece, WORD_SHARE) if said else 0)
        most = (width - counter_at - 1.5 * padding - ring) / width_of(piece.counter)
        fits.append(
            Fit(
                number_type=size,
                word_type=size * WORD_SHARE if said else 0,
                counter_type=min(size, max(1.0, most)),
                arrow_size=ARROW_SHARE * size,
                ring=ring,
                padding=padding,
                arrow_at=arrow_at - ARROW_SHARE * size * (1 - ARROW_INK) / 2,
                word_at=word_at,
                counter_at=counter_at,
                number_line=height / 2,
                counter_line=height / 2,
            )
        )
    return tuple(fits)


def in_two_lines(pieces: Sequence[Piece], width: float, height: float) -> tuple[Fit, ...]:
    """Boxes of one size: the number above, arrow and counter below it, in the largest type that fits them all."""
    padding = min(40.0, 0.045 * width)
    ring = min(110.0, 0.2 * height) if any(piece.lettered for piece in pieces) else 0.0
    arrow = ARROW_SHARE * ARROW_INK + 1.6 * GAP_SHARE
    numbers = max(piece.number_width for piece in pieces)
    counters = max(_word_width(piece, WORD_SHARE) + width_of(piece.counter) for piece in pieces)
    above = (width - 2.5 * padding - ring) / numbers
    size = min(STACKED_SHARE * height, above, (width - 2 * padding) / (arrow + counters))
    # The middles of two lines of capitals with the line under 6 and 9 between them.
    apart = min(size * 1.06, height / 2)
    middle = height / 2 - 0.02 * size
    return tuple(
        Fit(
            number_type=size,
            word_type=size * WORD_SHARE if piece.word else 0,
            counter_type=size,
            arrow_size=ARROW_SHARE * size,
            ring=ring,
            padding=padding,
            arrow_at=padding - ARROW_SHARE * size * (1 - ARROW_INK) / 2,
            word_at=padding + size * arrow,
            counter_at=padding + size * (arrow + _word_width(piece, WORD_SHARE)),
            number_line=middle - apart / 2,
            counter_line=middle + apart / 2,
        )
        for piece in pieces
    )


def in_columns(pieces: Sequence[Piece], width: float, height: float, size: float) -> tuple[Fit, ...]:
    """Earlier calls: number, arrow and counter each in a column of its own; the word as large as they are if it can be."""
    padding = min(42.0, 0.045 * width)
    ring = min(96.0, 0.68 * height)
    arrow = 0.62 * size
    numbers = max([NUMBER_LEAST, *(piece.number_width for piece in pieces)])
    room = width - padding - 1.5 * padding - ring
    share, fitting = 1.0, size
    for share in (1.0, 0.72, 0.5):
        rest = max(_word_width(piece, share) + min(width_of(piece.counter), 2.4) for piece in pieces)
        fitting = min(size, (room - arrow) / (numbers + rest + 0.3))
        if fitting >= 0.97 * size:
            break
    spare = room - arrow - fitting * (numbers + rest)
    arrow_at = (
        padding + fitting * numbers + min(0.5 * spare, max(0.15 * fitting, 0.372 * width - padding - fitting * numbers))
    )
    word_at = arrow_at + arrow + min(0.35 * fitting, 0.5 * spare)
    fits = []
    for piece in pieces:
        counter_at = word_at + (fitting * _word_width(piece, share) if piece.word else 0)
        most = (width - counter_at - 1.5 * padding - ring) / width_of(piece.counter)
        fits.append(
            Fit(
                number_type=fitting,
                word_type=fitting * share if piece.word else 0,
                counter_type=min(fitting, max(1.0, most)),
                arrow_size=arrow,
                ring=ring,
                padding=padding,
                arrow_at=arrow_at,
                word_at=word_at,
                counter_at=counter_at,
                number_line=height / 2,
                counter_line=height / 2,
            )
        )
    return tuple(fits)


def _word_width(piece: Piece, share: float) -> float:
    """The word and the space behind it, in sizes of the counter's type."""
    return width_of(piece.word) * share + (0.2 if share > WORD_SHARE else WORD_GAP_SHARE) if piece.word else 0.0
