"""Where everything stands on a number's screen: the card with the number, what is said beside it, paper or code, the acts.

Pure geometry; lengths are pixels of the drawing. The number gets what the rest leaves; where that is too little, the
rest goes, what matters least first: the code (it is on the paper), the label, the sentence above, the spelling.
"""

import math

from msgspec import Struct
from msgspec.structs import replace

from kiosk.numbers import Numbers, numbers_of
from kiosk.serviceplan import headline
from kiosk.shape import LINE, Box, Shape, is_brief

LETTER = 0.52
GAP, PAD, MARGIN = 18, 22, 36
NUMBER_GOOD, NUMBER_LEAST = 230.0, 110.0
"""Heights of the number: what is worth leaving something out for, and what is given in any case."""
NUMBER_LARGEST, FIGURE = 390.0, 0.56
"""Type size of the number where there is room for more, and how wide each of its letters is."""
FOLLOW_HIGH, ARROW_HIGH = 236, 100


class Words(Struct, frozen=True):
    """What there is to be placed. `must`: the sentence above must stay, because it says what to do."""

    title: str
    text: str
    service: str
    where: str
    spelled: str
    acts: tuple[str, ...]
    number: str = "A000"
    numbers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    code: bool = False
    paper: bool = False
    comes: bool = True
    must: bool = False


class TicketPlan(Struct, frozen=True):
    """What is left out has no height. `arrow` points to where the paper comes out."""

    words: Box = Box()
    card: Box = Box()
    label: Box = Box()
    number: Box = Box()
    spelled: Box = Box()
    service: Box = Box()
    where: Box = Box()
    stats: Box = Box()
    counts: Numbers = Numbers()
    follow: Box = Box()
    paper: Box = Box()
    arrow: Box = Box()
    cancel: Box = Box()
    done: Box = Box()


class _Luxury(Struct, frozen=True):
    follow: bool = True
    label: bool = True
    text: bool = True
    spelled: bool = True
    stats: bool = True


_FEWER = (
    _Luxury(),
    _Luxury(follow=False),
    _Luxury(follow=False, label=False),
    _Luxury(follow=False, label=False, text=False),
    _Luxury(follow=False, label=False, text=False, spelled=False),
    _Luxury(follow=False, label=False, text=False, spelled=False, stats=False),
)


def plan_of(shape: Shape, words: Words) -> TicketPlan:
    """The most that leaves the number a good height; where nothing does, the least."""
    place = _lying if shape.landscape else _upright
    plans = [place(shape, words, luxury) for luxury in _FEWER]
    good = next((plan for plan in plans if plan.number.height >= NUMBER_GOOD), None)
    return good or next((plan for plan in plans if plan.number.height >= NUMBER_LEAST), plans[-1])


def _lines(text: str, size: float, width: float) -> int:
    return math.ceil(len(text) * LETTER * size / width) if text else 0


def _acts(shape: Shape, words: Words, box: Box) -> tuple[Box, Box]:
    """Cancel and done: side by side, or above each other where their words are too wide. Either may have none."""
    high = 128.0 if shape.body.height > 1200 else 96.0 if is_brief(shape) else 108.0
    cancel, done = words.acts
    size = 32 + shape.growth
    if not cancel:
        return Box(), Box(box.x, box.y, box.width, high)
    narrow, broad = (box.width - GAP) * 0.4, (box.width - GAP) * 0.6
    if _lines(cancel, size, narrow - 40) > 1 or _lines(done, size, broad - 40) > 1:
        return Box(box.x, box.y, box.width, high), Box(box.x, box.y + high + GAP, box.width, high)
    return Box(box.x, box.y, narrow, high), Box(box.x + narrow + GAP, box.y, broad, high)


def _sentences(shape: Shape, words: Words, width: float, *, text: bool) -> float:
    growth = shape.growth
    size, lines = headline(words.title, growth, width)
    return LINE * size * lines + (
        LINE * (38 + growth) * math.ceil(len(words.text) * 0.47 * (38 + growth) / width) + 6
        if text or words.must
        else 0
    )


def _upright(shape: Shape, words: Words, luxury: _Luxury) -> TicketPlan:
    body = shape.body
    cancel, done = _acts(shape, words, body)
    floor = max(cancel.top, done.top)
    said = _sentences(shape, words, body.width, text=luxury.text)
    above = Box(body.x, body.top - said, body.width, said)
    follow = paper = arrow = Box()
    if words.paper:
        paper = Box(body.x, floor + 44, body.width, max(0.0, body.height * 0.4 - (floor - body.y) - 44))
        floor = paper.top
    elif words.comes and luxury.follow:
        arrow = Box(body.x, floor, body.width, ARROW_HIGH)
        floor = arrow.top
    if words.code and not words.paper and luxury.follow:
        high = FOLLOW_HIGH + 2 * shape.growth
        follow = Box(body.x, floor, body.width, high)
        floor = follow.top
    card = Box(body.x, floor + 24, body.width, above.y - 16 - floor - 24)
    plan = TicketPlan(words=above, follow=follow, paper=paper, arrow=arrow, cancel=cancel, done=done)
    return _in_card(plan, shape, words, card, luxury)


def _lying(shape: Shape, words: Words, luxury: _Luxury) -> TicketPlan:
    body = shape.body
    card = Box(body.x, body.y, body.width * 0.55, body.height)
    aside = Box(card.x + card.width + 36, body.y, body.width - card.width - 36, body.height)
    cancel, done = _acts(shape, words, aside)
    floor = max(cancel.top, done.top) + 24
    said = _sentences(shape, words, aside.width, text=True)
    follow = paper = Box()
    if words.paper:
        paper = Box(aside.x, floor + 20, aside.width, max(0.0, aside.top - said - 16 - floor - 20))
    elif words.code and aside.top - said - 24 - floor >= 190:
        follow = Box(aside.x, floor, aside.width, min(300.0, aside.top - said - 24 - floor))
    lowest = max(paper.top, follow.top, floor)
    above = Box(aside.x, lowest + 16, aside.width, aside.top - lowest - 16)
    plan = TicketPlan(words=above, follow=follow, paper=paper, cancel=cancel, done=done)
    return _in_card(plan, shape, words, card, luxury)


def _in_card(plan: TicketPlan, shape: Shape, words: Words, card: Box, luxury: _Luxury) -> TicketPlan:
    """From the card's foot up: numbers, place, service, spelling; the label on top; the number has what is left.

    Of what it cannot fill half stands above it, half below the place.
    """
    growth = shape.growth
    margin = MARGIN if not is_brief(shape) else 16
    x, width = card.x + margin, card.width - 2 * margin
    floor = card.y + PAD
    counts = numbers_of(words.numbers if luxury.stats else (), words.labels, width, growth)
    numbers = Box(x, floor, width, counts.high)
    floor = numbers.top + (PAD if counts.rows else 0)
    size = 42 + growth if not is_brief(shape) else 33 + growth
    if _lines(words.where, 35 + growth, width - 40) == 1:
        size = min(size, 35 + growth) if _lines(words.where, size, width - 40) > 1 else size
    lines = min(2, _lines(words.where, size, width - 40))
    where = Box(x, floor, width, LINE * size * lines + 22 if words.where else 0)
    floor = where.top + (8 if where.height else 0)
    size = 50 + growth if _lines(words.service, 50 + growth, width) < 2 and not is_brief(shape) else 36 + growth
    service = Box(x, floor, width, LINE * size * min(2, _lines(words.service, size, width)) + 8 if words.service else 0)
    spelling = LINE * (40 + growth) * min(2, _lines(words.spelled, 40 + growth, width)) + 4
    spelled = Box(x, service.top, width, spelling if luxury.spelled and words.spelled else 0)
    high = LINE * (38 + growth) + 4 if luxury.label else 0
    label = Box(x, card.top - PAD - high, width, high)
    left = max(0.0, label.y - spelled.top)
    largest = min(NUMBER_LARGEST + growth, width / (FIGURE * len(words.number))) * 1.06
    lift = max(0.0, left - max(largest, NUMBER_GOOD)) / 2
    spelled, service, where = (replace(box, y=box.y + lift) for box in (spelled, service, where))
    number = Box(x, spelled.top, width, left - 2 * lift)
    return replace(
        plan,
        card=card,
        label=label,
        number=number,
        spelled=spelled,
        service=service,
        where=where,
        stats=numbers,
        counts=counts,
    )
