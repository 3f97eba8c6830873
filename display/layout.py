"""Where everything on a board stands: the newest calls as large as their farthest reader needs, the rest in what is left.

Pure geometry; knows no words but how wide they are. Boxes are in units (display.sight), from the panel's left and top.
A *form* is one way to divide the panel. They are tried from the fullest to the barest, and the first in which number and
counter of the newest call are tall enough is taken: media give way first, then earlier calls. Never does type go below.
"""

from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from display.fitting import Fit, Piece, in_columns
from display.sharing import GAP, TOLERANCE, Box, alike_boxes, fits_in, newest_above, newest_larger
from display.sight import Panel
from display.widths import CAPITAL

Kind = Literal["calls", "calls-with-media", "agencies", "counter-sign"]

LEFT, SIDE_GAP = 44.0, 32.0
"""The margin at both sides, and the space between calls and what stands beside them."""

BAR, TALL_BAR = 92.0, 150.0
"""The bars above and below; on an upright panel they have two lines."""

BELOW_BAR, ABOVE_FOOT = 28.0, 20.0
"""Between the bars and the calls."""

WAITING_HIGH = 296.0
"""The panel of who waits beside the calls."""

WAITING_LINE, WAITING_REST = 66.0, 98.0
"""One agency in it, and what else stands there."""

ROW_LEAST, ROW_MOST = 137.0, 186.0
"""Type of an earlier call: half the newest one's needful size, within these."""

ROW_SHARE = 0.98
"""An earlier call's type size as a share of its row's height."""

MOST_LIT = 8
"""Calls that are lit at once at the most. In a hall of 25 counters that is a call a second."""

NOMINAL = Piece("K069", "Loket", "88")
"""The board is divided for such a call, so that it does not move from call to call; a wider one may need another form."""


class Place(Struct, frozen=True):
    """A call's box and how the call stands in it."""

    box: Box
    fit: Fit


class Placed(Struct, frozen=True):
    """A whole board. `empty`: places of earlier calls that are still to come. `newest`: the box of the newest call; None on
    a board of agencies at rest. `sign`: the box of words that stand instead of it. `capital`: the height of the newest call's
    capitals, in units; `enough`: whether its farthest reader can read it.
    """

    across: float
    down: float
    head: Box
    foot: Box
    newest: Box | None
    sign: Box | None
    lit: tuple[Place, ...]
    rows: tuple[Place, ...]
    empty: tuple[Box, ...]
    media: Box | None
    waiting: Box | None
    agencies: Box | None
    capital: float
    enough: bool


class Form(Struct, frozen=True):
    """One way to divide a panel. `side`: what stands beside the calls is so wide; `band`: what stands below, so high."""

    rows: int
    stacked: bool
    side: float = 0.0
    band: float = 0.0


LYING_WITH_MEDIA = (
    *(Form(3, stacked=False, side=side) for side in (640, 500, 400)),
    *(Form(2, stacked=True, side=side) for side in (500, 400)),
)
LYING = (
    Form(3, stacked=False),
    Form(2, stacked=False),
    Form(2, stacked=True),
    Form(1, stacked=False),
    Form(1, stacked=True),
    Form(0, stacked=True),
)
UPRIGHT_WITH_MEDIA = (Form(4, stacked=True, band=440), Form(3, stacked=True, band=400), Form(2, stacked=True, band=360))
UPRIGHT = tuple(Form(rows, stacked=True) for rows in (6, 5, 4, 3, 2, 1, 0))


def forms_of(panel: Panel, kind: Kind) -> tuple[Form, ...]:
    """The ways to divide this panel, the fullest first."""
    if panel.upright:
        return (*UPRIGHT_WITH_MEDIA, *UPRIGHT) if kind == "calls-with-media" else UPRIGHT
    return (*LYING_WITH_MEDIA, *LYING) if kind == "calls-with-media" else LYING


@lru_cache(maxsize=256)
def place(
    panel: Panel, kind: Kind, lit: tuple[Piece, ...], earlier: tuple[Piece, ...], nominal: Piece = NOMINAL
) -> Placed:
    """The board of these calls, newest first. Without a lit call the newest's place is kept for a sign.

    Of the earlier ones it takes as many as have room. `nominal`: the widest call that this hall makes every day.
    """
    forms = forms_of(panel, kind)
    at_rest = [_in_form(panel, form, (nominal,), earlier) for form in forms]
    first = next((index for index, placed in enumerate(at_rest) if placed.enough), None)
    if first is None:
        # max takes the first of equals: the fullest.
        first = max(range(len(forms)), key=lambda index: round(at_rest[index].capital))
    if not lit:
        return _in_form(panel, forms[first], (), earlier, nominal)
    # What stands beside is never more than at rest.
    ways = [
        _in_form(panel, form, lit, earlier, nominal, alike=alike) for alike in (True, False) for form in forms[first:]
    ]
    for placed in ways:
        if placed.enough and _others(placed, panel) >= panel.readable / 2 - TOLERANCE:
            return placed
    return max(
        ways, key=lambda placed: (placed.enough, round(_others(placed, panel) if placed.enough else placed.capital))
    )


def _others(placed: Placed, panel: Panel) -> float:
    """The height of capitals in what is lit beside the newest call; what is needful where there is nothing."""
    return min((each.fit.number_type * CAPITAL for each in placed.lit[1:]), default=panel.readable)


def capital_beside_media(panel: Panel) -> float:
    """The tallest capitals that the newest call can have while media stand beside it, in units."""
    nearest = Panel(panel.width, panel.height, panel.diagonal_inch, 0.1)
    forms = UPRIGHT_WITH_MEDIA if panel.upright else LYING_WITH_MEDIA
    return max(_in_form(nearest, form, (NOMINAL,), ()).capital for form in forms)


def area_of(panel: Panel) -> Box:
    """What the bars leave, in units."""
    bar = TALL_BAR if panel.upright else BAR
    top = bar + BELOW_BAR
    return Box(LEFT, top, panel.across - 2 * LEFT, panel.down - top - bar - ABOVE_FOOT)


def _in_form(
    panel: Panel,
    form: Form,
    lit: tuple[Piece, ...],
    earlier: tuple[Piece, ...],
    nominal: Piece = NOMINAL,
    *,
    alike: bool = True,
) -> Placed:
    """The board in one form. Several lit calls stand in equal boxes, or, not `alike`, the newest large above a grid."""
    whole = area_of(panel)
    area = Box(
        whole.left,
        whole.top,
        whole.width - (form.side + SIDE_GAP if form.side else 0),
        whole.height - (form.band + GAP if form.band else 0),
    )
    row_type = min(ROW_MOST, max(ROW_LEAST, panel.readable / 2 / CAPITAL))
    row_high = row_type / ROW_SHARE + GAP
    if len(lit) <= 1:
        rows = form.rows
        boxes: tuple[Box, ...] = (Box(area.left, area.top, area.width, area.height - rows * row_high),)
        fits = fits_in(lit or (nominal,), boxes[0], stacked=form.stacked)
    elif alike:
        rows, boxes, fits = alike_boxes(lit, area, row_high, form.rows, panel.readable, stacked=form.stacked)
    else:
        rows, boxes, fits = newest_larger(lit, area, row_high, panel.readable)
    least = fits[0].capital
    shown = earlier[:rows]
    top = boxes[-1].top + boxes[-1].height + GAP
    if not lit:
        # A sign also has the places of earlier calls that are not there.
        top += (rows - len(shown)) * row_high
    places = tuple(Box(area.left, top + index * row_high, area.width, row_high - GAP) for index in range(rows))
    row_fits = in_columns(shown, area.width, row_high - GAP, row_type) if shown else ()
    bar = TALL_BAR if panel.upright else BAR
    media, waiting = _beside(whole, form)
    return Placed(
        across=panel.across,
        down=panel.down,
        head=Box(0, 0, panel.across, bar),
        foot=Box(0, panel.down - bar, panel.across, bar),
        newest=boxes[0],
        sign=None if lit else Box(area.left, area.top, area.width, top - GAP - area.top),
        lit=tuple(Place(box, fit) for box, fit in zip(boxes, fits, strict=False)) if lit else (),
        rows=tuple(Place(box, fit) for box, fit in zip(places, row_fits, strict=False)),
        empty=places[len(shown) :] if lit else (),
        media=media,
        waiting=waiting,
        agencies=None,
        capital=least,
        enough=least >= panel.readable - TOLERANCE,
    )


def place_above(panel: Panel, lit: tuple[Piece, ...]) -> Placed:
    """Lit calls at the top, no higher than they need; what is below them is free."""
    area = area_of(panel)
    boxes, fits = newest_above(lit, area, panel.readable, stacked=panel.upright)
    empty = place(panel, "calls", (), ())
    return replace(
        empty,
        newest=boxes[0],
        sign=None,
        lit=tuple(Place(box, fit) for box, fit in zip(boxes, fits, strict=True)),
        rows=(),
        empty=(),
        capital=fits[0].capital,
        enough=fits[0].capital >= panel.readable - TOLERANCE,
    )


def _beside(whole: Box, form: Form) -> tuple[Box | None, Box | None]:
    """The places of media and of who waits."""
    if form.side:
        left = whole.left + whole.width - form.side
        below = whole.top + whole.height - WAITING_HIGH
        return (
            Box(left, whole.top, form.side, whole.height - WAITING_HIGH - GAP),
            Box(left, below, form.side, WAITING_HIGH),
        )
    if form.band:
        top = whole.top + whole.height - form.band
        wide = 0.56 * whole.width
        return (
            Box(whole.left, top, wide, form.band),
            Box(whole.left + wide + GAP, top, whole.width - wide - GAP, form.band),
        )
    return None, None


def lines_in(waiting: Box | None) -> int:
    """So many agencies have a line in the panel of who waits."""
    return max(1, int((waiting.height - WAITING_REST) / WAITING_LINE)) if waiting else 1
