"""The display's window: pumps the device each frame, shows its view, tells what was really drawn. It decides nothing but how often the loop turns."""

import time
from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window

from assets import palette
from display.care import CareManner, DarkView, RestView, shift
from display.countersign import CounterSignView
from display.device import DisplayDevice
from display.screens.calls import CallsScreen
from display.screens.countersign import CounterSignScreen
from display.screens.reducing import Reduced
from display.screens.resting import DarkScreen, RestScreen
from display.screens.shifting import Shifted
from display.screens.starting import StartingScreen
from display.views import BoardView, StartingView, View
from ui import frames, waking
from ui.public_app import PublicApp
from ui.stage import Screen, Stage
from ui.telling import Teller
from ui.theme import register_fonts, theme

LOOK_EVERY_S = 0.5
"""So often the view is made although nothing came in: pages turn, calls cease to be lit, the clock goes on."""


REST_TURNS_PER_S = 10.0
MOVES_FOR_S = 4.0
"""The loop's turns while nothing is called and no picture is on its way; and how long one may be on its way to the card."""


class DisplayApp(PublicApp):
    """Runs until the window is closed or `stop` is called. `ready` is printed when the
    first frame is on the screen and the voice has answered.
    """

    def __init__(
        self,
        device: DisplayDevice,
        teller: Teller,
        name: str,
        frame_drawn: Callable[[], None],
        care: CareManner,
        *,
        locked: bool,
        **properties: Any,
    ) -> None:
        super().__init__(locked=locked, **properties)
        self.title = name
        self._frame_drawn = frame_drawn
        self._device = device
        self._teller = teller
        self._name = name
        self._care = care
        self._looked_s = 0.0
        self._size: tuple[int, ...] = ()
        self._told: list[dict[str, str]] | None = None
        self._drawn_view: object = None
        self._ready = False
        self._picture: object = None
        self._picture_came_s = 0.0

    def build(self) -> Reduced:
        register_fonts()
        theme.wear(palette.DISPLAY)
        frames.after_each(self._drawn)
        Window.clearcolor = theme.paper
        screens: dict[type, Callable[[], Screen]] = {
            BoardView: CallsScreen,
            CounterSignView: CounterSignScreen,
            StartingView: StartingScreen,
            RestView: RestScreen,
            DarkView: DarkScreen,
        }
        self._stage = Stage(screens, settle_s=0)
        self._shifted = Shifted(self._stage)
        return Reduced(self._stage)

    def on_start(self) -> None:
        waking.listen()
        self._device.open()
        self._look()
        Clock.schedule_interval(self._pump, 0)

    def on_stop(self) -> None:
        self._device.close()

    def _pump(self, *_: object) -> None:
        heard = self._device.pump(time.monotonic())
        resized = self._size != tuple(Window.size)
        if heard or resized or time.monotonic() - self._looked_s >= LOOK_EVERY_S:
            self._look()
        self.watchdog.turned()
        if not self._ready and self._drawn_view is not None and self._device.ready:
            self._ready = True
            self.watchdog.ready()
            print(f"{self._name} ready", flush=True)  # noqa: T201 - the one line a program says when it is ready

    def _look(self) -> None:
        self._looked_s = time.monotonic()
        self._size = tuple(Window.size)
        self._device.fit(*map(int, self._size))
        self._shifted.to(*shift(self._care, self._looked_s))
        view = self._device.view(self._looked_s)
        self._stage.show(view)
        waking.rest(None if self._moves(view) else REST_TURNS_PER_S)

    def _moves(self, view: View) -> bool:
        """Whether something is called, spoken or on its way to the screen, or the program is still starting."""
        picture = view.picture if isinstance(view, BoardView) else None
        if picture is not self._picture:
            self._picture, self._picture_came_s = picture, self._looked_s
        coming = picture is not None and self._looked_s - self._picture_came_s < MOVES_FOR_S
        lit = (
            bool(view.lit)
            if isinstance(view, BoardView)
            else isinstance(view, CounterSignView) and view.call is not None
        )
        return lit or coming or self._device.speaks_now or not self._ready

    def mend(self) -> None:
        """The same view on a new screen."""
        self._stage.throw_away()
        self._drawn_view = None

    def _drawn(self, *_: object) -> None:
        """A frame is on the screen, and with it the view that the stage has: say which calls are on it."""
        self._frame_drawn()
        view = self._stage.view
        if view is None or view is self._drawn_view:
            return
        self._drawn_view = view
        calls = []
        if isinstance(view, BoardView):
            calls = [
                {"call": row.call, "number": row.number, "counter": row.counter_id} for row in (*view.lit, *view.rows)
            ]
        if isinstance(view, CounterSignView) and view.call is not None:
            calls = [{"call": view.call, "number": view.number, "counter": view.counter}]
        if calls != self._told:
            self._told = calls
            self._teller.tell("shown", calls=calls)
