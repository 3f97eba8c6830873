"""What is wrong with a face as it was laid out: too small, cut off, over each other, out of reach, hard to see.

Looks at widgets, not at pixels: each text with its size and its ground, each target with its box. Lengths are pixels of
the drawing where kiosk.looks says so, else of the window.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from kivy.metrics import Metrics
from kivy.uix.label import Label

from kiosk.looks import CAPITALS, PX_PER_MM, Looks
from kiosk.shape import Shape
from ui.touching import Touchable
from ui.widgets import Card, Icon, NumberLabel
from ui.words import Words, heights_of, lines_of, width_of

LEAST_TARGET_MM = 20.0
CAPITALS_MM = {"normal": 4.8, "large": 6.0, "largest": 7.3}
RATIO, HIGH_RATIO = 4.5, 7.0
FIGURES_MM = 9.5
"""A queue number is never smaller than this, whatever else is on its screen."""

Rectangle = tuple[float, float, float, float]


def faults(stage: Any, looks: Looks, shape: Shape) -> Iterator[str]:
    """One sentence for each."""
    shown = [widget for widget in stage.walk(restrict=True) if _is_seen(widget)]
    yield from _texts(shown, looks, stage)
    yield from _targets(shown, shape, stage)
    yield from _overlaps(shown)
    yield from _contrasts(shown, looks)


def _is_seen(widget: Any) -> bool:
    while widget is not None and widget.parent is not widget:
        if getattr(widget, "opacity", 1) == 0:
            return False
        widget = widget.parent
    return True


def _name(widget: Any) -> str:
    said = getattr(widget, "text", "") or getattr(widget, "label", "") or getattr(widget, "title", "")
    return f"{type(widget).__name__} {said[:40]!r}"


def _is_text(widget: Any) -> bool:
    return isinstance(widget, Words) and bool(widget.text.strip())


def _texts(shown: list[Any], looks: Looks, stage: Any) -> Iterator[str]:
    least = CAPITALS_MM[looks.text]
    for widget in shown:
        if isinstance(widget, NumberLabel) and widget.text:
            high = widget.font_size / Metrics.density * CAPITALS / PX_PER_MM
            if high < FIGURES_MM:
                yield f"{_name(widget)} has figures of {high:.1f} mm"
        if not isinstance(widget, Words) and not getattr(widget, "fits", True):
            yield f"{_name(widget)} does not keep inside"
        if not _is_text(widget):
            continue
        high = int(widget.font_size) / Metrics.density * CAPITALS / PX_PER_MM
        if high < least:
            yield f"{_name(widget)} has capitals of {high:.1f} mm"
        elif not widget.fits:
            yield f"{_name(widget)} does not keep inside"
        if not _inside(_ink(widget), (stage.x, stage.y, stage.right, stage.top)):
            yield f"{_name(widget)} is cut off by the edge of the screen"


def _targets(shown: list[Any], shape: Shape, stage: Any) -> Iterator[str]:
    least = LEAST_TARGET_MM * PX_PER_MM * Metrics.density - 0.5
    reach = shape.reach * Metrics.density + 1
    for widget in shown:
        if not isinstance(widget, Touchable) or widget.choice is None:
            continue
        if min(widget.width, widget.height) < least:
            yield f"{_name(widget)} is a target of {widget.width:.0f} x {widget.height:.0f}"
        if not _inside(_box(widget), (stage.x, stage.y, stage.right, stage.top)):
            yield f"{_name(widget)} is a target beyond the edge"
        if widget.top > reach:
            yield f"{_name(widget)} is out of reach by {widget.top - reach:.0f}"


def _overlaps(shown: list[Any]) -> Iterator[str]:
    targets = [
        widget
        for widget in shown
        if isinstance(widget, Touchable) and (widget.choice is not None or _is_filled(widget))
    ]
    for one, other in combinations(targets, 2):
        if _meet(_box(one), _box(other)):
            yield f"{_name(one)} lies over {_name(other)}"
    texts = [widget for widget in shown if _is_text(widget) or (isinstance(widget, NumberLabel) and widget.text)]
    for one, other in combinations(texts, 2):
        if _meet(_ink(one), _ink(other)):
            yield f"{_name(one)} lies over {_name(other)}"
    for text in texts:
        for target in targets:
            if _is_below(text, target):
                if not _inside(_ink(text), _box(target)):
                    yield f"{_name(text)} sticks out of {_name(target)}"
            elif _meet(_ink(text), _box(target)):
                yield f"{_name(text)} lies over {_name(target)}"


def _is_filled(widget: Any) -> bool:
    return bool(getattr(widget, "label", "") or getattr(widget, "icon", ""))


def _contrasts(shown: list[Any], looks: Looks) -> Iterator[str]:
    wanted = HIGH_RATIO if looks.contrast else RATIO
    grounds: list[tuple[Rectangle, list[float]]] = []
    for widget in shown:
        if (isinstance(widget, Card) and widget.ground[3] > 0) or (
            hasattr(widget, "ground") and not isinstance(widget, Card) and widget.width > 0
        ):
            grounds.append((_box(widget), list(widget.ground)))
        if not isinstance(widget, Label) or not widget.text.strip() or _is_inactive(widget):
            continue
        if isinstance(widget, Icon):
            continue
        ground = _ground_of(widget, grounds)
        ratio = _ratio(_over(widget.color, ground), ground)
        if ratio < wanted:
            yield f"{_name(widget)} stands out by {ratio:.1f}:1 only"


def _is_inactive(widget: Any) -> bool:
    """What cannot be touched now is exempt (WCAG 1.4.3): buttons between pages at the first and the last."""
    while widget is not None and widget.parent is not widget:
        if isinstance(widget, Touchable) and widget.choice is None and widget.opacity < 1:
            return True
        widget = widget.parent
    return False


def _ground_of(widget: Any, grounds: list[tuple[Rectangle, list[float]]]) -> list[float]:
    """The colour under the middle of a text: what was drawn before it, the last on top."""
    x, y = (_ink(widget)[0] + _ink(widget)[2]) / 2, (_ink(widget)[1] + _ink(widget)[3]) / 2
    colour = [1.0, 1.0, 1.0, 1.0]
    for (left, bottom, right, top), ground in grounds:
        if left <= x <= right and bottom <= y <= top:
            colour = _over(ground, colour)
    return colour


def _over(front: Any, back: list[float]) -> list[float]:
    share = front[3]
    return [front[place] * share + back[place] * (1 - share) for place in range(3)] + [1.0]


def _ratio(one: list[float], other: list[float]) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: list[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# --- boxes -------------------------------------------------------------------------------------------------------------


def _box(widget: Any) -> Rectangle:
    return (widget.x, widget.y, widget.right, widget.top)


def _ink(widget: Any) -> Rectangle:
    """About where the letters are: without the room above capitals and below the baseline that a line has."""
    size = widget.font_size
    above, below = heights_of(widget.font_name, size)
    if isinstance(widget, NumberLabel):
        wide, high = width_of(widget.text, widget.font_name, size), size * 0.72
        return (
            widget.center_x - wide / 2,
            widget.center_y - high / 2,
            widget.center_x + wide / 2,
            widget.center_y + high / 2,
        )
    count = lines_of(widget.text, widget.font_name, size, widget.width) or 1
    wide = min(widget.width, width_of(widget.text, widget.font_name, size)) if count == 1 else widget.width
    high = widget.texture_size[1] if widget.grows else (above + below) * (1 + (count - 1) * widget.line_height)
    left = {"center": widget.center_x - wide / 2, "right": widget.right - wide}.get(widget.halign, widget.x)
    bottom = {"top": widget.top - high, "bottom": widget.y}.get(widget.valign, widget.center_y - high / 2)
    return (left, bottom + below * 0.5, left + wide, bottom + high - (above - size * 0.75))


def _inside(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        inner[0] >= outer[0] - 1 and inner[1] >= outer[1] - 1 and inner[2] <= outer[2] + 1 and inner[3] <= outer[3] + 1
    )


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > 1.5 and min(one[3], other[3]) - max(one[1], other[1]) > 1.5


def _is_below(widget: Any, above: Any) -> bool:
    """Whether a widget is part of another."""
    while widget is not None and widget.parent is not widget:
        if widget is above:
            return True
        widget = widget.parent
    return False
