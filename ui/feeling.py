"""A stage that is felt instead of looked at: fingers explore what stands on it, and what was spoken last is framed.

The gestures are ui.exploring's; here they meet widgets, the clock and the screen. What is felt and confirmed is handed to
whoever listens. Knows no program and no voice.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics import Color, InstructionGroup, SmoothLine
from kivy.metrics import dp
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from ui import exploring
from ui.exploring import Confirmed, Exploring, Felt, Gesture
from ui.theme import theme
from ui.touching import Touchable

FRAME, CORE, AWAY = 14, 6, 8
"""The frame in pixels of the drawing: its width, the width of its brighter core, and how far it stands off."""

Under = tuple[Any, str]
"""A choice, or None and the words that stand there."""


class Feeling:
    """Of one stage. `felt(choice, text)` for each new thing under a finger, `confirmed()` for a double tap."""

    def __init__(self, stage: Widget, felt: Callable[[Any, str], None], confirmed: Callable[[], None]) -> None:
        self.on = False
        self._stage = stage
        self._felt = felt
        self._confirmed = confirmed
        self._exploring = Exploring()
        self._under: Under | None = None
        self._focus: Any = None
        self._framed: tuple[float, ...] | None = None
        self._frame = InstructionGroup()
        stage.canvas.after.add(self._frame)

    def guide(self, focus: Any, *, on: bool) -> None:
        """Whether fingers explore, and which choice was spoken last (None: none that is framed)."""
        if on != self.on:
            self.on = on
            self.forget()
        self._focus = focus if on else None
        self.draw()

    def forget(self) -> None:
        """Another screen: fingers that are on the glass still mean the last one."""
        Clock.unschedule(self._passed)
        self._exploring = Exploring()
        self._under = None

    def down(self, touch: Any) -> None:
        """A finger comes down."""
        if self._exploring.first is None and self._exploring.tap is None:
            self._under = None
        self._do(exploring.down(self._exploring, touch.uid, touch.x, touch.y, time.monotonic()))

    def move(self, touch: Any) -> None:
        """A finger slides."""
        self._do(exploring.move(self._exploring, touch.uid, touch.x, touch.y, time.monotonic()))

    def up(self, touch: Any) -> None:
        """A finger lifts."""
        self._do(exploring.up(self._exploring, touch.uid, time.monotonic()))

    def draw(self) -> None:
        """Put the frame where its thing stands now; costs nothing while that is where it was."""
        box = (
            next((box for choice, box in _touchables(self._stage) if choice == self._focus), None) if self.on else None
        )
        if self._focus is None or box == self._framed:
            box = box if self._focus is not None else None
            if box == self._framed:
                return
        self._framed = box
        self._frame.clear()
        if box is not None:
            x, y, width, height = box
            off = dp(AWAY)
            around = (x - off, y - off, width + 2 * off, height + 2 * off, dp(32))
            for colour, thick in ((theme.ink, FRAME), (theme.attention, CORE)):
                self._frame.add(Color(*colour))
                self._frame.add(SmoothLine(rounded_rectangle=around, width=dp(thick) / 2))
        Window.canvas.ask_update()

    def _passed(self, *_: object) -> None:
        self._do(exploring.passed(self._exploring, time.monotonic()))

    def _do(self, step: tuple[Exploring, tuple[Gesture, ...]]) -> None:
        self._exploring, gestures = step
        for gesture in gestures:
            match gesture:
                case Felt(x=x, y=y):
                    self._feel(x, y)
                case Confirmed():
                    self._confirmed()
        Clock.unschedule(self._passed)
        due_s = exploring.due_s(self._exploring)
        if due_s is not None:
            Clock.schedule_once(self._passed, max(0.0, due_s - time.monotonic()))

    def _feel(self, x: float, y: float) -> None:
        """What is new under the finger is told once; between things it keeps quiet."""
        under = self._at(x, y)
        if under == self._under:
            return
        self._under = under
        if under is not None:
            self._felt(*under)

    def _at(self, x: float, y: float) -> Under | None:
        """What stands there: what can be chosen first, then the smallest words."""
        for choice, (left, bottom, width, height) in _touchables(self._stage):
            if left <= x <= left + width and bottom <= y <= bottom + height:
                return choice, ""
        words = [
            (label.width * label.height, label.text)
            for label in _seen(self._stage)
            if isinstance(label, Label) and label.font_name != "Icons" and label.text.strip() and _holds(label, x, y)
        ]
        return (None, min(words)[1]) if words else None


def _holds(widget: Any, x: float, y: float) -> bool:
    left, bottom = widget.to_window(*widget.pos)
    return bool(left <= x <= left + widget.width and bottom <= y <= bottom + widget.height)


def _touchables(stage: Widget) -> Iterator[tuple[Any, tuple[float, ...]]]:
    for widget in _seen(stage):
        if isinstance(widget, Touchable) and widget.choice is not None:
            yield widget.choice, (*widget.to_window(*widget.pos), *widget.size)


def _seen(widget: Widget) -> Iterator[Any]:
    """Everything below that is not hidden with something above it, what is drawn last first."""
    for below in widget.children:
        if below.opacity > 0:
            yield from _seen(below)
            yield below
