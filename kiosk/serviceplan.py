"""Where everything stands on a service's page: name, numbers, names of the parts, the room for them, the acts. Pure geometry.

Lengths are pixels of the drawing. Upright, all of it stands in one column with the acts last; in the low-reach layout the
names of the parts move down to the acts. Lying, name and acts stand in a column beside the parts.
"""

import math

from msgspec import Struct

from kiosk.shape import LINE, TOUCH, Box, Shape

LETTER = 0.55
GAP = 18


class ServicePlan(Struct, frozen=True):
    """`sheet` is the room for a part. `stats` has no height where numbers are not shown with it."""

    agency: Box
    title: Box
    stats: Box
    stat_columns: int
    tabs: Box
    sheet: Box
    extras: Box
    extra_columns: int
    take: Box
    priority: Box

    @property
    def short(self) -> bool:
        """Whether buttons between pages have room for short words only."""
        return self.tabs.width < 640


class Asked(Struct, frozen=True):
    """What there is to be placed: names, the widest number in letters, how many numbers, and how many small buttons."""

    agency: str
    title: str
    widest: int = 11
    stats: int = 3
    extras: tuple[str, ...] = ()


def plan_of(shape: Shape, asked: Asked, *, stats: bool) -> ServicePlan:
    """`stats`: whether the numbers stand on this part."""
    return _lying(shape, asked, stats=stats) if shape.landscape else _upright(shape, asked, stats=stats)


def _lines(text: str, size: float, width: float) -> int:
    return max(1, math.ceil(len(text) * LETTER * size / width))


def _names(shape: Shape, asked: Asked, width: float) -> tuple[float, float]:
    """Heights of the agency's and the service's name. A name that is too long for a line is set smaller, on two or three."""
    growth = shape.growth
    lying = shape.landscape
    agency = LINE * (34 + growth) * (min(2, _lines(asked.agency, 34 + growth, width - 60)) if lying else 1) + 6
    size = 68 + growth
    if _lines(asked.title, size, width) > 1:
        size = 48 + growth
    return agency, LINE * size * min(3, _lines(asked.title, size, width)) + 10


def _numbers(shape: Shape, asked: Asked, width: float) -> tuple[int, float]:
    """Columns of the numbers, and the height that all of them take."""
    growth = shape.growth
    each = asked.widest * 0.53 * (46 + growth) + 44
    columns = max(1, min(asked.stats, int((width + 16) / (each + 16))))
    rows = -(-asked.stats // columns)
    return columns, rows * (LINE * (78 + 2 * growth) + 34) + (rows - 1) * 16


def _extras(shape: Shape, asked: Asked, width: float) -> tuple[int, float]:
    """Columns of the small buttons, and the height that all of them take."""
    count = len(asked.extras)
    if not count:
        return 1, 0.0
    size = 31 + shape.growth
    columns = count
    room = (width - GAP * (count - 1)) / count - 90
    lines = max(_lines(label, size, room) for label in asked.extras)
    if lines > 2:
        columns, lines = 1, max(_lines(label, size, width - 90) for label in asked.extras)
    rows = -(-count // columns)
    each = max(100 if shape.body.height > 1100 else TOUCH, lines * LINE * size + 16)
    return columns, rows * each + (rows - 1) * GAP


def _upright(shape: Shape, asked: Asked, *, stats: bool) -> ServicePlan:
    body = shape.body
    roomy = body.height > 1250 and not shape.growth
    acts = (190 if roomy else 140, 140 if roomy else 110)
    tab_high = 100 if body.height > 1100 else 88
    agency_high, title_high = _names(shape, asked, body.width)
    columns, numbers = _numbers(shape, asked, body.width)
    extra_columns, extras_high = _extras(shape, asked, body.width)
    agency = Box(body.x, body.top - agency_high, body.width, agency_high)
    title = Box(body.x, agency.y - title_high, body.width, title_high)
    priority = Box(body.x, body.y, body.width, acts[1])
    take = Box(body.x, priority.top + GAP, body.width, acts[0])
    extras = Box(body.x, take.top + (GAP if extras_high else 0), body.width, extras_high)
    top, floor = title.y - 12, extras.top + 20
    sunk = shape.reach < body.top
    numbers = numbers if stats else 0.0
    if sunk:
        tabs = Box(body.x, floor, body.width, tab_high)
        stand = Box(body.x, top - numbers, body.width, numbers)
        floor, top = tabs.top + 20, stand.y - (20 if numbers else 0)
    else:
        tabs = Box(body.x, top - tab_high, body.width, tab_high)
        stand = Box(body.x, tabs.y - 20 - numbers, body.width, numbers)
        top = (stand.y if numbers else tabs.y) - 20
    sheet = Box(body.x, floor, body.width, top - floor)
    return ServicePlan(agency, title, stand, columns, tabs, sheet, extras, extra_columns, take, priority)


def _lying(shape: Shape, asked: Asked, *, stats: bool) -> ServicePlan:
    body = shape.body
    small = body.height < 800
    side = body.width * (0.36 if small and shape.growth else 0.4)
    main = Box(body.x + side + 32, body.y, body.width - side - 32, body.height)
    tab_high = 88 if small else 100
    agency_high, title_high = _names(shape, asked, side)
    agency = Box(body.x, body.top - agency_high, side, agency_high)
    title = Box(body.x, agency.y - title_high, side, title_high)
    priority_high = max(110.0, 2 * LINE * (30 + shape.growth) + 20 if small else 0.0)
    priority = Box(body.x, body.y, side, priority_high)
    take = Box(body.x, priority.top + GAP, side, 120 if small else 170)
    extra_columns, extras_high = _extras(shape, asked, main.width)
    extras = Box(main.x, main.y, main.width, extras_high)
    floor = extras.top + (20 if extras_high else 0)
    tabs = Box(main.x, main.top - tab_high, main.width, tab_high)
    top = tabs.y - 20
    columns, numbers = _numbers(shape, asked, side)
    if title.y - 14 - numbers < take.top + 16:
        columns, numbers = _numbers(shape, asked, main.width)
        numbers = numbers if stats else 0.0
        stand = Box(main.x, top - numbers, main.width, numbers)
        top = stand.y - (20 if numbers else 0)
    else:
        stand = Box(body.x, title.y - 14 - numbers, side, numbers)
    return ServicePlan(
        agency,
        title,
        stand,
        columns,
        tabs,
        Box(main.x, floor, main.width, top - floor),
        extras,
        extra_columns,
        take,
        priority,
    )
