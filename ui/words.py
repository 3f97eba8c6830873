"""Text that fits: wraps between words, shrinks where it must, and is never clipped.

Knows Kivy's fonts and nothing of what the text says.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.core.text import Label as Measure
from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, OptionProperty
from kivy.uix.label import Label
from kivy.uix.widget import Widget

_SHRINK = 0.96
"""Each step of shrinking keeps this much of the type size."""

_LEAST_SCALE = 0.4

_SMALLEST = 8
"""Pixels of type that no text goes below."""

UPPER = 0.36
"""The share of what is left over that stands above texts which stand a little above the middle."""

_NO_BREAK = "\N{NO-BREAK SPACE}"

_MEASURED_AT = 100
_SMALL = 24
_ROUNDING = 1.012
"""Letters are set at whole pixels: a line may come out so much wider than reckoned from another size."""


@lru_cache(maxsize=4096)
def width_of(text: str, font: str, size: float) -> float:
    """How wide a text is on one line, in pixels."""
    label = Measure(font_name=font, font_size=size, font_hinting=None)
    return float(label.get_extents(text)[0])


@lru_cache(maxsize=256)
def heights_of(font: str, size: float) -> tuple[float, float]:
    """Pixels above and below the baseline that a line of this type takes."""
    label = Measure(font_name=font, font_size=size, font_hinting=None)
    return float(label.get_ascent()), float(abs(label.get_descent()))


@lru_cache(maxsize=8192)
def _share(word: str, font: str) -> float:
    """A word's width in pixels for each pixel of type size: measured once, it serves for every size."""
    return width_of(word, font, _MEASURED_AT) / _MEASURED_AT


def _wide(word: str, font: str, size: float) -> float:
    """How wide a word comes out, or a little more. Small type is measured: there whole pixels weigh too much."""
    return width_of(word, font, int(size)) if size < _SMALL else _share(word, font) * size * _ROUNDING


@lru_cache(maxsize=4096)
def lines_of(text: str, font: str, size: float, width: float) -> int | None:
    """How many lines a text takes when it is wrapped between words; None where one word alone is too wide."""
    paragraphs = [_wrapped(paragraph, font, size, width) for paragraph in text.split("\n")]
    return None if None in paragraphs else sum(len(lines) for lines in paragraphs if lines)


def _wrapped(paragraph: str, font: str, size: float, width: float) -> list[int] | None:
    """How many words stand on each line of a paragraph; None where one word alone is too wide."""
    lines = [0]
    space = _wide(" ", font, size)
    used = 0.0
    for word in paragraph.split(" "):
        wide = _wide(word, font, size)
        if wide > width:
            return None
        if used and used + space + wide > width:
            lines.append(0)
            used = wide
        else:
            used = used + space + wide if used else wide
        lines[-1] += 1
    return lines


@lru_cache(maxsize=4096)
def without_orphans(text: str, font: str, size: float, width: float) -> str:
    """The text with its last two words kept together where the last would stand alone and no line more is needed."""
    return "\n".join(_kept_together(paragraph, font, size, width) for paragraph in text.split("\n"))


def _kept_together(paragraph: str, font: str, size: float, width: float) -> str:
    lines = _wrapped(paragraph, font, size, width)
    # A line may come out narrower than reckoned: of two words on the last line one can still end on the line before.
    if lines is None or len(lines) < 2 or lines[-1] > 2 or sum(lines[-2:]) < 4:
        return paragraph
    before, last = paragraph.rsplit(" ", 1)
    together = f"{before}{_NO_BREAK}{last}"
    again = _wrapped(together, font, size, width)
    return together if again is not None and len(again) == len(lines) else paragraph


@lru_cache(maxsize=4096)
def fitting(text: str, font: str, wanted: float, floor: float, *, width: float, height: float, spacing: float) -> float:
    """The largest type size between `floor` and `wanted` with which the text keeps inside a box; `floor` if none does."""
    size = wanted
    while size > floor:
        lines = lines_of(text, font, size, width)
        if lines is not None and sum(heights_of(font, size)) * (1 + (lines - 1) * spacing) <= height + 1:
            return size
        size *= _SHRINK
    return floor


def height_of(text: str, font: str, size: float, width: float, spacing: float = 1.0) -> float:
    """How high a text stands when it is wrapped to a width, in pixels; nothing for no text."""
    if not text or width <= 0:
        return 0.0
    size = fitting(text, font, size, 1, width=width, height=float("inf"), spacing=spacing)
    return sum(heights_of(font, size)) * (1 + ((lines_of(text, font, size, width) or 1) - 1) * spacing)


@lru_cache(maxsize=1024)
def stands(text: str, font: str, size: float, width: float, spacing: float = 1.0) -> float:
    """How high a text comes out when it is wrapped to a width, in pixels: Kivy's own answer, for where things are set.

    `height_of` is quick, and less by a pixel a line; a search for a size goes by that.
    """
    if not text or width <= 0:
        return 0.0
    size = fitting(text, font, size, 1, width=width, height=float("inf"), spacing=spacing)
    label = Measure(
        text=without_orphans(text, font, size, width),
        font_name=font,
        font_size=size,
        font_hinting=None,
        text_size=(width, None),
        line_height=spacing,
    )
    return float(label.render()[1])


@lru_cache(maxsize=4096)
def room_of(text: str, font: str, size: float, width: float) -> float:
    """The width that a text needs, in pixels, so that it takes no more lines than it does in `width`."""
    lines = _wrapped(text, font, size, width)
    if lines is None:
        return width
    words, widest = text.split(" "), 0.0
    for count in lines:
        widest = max(widest, width_of(" ".join(words[:count]), font, size))
        words = words[count:]
    return min(width, widest * 1.03 + 2)


def label_high(text: str, size: float, width: float, height: float, small_size: float) -> float:
    """The height of a button's label above its small line, in pixels: one line's where that is enough."""
    most = max(1.0, height - small_size * 1.27 - size * 0.12)
    size = fitting(text, "Bold", size, _SMALLEST, width=width, height=most, spacing=1.0)
    return min(most, size * 1.27 * (lines_of(text, "Bold", size, width) or 2))


class Words(Label):
    """A text of `wanted` type size (pixels). In a box of its own it shrinks, down to `least`, until it fits.

    With `grows` its width is given and its height follows the text; type shrinks only where a single word is too wide.
    """

    wanted = NumericProperty(32)
    least = NumericProperty(8)
    grows = BooleanProperty(False)
    one_line = BooleanProperty(False)
    fits = BooleanProperty(True)
    """Whether it keeps inside its box in its `least` type; if not, it is set smaller than that rather than cut off."""
    natural_width = NumericProperty(0)
    """How wide it would like to be, on one line, in pixels."""

    def __init__(self, **properties: object) -> None:
        self.halign = "left"
        super().__init__(**properties)
        for name in ("text", "wanted", "least", "font_name", "size", "grows", "one_line", "line_height"):
            self.fbind(name, self._fit)
        self.fbind("texture_size", self._grow)
        self._fit()

    def _fit(self, *_: object) -> None:
        self.natural_width = width_of(self.text, self.font_name, self.wanted)
        width, height = self.size  # read after that: a box may be as wide as its words want to be
        if width <= 0:
            return
        if self.grows:
            self.size_hint_y = None
            height = float("inf")
        elif self.one_line:
            above, below = heights_of(self.font_name, self.wanted)
            height = min(height, above + below)
        least = min(self.least, self.wanted)
        self.font_size = self._fitting(least, width, height)
        self.fits = self._keeps_inside(width, height)
        if not self.fits:  # Smaller than it should be is better than cut off.
            self.font_size = self._fitting(min(_SMALLEST, least), width, height)
        self.text_size = (width, None) if self.grows else self.size

    def _fitting(self, floor: float, width: float, height: float) -> float:
        return fitting(
            self.text, self.font_name, self.wanted, floor, width=width, height=height, spacing=self.line_height
        )

    def texture_update(self, *_: object) -> None:
        """Draw the text; a last word that would stand alone gets company. `text` stays as it was set."""
        if self.width > 0 and self.text_size[0]:
            self._label.text = without_orphans(self.text, self.font_name, self.font_size, self.text_size[0])
        super().texture_update()

    def _keeps_inside(self, width: float, height: float) -> bool:
        if not self.text:
            return True
        lines = lines_of(self.text, self.font_name, self.font_size, width)
        above, below = heights_of(self.font_name, self.font_size)
        return lines is not None and (above + below) * (1 + (lines - 1) * self.line_height) <= height + 1

    def _grow(self, *_: object) -> None:
        if self.grows:
            self.height = self.texture_size[1] if self.text else 0


class StackedWords(Words):
    """One text of a Stack: `ideal` is its type size where there is room, in pixels."""

    ideal = NumericProperty(32)
    floor = NumericProperty(0)
    """It does not shrink below this type size with the others, in pixels."""
    expendable = BooleanProperty(False)
    """Left out where the stack would otherwise have to shrink below its `smallest` scale."""

    def height_at(self, scale: float, *, floored: bool = True) -> float:
        """How high it stands with its type scaled, in pixels; nothing for no text."""
        return height_of(self.text, self.font_name, self.size_at(scale, floored=floored), self.width, self.line_height)

    def size_at(self, scale: float, *, floored: bool = True) -> float:
        """Its type size with the stack scaled, in pixels; where it is not `floored` the floor does not hold it up."""
        return float(max(min(self.floor, self.ideal) if floored else _SMALLEST, self.ideal * scale))


class Stack(Widget):
    """Texts one above the other, as wide as the stack, that shrink together until all of them fit its height.

    `smallest`: the least good scale; below it expendable texts are left out first. Where they `stand` when there is room:
    `upper` is a little above the middle. `spacing` between them in pixels. Empty texts take no room.
    """

    spacing = NumericProperty(0)
    smallest = NumericProperty(0.6)
    stand = OptionProperty("middle", options=("middle", "upper", "top"))
    used = NumericProperty(0)
    """The height that the texts take, in pixels."""
    begins = NumericProperty(0)
    """Where the first text begins: its top, in pixels."""
    fits = BooleanProperty(True)
    """Whether they keep inside in type that is not below their floors; if not, they are smaller than that rather than cut off."""

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        self._arranges = Clock.create_trigger(self._arrange, -1)
        self._stands = Clock.create_trigger(self._stand, -1)
        for name in ("size", "pos", "children", "spacing", "stand"):
            self.fbind(name, self._arranges)

    def add_widget(self, widget: Any, *places: Any, **named: Any) -> None:
        super().add_widget(widget, *places, **named)
        for name in ("text", "ideal", "font_name"):
            widget.fbind(name, self._arranges)
        widget.fbind("height", self._stands)

    def _scaled(self, shown: list[StackedWords], least: float, *, floored: bool) -> tuple[float, bool]:
        """A scale, and whether the texts keep inside with it."""
        gaps = self.spacing * max(0, len(shown) - 1)
        scale = 1.0
        while True:
            taken = sum(child.height_at(scale, floored=floored) for child in shown) + gaps
            if scale <= least or taken <= self.height:
                return scale, taken <= self.height + 1
            scale -= 0.025

    def _arrange(self, *_: object) -> None:
        for child in self.children:
            child.width = self.width
        texts = [child for child in reversed(self.children) if child.text]
        needed = [child for child in texts if not child.expendable]
        floored = True
        shown, scale = texts, 1.0
        for shown, least in ((texts, self.smallest), (needed, self.smallest), (needed, _LEAST_SCALE)):
            scale, fits = self._scaled(shown, least, floored=floored)
            if fits:
                break
        else:
            floored = False
            scale, fits = self._scaled(shown, 0.1, floored=floored)
        self.fits = floored
        for child in texts:
            child.opacity = 1 if child in shown else 0
        for child in shown:
            child.least = min(child.least, child.size_at(scale, floored=floored))
            child.wanted = child.size_at(scale, floored=floored)
        self._stand()

    def _stand(self, *_: object) -> None:
        """One above the other as high as they came out: a line fewer than was reckoned leaves no hole."""
        shown = [child for child in reversed(self.children) if child.text and child.opacity > 0]
        self.used = sum(child.height for child in shown) + self.spacing * max(0, len(shown) - 1)
        share = {"top": 0.0, "upper": UPPER, "middle": 0.5}[self.stand]
        top = self.top - max(0.0, self.height - self.used) * share
        self.begins = top
        for child in shown:
            child.pos = (self.x, top - child.height)
            top -= child.height + self.spacing


Builder.load_file(str(Path(__file__).with_name("words.kv")))
