"""The outline of a rounded rectangle as points, and an outline cut into dashes: Kivy dashes only hairlines.

Pure geometry; draws nothing.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]

_STEPS_OF_A_CORNER = 8


def outline(x: float, y: float, width: float, height: float, rounding: float) -> list[Point]:
    """Points around a rounded rectangle, closed (the last is the first), in pixels."""
    radius = max(0.0, min(rounding, width / 2, height / 2))
    corners = (
        (x + width - radius, y + height - radius, 0.0),
        (x + radius, y + height - radius, math.pi / 2),
        (x + radius, y + radius, math.pi),
        (x + width - radius, y + radius, math.pi * 1.5),
    )
    points = [
        (across + radius * math.cos(turn), up + radius * math.sin(turn))
        for across, up, begins in corners
        for turn in (begins + math.pi / 2 * step / _STEPS_OF_A_CORNER for step in range(_STEPS_OF_A_CORNER + 1))
    ]
    return [*points, points[0]]


def dashes(points: Sequence[Point], dash: float, gap: float) -> list[list[float]]:
    """A path cut into dashes, each a flat list x, y, x, y. Dash and gap are stretched so that they close evenly."""
    length = sum(math.dist(one, other) for one, other in pairwise(points))
    if length <= 0:
        return []
    stretch = length / (max(1, round(length / (dash + gap))) * (dash + gap))
    left, drawing = dash * stretch, True
    found: list[list[float]] = [[*points[0]]]
    for begin, end in pairwise(points):
        here, rest = begin, math.dist(begin, end)
        while rest > left:
            share = left / rest
            here = (here[0] + (end[0] - here[0]) * share, here[1] + (end[1] - here[1]) * share)
            rest -= left
            if drawing:
                found[-1].extend(here)
            else:
                found.append([*here])
            drawing = not drawing
            left = (dash if drawing else gap) * stretch
        left -= rest
        if drawing and rest > 0:
            found[-1].extend(end)
    return [one for one in found if len(one) >= 4]
