"""The real kiosk in a real window, and a crowd of touch points on it: `python -m tests.pictures.tapped_kiosk TELLS SEED`.

For some seconds four fingers at once, palms, points that never end and quick taps come as a touch panel sends them; who
starts this taps meanwhile with a mouse. A hub in memory answers. Each line of its output is JSON: {"asked": request} for
each number that is asked for, {"calm": true} when the panel is quiet again. It ends when its input does.
"""

import logging
import sys
import tempfile
import threading
import time
from pathlib import Path
from random import Random
from typing import Any

from link.memory_link import MemoryBroker
from tests.pictures.many_visits import SCREEN, Hub, kiosk
from tests.pictures.saying import say
from ui.telling import Teller
from ui.window import PORTRAIT, prepare

STORM_S = 5.0


def main(tells: Path, seed: int) -> None:
    """Until the input ends."""
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory() as home, Teller(tells) as teller:
        prepare(SCREEN, PORTRAIT, Path(home))
        from kivy.clock import Clock
        from kivy.input.motionevent import MotionEvent

        from kiosk.app import KioskApp

        class Point(MotionEvent):
            """A touch point as a panel gives it, in shares of the window."""

            def depack(self, args: Any) -> None:
                self.is_touch = True
                self.profile = ("pos",)
                self.sx, self.sy = args
                super().depack(args)

        broker = MemoryBroker()
        hub = Hub(broker, asked=lambda request: say(asked=request))
        app = KioskApp(kiosk(broker, Path(home)), teller, "kiosk-1", lambda: None, locked=False, keypad={})
        storm = Storm(Random(f"{seed} points"), Point)

        def turn(*_: object) -> None:
            hub.step()
            broker.deliver(4)
            storm.blow()

        Clock.schedule_interval(turn, 0)

        def end_with_input() -> None:
            sys.stdin.read()
            Clock.schedule_once(lambda *_: app.stop(), 0)

        threading.Thread(target=end_with_input, daemon=True).start()
        app.run()


class Storm:
    """A few new points in each frame, for STORM_S; one in twenty stays for ever."""

    def __init__(self, luck: Random, point: type[Any]) -> None:
        self._luck = luck
        self._point = point
        self._ids = 0
        self._down: list[Any] = []
        self._ends_s = time.monotonic() + STORM_S
        self._calm = False

    def blow(self) -> None:
        """Once for each frame."""
        from kivy.base import EventLoop

        if self._calm:
            return
        luck = self._luck
        for point in list(self._down):
            if luck.random() < 0.4:
                self._down.remove(point)
                if luck.random() < 0.95:
                    EventLoop.post_dispatch_input("end", point)
            elif luck.random() < 0.5:
                point.move((min(1.0, point.sx + 0.01), point.sy))
                EventLoop.post_dispatch_input("update", point)
        if time.monotonic() > self._ends_s:
            self._calm = True
            say(calm=True)
            return
        x, y = luck.random(), luck.random()
        for _ in range(luck.choice((0, 0, 1, 1, 2, 4, 30))):
            near = (min(1.0, max(0.0, x + luck.gauss(0, 0.04))), min(1.0, max(0.0, y + luck.gauss(0, 0.03))))
            self._ids += 1
            point = self._point("panel", self._ids, near)
            self._down.append(point)
            EventLoop.post_dispatch_input("begin", point)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
