"""When a frame really is on the screen.

Kivy dispatches `on_flip` before it swaps the buffers, and a software renderer draws the whole frame only in that swap
(30 to 50 ms at 1920x1080). Who tells that something was shown must hear of it after the swap.
"""

from collections.abc import Callable
from weakref import WeakMethod

from kivy.core.window import Window

_listeners: list[WeakMethod[Callable[[], object]]] = []


def after_each(heard: Callable[[], object]) -> None:
    """Calls the bound method `heard` after each swap, for as long as its object lives."""
    if not _listeners:
        _listen()
    _listeners.append(WeakMethod(heard))


def _listen() -> None:
    swap = Window.flip

    def flip() -> None:
        swap()
        for listener in tuple(_listeners):
            heard = listener()
            if heard is None:
                _listeners.remove(listener)
            else:
                heard()

    Window.flip = flip
