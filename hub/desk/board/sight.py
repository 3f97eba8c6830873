"""How large a board's numbers must be so that the farthest reader can read them. Pure but for measuring type.

A web page cannot know how large its screen is: whoever sets the television up states its diagonal and the distance of
the farthest seat in the page's address.
"""

import math

from msgspec import Struct

from assets.sight import readable_mm
from hub.desk.board.layout import BETWEEN, GAP, LEFT, ROW_HEIGHT, SIDE, Plan
from hub.desk.board.measuring import CAPITAL
from hub.desk.board.rows import lit_type, stacked_type
from hub.desk.board.views import CallRow

HEIGHT_PER_M = 11.3
"""Millimetres of capital height for each metre between a number and its reader, at least: 113 mm at 10 m."""

MEASURED = CallRow(number="K069", word="Loket", counter="12", letter="A", colour="", again="")
"""Shorter numbers are larger, longer ones smaller."""

LYING = (Plan(False, 3, True), Plan(False, 3, False), Plan(False, 2, False))
STANDING = (Plan(True, 5, True), Plan(True, 4, True), Plan(True, 3, True))
"""From the fullest board to the one that is read from farthest: with fewer rows still, numbers would not grow."""


class Seat(Struct, frozen=True):
    """The screen's diagonal, and how far the farthest reader sits."""

    inch: float = 55.0
    metres: float = 8.5


def seat_of(inch: str, metres: str) -> Seat:
    """What an address states; what it does not state, or states wrongly, is as the hall display's own settings have it."""
    return Seat(_number(inch, 10, 200, 55.0), _number(metres, 1, 60, 8.5))


def plan_for(seat: Seat, *, upright: bool) -> Plan:
    """The fullest board whose newest number can be read from the farthest seat; else the one with the largest."""
    plans = STANDING if upright else LYING
    return next((plan for plan in plans if number_mm(plan, seat) >= needed_mm(seat)), plans[-1])


def needed_mm(seat: Seat) -> float:
    """The capital height that the newest number needs: what the hall's displays ask for, near seats included."""
    return max(readable_mm(seat.metres), seat.metres * HEIGHT_PER_M)


def number_mm(plan: Plan, seat: Seat) -> float:
    """The capital height of the newest number on this screen, for a screen of 16 to 9."""
    mm_per_unit = seat.inch * 25.4 / math.hypot(1920, 1080)
    return number_units(plan) * mm_per_unit


def number_units(plan: Plan) -> float:
    """The capital height of the newest number where it stands alone, in units of the board."""
    width = plan.width - 2 * LEFT - (SIDE + BETWEEN if plan.panels and not plan.upright else 0)
    height = plan.height - plan.top - plan.bottom - plan.rows * (ROW_HEIGHT + GAP)
    size = stacked_type(MEASURED, width, height) if plan.upright else lit_type([MEASURED], width, height)
    return size * CAPITAL


def _number(text: str, least: float, most: float, otherwise: float) -> float:
    try:
        given = float(text.replace(",", "."))
    except ValueError:
        return otherwise
    return given if least <= given <= most else otherwise
