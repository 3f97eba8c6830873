"""Shows a frozen view by its type's screen, takes one choice from it, and is then deaf until the next turn.

A *turn* is a number that rises whenever a new choice may be made. Second taps, second fingers and fingers that were
still on the last screen therefore do nothing. What is shown is told only once it has really been drawn.
Knows no program: views, screens and choices are handed in.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout
from msgspec import Struct

from ui import frames
from ui.exploring import LOST_S
from ui.feeling import Feeling
from ui.touching import targets_in

SETTLE_S = 0.4
"""A new screen is deaf for so long after it was drawn: the second half of a double tap is not a choice on it."""


class Shown(Struct, frozen=True):
    """A view that has been drawn and now listens. `drawn_at` is Unix time; boxes are x, y, width, height from top left."""

    view: Any
    turn: int
    drawn_at: float
    targets: tuple[tuple[Any, list[int]], ...]


class Screen(Protocol):
    """What a stage shows: a Kivy widget that can be given views of one type, again and again."""

    def show(self, view: Any) -> None:
        """Set what differs; properties that stay the same cost nothing."""


def _is_finger(touch: Any) -> bool:
    """A finger or what stands for one: no other button of a mouse, and no wheel."""
    return "button" not in touch.profile or touch.button == "left"


class Stage(FloatLayout):
    """One screen at a time. `chosen(turn, choice)` and `shown(Shown)` are called in Kivy's thread.

    `dressed(view)` puts on the look that a view wants and says whether it differs from the last: screens are then made
    anew, because what a kv rule and the rule of its class both bind is set by whichever comes last.
    `around` makes what surrounds every screen and lies below it; it is shown every view.
    `settle_s`: see SETTLE_S; pictures and displays, which nobody touches, give 0. `at_once(before, view)`: whether this
    view listens without settling, as a keyboard does from letter to letter.
    """

    def __init__(
        self,
        screens: Mapping[type, Callable[[], Screen]],
        chosen: Callable[[int, Any], None] = lambda _turn, _choice: None,
        shown: Callable[[Shown], None] = lambda _shown: None,
        dressed: Callable[[Any], bool] = lambda _view: False,
        *,
        settle_s: float = SETTLE_S,
        at_once: Callable[[Any, Any], bool] = lambda _before, _view: False,
        around: Callable[[], Screen] | None = None,
        felt: Callable[[int, Any, str], None] = lambda _turn, _choice, _text: None,
        confirmed: Callable[[], None] = lambda: None,
        **properties: object,
    ) -> None:
        super().__init__(**properties)
        self.view: Any = None
        self.turn = -1
        self._screens = screens
        self._made: dict[type, Any] = {}
        self._chosen = chosen
        self._shown = shown
        self._dressed = dressed
        self._settle_s = settle_s
        self._at_once = at_once
        self._settles_s = settle_s
        self._make_around = around
        self._around: Any = None
        self._answered = True
        self._deaf_until = 0.0
        self._drawn_at: float | None = None
        self._told: Shown | None = None
        self._finger: tuple[object, float] | None = None
        self._feeling = Feeling(self, lambda choice, text: felt(self.turn, choice, text), confirmed)
        frames.after_each(self._drawn)

    def show(self, view: Any, turn: int = 0) -> None:
        """Show this view. The same view and turn again cost nothing. KeyError: no screen for this type of view."""
        if view == self.view and turn == self.turn:
            return
        if self._dressed(view):
            self._made.clear()
            self._around = None
        self._surround(view)
        kind = type(view)
        screen = self._made.get(kind)
        if screen is None:
            screen = self._made[kind] = self._screens[kind]()
        screen.show(view)
        if not self.children or self.children[0] is not screen:
            self.clear_widgets()
            for widget in (self._around, screen):
                if widget is not None:
                    self.add_widget(widget)
        if turn != self.turn:
            self._answered = False
            self._finger = None
            self._feeling.forget()
            self._settles_s = 0.0 if self._at_once(self.view, view) else self._settle_s
            self._deaf_until = time.monotonic() + self._settles_s
        self.view, self.turn = view, turn
        self._drawn_at = None
        Window.canvas.ask_update()

    def _surround(self, view: Any) -> None:
        if self._make_around is None:
            return
        if self._around is None:
            self._around = self._make_around()
        self._around.show(view)

    def warm(self) -> bool:
        """Make one screen that was not needed yet; whether more are left. For the quiet time after a start."""
        for kind, make in self._screens.items():
            if kind not in self._made:
                self._made[kind] = make()
                return True
        return False

    def throw_away(self) -> None:
        """Something in a screen broke: none of them is used again, and whatever is shown next is shown anew."""
        self.clear_widgets()
        self._made.clear()
        self._around = None
        self.view, self.turn = None, -1
        self._answered = True
        self._finger = None
        self._drawn_at = self._told = None

    def guide(self, focus: Any, *, on: bool) -> None:
        """Whether fingers explore instead of choosing: they are told to `felt` and `confirmed`. `focus` is framed."""
        self._feeling.guide(focus, on=on)

    def choose(self, choice: Any) -> None:
        """A touchable was touched: the first choice of a turn counts, and only while this turn listens."""
        if self._answered or time.monotonic() < self._deaf_until:
            return
        self._answered = True
        self._chosen(self.turn, choice)

    def on_touch_down(self, touch: Any) -> bool:
        """One finger at a time, and none while the stage is deaf. A finger whose end was never heard of is forgotten."""
        if not _is_finger(touch):
            return True
        if self._feeling.on:
            # Never deaf: who feels chooses nothing by it, and a double tap after a new screen finds nothing felt yet.
            self._feeling.down(touch)
            return True
        now = time.monotonic()
        held = self._finger is not None and now - self._finger[1] < LOST_S
        if self._answered or held or now < self._deaf_until:
            return True
        self._finger = (touch.uid, now)
        super().on_touch_down(touch)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if self._feeling.on:
            self._feeling.move(touch)
            return True
        return bool(super().on_touch_move(touch))

    def on_touch_up(self, touch: Any) -> bool:
        if self._feeling.on:
            self._feeling.up(touch)
        if self._finger is not None and touch.uid == self._finger[0]:
            self._finger = None
        super().on_touch_up(touch)
        return True

    def _drawn(self, *_: object) -> None:
        """A frame was drawn: the view that waits to be told is on the screen; the settling begins now."""
        if self.view is None:
            return
        self._feeling.draw()
        if self._drawn_at is None:
            self._drawn_at = time.time()
            if self._told is None or self._told.turn != self.turn:
                self._deaf_until = time.monotonic() + self._settles_s
        Clock.unschedule(self._tell)
        Clock.schedule_once(self._tell, max(0.0, self._deaf_until - time.monotonic()))

    def _tell(self, *_: object) -> None:
        if self.view is None or self._drawn_at is None or not self.children:
            return
        deaf_for = self._deaf_until - time.monotonic()
        if deaf_for > 0:  # Kivy's clock stands still while a frame is drawn, and calls that much too early
            Clock.schedule_once(self._tell, deaf_for)
            return
        targets = tuple(targets_in(self, Window.height))
        telling = Shown(self.view, self.turn, self._drawn_at, targets)
        if telling != self._told:
            self._told = telling
            self._shown(telling)
