"""Where each text of the language files is seen, so that whoever translates knows what stands around it.

Of the kiosk's texts `seen.toml` says it, made from the kiosk's own faces (tests/seen_words.py) and tested against them.
"""

from functools import cache
from pathlib import Path

from assets.positions import Path as Key
from assets.reading import read_source

TABLE = Path(__file__).with_name("seen.toml")

PLACES = {
    "language": "language buttons",
    "dates": "every day and time",
    "spoken": "spoken calls and numbers",
    "kiosk": "kiosk",
    "setup": "kiosk: set-up page, for technicians",
    "guidance": "kiosk: spoken guidance and its buttons",
    "paper": "paper ticket",
    "display": "hall display",
    "desk": "officer's page",
    "refusal": "kiosk: refused; officer's page",
}
"""Each section, and where its texts are seen."""


def seen_at(key: Key) -> str:
    """As in "kiosk: welcome, closed" or "paper ticket"."""
    section, *rest = key
    place = PLACES.get(str(section), str(section))
    screens = _screens().get(str(rest[0]), []) if section == "kiosk" and rest else []
    return f"{place}: {', '.join(screens)}" if screens else place


@cache
def _screens() -> dict[str, list[str]]:
    """The names of the screens on which each of the kiosk's texts is seen."""
    table: dict[str, list[str]] = read_source(TABLE).data["kiosk"]
    return table
