"""The whole board as shapes: calls, what to bring, who waits, the hall above, the running line below. Pure but for type.

Sizes are in units: a board that lies is 1920 by 1080 of them, one that stands 1080 by 1920, whatever the screen has.
"""

import math
from collections.abc import Sequence

from msgspec import Struct

from assets.fonts import Weight
from assets.icons import glyph
from hub.desk.board.measuring import CAPITAL, fitting, width_of, wrapped
from hub.desk.board.rows import Place, lit_rows, recent_rows, stacked_row
from hub.desk.board.shapes import Box, Face, Icon, Line, Shape
from hub.desk.board.telling import Sign
from hub.desk.board.views import BoardView, Card, WaitingPanel

LEFT, GAP, SIDE, BETWEEN = 44.0, 18.0, 420.0, 32.0
SMALLEST = 30.0
"""Smaller than this the place of the hall is rather left out."""

ROW_HEIGHT = 140.0
PANEL_HEIGHT, FOOT = 420.0, 166.0
"""The panels of a board that stands, and its running line with the room above it."""

STACKED_UP_TO, ONE_COLUMN_UP_TO = 2, 4
CARD_SHADES = 24
"""The card's ground goes from one teal to another in so many steps: old browsers draw them all alike."""


class Plan(Struct, frozen=True):
    """How a board is laid out. `rows` stand below the newest call; `panels`: what to bring and who waits stand beside."""

    upright: bool
    rows: int
    panels: bool

    @property
    def width(self) -> float:
        return 1080.0 if self.upright else 1920.0

    @property
    def height(self) -> float:
        return 1920.0 if self.upright else 1080.0

    @property
    def top(self) -> float:
        """Above the calls: the hall's name and the clock."""
        return 170.0 if self.upright else 120.0

    @property
    def bottom(self) -> float:
        """Below the calls: the running line, and on a board that stands the panels."""
        return (FOOT + (PANEL_HEIGHT + GAP if self.panels else 0)) if self.upright else 112.0


def board_face(view: BoardView, plan: Plan) -> Face:
    """The board as it is drawn."""
    shapes: list[Shape] = [Box(0, 0, plan.width, plan.height, "ground")]
    columns = 1 if len(view.lit) <= ONE_COLUMN_UP_TO or plan.upright else 2
    alone = view.sign is not None and view.sign.alone
    panels = plan.panels and columns == 1 and not alone
    beside = SIDE + BETWEEN if panels and not plan.upright else 0
    below = FOOT if alone and plan.upright else plan.bottom
    area = Place(LEFT, plan.top, plan.width - 2 * LEFT - beside, plan.height - plan.top - below)
    shapes += _calls(view, plan, area, columns)
    if panels:
        shapes += _panels(view, plan)
    shapes += _bar(view, plan)
    shapes += _running_line(view, plan)
    return Face(plan.width, plan.height, tuple(shapes))


def _calls(view: BoardView, plan: Plan, area: Place, columns: int) -> list[Shape]:
    lit, sign = view.lit, view.sign
    rows_kept = _rows_beside(plan, len(lit))
    if sign is not None and not view.rows:
        rows_kept = 0
    rows = view.rows[:rows_kept]
    # One lit call leaves the places of the rows below it free, even while there are fewer of them.
    places_kept = rows_kept if len(lit) == 1 else len(rows)
    above = Place(area.x, area.y, area.width, area.height - places_kept * (ROW_HEIGHT + GAP))
    shapes: list[Shape] = []
    if sign is not None:
        shapes += _sign(sign, above)
    elif lit:
        lines = math.ceil(len(lit) / columns)
        tall = (above.height - (lines - 1) * GAP) / lines
        wide = (above.width - (columns - 1) * GAP) / columns
        places = [
            Place(above.x + (index % columns) * (wide + GAP), above.y + (index // columns) * (tall + GAP), wide, tall)
            for index in range(len(lit))
        ]
        if plan.upright and len(lit) <= STACKED_UP_TO:
            shapes += [shape for row, place in zip(lit, places, strict=True) for shape in stacked_row(row, place)]
        else:
            shapes += lit_rows(lit, places)
    below = area.y + above.height
    row_places = [
        Place(area.x, below + GAP + index * (ROW_HEIGHT + GAP), area.width, ROW_HEIGHT) for index in range(places_kept)
    ]
    if rows:
        shapes += recent_rows(rows, row_places[: len(rows)])
    # Where no call stands yet, its place is to be seen.
    return shapes + [Box(each.x, each.y, each.width, each.height, "place", 24) for each in row_places[len(rows) :]]


def _rows_beside(plan: Plan, lit: int) -> int:
    """Rows that have a place below so many lit calls."""
    if plan.upright:
        return max(0, plan.rows - max(0, lit - 1))
    return {0: plan.rows, 1: plan.rows, 2: plan.rows - 1, 3: min(1, plan.rows)}.get(lit, 0)


def _sign(sign: Sign, place: Place) -> list[Shape]:
    """Words in the place of the newest call, one below the other, in the middle."""
    pieces = _sign_pieces(sign, place)
    tall = _tall(pieces)
    shapes: list[Shape] = [
        Box(place.x, place.y, place.width, place.height, "warning" if sign.warning else "card", 24)
    ]  # fmt: skip
    y = place.middle - tall / 2
    for size, lines, weight, look in pieces:
        for text in lines:
            shapes.append(Line(place.x + 88, y + 0.9 * size, size, text, look, weight))
            y += size * 1.16
        y += 16
    return shapes


def _sign_pieces(sign: Sign, place: Place) -> list[tuple[float, tuple[str, ...], Weight, str]]:
    """What a sign says, each with its type size, lines, weight and look: the largest type with which all of it has room."""
    width = place.width - 176
    wanted: Sequence[tuple[str, float, Weight, str]] = (
        (sign.title, 92 if sign.warning else 140, "Black", "alert" if sign.warning else "ink"),
        (sign.text, 48 if sign.warning else 60, "Semibold", "ink"),
        (sign.hint, 46, "Regular", "soft"),
    )
    scale = 1.0
    while True:
        pieces = [
            (size * scale, wrapped(text, weight, size * scale, width), weight, look)
            for text, size, weight, look in wanted
            if text
        ]
        widest = max((width_of(line, weight) * size for size, lines, weight, _ in pieces for line in lines), default=0)
        if (_tall(pieces) <= place.height - 40 and widest <= width) or scale < 0.25:
            return pieces
        scale *= 0.95


def _tall(pieces: Sequence[tuple[float, tuple[str, ...], Weight, str]]) -> float:
    return sum(size * 1.16 * len(lines) + 16 for size, lines, _, _ in pieces)


def _panels(view: BoardView, plan: Plan) -> list[Shape]:
    if plan.upright:
        y, width = plan.height - plan.bottom + GAP, plan.width - 2 * LEFT
        if view.card is None:
            return _waiting(view.waiting, view.turn, Place(LEFT, y, width, PANEL_HEIGHT))
        share = 0.55 * (width - GAP)
        waiting = Place(LEFT + share + GAP, y, width - GAP - share, PANEL_HEIGHT)
        return [
            *_card(view.card, Place(LEFT, y, share, PANEL_HEIGHT)),
            *_waiting(view.waiting, view.turn, waiting),
        ]
    x, bottom, tall = plan.width - LEFT - SIDE, plan.height - plan.bottom, 296.0
    if view.card is None:
        return _waiting(view.waiting, view.turn, Place(x, plan.top, SIDE, bottom - plan.top))
    card = Place(x, plan.top, SIDE, bottom - tall - GAP - plan.top)
    return [*_card(view.card, card), *_waiting(view.waiting, view.turn, Place(x, bottom - tall, SIDE, tall))]


def _card(card: Card, place: Place) -> list[Shape]:
    """What to bring, its words at the card's foot, an icon above them where there is room."""
    shapes: list[Shape] = [Box(place.x, place.y, place.width, place.height, "teal-0", 24)]
    step = (place.height - 48) / CARD_SHADES
    shapes += [
        Box(place.x, place.y + 24 + index * step, place.width, step + 0.6, f"teal-{index}")
        for index in range(CARD_SHADES)
    ]
    shapes.append(Box(place.x, place.y + place.height - 49, place.width, 49, f"teal-{CARD_SHADES - 1}", 24))
    shapes.append(Box(place.x, place.y + place.height - 49, place.width, 25, f"teal-{CARD_SHADES - 1}"))
    width = place.width - 64
    scale = 1.0
    while True:
        sizes = (34.0 * min(1.0, scale * 1.1), 54.0 * scale, 38.0 * scale)
        agency = wrapped(card.agency, "Semibold", sizes[0], width)
        title = wrapped(card.title, "Bold", sizes[1], width)
        text = wrapped(card.text, "Regular", sizes[2], width)
        tall = sum(size * 1.14 * len(lines) for size, lines in zip(sizes, (agency, title, text), strict=True))
        wide = max((width_of(line, "Bold") * sizes[1] for line in title), default=0)
        if (tall <= place.height - 60 and wide <= width) or scale < 0.5:
            break
        scale *= 0.95
    y = place.y + place.height - 34 - tall
    looks: tuple[tuple[Weight, str], ...] = (("Semibold", "soft"), ("Bold", "ink"), ("Regular", "soft"))
    for (weight, look), size, lines in zip(looks, sizes, (agency, title, text), strict=True):
        for line in lines:
            shapes.append(Line(place.x + 32, y + 0.9 * size, size, line, look, weight))
            y += size * 1.14
    if place.height - tall > 200:
        shapes.append(Icon(place.x + 36, place.y + 148, 120, glyph(card.icon), "soft"))
    return shapes


def _waiting(panel: WaitingPanel, turn: int, place: Place) -> list[Shape]:
    """Agencies and how many wait, as many as fit, a page at a time."""
    shapes: list[Shape] = [Box(place.x, place.y, place.width, place.height, "card", 24)]
    each, inset = 66.0, 30.0
    on_page = max(1, int((place.height - 86) // each))
    pages = max(1, math.ceil(len(panel.rows) / on_page))
    page = turn % pages
    y = place.y + 26
    for name, count in panel.rows[page * on_page : (page + 1) * on_page]:
        size, lines = fitting(name, "Regular", 43, place.width - 2 * inset - 90, 1)
        shapes.append(Line(place.x + inset, y + 31 + CAPITAL * 21, size, lines[0] if lines else "", "ink"))
        shapes.append(Line(place.x + place.width - inset, y + 31 + CAPITAL * 21, 43, count, "ink", "Black", "end"))
        y += each
    if not panel.rows:
        shapes.append(Line(place.x + inset, place.middle + 14, 43, panel.caption, "soft"))
        return shapes
    foot = place.y + place.height - 40
    shapes.append(Line(place.x + inset, foot, 34, panel.caption, "soft"))
    if pages > 1:
        told = panel.page.format(page=page + 1, pages=pages)
        shapes.append(Line(place.x + place.width - inset, foot, 34, told, "soft", anchor="end"))
    return shapes


def _bar(view: BoardView, plan: Plan) -> list[Shape]:
    """The hall and its place, the date and the hub's clock."""
    tall = plan.top - 28
    shapes: list[Shape] = [Box(0, 0, plan.width, tall, "bar")]
    right = plan.width - LEFT
    clock_wide = width_of(view.clock, "Black") * 60
    upper = 46.0 if not plan.upright else 48.0
    shapes.append(Line(right, upper + 20, 60, view.clock, "ink", "Black", "end"))
    date_y = upper + 14 if not plan.upright else upper + 70
    date_right = right - clock_wide - 22 if not plan.upright else right
    shapes.append(Line(date_right, date_y, 42, view.date, "soft", anchor="end"))
    date_wide = width_of(view.date, "Regular") * 42
    x = LEFT + 78
    room = (date_right - date_wide if not plan.upright else right - clock_wide) - 40 - x
    size, lines = fitting(view.hall, "Bold", 42, room, 1)
    shapes.append(Line(x, upper + 14, size, lines[0] if lines else "", "ink", "Bold"))
    if plan.upright:
        place_x, place_room = x, right - date_wide - 30 - x
    else:
        place_x = x + width_of(view.hall, "Bold") * size + 14
        place_room = room - (place_x - x)
    place_size = min(42.0, place_room / max(0.01, width_of(view.place, "Regular")))
    if view.place and place_size >= SMALLEST:
        shapes.append(Line(place_x, date_y, place_size, view.place, "soft"))
    return [*shapes, *_mark(LEFT, upper - 28)]


def _mark(x: float, y: float) -> list[Shape]:
    """The program's own mark: four squares, one of them lit."""
    looks = ("mark", "mark-lit", "mark", "mark")
    squares = [
        Box(x + 10 + 19 * (index % 2), y + 10 + 19 * (index // 2), 16, 16, look, 4) for index, look in enumerate(looks)
    ]
    return [Box(x, y, 56, 56, "teal", 12), *squares]


def _running_line(view: BoardView, plan: Plan) -> list[Shape]:
    """What calls for attention and what is good to know, a page each: whole, or not at all."""
    tall = 148.0 if plan.upright else 92.0
    shapes: list[Shape] = [Box(0, plan.height - tall, plan.width, tall, "bar")]
    room = plan.width - 2 * LEFT
    alerts = [line for alert in view.alerts for line in wrapped(alert, "Bold", 44, room)]
    alert = alerts[view.turn % len(alerts)] if alerts else ""
    tip = view.tips[view.turn % len(view.tips)] if view.tips else ""
    size, lines = fitting(tip, "Regular", 44, room, 1)
    tip = lines[0] if lines else ""
    if plan.upright:
        upper, lower = plan.height - tall + 58, plan.height - tall + 116
        if not view.tips and len(alerts) > 1:
            # Two lines of a long notice at a time.
            first = 2 * (view.turn % math.ceil(len(alerts) / 2))
            pair = zip((upper, lower), alerts[first : first + 2], strict=False)
            return [*shapes, *(Line(LEFT, y, 44, text, "alert", "Bold") for y, text in pair)]
        return [*shapes, Line(LEFT, upper, 44, alert, "alert", "Bold"), Line(LEFT, lower, size, tip, "ink")]
    y, wide = plan.height - 32, width_of(alert, "Bold") * 44
    if alert:
        shapes.append(Line(LEFT, y, 44, alert, "alert", "Bold"))
    if tip and (not alert or wide + 40 + width_of(tip, "Regular") * size <= room):
        shapes.append(Line(LEFT + (wide + 40 if alert else 0), y, size, tip, "ink"))
    return shapes
