"""A Kivy program that the public stands before: no key and no touch opens Kivy's own settings."""

import os

from kivy.app import App
from kivy.core.window import Window


class NoScreen(SystemExit):
    """There is no screen to open a window on: the program ends with exit code 1 and says so."""


class PublicApp(App):
    """Kivy's app without its settings; F1 would open them."""

    use_kivy_settings = False

    def run(self) -> None:
        """As Kivy's. NoScreen, before anything is opened, where a window could not be made."""
        if Window is None:
            named = ", ".join(f"{name}={os.environ.get(name, '')!r}" for name in ("DISPLAY", "WAYLAND_DISPLAY"))
            raise NoScreen(f"no window could be opened: no screen answers ({named})")
        super().run()

    def open_settings(self, *_: object) -> bool:
        """There are none here."""
        return False
