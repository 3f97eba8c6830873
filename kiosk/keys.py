"""A keypad for who does not use the screen: which of its keys does what. Pure.

Such keypads (the Storm AudioNav is one) are keyboards to the computer, and the plug of their headphones is a key too.
Keys are told apart by their place (the usage number of USB's keyboard page, which SDL passes on as the scan code), not by
their letter: that is the same in every layout.
"""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from kiosk.guide import Key

KeyName = Literal[
    "enter", "escape", "backspace", "tab", "space",
    "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12",
    "insert", "home", "page-up", "delete", "end", "page-down", "right", "left", "down", "up",
    "numpad-divide", "numpad-times", "numpad-minus", "numpad-plus", "numpad-enter",
    "numpad-1", "numpad-2", "numpad-3", "numpad-4", "numpad-5", "numpad-6", "numpad-7", "numpad-8", "numpad-9", "numpad-0",
    "f13", "f14", "f15", "f16", "f17", "f18", "f19", "f20", "f21", "f22", "f23", "f24",
    "mute", "volume-up", "volume-down",
]  # fmt: skip
"""What a device file may name."""

CODES: dict[KeyName, int] = {
    "enter": 40, "escape": 41, "backspace": 42, "tab": 43, "space": 44,
    **{name: 58 + place for place, name in enumerate(get_args(KeyName)[5:17])},
    "insert": 73, "home": 74, "page-up": 75, "delete": 76, "end": 77, "page-down": 78,
    "right": 79, "left": 80, "down": 81, "up": 82,
    "numpad-divide": 84, "numpad-times": 85, "numpad-minus": 86, "numpad-plus": 87, "numpad-enter": 88,
    **{name: 89 + place for place, name in enumerate(get_args(KeyName)[32:42])},
    **{name: 104 + place for place, name in enumerate(get_args(KeyName)[42:54])},
    "mute": 127, "volume-up": 128, "volume-down": 129,
}  # fmt: skip
"""Usage numbers of the keyboard page, HID Usage Tables 1.12, chapter 10."""

FIRST_WITHOUT_A_SIGN = 58
"""From here on keys type nothing: these may stand in a log, what somebody types may not."""

Names = Annotated[tuple[KeyName, ...], Meta(max_length=8)]


class KeypadSection(Struct, frozen=True, forbid_unknown_fields=True):
    """`[keypad]`: for each thing that a keypad does the keys that do it."""

    up: Names
    down: Names
    choose: Names
    back: Names
    louder: Names
    softer: Names
    guide: Names
    """Guidance on, and off again."""
    plugged: Names
    """Headphones were plugged in: on, and never off."""
    unplugged: Names
    """They were pulled out: off, and never on."""


def keys_of(section: KeypadSection) -> dict[int, Key]:
    """What each key does, by its scan code. One of both plugs means `unplugged`; no other stands twice (kiosk.clashes)."""
    wanted: dict[Key, tuple[KeyName, ...]] = {
        "guide": section.guide,
        "unplugged": section.unplugged,
        "plugged": section.plugged,
        "up": section.up,
        "down": section.down,
        "choose": section.choose,
        "back": section.back,
        "louder": section.louder,
        "softer": section.softer,
    }
    found: dict[int, Key] = {}
    for key, names in wanted.items():
        for name in names:
            found.setdefault(CODES[name], key)
    return found


def may_be_logged(scancode: int) -> bool:
    """Whether a key that does nothing here may be named in the log, so that a technician finds it."""
    return scancode >= FIRST_WITHOUT_A_SIGN and not CODES["numpad-1"] <= scancode <= CODES["numpad-0"]
