"""A stage with two buttons on an X server, for tests that touch it for real: `python -m tests.pictures.touched_stage`.

Every choice shows the next screen, as in a kiosk; with the word `keys` the buttons are keys, and its screens listen at once. Each line of its output is JSON: {"shown": turn, "box": [...]} when a
screen listens, {"chose": turn, "choice": name} for each choice. It ends when its input does.
"""

import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.pictures.saying import say
from ui.window import PORTRAIT, ScreenSettings, prepare

SCREEN = ScreenSettings(width=540, height=960, left=0, top=0)


class Page(Struct, frozen=True):
    """A view: a page by its number."""

    number: int


def main() -> None:
    """Until the input ends."""
    with tempfile.TemporaryDirectory() as home:
        prepare(SCREEN, PORTRAIT, Path(home))
        from kivy.clock import Clock
        from kivy.uix.floatlayout import FloatLayout

        from kiosk.screens.search import KeyButton
        from ui.public_app import PublicApp
        from ui.stage import Shown, Stage
        from ui.theme import register_fonts
        from ui.widgets import ActButton

        keys = "keys" in sys.argv
        button = KeyButton if keys else ActButton

        class Screen(FloatLayout):
            def __init__(self, **properties: Any) -> None:
                super().__init__(**properties)
                for name, y in (("upper", 500), ("lower", 100)):
                    self.add_widget(
                        button(label=name, choice=name, size_hint=(None, None), size=(300, 200), pos=(100, y))
                    )

            def show(self, page: Page) -> None:
                for button in self.children:
                    button.small = str(page.number)

        class Touched(PublicApp):
            def build(self) -> Any:
                register_fonts()
                self.stage = Stage(
                    {Page: Screen},
                    chosen=self.chosen,
                    shown=self.shown,
                    at_once=lambda before, _: keys and bool(before),
                )
                self.stage.show(Page(0), 0)
                return self.stage

            def chosen(self, turn: int, choice: str) -> None:
                say(chose=turn, choice=choice)
                self.stage.show(Page(turn + 1), turn + 1)

            def shown(self, shown: Shown) -> None:
                say(shown=shown.turn, targets=dict(shown.targets))

        app = Touched()

        def end_with_input() -> None:
            sys.stdin.read()
            Clock.schedule_once(lambda *_: app.stop(), 0)

        threading.Thread(target=end_with_input, daemon=True).start()
        app.run()


if __name__ == "__main__":
    main()
