"""A Kivy program that the public stands before: no key and no touch opens Kivy's own settings."""

from kivy.app import App


class PublicApp(App):
    """Kivy's app without its settings; F1 would open them."""

    use_kivy_settings = False

    def open_settings(self, *_: object) -> bool:
        """There are none here."""
        return False
