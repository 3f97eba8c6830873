"""One call, or several of a kind, as shapes: number, arrow, counter, the letter of the zone. Pure but for measuring type.

Number and counter are as large as each other. Rows of a kind are laid out together, so that arrows and counters stand
below each other and one type size fits all.
"""

from collections.abc import Sequence

from assets.palette import INK_DARK, Colour, ink_on
from hub.desk.board.measuring import CAPITAL, width_of
from hub.desk.board.shapes import Arrow, Box, Disc, Line, Number, Shape
from hub.desk.board.views import CallRow

WORD_SHARE = 0.36
"""The word for counter beside the newest call's counter: a third of it at least."""

ARROW_SHARE, GAP_SHARE, WORD_GAP_SHARE = 0.34, 0.11, 0.09
TYPE_OF_HEIGHT = 0.75
"""The newest call's type size, as a share of its row's height."""

ROW_TYPE = 0.98
MISTAKEN = "69"
"""Digits that are told apart by a line below: a 6 and a 9 on their heads are each other."""

AGAIN_SIZE = 54


class Place:
    """Where a row stands: its upper left corner and its size, in units."""

    def __init__(self, x: float, y: float, width: float, height: float) -> None:
        self.x, self.y, self.width, self.height = x, y, width, height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def lit_type(rows: Sequence[CallRow], width: float, height: float) -> float:
    """The type size of lit rows that are so large: the largest that fits them all."""
    numbers, words, counters = _widths(rows)
    room = width - 1.8 * _padding(width) - _ring(height)
    pieces = numbers + ARROW_SHARE + words + counters
    return min(TYPE_OF_HEIGHT * height, room / (pieces + 3 * GAP_SHARE))


def lit_rows(rows: Sequence[CallRow], places: Sequence[Place]) -> list[Shape]:
    """Lit calls on one line each; what is left over is spread between the pieces."""
    width, height = places[0].width, places[0].height
    numbers, words, counters = _widths(rows)
    size = lit_type(rows, width, height)
    padding, ring = _padding(width), _ring(height)
    spare = (width - 1.8 * padding - ring - size * (numbers + ARROW_SHARE + words + counters)) / 3
    shapes: list[Shape] = []
    for row, place in zip(rows, places, strict=True):
        arrow_at = place.x + padding + size * numbers + spare
        word_at = arrow_at + size * ARROW_SHARE + spare
        counter_at = word_at + (size * (width_of(row.word, "Black") * WORD_SHARE + WORD_GAP_SHARE) if row.word else 0)
        ring_at = place.x + place.width - 0.8 * padding - ring / 2
        room = ring_at - ring / 2 - 0.5 * padding - counter_at
        shapes += [Box(place.x, place.y, place.width, place.height, "lit", 24)]
        shapes += [number(row.number, place.x + padding, _foot(place.middle, size), size, "on-lit")]
        shapes += [Arrow(arrow_at, place.middle, size * ARROW_SHARE, "on-lit")]
        if row.word:
            shapes += [_words(row.word, word_at, place.middle, size * WORD_SHARE, "on-lit")]
        shapes += _counter(row, Place(counter_at, place.y, room, place.height), size)
        shapes += zone_mark(row, ring_at, place.middle, ring, "on-lit")
        shapes += _again(row, place, padding, "on-lit")
    return shapes


def _counter(row: CallRow, place: Place, size: float) -> list[Shape]:
    """A lit call's counter. A name of several words stands on two lines where it is larger so."""
    fitting = min(size, place.width / max(0.01, width_of(row.counter, "Black")))
    words = row.counter.split()
    halves = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    if not row.word and halves:
        upper, lower = min(halves, key=lambda half: max(width_of(each, "Black") for each in half))
        widest = max(width_of(upper, "Black"), width_of(lower, "Black"))
        paired = min(0.5 * size, 0.36 * place.height, place.width / widest)
        if paired > fitting:
            feet = (_foot(place.middle - 0.52 * paired, paired), _foot(place.middle + 0.52 * paired, paired))
            return [
                number(each, place.x, foot, paired, "on-lit") for each, foot in zip((upper, lower), feet, strict=True)
            ]
    return [number(row.counter, place.x, _foot(place.middle, fitting), fitting, "on-lit")]


def stacked_type(row: CallRow, width: float, height: float) -> float:
    """The type size of one lit call on two lines, the counter below the number."""
    padding = _padding(width)
    upper = width_of(row.number, "Black")
    lower = ARROW_SHARE + 2 * GAP_SHARE + _counter_width(row)
    return min(0.46 * height, (width - 2 * padding) / max(upper, lower + 0.35, 2.2))


def stacked_row(row: CallRow, place: Place) -> list[Shape]:
    """One lit call on two lines: where a board is narrow, numbers stay large this way."""
    size, padding = stacked_type(row, place.width, place.height), _padding(place.width)
    above, below = place.y + 0.29 * place.height, place.y + 0.71 * place.height
    ring = 0.36 * size
    arrow_at = place.x + padding
    word_at = arrow_at + size * (ARROW_SHARE + GAP_SHARE)
    counter_at = word_at + (size * (width_of(row.word, "Black") * WORD_SHARE + WORD_GAP_SHARE) if row.word else 0)
    room = place.x + place.width - padding - ring - 0.1 * size - counter_at
    fitting = min(size, room / max(0.01, width_of(row.counter, "Black")))
    shapes: list[Shape] = [Box(place.x, place.y, place.width, place.height, "lit", 24)]
    shapes += [number(row.number, place.x + padding, _foot(above, size), size, "on-lit")]
    shapes += [Arrow(arrow_at, below, size * ARROW_SHARE, "on-lit")]
    if row.word:
        shapes += [_words(row.word, word_at, below, size * WORD_SHARE, "on-lit")]
    shapes += [number(row.counter, counter_at, _foot(below, fitting), fitting, "on-lit")]
    shapes += zone_mark(row, place.x + place.width - padding - ring / 2, below, ring, "on-lit")
    return [*shapes, *_again(row, place, padding, "on-lit", 0.1)]


def recent_rows(rows: Sequence[CallRow], places: Sequence[Place]) -> list[Shape]:
    """Earlier calls: number, arrow and counter each in a column of its own."""
    shapes: list[Shape] = []
    common = min((_recent_type(row, places[0]) for row in rows if len(row.counter) <= 3), default=places[0].height)
    for row, place in zip(rows, places, strict=True):
        # A very long number, or a counter with a name of its own, makes only its own row smaller.
        size = min(common, _recent_type(row, place))
        padding, word_at, ring = 42.0, place.x + 0.459 * place.width, _recent_ring(place)
        counter_at = word_at + (size * width_of(row.word + " ", "Black") if row.word else 0)
        shapes += [Box(place.x, place.y, place.width, place.height, "card", 24)]
        shapes += [number(row.number, place.x + padding, _foot(place.middle, size), size, "ink")]
        arrow = min(0.42 * place.height, 0.06 * place.width)
        shapes += [Arrow(place.x + 0.372 * place.width, place.middle, arrow, "arrow")]
        if row.word:
            shapes += [_words(row.word, word_at, place.middle, size, "ink")]
        fitting = min(size, _recent_room(place) / max(0.01, width_of(row.counter, "Black")))
        fitting = size if row.word else fitting
        shapes += [number(row.counter, counter_at, _foot(place.middle, fitting), fitting, "ink")]
        shapes += zone_mark(row, place.x + place.width - 0.8 * padding - ring / 2, place.middle, ring, "ink")
    return shapes


def _recent_type(row: CallRow, place: Place) -> float:
    size = min(ROW_TYPE * place.height, (0.36 * place.width - 42) / max(0.01, width_of(row.number, "Black")))
    if not row.word:
        return size
    return min(size, _recent_room(place) / width_of(f"{row.word} {row.counter}", "Black"))


def _recent_ring(place: Place) -> float:
    return min(96.0, 0.68 * place.height)


def _recent_room(place: Place) -> float:
    """What a counter may take between the arrow and the zone's letter."""
    return (1 - 0.459) * place.width - _recent_ring(place) - 1.3 * 42


def number(text: str, x: float, foot: float, size: float, look: str) -> Number:
    """A number in Black type, 6 and 9 underlined. `foot` is where its letters stand."""
    ends = [width_of(text[:count], "Black") * size for count in range(len(text) + 1)]
    marked = text and not any(each.islower() for each in text)
    lines = tuple(
        (x + begin + 0.06 * (end - begin), 0.88 * (end - begin))
        for character, begin, end in zip(text, ends, ends[1:], strict=False)
        if marked and character in MISTAKEN
    )
    return Number(tuple(x + end for end in ends[:-1]), foot, size, text, look, lines)


def zone_mark(row: CallRow, x: float, y: float, wide: float, look: str) -> list[Shape]:
    """The zone's letter in a ring, on the zone's colour where it has one; what is written on it can be read."""
    if not row.letter:
        return []
    written = look
    if row.colour:
        written = "on-bright" if ink_on(Colour(row.colour)) == INK_DARK else "on-dark"
    size = wide * (0.56 if len(row.letter) == 1 else 0.46)
    return [
        Disc(x, y, wide / 2 * 0.94, f"ring-{look}", row.colour),
        Line(x, _foot(y, size), size, row.letter, written, "Black", "middle"),
    ]


def _again(row: CallRow, place: Place, padding: float, look: str, share: float = 0.145) -> list[Shape]:
    """A recall is marked above the number, in type of this share of the row's height."""
    if not row.again:
        return []
    size = min(AGAIN_SIZE, share * place.height)
    return [Line(place.x + padding, place.y + 0.035 * place.height + CAPITAL * size, size, row.again, look, "Bold")]


def _words(text: str, x: float, middle: float, size: float, look: str) -> Line:
    return Line(x, _foot(middle, size), size, text, look, "Black")


def _foot(middle: float, size: float) -> float:
    """Where letters stand whose capitals have their middle here."""
    return middle + CAPITAL * size / 2


def _widths(rows: Sequence[CallRow]) -> tuple[float, float, float]:
    """The widest number, word and counter, in shares of the type's size."""
    numbers = max(width_of(row.number, "Black") for row in rows)
    words = max((width_of(row.word, "Black") * WORD_SHARE + WORD_GAP_SHARE for row in rows if row.word), default=0.0)
    # A counter with a name of its own shrinks by itself: numbers stay large beside it.
    counters = max((width_of(row.counter, "Black") for row in rows if len(row.counter) <= 3), default=1.1)
    return numbers, words, counters


def _counter_width(row: CallRow) -> float:
    name = width_of(row.counter, "Black") if len(row.counter) <= 3 else 1.1
    return name + (width_of(row.word, "Black") * WORD_SHARE + WORD_GAP_SHARE if row.word else 0)


def _padding(width: float) -> float:
    return min(48.0, 0.045 * width)


def _ring(height: float) -> float:
    return min(90.0, 0.52 * height)
