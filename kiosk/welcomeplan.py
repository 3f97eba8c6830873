"""Where everything stands on the welcome: its sentence, the start, languages, helps. Pure geometry in pixels of the drawing.

Upright, one column with the start and all that can be touched in the lower part; lying, the sentence on the left and
the rest beside it. Where height is dear the start is lower and what is said in a second language goes first.
"""

import math

from msgspec import Struct
from msgspec.structs import replace

from kiosk.rows import Rows, rows_of
from kiosk.shape import LINE, TOUCH, Box, Shape

GAP = 20
TYPE, NOTE, NOTICE = 38, 36, 34
START_HIGH, START_GOOD, START_LEAST = 330.0, 180.0, 128.0
LETTER = 0.49


class Greeting(Struct, frozen=True):
    """What there is to be placed."""

    languages: tuple[str, ...]
    helps: tuple[str, ...]
    notice: str = ""
    left_note: str = ""
    right_note: str = ""


class WelcomePlan(Struct, frozen=True):
    """What is not there has no height."""

    words: Box = Box()
    notice: Box = Box()
    start: Box = Box()
    languages: Box = Box()
    language_rows: Rows = Rows()
    helps: Box = Box()
    help_rows: Rows = Rows()
    left_note: Box = Box()
    right_note: Box = Box()
    help_words: bool = True
    """Whether helps have room for their words; else their icons stand alone."""
    twice: bool = True
    """Whether the start has room for its words in a second language."""

    @property
    def roomy(self) -> bool:
        """Whether nothing had to give way: the title stands, helps have their words, and the start is easily hit."""
        return bool(self.words.height) and self.help_words and self.start.height >= START_GOOD


def plan_of(shape: Shape, greeting: Greeting) -> WelcomePlan:
    """The start gets a third of what is left; languages and helps are as high as their words need."""
    body, growth = shape.body, shape.growth
    lying = shape.landscape
    wide = body.width * 0.5 if lying else body.width
    column = Box(body.x + body.width - wide, body.y, wide, body.height)
    roomy = body.height > 1100
    size = (TYPE if roomy or lying else TYPE - 7) + growth
    least = 130.0 if roomy else (104.0 if body.height > 800 else TOUCH)
    gap = GAP if body.height > 700 else 12
    languages = rows_of(greeting.languages, size, wide, gap=gap, icons=False, least=least)
    helps = rows_of(greeting.helps, size, wide, gap=gap, icons=True, least=least)
    plan = _placed(shape, greeting, column, languages, helps, gap=gap)
    least_words = 3 * LINE * max(30 + growth, 0.35 * (122 + growth)) if growth else LINE * 30 * 3
    if min(plan.start.height - START_LEAST, plan.words.height - least_words) < 0 and len(greeting.helps) > 1:
        alone = Rows(len(greeting.helps), 1, max(least, TOUCH), gap)
        plan = replace(_placed(shape, greeting, column, languages, alone, gap=gap), help_words=False)
    if plan.words.height < least_words:
        plan = replace(plan, words=Box())
    return replace(plan, twice=plan.start.height >= LINE * (50 + 32 + 2 * growth) + 20)


def _placed(shape: Shape, greeting: Greeting, column: Box, languages: Rows, helps: Rows, *, gap: float) -> WelcomePlan:
    body, lying = shape.body, shape.landscape
    left, right = _notes(shape, greeting, body)
    floor = max(left.top, right.top) + gap
    help_box = Box(column.x, floor, column.width, helps.high)
    floor = help_box.top + (gap if helps.rows else 0)
    language_box = Box(column.x, floor, column.width, languages.high)
    floor = language_box.top + (gap * 1.6 if languages.rows else 0)
    ceiling = min(shape.controls_top, body.top)
    beside = body.width - column.width - 60
    notice = _notice(greeting.notice, beside if lying else body.width, shape.growth)
    share = ceiling - floor if lying else (body.top - floor - notice) * 0.42
    high = min(START_HIGH, max(share, START_LEAST), ceiling - floor)
    start = Box(column.x, floor, column.width, high)
    if lying:
        told = Box(body.x, left.top + gap, beside, notice)
        words = Box(body.x, told.top + (gap if notice else 0), beside, body.top - told.top - (gap if notice else 0))
    else:
        told = Box(body.x, start.top + (gap if notice else 0), body.width, notice)
        words = Box(body.x, told.top + 30, body.width, body.top - told.top - 30 - (90 if body.height > 1100 else 8))
    return WelcomePlan(words, told, start, language_box, languages, help_box, helps, left, right)


def _notice(text: str, width: float, growth: int) -> float:
    size = NOTICE + growth
    lines = sum(math.ceil(len(part) * LETTER * size / (width - 144)) for part in text.split("\n")) if text else 0
    return lines * LINE * size + 36 if lines else 0.0


def _notes(shape: Shape, greeting: Greeting, body: Box) -> tuple[Box, Box]:
    """Side by side; one above the other where they have no room."""
    size = NOTE + shape.growth
    high = LINE * size + 4
    left, right = (len(text) * LETTER * size + 10 for text in (greeting.left_note, greeting.right_note))
    if left + right + 20 <= body.width:
        return Box(body.x, body.y, left, high), Box(body.x + left + 20, body.y, body.width - left - 20, high)
    return Box(body.x, body.y + high, body.width, high), Box(body.x, body.y, body.width, high)
