"""What can be touched: one finger, one choice, at most one happening for each.

A touchable carries the choice that it stands for and hands it to the stage it stands on; it does not know what the
choice does. Targets are told by name, so that demo and tests know where to touch.
"""

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.widget import Widget


class Touchable(Widget):
    """A widget that can be touched while it has a `choice` (None: it cannot). `pressed` while a finger is on it."""

    choice = ObjectProperty(None, allownone=True, rebind=False)
    pressed = BooleanProperty(False)

    def on_touch_down(self, touch: Any) -> bool:
        if self.choice is None or not self.collide_point(*touch.pos):
            return bool(super().on_touch_down(touch))
        touch.grab(self)
        touch.ud["turn"] = self._stage().turn
        self.pressed = True
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return bool(super().on_touch_move(touch))
        self.pressed = self.collide_point(*touch.pos)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        chosen = self.pressed and self.collide_point(*touch.pos)
        self.pressed = False
        stage = self.get_parent_window() and self._stage()
        if chosen and stage and self.choice is not None and touch.ud.get("turn") == stage.turn:
            stage.choose(self.choice)
        return True

    def _stage(self) -> Any:
        """The stage above. A touchable that stands on none is our mistake."""
        widget = self.parent
        while widget is not None and not hasattr(widget, "choose"):
            widget = widget.parent if widget.parent is not widget else None
        assert widget is not None, "a touchable must stand on a stage"  # noqa: S101 - our mistake, not a visitor's
        return widget


def targets_in(widget: Widget, height: float) -> list[tuple[object, list[int]]]:
    """Each choice that can be touched below `widget`, with its box in window pixels from the top left: x, y, width, height."""
    found: list[tuple[object, list[int]]] = []
    for below in widget.walk(restrict=True):
        if isinstance(below, Touchable) and below.choice is not None and below.opacity > 0:
            left, bottom = below.to_window(*below.pos)
            box = [round(left), round(height - bottom - below.height), round(below.width), round(below.height)]
            found.append((below.choice, box))
    return found
