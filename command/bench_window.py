"""The least that a window costs, in a process of its own: an empty one with a program's libraries, and a display's scene without MQTT.

    python -m command.bench_window empty kiosk|display WIDTH HEIGHT LEFT TOP
    python -m command.bench_window scene HALL WIDTH HEIGHT LEFT TOP TELL

The scene shows the next call for each line on standard input, and tells when it was on the screen as a display does.
It knows Kivy, and of display only what is drawn.
"""

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assets.hall_file import read_hall
from contract.calls import Board, CounterOnBoard, RecentCall
from contract.catalogue import Message
from contract.halls import HubHeartbeat
from contract.names import CallId, CounterId, Language, Number, ServiceId, ZoneId
from display import board, views
from display.sight import Panel
from ui.folders import own_folder
from ui.telling import Teller
from ui.window import LANDSCAPE, PORTRAIT, ScreenSettings, prepare

CALLS = 200
CALL_EVERY_S = 1.0
HOLD_S = 8.0
RECENT = 20
SERVICE = ServiceId("kartu-keluarga")
COUNTER, ZONE = CounterId("loket-1"), ZoneId("a")


def empty(program: str, screen: ScreenSettings) -> None:
    """A window with nothing in it, and every module of `program` imported."""
    with own_folder("bench") as home:
        prepare(screen, PORTRAIT if program == "kiosk" else LANDSCAPE, home)
        importlib.import_module(f"{program}.main")
        importlib.import_module(f"{program}.app")
        importlib.import_module("ui.sound")
        if program == "kiosk":
            importlib.import_module("kiosk.printing.escpos_printer")
        _run(lambda: None, _say_first_frame)


def scene(hall: Path, screen: ScreenSettings, tell: Path) -> None:
    """The display's board, one call more for each line."""
    coming = iter(_views(hall, screen))
    os.set_blocking(sys.stdin.fileno(), False)
    with own_folder("bench") as home, Teller(tell) as teller:
        prepare(screen, LANDSCAPE, home)
        from assets import palette
        from display.screens.calls import CallsScreen
        from ui.stage import Stage
        from ui.theme import register_fonts, theme

        register_fonts()
        theme.wear(palette.DISPLAY)
        stage = Stage({views.BoardView: CallsScreen}, settle_s=0)
        stage.show(next(coming))
        told: list[object] = [None]

        def look() -> None:
            try:
                asked = os.read(sys.stdin.fileno(), 4096).count(b"\n")
            except BlockingIOError:
                return
            for _ in range(asked):
                stage.show(next(coming))

        def drawn() -> None:
            _say_first_frame()
            view = stage.view
            if view is not told[0]:
                told[0] = view
                calls = [{"call": row.call, "number": row.number} for row in (*view.lit, *view.rows)]
                teller.tell("shown", calls=calls)

        _run(look, drawn, stage)


class _Drawn:
    """ui.frames calls bound methods only."""

    def __init__(self, heard: Callable[[], None]) -> None:
        self._heard = heard

    def hear(self) -> None:
        self._heard()


_said: list[float] = []


def _say_first_frame() -> None:
    if not _said:
        _said.append(time.time())
        print(f"window ready {_said[0]:.6f}", flush=True)


def _run(look: Callable[[], None], drawn: Callable[[], None], root: Any = None) -> None:
    from kivy.clock import Clock
    from kivy.uix.floatlayout import FloatLayout

    from ui import frames
    from ui.public_app import PublicApp

    class Window(PublicApp):
        def build(self) -> Any:
            return root or FloatLayout()

    listener = _Drawn(drawn)
    frames.after_each(listener.hear)
    app = Window()
    Clock.schedule_interval(lambda *_: look(), 0)
    signal.signal(signal.SIGTERM, lambda *_: app.stop())
    app.run()


def _views(folder: Path, screen: ScreenSettings) -> list[views.BoardView]:
    """What a display would show while a call comes each second: made ahead, by the display's own pure code."""
    file = read_hall(folder)
    at = datetime.now(UTC)
    manner = views.Manner(
        "display-1", Language("id"), (), Panel(screen.width, screen.height, screen.diagonal_inch, 8.5)
    )
    known = board.Knowledge(began_s=0.0)
    described: tuple[Message, ...] = (file.hall, *file.agencies, HubHeartbeat("online", 1, at, 1))
    for message in described:
        known = board.learn(known, message, 0.0, HOLD_S, retained=False)
    made: list[views.BoardView] = []
    recent: tuple[RecentCall, ...] = ()
    for count in range(CALLS):
        now_s = count * CALL_EVERY_S
        moment = at + timedelta(seconds=now_s)
        known = board.learn(known, HubHeartbeat("online", 1, moment, count + 2), now_s, HOLD_S, retained=False)
        if count:
            number = Number(f"K{count:03d}")
            recent = (RecentCall(CallId(f"call-{count}"), number, SERVICE, COUNTER, ZONE, moment), *recent)[:RECENT]
            on_board = CounterOnBoard(
                id=COUNTER, state="called", number=number, service=SERVICE, called_at=moment, calls=1
            )
            news = Board(1, count, moment, f"{moment:%Y-%m-%d}", (on_board,), recent)
            known = board.learn(known, news, now_s, HOLD_S, retained=False)
        view = views.view_of(known, manner, None, now_s)
        assert isinstance(view, views.BoardView)  # noqa: S101 - the hall is known
        made.append(view)
    return made


def main(words: list[str]) -> int:
    """See above."""
    width, height, left, top = map(int, words[2:6])
    diagonal = 21.5 if words[1] == "kiosk" else 55.0
    screen = ScreenSettings(width=width, height=height, diagonal_inch=diagonal, left=left, top=top)
    if words[0] == "empty":
        empty(words[1], screen)
    else:
        scene(Path(words[1]), screen, Path(words[6]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
