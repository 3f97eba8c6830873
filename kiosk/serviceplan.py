"""Where everything stands on a service's page: name, numbers, names of the parts, the room for them, the acts. Pure geometry.

Lengths are pixels of the drawing. Upright, all of it stands in one column with the acts last; in the low-reach layout the
names of the parts move down to the acts. Lying, name and acts stand in a column beside the parts.
"""

import math

from msgspec import Struct

from kiosk.looks import FLOOR
from kiosk.numbers import Numbers, numbers_of
from kiosk.rows import Rows, rows_of
from kiosk.shape import LINE, TOUCH, Box, Shape, is_brief, lines_of, wide

LETTER = 0.52
GAP = 18
BESIDE_WINS = 60.0
"""On a small panel both acts stand beside each other where that leaves so much more height for the parts."""


class ServicePlan(Struct, frozen=True):
    """`sheet` is the room for a part. What is not shown has no height. `growth`: by how much all type has grown."""

    agency: Box = Box()
    title: Box = Box()
    stats: Box = Box()
    counts: Numbers = Numbers()
    tabs: Box = Box()
    sheet: Box = Box()
    warning: Box = Box()
    extras: Box = Box()
    extra_rows: Rows = Rows()
    take: Box = Box()
    priority: Box = Box()
    cannot: Box = Box()
    growth: int = 0
    brief: bool = False
    """Height is so dear that only the shortest words stand on the acts."""


class Said(Struct, frozen=True):
    """What there is to be placed: names, numbers, labels of the small buttons, and what to know before."""

    agency: str
    title: str
    numbers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    take: str = ""
    priority: str = ""
    cannot: tuple[str, str] | None = None
    """Why no number can be had, and when: it stands where the acts would."""


def headline(text: str, growth: int, width: float) -> tuple[float, int]:
    """The type size of a title, and its lines: on one line where a good size has room, else on two or three."""
    for size in (68, 60, 52, 46):
        if len(text) * LETTER * (size + growth) <= width:
            return size + growth, 1
    return 46 + growth, min(3, _lines(text, 46 + growth, width))


def plan_of(shape: Shape, said: Said, *, stats: bool) -> ServicePlan:
    """`stats`: whether the numbers stand on this part."""
    return _lying(shape, said, stats=stats) if shape.landscape else _upright(shape, said, stats=stats)


def _lines(text: str, size: float, width: float) -> int:
    return max(1, math.ceil(len(text) * LETTER * size / width))


def _names(shape: Shape, said: Said, width: float) -> tuple[float, float]:
    """Heights of the agency's and the service's name. A name that is too long for a line is set smaller, on two or three."""
    growth = shape.growth
    lines = min(2, _lines(said.agency, 34 + growth, width - 60)) if shape.landscape else 1
    agency = 0.0 if is_brief(shape) else LINE * (34 + growth) * lines + 6
    size, lines = headline(said.title, growth, width)
    return agency, LINE * size * lines + 8


def _extras(shape: Shape, said: Said, width: float) -> Rows:
    """The small buttons."""
    return rows_of(
        said.extras, 31 + shape.growth, width, gap=GAP, icons=True, least=100 if shape.body.height > 1100 else TOUCH
    )


def _cannot(shape: Shape, said: Said, acts: Box) -> Box:
    """At least where the acts would stand; higher for long sentences."""
    if said.cannot is None:
        return Box(acts.x, acts.y, acts.width, 0)
    why, when = said.cannot
    size, width = 40 + shape.growth, acts.width - 70
    high = LINE * size * _lines(why, size, width) + (LINE * size * _lines(when, size, width) if when else 0) + 56
    return Box(acts.x, acts.y, acts.width, max(acts.height, high))


def _warning(shape: Shape, said: Said, width: float) -> float:
    size = 38 + shape.growth
    return sum(_lines(text, size, width - 128) for text in said.warnings) * LINE * size + (28 if said.warnings else 0)


def _act_high(shape: Shape, said: Said, width: float) -> float:
    """A button with a line below its name; without where height is dear. A long name takes two lines."""
    if is_brief(shape):
        two = wide(said.take, FLOOR + shape.growth) > width - 24
        return LINE * (2 * (FLOOR + shape.growth) if two else 44 + shape.growth) + 20
    return LINE * (44 + 32 + 2 * shape.growth) + 20


def _upright(shape: Shape, said: Said, *, stats: bool) -> ServicePlan:
    body = shape.body
    roomy = body.height > 1250 and not shape.growth
    brief = is_brief(shape)
    take_high = 190.0 if roomy else max(96.0 if brief else 140.0, _act_high(shape, said, body.width))
    acts = (take_high, 140 if roomy else 100 if brief else 110)
    tab_high = 100 if body.height > 1100 else 88
    agency_high, title_high = _names(shape, said, body.width)
    counts = numbers_of(said.numbers, said.labels, body.width, shape.growth)
    extras_rows = _extras(shape, said, body.width)
    agency = Box(body.x, body.top - agency_high, body.width, agency_high)
    title = Box(body.x, agency.y - title_high, body.width, title_high)
    priority = Box(body.x, body.y, body.width, acts[1])
    take = Box(body.x, priority.top + GAP, body.width, acts[0])
    broad, narrow = (body.width - GAP) * 0.56, (body.width - GAP) * 0.44
    lines = lines_of(said.priority, FLOOR + shape.growth, narrow - 24)
    level = max(acts[0], lines * LINE * (FLOOR + shape.growth) + 24)
    if body.height < 1100 and take.top - body.y - level > BESIDE_WINS:
        priority, take = Box(body.x, body.y, narrow, level), Box(body.x + narrow + GAP, body.y, broad, level)
    refused = _cannot(shape, said, Box(body.x, body.y, body.width, take.top - body.y))
    extras = Box(body.x, max(take.top, refused.top) + (GAP if extras_rows.high else 0), body.width, extras_rows.high)
    top, floor = title.y - 12, extras.top + 20
    warning = Box(body.x, floor, body.width, _warning(shape, said, body.width))
    floor = warning.top + (20 if warning.height else 0)
    sunk = shape.reach < body.top
    numbers = counts.high if stats else 0.0
    if sunk:
        tabs = Box(body.x, floor, body.width, tab_high)
        stand = Box(body.x, top - numbers, body.width, numbers)
        floor, top = tabs.top + 20, stand.y - (20 if numbers else 0)
    else:
        tabs = Box(body.x, top - tab_high, body.width, tab_high)
        stand = Box(body.x, tabs.y - 20 - numbers, body.width, numbers)
        top = (stand.y if numbers else tabs.y) - 20
    sheet = Box(body.x, floor, body.width, top - floor)
    return ServicePlan(
        agency,
        title,
        stand,
        counts,
        tabs,
        sheet,
        warning,
        extras,
        extras_rows,
        take,
        priority,
        refused,
        shape.growth,
        brief=is_brief(shape),
    )


def _lying(shape: Shape, said: Said, *, stats: bool) -> ServicePlan:
    body = shape.body
    small = body.height < 800
    side = body.width * (0.36 if small and shape.growth else 0.4)
    main = Box(body.x + side + 32, body.y, body.width - side - 32, body.height)
    tab_high = 88 if small else 100
    agency_high, title_high = _names(shape, said, side)
    agency = Box(body.x, body.top - agency_high, side, agency_high)
    title = Box(body.x, agency.y - title_high, side, title_high)
    priority_high = max(110.0, 2 * LINE * (30 + shape.growth) + 20 if small else 0.0)
    priority = Box(body.x, body.y, side, priority_high)
    take = Box(body.x, priority.top + GAP, side, max(110.0 if small else 170.0, _act_high(shape, said, side)))
    extras_rows = _extras(shape, said, main.width)
    refused = _cannot(shape, said, Box(body.x, body.y, side, take.top - body.y))
    extras = Box(main.x, main.y, main.width, extras_rows.high)
    if refused.top > title.y - 8:
        refused = _cannot(shape, said, Box(main.x, main.y, main.width, TOUCH))
        extras = Box(main.x, refused.top, main.width, 0)
    floor = extras.top + (20 if extras_rows.high or refused.x == main.x else 0)
    warning = Box(main.x, floor, main.width, _warning(shape, said, main.width))
    floor = warning.top + (20 if warning.height else 0)
    tabs = Box(main.x, main.top - tab_high, main.width, tab_high)
    top = tabs.y - 20
    counts = numbers_of(said.numbers, said.labels, side, shape.growth)
    numbers = counts.high
    if title.y - 14 - numbers < (max(take.top, refused.top) if refused.x == body.x else take.top) + 16:
        counts = numbers_of(said.numbers, said.labels, main.width, shape.growth)
        numbers = counts.high if stats else 0.0
        stand = Box(main.x, top - numbers, main.width, numbers)
        top = stand.y - (20 if numbers else 0)
    else:
        stand = Box(body.x, title.y - 14 - numbers, side, numbers)
    sheet = Box(main.x, floor, main.width, top - floor)
    return ServicePlan(
        agency,
        title,
        stand,
        counts,
        tabs,
        sheet,
        warning,
        extras,
        extras_rows,
        take,
        priority,
        refused,
        shape.growth,
        brief=is_brief(shape),
    )
